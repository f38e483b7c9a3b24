"""The tables, a file a subject. Columns bear the names of the dataclasses' fields; what is secret says so."""

from __future__ import annotations

from storage.tables.actions import (
    ACTION_IS_OPEN,
    ACTION_IS_UNHEARD,
    PROMISE_IS_SAID,
    PROMISE_IS_WAITING,
    action,
    promise,
    receipt,
)
from storage.tables.attention import absence, rhythm, snooze
from storage.tables.chasing import CHASE_IS_SAID, CHASE_IS_WAITING, chase
from storage.tables.discussions import (
    attendance,
    booking_change,
    child,
    counter,
    current_discussion,
    discussion,
    fact,
    invitation,
    proposal,
    report,
    report_file,
)
from storage.tables.feeds import feed
from storage.tables.meetings import meeting
from storage.tables.people import agency, conversation, desk, live_card, meeting_chat, person
from storage.tables.secure import page_visit, secure_link
from storage.tables.sending import MESSAGE_IS_OPEN, delivery, mark, message_about, outbox, rest, spent
from storage.tables.slots import slot, taking
from storage.tables.turns import dialog, link, practice, trail, turn

__all__ = [
    "ACTION_IS_OPEN",
    "ACTION_IS_UNHEARD",
    "CHASE_IS_SAID",
    "CHASE_IS_WAITING",
    "MESSAGE_IS_OPEN",
    "PROMISE_IS_SAID",
    "PROMISE_IS_WAITING",
    "absence",
    "action",
    "agency",
    "attendance",
    "booking_change",
    "chase",
    "child",
    "conversation",
    "counter",
    "current_discussion",
    "delivery",
    "desk",
    "dialog",
    "discussion",
    "fact",
    "feed",
    "invitation",
    "link",
    "live_card",
    "mark",
    "meeting",
    "meeting_chat",
    "message_about",
    "outbox",
    "page_visit",
    "person",
    "practice",
    "promise",
    "proposal",
    "receipt",
    "report",
    "report_file",
    "rest",
    "rhythm",
    "secure_link",
    "slot",
    "snooze",
    "spent",
    "taking",
    "trail",
    "turn",
]
