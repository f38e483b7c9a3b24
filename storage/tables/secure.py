"""Secure links, and the visits that they lead to."""

from __future__ import annotations

from sqlalchemy import Index, Table

from discussions.needs.secure import Ended, Purpose
from storage.columns import METADATA, code, coded, key, moment, secret
from storage.tables.kinds import number, partial

secure_link = Table(
    "secure_link",
    METADATA,
    key(),
    code("digest"),
    code("purpose", coded(Purpose)),
    code("subject"),
    code("discussion"),
    code("addressee"),
    code("message"),
    moment("made_at"),
    moment("expires_at"),
    moment("ended_at", nullable=True),
    code("ended_why", coded(Ended), nullable=True),
    moment("codes_since", nullable=True),
    number("codes_made"),
    secret("code"),
    moment("code_expires_at", nullable=True),
    number("tries"),
    Index("ix_secure_link_expires_at", "expires_at"),
)
Index("uq_secure_link_digest", secure_link.c.digest, unique=True)
partial("ix_secure_link_subject", secure_link.c.subject, only="ended_at IS NULL")

page_visit = Table(
    "page_visit",
    METADATA,
    key("digest"),
    code("link"),
    moment("began_at"),
    moment("ends_at"),
    code("said", nullable=True),
    Index("ix_page_visit_ends_at", "ends_at"),
)
