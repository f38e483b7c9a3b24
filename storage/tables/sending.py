"""What must be said, what became of it, and how much of it may be said at once."""

from __future__ import annotations

from sqlalchemy import Column, Index, String, Table

from discussions.post import DeliveryState, MessageKind
from storage.columns import (
    MAPPING,
    METADATA,
    ROOM,
    code,
    coded,
    key,
    moment,
    own_id,
    place,
    text,
)
from storage.tables.kinds import number, partial, yes_no

outbox = Table(
    "outbox",
    METADATA,
    place(),
    own_id(),
    code("kind", coded(MessageKind)),
    text("about", MAPPING),
    code("recipient", nullable=True),
    code("conversation", nullable=True),
    Column("key", String(ROOM), nullable=False, unique=True),
    moment("due_at"),
    yes_no("urgent"),
    yes_no("replaces_card"),
    code("lane"),
    code("state", coded(DeliveryState)),
    number("attempts"),
    yes_no("maybe_sent"),
    moment("next_at", nullable=True),
    yes_no("by_mail"),
    moment("leased_until", nullable=True),
    code("token", nullable=True),
    moment("ended_at", nullable=True),
)
MESSAGE_IS_OPEN = "ended_at IS NULL"
partial("ix_outbox_due", outbox.c.urgent, outbox.c.due_at, only=MESSAGE_IS_OPEN)
partial("ix_outbox_lane", outbox.c.lane, outbox.c.place, only=MESSAGE_IS_OPEN)
partial("ix_outbox_ended_at", outbox.c.ended_at, only="ended_at IS NOT NULL")

message_about = Table(
    "message_about",
    METADATA,
    key("message"),
    key("name"),
    code("value"),
    Index("ix_message_about_value", "value", "name"),
)

delivery = Table(
    "delivery",
    METADATA,
    place(),
    code("message"),
    moment("at"),
    code("state", coded(DeliveryState)),
    code("code", nullable=True),
    code("activity", nullable=True),
    Index("ix_delivery_message", "message"),
)

# What was sent lately, by conversation and for the app as a whole; and hosts that have asked for rest

spent = Table("spent", METADATA, place(), code("name"), moment("at"), Index("ix_spent_name", "name", "at"))

rest = Table("rest", METADATA, key("host"), moment("until"))

# Since when something has last happened, for all replicas: a tick, a word to the administrators
mark = Table("mark", METADATA, key("name"), moment("at"))
