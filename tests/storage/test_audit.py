"""The auditor finds each way in which a promise is not kept, made here by hand in the database; and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

import pytest
from sqlalchemy import text

from discussions.actions.action import ActionState
from discussions.actions.audit import (
    MOST_COUNTED,
    Defect,
    Finding,
    audit,
    look_at_actions,
    note_tick,
    read_told,
    tell_administrators,
)
from discussions.actions.promises import PromiseState
from discussions.needs import LookedAt, Means, Store
from discussions.people import Right
from discussions.post import Delivery, DeliveryState, MessageKind
from storage.database import Database
from storage.practice_file import standard_practice
from tests.doubles import CalendarOfDays, counted_ids
from tests.storage.samples import (
    ALI,
    CARE,
    DAY,
    HOUR,
    HUB,
    JANE,
    LIGHTHOUSE,
    NOW,
    POLICE,
    SAM,
    VISIT,
    chased,
    message,
    with_booking,
)
from tests.storage.samples import promised as a_promise

R = TypeVar("R")
MINUTE = timedelta(minutes=1)
TICKS_LATE = 5 * MINUTE
LEASE = MINUTE
NEW_ID = counted_ids()


class Look:
    """The database with one booking and its action, its clock, and the auditor of it, awake since yesterday."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.awake_since = NOW - DAY
        with_booking(database)
        # booked as one is, with what is said before it starts; all of that is over
        self.change(lambda store: store.chases.add([chased("ch0", state=PromiseState.VOID)]))
        self.do(note_tick)

    def do(self, use_case: Callable[..., R], *arguments: object, at: datetime = NOW) -> R:
        with self.database.transaction() as store:
            return use_case(Means(store, standard_practice(), CalendarOfDays(), at, NEW_ID), *arguments)

    def change(self, change: Callable[[Store], object]) -> None:
        with self.database.transaction() as store:
            change(store)

    def by_hand(self, statement: str) -> None:
        with self.database.engine.begin() as connection:
            connection.execute(text(statement))

    def found(self, at: datetime = NOW, awake_since: datetime | None = None) -> dict[Defect, tuple[int, object]]:
        self.do(note_tick, at=at)
        found = self.do(audit, awake_since or self.awake_since, TICKS_LATE, at=at)
        return {one.defect: (one.count, one.ids) for one in found}

    def send(self, *states: DeliveryState, at: datetime = NOW) -> None:
        """One attempt after the other; the last one ends the message, unless it says that it is tried again."""
        for number, state in enumerate(states):
            with self.database.transaction() as store:
                [held] = store.outbox.claim(at, 1, LEASE, f"token {number}")
                line = Delivery(held.message.id, at, state, activity="x")
                if state is DeliveryState.RETRYING:
                    store.outbox.retry(held, line, at)
                else:
                    store.outbox.settle(held, line)


@pytest.fixture
def look(database: Database) -> Look:
    return Look(database)


def test_all_kept_gives_nothing_to_find(look: Look) -> None:
    later = a_promise("p2", due_at=NOW + HOUR, round=1)
    said = a_promise("p1", due_at=NOW - HOUR, state=PromiseState.SAID, said_at=NOW - HOUR)
    look.change(lambda store: store.actions.add(VISIT, (said, later)))
    look.change(lambda store: store.outbox.put(message("m1", about={"action": "a1", "promise": "p1"})))
    look.send(DeliveryState.RETRYING, DeliveryState.SENT)

    assert look.found() == {}
    assert look.do(look_at_actions, None, 10) == LookedAt([], None)


@pytest.mark.parametrize("urgent", [False, True])
def test_a_promise_that_is_due_and_not_said_is_found_after_five_minutes(look: Look, urgent: bool) -> None:
    look.change(lambda store: store.actions.add(VISIT, (a_promise("p1", urgent=urgent),)))

    assert look.found(at=NOW + 4 * MINUTE) == {}
    assert look.found(at=NOW + 5 * MINUTE) == {Defect.UNSAID: (1, ("p1",))}


def test_after_a_stop_those_who_say_and_send_have_their_time_to_catch_up(look: Look) -> None:
    look.change(lambda store: store.actions.add(VISIT, (a_promise("p1", due_at=NOW - DAY),)))
    look.change(lambda store: store.outbox.put(message("m1", due_at=NOW - DAY)))

    assert look.found(awake_since=NOW - 4 * MINUTE) == {}
    assert look.found(awake_since=NOW - 5 * MINUTE) == {Defect.UNSAID: (1, ("p1",))}
    assert look.found(awake_since=NOW - 15 * MINUTE).keys() == {Defect.UNSAID, Defect.QUEUED}


def test_a_promise_said_without_a_message_is_found_at_once_and_for_two_hours(look: Look) -> None:
    said = a_promise("p1", state=PromiseState.SAID, said_at=NOW)
    look.change(lambda store: store.actions.add(VISIT, (said, a_promise("p2", due_at=NOW + DAY))))

    assert look.found() == {Defect.UNWRITTEN: (1, ("p1",))}
    assert look.found(at=NOW + HOUR) == {Defect.UNWRITTEN: (1, ("p1",))}
    assert look.found(at=NOW + 2 * HOUR) == {}


def test_a_chase_that_is_due_and_not_said_is_found_like_a_promise(look: Look) -> None:
    look.change(lambda store: store.chases.add([chased("ch1"), chased("ch2", due_at=NOW + HOUR)]))

    assert look.found(at=NOW + 4 * MINUTE) == {}
    assert look.found(at=NOW + 5 * MINUTE) == {Defect.UNSAID: (1, ("ch1",))}


def test_a_chase_said_without_a_message_is_found_at_once(look: Look) -> None:
    look.change(lambda store: store.chases.add([chased("ch1", state=PromiseState.SAID, said_at=NOW)]))
    assert look.found() == {Defect.UNWRITTEN: (1, ("ch1",))}

    look.change(lambda store: store.outbox.put(message("m1", about={"discussion": "d1", "chase": "ch1"})))
    assert look.found() == {}


def test_a_booked_discussion_with_nothing_to_be_said_before_it_is_found_while_it_is_to_come(look: Look) -> None:
    look.by_hand("DELETE FROM chase")

    assert look.found() == {Defect.UNCHASED: (1, ("d1",))}
    assert look.found(at=NOW + 4 * HOUR - 10 * MINUTE) == {}, "too late for anything that everybody has time for"
    look.by_hand("UPDATE discussion SET state = 'cancelled'")
    assert look.found() == {}


def test_a_message_that_nobody_tries_is_found_after_a_quarter_of_an_hour(look: Look) -> None:
    look.change(lambda store: store.outbox.put(message("m1")))
    look.change(lambda store: store.outbox.put(message("m2", due_at=NOW + HOUR)))

    assert look.found(at=NOW + 14 * MINUTE) == {}
    assert look.found(at=NOW + 15 * MINUTE) == {Defect.QUEUED: (1, ("m1",))}


def test_a_message_that_was_taken_and_left_is_found_after_its_lease(look: Look) -> None:
    look.change(lambda store: store.outbox.put(message("m1")))
    look.change(lambda store: store.outbox.claim(NOW, 1, LEASE, "of somebody who died"))

    assert look.found(at=NOW + 5 * MINUTE) == {}
    assert look.found(at=NOW + 6 * MINUTE) == {Defect.CLAIMED: (1, ("m1",))}


@pytest.mark.parametrize("attempts", [1, 3])
def test_a_message_that_is_tried_for_long_is_found(look: Look, attempts: int) -> None:
    look.change(lambda store: store.outbox.put(message("m1")))
    look.send(*[DeliveryState.RETRYING] * attempts)
    look.by_hand("UPDATE outbox SET due_at = '2027-01-01 00:00:00+00:00'")

    assert look.found(at=NOW + 44 * MINUTE) == {}
    assert look.found(at=NOW + 45 * MINUTE) == {Defect.RETRIED: (1, ("m1",))}


@pytest.mark.parametrize("state", [state for state in DeliveryState if state not in ("queued", "retrying")])
def test_every_way_to_end_is_accounted_for_by_its_line_in_the_ledger(look: Look, state: DeliveryState) -> None:
    look.change(lambda store: store.outbox.put(message("m1")))
    look.send(state)

    assert look.found() == {}


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE outbox SET ended_at = due_at",
        "UPDATE outbox SET ended_at = due_at, state = 'sent'",
        "UPDATE outbox SET ended_at = due_at, state = 'retrying'",
        "INSERT INTO delivery (message, at, state) VALUES ('m1', '2026-11-25 10:00:00+00:00', 'sent')",
    ],
    ids=["ended, unsaid how", "sent, nobody said so", "ended, to be tried again", "sent, and still open"],
)
def test_triggered_is_delivered_and_failed_or_it_is_found(look: Look, damage: str) -> None:
    look.change(lambda store: store.outbox.put(message("m1")))

    look.by_hand(damage)

    assert look.found() == {Defect.UNACCOUNTED: (1, ("m1",))}


def test_an_open_action_without_a_promise_waiting_is_found_page_by_page(look: Look) -> None:
    def fill(store: Store) -> None:
        for number in range(1, 8):
            its = replace(VISIT, id=f"a{number}", number=number, state=ActionState.DONE if number == 7 else VISIT.state)
            promises = [a_promise(f"p{number}", action=its.id, due_at=NOW + HOUR)] if number % 2 else []
            store.actions.add(its, promises)

    look.change(fill)

    first = look.do(look_at_actions, None, 4)
    second = look.do(look_at_actions, first.last, 4)

    assert (first.unpromised, first.last) == (["a2", "a4"], "a4")
    assert (second.unpromised, second.last) == (["a6"], None)


def test_ticks_that_have_stopped_are_seen_by_whoever_looks(look: Look) -> None:
    stopped = (Finding(Defect.TICKS_STOPPED, 1),)

    assert look.do(audit, NOW - DAY, TICKS_LATE, at=NOW + 5 * MINUTE) == ()
    assert look.do(audit, NOW - DAY, TICKS_LATE, at=NOW + 6 * MINUTE) == stopped
    assert look.do(audit, NOW + 2 * MINUTE, TICKS_LATE, at=NOW + 6 * MINUTE) == ()
    look.do(note_tick, at=NOW + 6 * MINUTE)
    assert look.do(audit, NOW - DAY, TICKS_LATE, at=NOW + 6 * MINUTE) == ()


def test_where_it_has_never_ticked_it_is_seen_as_well(look: Look) -> None:
    look.by_hand("DELETE FROM mark")

    assert look.do(audit, NOW - TICKS_LATE, TICKS_LATE) == ()
    assert look.do(audit, NOW - TICKS_LATE - MINUTE, TICKS_LATE) == (Finding(Defect.TICKS_STOPPED, 1),)


def test_administrators_are_told_of_a_kind_once_an_hour(look: Look) -> None:
    boss = replace(SAM, rights=frozenset({Right.ADMINISTER, Right.OVERSEE}))
    look.change(lambda store: store.people.replace_all((CARE, POLICE), (HUB, LIGHTHOUSE), (JANE, boss, ALI)))
    unsaid, queued = Finding(Defect.UNSAID, 7, ("p1", "p2")), Finding(Defect.QUEUED, MOST_COUNTED, ("m1",))

    told = [
        look.do(tell_administrators, (unsaid,)),
        look.do(tell_administrators, (unsaid, queued), at=NOW + 59 * MINUTE),
        look.do(tell_administrators, (unsaid, queued), at=NOW + 60 * MINUTE),
    ]

    assert told == [1, 1, 1]
    with look.database.transaction() as store:
        sent = [one.message for one in store.outbox.claim(NOW + DAY, 9, LEASE, "token")]
    assert [(one.kind, one.recipient) for one in sent] == [(MessageKind.AUDIT, "sam")] * 3
    assert [read_told(one.about) for one in sent] == [(unsaid,), (queued,), (unsaid,)]


def test_a_directory_without_administrators_is_told_nothing(look: Look) -> None:
    assert look.do(tell_administrators, (Finding(Defect.UNSAID, 1, ("p1",)),)) == 0
