"""A database with a row in every table, and all that is secret in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

from discussions.actions.action import ActionState
from discussions.actions.receipts import Receipt
from discussions.attention.kept import Absence, Often, Rhythm, Snooze
from discussions.booking.discussion import DiscussionState
from discussions.booking.sent import FileKind, Report
from discussions.meetings.meeting import Meeting, MeetingState
from discussions.needs import KeptAnswer, KeptDialog, OneTimeLink, Reference, Store
from discussions.needs.secure import PageVisit, Purpose, SecureLink
from discussions.post import Delivery, DeliveryState
from discussions.slots.feed import Feed, FeedProblem
from discussions.slots.slot import Slot, SlotSource, Taking
from discussions.trail import Deed, Entry
from storage.database import Database
from tests.storage.samples import (
    BOOKED,
    HERE,
    HOUR,
    IDVA,
    MOVED,
    NOTED,
    NOW,
    TO_SAM,
    VISIT,
    book,
    chased,
    message,
    promised,
)

SECRETS = (
    *("O'Neill", "jane.oneill@example.org", "07700 900001", "Z.Q.", "2019-02-28", "2027-01-04", "neglect"),
    *("bruise", "child at home", "alone", "Illness", "visitor", "late by five", "school is closed", "confidential"),
    *("domestic_abuse'", "fairfield", "grandparents", "idva team", "abuse was ticked", "nothing disclosed"),
    *("seen twice", "scan confidential", "c2NhbiBjb25maWRlbnRpYWw"),
)
DIALOG = KeptDialog("g1", "booking", 1, "a:jane", "jane", {"initials": "Z.Q. confidential"}, 1, True, NOW)
ANSWER = KeptAnswer('{"text":"bruise confidential"}', None, None, said=False)
LINK = OneTimeLink("digest", "d1", "jane", NOW + HOUR, what="capacity")
SECURE = SecureLink("s1", "sd", Purpose.ANSWER, "a1", "d1", "jane", "m1", NOW, NOW + HOUR, code="482913 confidential")
FEED = Feed("lighthouse", "digest", NOW, failures=1, failing_since=NOW, problem=FeedProblem.TOO_SLOW)
SLOT = Slot("sl1", "lighthouse", NOW + 4 * HOUR, 60, source=SlotSource.FILE, source_key="row 1")
TAKEN = Taking("t1", "sl1", 2, "jane", NOW, discussion="d1", joined=True, reason="confidential")
SENT_REPORT = Report("r1", "d1", "i2", "care", "seen twice, confidential", FileKind.PDF, 17, NOW, "sam", False)
SENT = Delivery("m1", NOW, DeliveryState.SENT, activity="x")


def fill(database: Database) -> None:
    with database.transaction() as store:
        book(store)
        _fill_discussion(store)
        _fill_the_rest(store)
        [held] = store.outbox.claim(NOW, 1, timedelta(minutes=1), "token")
        store.outbox.settle(held, SENT)
        store.trail.write(Entry(Deed.BOOKED, NOW, "sam", "d1"))
        store.trail.write(Entry(Deed.READ, NOW, "jane", "d1"))


def _fill_discussion(store: Store) -> None:
    store.discussions.save_invitation(replace(TO_SAM, words="late by five", former_words="confidential"))
    store.discussions.add_proposals([IDVA])
    store.discussions.add_change(MOVED)
    store.discussions.add_attendance(HERE)
    store.reports.add(SENT_REPORT, b"scan confidential")
    store.discussions.set_current("jane", "d1")
    store.discussions.next_reference(2026)
    store.facts.add(NOTED)
    store.facts.add(replace(NOTED, id="f2", version=2, value=None))
    told = replace(VISIT, asked_why="Illness", state=ActionState.ACCEPTED)
    store.actions.add(told, (promised("p1", due_at=NOW + HOUR),))


def _fill_the_rest(store: Store) -> None:
    store.conversations.install(Reference("a:jane", "https://x", "t", "29:j"), "jane", "personal", NOW)
    store.conversations.tie_meeting("d1", "a:jane")
    store.cards.remember("a:jane", "action:a1", "x", NOW)
    store.outbox.put(message("m1"))
    store.actions.add_receipt(Receipt("r1", "a1", NOW, "jane", NOW, "jane"))
    store.dialogs.keep(DIALOG)
    store.turns.remember("activity 1", ANSWER, NOW)
    store.links.add(LINK)
    store.secure_links.add(SECURE)
    store.feeds.add(FEED)
    store.slots.add([SLOT])
    store.slots.put(TAKEN)
    store.secure_links.begin(PageVisit("visit", SECURE.id, NOW, NOW + HOUR))
    store.budgets.spend(["ali"], NOW, forget=NOW - HOUR)
    store.budgets.rest("x.example", NOW)
    store.practices.keep("digest-1", "[practice]")
    store.meetings.keep(
        Meeting("d1", MeetingState.MADE, NOW, "event", "https://teams.example/l/confidential", "19:confidential", NOW)
    )
    store.chases.add([chased("ch1", invitation=TO_SAM.id)])
    store.marks.put("tick", NOW)
    store.attention.add_absence(Absence("away", "jane", NOW, NOW + HOUR, "jane"))
    store.attention.put_snooze(Snooze("m2", "a1", "jane", NOW + HOUR))
    store.attention.put_rhythm(Rhythm("jane", Often.WEEKLY, time(9, 30)))


def approve(database: Database) -> None:
    """All is done: the action, and the record approved now."""
    with database.transaction() as store:
        action = store.actions.action("a1")
        assert action is not None
        store.actions.save(replace(action, state=ActionState.DONE))
        store.discussions.save(replace(BOOKED, state=DiscussionState.APPROVED, approved_at=NOW))
