"""How the calendar feeds of desks stand. Their addresses are settings, and never kept here."""

from __future__ import annotations

from sqlalchemy import Table

from discussions.slots.feed import FeedProblem
from storage.columns import METADATA, code, coded, key, moment
from storage.tables.kinds import number

feed = Table(
    "feed",
    METADATA,
    key("desk"),
    code("digest"),
    moment("next_at"),
    code("etag", nullable=True),
    code("modified", nullable=True),
    moment("read_at", nullable=True),
    number("failures"),
    moment("failing_since", nullable=True),
    code("problem", coded(FeedProblem), nullable=True),
    code("token", nullable=True),
    moment("leased_until", nullable=True),
)
