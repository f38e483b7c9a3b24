"""Discussions, and what is captured in them."""

from __future__ import annotations

from sqlalchemy import Column, Index, String, Table, UniqueConstraint

from discussions.booking.changes import ChangeKind
from discussions.booking.discussion import DiscussionKind, DiscussionState, Form
from discussions.booking.invitations import InvitationAnswer
from discussions.booking.kept_proposals import Outcome
from discussions.booking.sent import FileKind
from discussions.practice.invite_rules import Weight
from storage.columns import (
    BYTES,
    CODES,
    DAY,
    METADATA,
    MOMENT,
    code,
    coded,
    fingerprint,
    key,
    moment,
    of,
    own_id,
    place,
    secret,
)
from storage.tables.kinds import number, partial, yes_no

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
    yes_no("restricted"),
    code("state", coded(DiscussionState)),
    secret("join_details"),
    secret("quorum_reason"),
    secret("late_reason"),
    secret("context", CODES),
    secret("schools", CODES),
    code("urgency_asked", nullable=True),
    secret("urgency_reason"),
    secret("protection_since", MOMENT),
    moment("entered_at", nullable=True),
    code("follows", nullable=True),
    code("reviews", nullable=True),
    code("breach", nullable=True),
    moment("started_at", nullable=True),
    moment("closed_at", nullable=True),
    moment("approved_at", nullable=True),
    number("current_item", nullable=True),
    number("moved"),
    of("person", "chair_asked", nullable=True),
    of("person", "booker_asked", nullable=True),
    of("desk", "duty_desk", nullable=True),
    number("version"),
    moment("purged_at", nullable=True),
    Index("ix_discussion_starts_at", "starts_at"),
    Index("ix_discussion_chair", "chair"),
    Index("ix_discussion_follows", "follows"),
)
partial("ix_discussion_booked", discussion.c.starts_at, only="state = 'booked'")
partial("ix_discussion_to_purge", discussion.c.state, discussion.c.starts_at, only="purged_at IS NULL")

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
    yes_no("on_behalf"),
    code("former", coded(InvitationAnswer), nullable=True),
    secret("former_words"),
    number("version"),
    code("deputy", nullable=True),
    yes_no("may_decide"),
    code("stands_for", nullable=True),
    moment("withdrawn_at", nullable=True),
    Index("ix_invitation_discussion", "discussion"),
)

report = Table(
    "report",
    METADATA,
    place(),
    own_id(),
    of("discussion"),
    of("invitation"),
    of("agency"),
    secret("words"),
    code("kind", coded(FileKind), nullable=True),
    number("size"),
    moment("sent_at"),
    code("sent_by"),
    yes_no("on_behalf"),
    Index("ix_report_discussion", "discussion"),
)

report_file = Table("report_file", METADATA, key(), of("discussion"), secret("content", BYTES, nullable=False))

proposal = Table(
    "proposal",
    METADATA,
    place(),
    own_id(),
    of("discussion"),
    secret("category", nullable=False),
    code("weight", coded(Weight)),
    code("outcome", coded(Outcome)),
    secret("rules", CODES),
    secret("name"),
    secret("because", CODES),
    code("reason", nullable=True),
    secret("words"),
    of("invitation", nullable=True),
    Index("ix_proposal_discussion", "discussion"),
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
    yes_no("may_decide"),
    moment("came_at"),
    moment("left_at", nullable=True),
    code("recorded_by"),
    number("version"),
    Index("ix_attendance_discussion", "discussion"),
)

booking_change = Table(
    "booking_change",
    METADATA,
    place(),
    own_id(),
    of("discussion"),
    code("kind", coded(ChangeKind)),
    moment("at"),
    code("who"),
    moment("starts_at"),
    code("form", coded(Form)),
    secret("join_details"),
    code("reason", nullable=True),
    secret("words"),
    code("person", nullable=True),
    secret("safety"),
    Index("ix_booking_change_discussion", "discussion"),
)

counter = Table("counter", METADATA, key("name"), number("value"))

current_discussion = Table("current_discussion", METADATA, key("person"), of("discussion"))

fact = Table(
    "fact",
    METADATA,
    place(),
    own_id(),
    of("discussion"),
    number("item"),
    code("field"),
    code("subject"),
    number("sequence"),
    secret("value"),
    number("version"),
    code("practice"),
    code("who"),
    moment("at"),
    yes_no("late"),
    UniqueConstraint("discussion", "field", "subject", "sequence", "version", name="uq_fact_version"),
)
