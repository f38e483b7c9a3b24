"""Turns, guided conversations, links, practices, and the trail."""

from __future__ import annotations

from sqlalchemy import Column, Index, String, Table

from discussions.trail import Deed
from storage.columns import (
    MAPPING,
    METADATA,
    PLACE,
    code,
    coded,
    key,
    moment,
    secret,
    text,
)
from storage.tables.kinds import number, yes_no

dialog = Table(
    "dialog",
    METADATA,
    key(),
    code("name"),
    number("dialog_version"),
    code("conversation"),
    code("person"),
    secret("state", MAPPING, nullable=False),
    number("seen"),
    yes_no("open"),
    moment("updated_at"),
    Index("ix_dialog_person", "person", "conversation"),
    Index("ix_dialog_updated_at", "updated_at"),
)

turn = Table(
    "turn",
    METADATA,
    key("key"),
    secret("answer", MAPPING, nullable=False),
    yes_no("said"),
    moment("at"),
    Index("ix_turn_at", "at"),
)

link = Table(
    "link",
    METADATA,
    key("digest"),
    code("discussion", nullable=True),
    code("person"),
    moment("expires_at"),
    moment("used_at", nullable=True),
    code("what", nullable=True),
)

practice = Table("practice", METADATA, key("digest"), text("text"))

trail = Table(
    "trail",
    METADATA,
    Column("place", PLACE, primary_key=True, autoincrement=False),
    code("deed", coded(Deed)),
    moment("at"),
    code("who", nullable=True),
    code("discussion", nullable=True),
    code("what", nullable=True),
    number("version", nullable=True),
    code("why", nullable=True),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index("ix_trail_discussion", "discussion"),
)
