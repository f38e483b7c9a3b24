"""Teams meetings that were made for discussions."""

from __future__ import annotations

from sqlalchemy import Table

from discussions.meetings.meeting import MeetingState
from storage.columns import METADATA, code, coded, key, moment, secret
from storage.tables.kinds import number, yes_no

meeting = Table(
    "meeting",
    METADATA,
    key("discussion"),
    code("state", coded(MeetingState)),
    moment("wanted_at"),
    code("event", nullable=True),
    secret("link"),
    secret("chat"),
    moment("starts_at", nullable=True),
    number("generation"),
    yes_no("has_bot"),
)
