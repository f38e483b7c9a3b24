"""Actions and the promises to nudge about them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from discussions.actions.action import ActionState
from discussions.actions.promises import PromiseState
from discussions.refusals import Stale
from storage.database import Database
from tests.storage.samples import DAY, HOUR, NOW, VISIT, promised, with_booking


@pytest.fixture(autouse=True)
def _booking(database: Database) -> None:
    with_booking(database)


DONE = replace(VISIT, state=ActionState.DONE, state_at=NOW, state_by="ali", note="Seen at school")


def test_an_action_comes_back_whole(database: Database) -> None:
    told = replace(VISIT, blocked="No answer", asked_until=NOW, asked_why="Illness", contingency="Police welfare check")
    with database.transaction() as store:
        store.actions.add(told, ())

        assert store.actions.action("a1") == told
        assert store.actions.of_discussion("d1") == [told]
        assert store.actions.action("forged") is None


def test_the_second_of_two_answers_is_stale(database: Database) -> None:
    with database.transaction() as store:
        store.actions.add(VISIT, ())
        done = store.actions.save(DONE)
        assert done.version == 2
        with pytest.raises(Stale, match="this action"):
            store.actions.save(replace(VISIT, state=ActionState.CANNOT))

        assert store.actions.action("a1") == done


def test_two_actions_cannot_take_the_same_number(database: Database) -> None:
    with database.transaction() as store:
        store.actions.add(VISIT, ())
        with pytest.raises(Stale):
            store.actions.add(replace(VISIT, id="a2"), ())

        assert store.actions.of_discussion("d1") == [VISIT]


def test_open_actions_are_of_their_owner_desk_and_whom_they_were_handed_to(database: Database) -> None:
    of_desk = replace(VISIT, id="a2", number=2, owner=None, desk="lighthouse", due_at=NOW + HOUR)
    handed = replace(VISIT, id="a3", number=3, owner="jane", handed_to="ali", due_at=NOW + 2 * DAY)
    ended = replace(DONE, id="a4", number=4)
    with database.transaction() as store:
        for action in (VISIT, of_desk, handed, ended):
            store.actions.add(action, ())

        assert store.actions.of_person("ali", "lighthouse") == [of_desk, VISIT, handed]
        assert store.actions.of_person("ali", None) == [VISIT, handed]
        assert store.actions.of_person("jane", None) == [handed]
        assert store.actions.of_person("sam", "hub") == []


def test_due_promises_come_urgent_first_then_oldest(database: Database) -> None:
    old = promised("old", due_at=NOW - DAY)
    urgent = promised("urgent", due_at=NOW, urgent=True)
    older_urgent = promised("older urgent", due_at=NOW - HOUR, urgent=True)
    later = promised("later", due_at=NOW + HOUR)
    with database.transaction() as store:
        store.actions.add(VISIT, (later, old, urgent, older_urgent))

        assert store.actions.due(NOW, 10) == [older_urgent, urgent, old]
        assert store.actions.due(NOW, 2) == [older_urgent, urgent]
        assert store.actions.due(NOW + HOUR, 10) == [older_urgent, urgent, old, later]


def test_a_promise_that_was_kept_is_due_no_more(database: Database) -> None:
    said = promised("p1", state=PromiseState.SAID, said_at=NOW)
    with database.transaction() as store:
        store.actions.add(VISIT, (promised("p1"),))
        store.actions.save_promise(said)

        assert store.actions.due(NOW, 10) == []
        assert store.actions.promises("a1") == [said]


def test_the_end_of_an_action_voids_what_still_waits(database: Database) -> None:
    said = promised("said", state=PromiseState.SAID, said_at=NOW)
    waiting = promised("waiting", due_at=NOW + HOUR)
    with database.transaction() as store:
        store.actions.add(VISIT, (said, waiting))
        store.actions.save(DONE)

        assert store.actions.due(NOW + DAY, 10) == []
        assert store.actions.promises("a1") == [said, replace(waiting, state=PromiseState.VOID)]


def test_promises_can_be_replaced_while_the_action_goes_on(database: Database) -> None:
    moved = promised("moved", due_at=NOW + DAY)
    with database.transaction() as store:
        store.actions.add(VISIT, (promised("p1"),))
        store.actions.void_promises("a1")
        store.actions.add_promises((moved,))

        assert store.actions.due(NOW + DAY, 10) == [moved]
