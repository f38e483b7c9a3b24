"""The tables. Columns bear the names of the dataclasses' fields; what is secret says so."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, UniqueConstraint
from sqlalchemy import text as sql

from discussions.actions.action import ActionState
from discussions.actions.promises import PromiseState
from discussions.booking.discussion import DiscussionKind, DiscussionState, Form
from discussions.booking.invitations import InvitationAnswer
from discussions.people import Right
from discussions.post import DeliveryState, MessageKind
from discussions.trail import Deed
from storage.columns import (
    CODES,
    DAY,
    MAPPING,
    METADATA,
    PLACE,
    ROOM,
    code,
    coded,
    fingerprint,
    key,
    moment,
    of,
    own_id,
    place,
    secret,
    set_of,
    text,
)


def _yes_no(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False)


def _number(name: str, nullable: bool = False) -> Column[int]:
    return Column(name, Integer, nullable=nullable)


def _partial(name: str, *columns: Column[object], only: str, unique: bool = False) -> Index:
    """An index over the few rows that are still alive, so that its size follows the work in hand, not the years."""
    return Index(name, *columns, unique=unique, sqlite_where=sql(only), postgresql_where=sql(only))


# Who is who, and where they are reached

agency = Table("agency", METADATA, key(), text("name"), code("category"), _yes_no("active"))

desk = Table(
    "desk",
    METADATA,
    key(),
    of("agency"),
    text("name"),
    text("mail", nullable=True),
    text("phone", nullable=True),
    text("hours", nullable=True),
    _yes_no("active"),
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
    _yes_no("active"),
    fingerprint("mail_fingerprint"),
    Index("ix_person_agency", "agency"),
    Index("ix_person_desk", "desk"),
    Index("ix_person_mail_fingerprint", "mail_fingerprint"),
)
_partial("uq_person_account", person.c.tenant, person.c.object_id, only="object_id IS NOT NULL", unique=True)

conversation = Table(
    "conversation",
    METADATA,
    key("conversation"),
    code("kind"),
    code("person", nullable=True),
    text("service_url"),
    code("tenant"),
    code("address", nullable=True),
    _yes_no("installed"),
    _yes_no("welcomed"),
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

# Discussions, and what is captured in them

discussion = Table(
    "discussion",
    METADATA,
    key(),
    Column("reference", String(40), nullable=False, unique=True),
    code("kind", coded(DiscussionKind)),
    code("urgency"),
    secret("harms", CODES, nullable=False),
    moment("decided_at"),
    moment("window_ends"),
    moment("starts_at"),
    code("form", coded(Form)),
    of("person", "chair"),
    of("person", "booker"),
    code("practice"),
    of("person", "minute_taker", nullable=True),
    _yes_no("restricted"),
    code("state", coded(DiscussionState)),
    secret("join_details"),
    secret("quorum_reason"),
    secret("late_reason"),
    moment("started_at", nullable=True),
    moment("closed_at", nullable=True),
    moment("approved_at", nullable=True),
    _number("current_item", nullable=True),
    _number("version"),
    moment("purged_at", nullable=True),
    Index("ix_discussion_starts_at", "starts_at"),
)
_partial("ix_discussion_to_purge", discussion.c.state, discussion.c.starts_at, only="purged_at IS NULL")

child = Table(
    "child",
    METADATA,
    key(),
    of("discussion"),
    code("letter"),
    secret("initials"),
    secret("born", DAY),
    secret("expected", DAY),
    fingerprint("fingerprint"),
    Index("ix_child_discussion", "discussion"),
    Index("ix_child_fingerprint", "fingerprint"),
)

invitation = Table(
    "invitation",
    METADATA,
    place(),
    own_id(),
    of("discussion"),
    of("agency"),
    of("desk", nullable=True),
    of("person", nullable=True),
    code("answer", coded(InvitationAnswer)),
    secret("words"),
    moment("answered_at", nullable=True),
    code("answered_by", nullable=True),
    _yes_no("on_behalf"),
    _number("version"),
    Index("ix_invitation_discussion", "discussion"),
)

attendance = Table(
    "attendance",
    METADATA,
    place(),
    own_id(),
    of("discussion"),
    of("agency"),
    of("person", nullable=True),
    secret("name"),
    _yes_no("may_decide"),
    moment("came_at"),
    moment("left_at", nullable=True),
    code("recorded_by"),
    _number("version"),
    Index("ix_attendance_discussion", "discussion"),
)

counter = Table("counter", METADATA, key("name"), _number("value"))

current_discussion = Table("current_discussion", METADATA, key("person"), of("discussion"))

fact = Table(
    "fact",
    METADATA,
    place(),
    own_id(),
    of("discussion"),
    _number("item"),
    code("field"),
    code("subject"),
    _number("sequence"),
    secret("value"),
    _number("version"),
    code("practice"),
    code("who"),
    moment("at"),
    _yes_no("late"),
    UniqueConstraint("discussion", "field", "subject", "sequence", "version", name="uq_fact_version"),
)

# What was agreed, and the nudges

action = Table(
    "action",
    METADATA,
    key(),
    of("discussion"),
    _number("number"),
    code("kind"),
    secret("wording", nullable=False),
    of("person", "owner", nullable=True),
    of("desk", nullable=True),
    moment("due_at"),
    text("feedback_to", CODES),
    code("practice"),
    moment("created_at"),
    code("created_by"),
    code("child", nullable=True),
    secret("measure"),
    secret("feedback_how"),
    secret("contingency"),
    code("state", coded(ActionState)),
    moment("state_at", nullable=True),
    code("state_by", nullable=True),
    _yes_no("on_behalf"),
    secret("note"),
    secret("blocked"),
    moment("asked_until", nullable=True),
    secret("asked_why"),
    code("handed_to", nullable=True),
    _number("version"),
    UniqueConstraint("discussion", "number", name="uq_action_number"),
)
# Spelt out: a partial index is only used by a query that says the very same words.
ACTION_IS_OPEN = "state IN ('proposed', 'accepted', 'declined')"
_partial("ix_action_owner", action.c.owner, only=ACTION_IS_OPEN)
_partial("ix_action_desk", action.c.desk, only=ACTION_IS_OPEN)
_partial("ix_action_handed_to", action.c.handed_to, only=ACTION_IS_OPEN)
_partial("ix_action_open", action.c.id, only=ACTION_IS_OPEN)

promise = Table(
    "promise",
    METADATA,
    key(),
    of("action"),
    code("step"),
    _number("round"),
    code("audience"),
    moment("due_at"),
    _yes_no("urgent"),
    code("state", coded(PromiseState)),
    moment("said_at", nullable=True),
    code("anchor"),
    code("after", nullable=True),
    code("repeat_every", nullable=True),
    Index("ix_promise_action", "action"),
)
PROMISE_IS_WAITING = "state = 'waiting'"
_partial("ix_promise_due", promise.c.urgent, promise.c.due_at, only=PROMISE_IS_WAITING)
PROMISE_IS_SAID = "state = 'said'"
_partial("ix_promise_said", promise.c.said_at, only=PROMISE_IS_SAID)

# What must be said, and what became of it

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
    _yes_no("urgent"),
    _yes_no("replaces_card"),
    code("lane"),
    code("state", coded(DeliveryState)),
    _number("attempts"),
    _yes_no("maybe_sent"),
    moment("next_at", nullable=True),
    _yes_no("by_mail"),
    moment("leased_until", nullable=True),
    code("token", nullable=True),
    moment("ended_at", nullable=True),
)
MESSAGE_IS_OPEN = "ended_at IS NULL"
_partial("ix_outbox_due", outbox.c.urgent, outbox.c.due_at, only=MESSAGE_IS_OPEN)
_partial("ix_outbox_lane", outbox.c.lane, outbox.c.place, only=MESSAGE_IS_OPEN)
_partial("ix_outbox_ended_at", outbox.c.ended_at, only="ended_at IS NOT NULL")

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

# Turns, guided conversations, links, practices, and the trail

dialog = Table(
    "dialog",
    METADATA,
    key(),
    code("name"),
    _number("dialog_version"),
    code("conversation"),
    code("person"),
    secret("state", MAPPING, nullable=False),
    _number("seen"),
    _yes_no("open"),
    moment("updated_at"),
    Index("ix_dialog_person", "person", "conversation"),
    Index("ix_dialog_updated_at", "updated_at"),
)

turn = Table(
    "turn",
    METADATA,
    key("key"),
    secret("answer", MAPPING, nullable=False),
    _yes_no("said"),
    moment("at"),
    Index("ix_turn_at", "at"),
)

link = Table(
    "link",
    METADATA,
    key("digest"),
    code("discussion"),
    code("person"),
    moment("expires_at"),
    moment("used_at", nullable=True),
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
    _number("version", nullable=True),
    code("why", nullable=True),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index("ix_trail_discussion", "discussion"),
)
