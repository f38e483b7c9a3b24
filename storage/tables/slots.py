"""When desks can come, and who has a place then."""

from __future__ import annotations

from sqlalchemy import Index, Table, UniqueConstraint

from discussions.slots.slot import SlotSource
from storage.columns import METADATA, code, coded, key, moment, of, secret
from storage.tables.kinds import number, partial, yes_no

slot = Table(
    "slot",
    METADATA,
    key(),
    of("desk"),
    moment("starts_at"),
    number("minutes"),
    number("capacity"),
    number("reserved"),
    code("source", coded(SlotSource)),
    code("source_key", nullable=True),
    yes_no("withdrawn"),
    number("version"),
    Index("ix_slot_desk", "desk", "starts_at"),
    Index("ix_slot_starts_at", "starts_at"),
)
partial("uq_slot_source_key", slot.c.desk, slot.c.source_key, only="source_key IS NOT NULL", unique=True)

taking = Table(
    "taking",
    METADATA,
    key(),
    of("slot"),
    number("number"),
    code("who"),
    moment("taken_at"),
    code("holder", nullable=True),
    moment("until", nullable=True),
    of("discussion", nullable=True),
    yes_no("joined"),
    secret("reason"),
    UniqueConstraint("slot", "number", name="uq_taking_number"),
    Index("ix_taking_discussion", "discussion"),
)
partial("ix_taking_holder", taking.c.holder, only="holder IS NOT NULL")
partial("ix_taking_until", taking.c.until, only="until IS NOT NULL")
