"""Who is who, and where they are reached."""

from __future__ import annotations

from sqlalchemy import Index, Table

from discussions.people import Right
from storage.columns import (
    METADATA,
    code,
    fingerprint,
    key,
    moment,
    of,
    secret,
    set_of,
    text,
)
from storage.tables.kinds import partial, yes_no

agency = Table("agency", METADATA, key(), text("name"), code("category"), yes_no("active"))

desk = Table(
    "desk",
    METADATA,
    key(),
    of("agency"),
    text("name"),
    text("mail", nullable=True),
    text("phone", nullable=True),
    text("hours", nullable=True),
    yes_no("active"),
    Index("ix_desk_agency", "agency"),
)

person = Table(
    "person",
    METADATA,
    key(),
    of("agency"),
    of("desk", nullable=True),
    secret("name", nullable=False),
    code("role"),
    text("role_name"),
    text("rights", set_of(Right)),
    secret("mail"),
    secret("phone"),
    code("tenant", nullable=True),
    code("object_id", nullable=True),
    code("manager", nullable=True),
    code("deputy", nullable=True),
    text("hours", nullable=True),
    yes_no("active"),
    fingerprint("mail_fingerprint"),
    Index("ix_person_agency", "agency"),
    Index("ix_person_desk", "desk"),
    Index("ix_person_mail_fingerprint", "mail_fingerprint"),
)
partial("uq_person_account", person.c.tenant, person.c.object_id, only="object_id IS NOT NULL", unique=True)

conversation = Table(
    "conversation",
    METADATA,
    key("conversation"),
    code("kind"),
    code("person", nullable=True),
    text("service_url"),
    code("tenant"),
    code("address", nullable=True),
    yes_no("installed"),
    yes_no("welcomed"),
    moment("seen_at"),
    Index("ix_conversation_person", "person"),
)

meeting_chat = Table(
    "meeting_chat",
    METADATA,
    key("discussion"),
    code("conversation"),
    Index("ix_meeting_chat_conversation", "conversation"),
)

live_card = Table(
    "live_card",
    METADATA,
    key("conversation"),
    key("about"),
    code("activity"),
    moment("at"),
    Index("ix_live_card_about", "about"),
)
