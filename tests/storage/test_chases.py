"""Chases are kept, found when they are due, and end."""

from __future__ import annotations

from datetime import timedelta

from discussions.actions.promises import PromiseState
from storage.database import Database
from tests.storage.samples import HOUR, NOW, TO_SAM, chased, with_booking


def test_what_is_due_comes_the_oldest_first_and_as_it_was_kept(database: Database) -> None:
    with_booking(database)
    soon = chased("ch1", due_at=NOW - timedelta(minutes=1), invitation=TO_SAM.id, to="invitee", urgent=False)
    with database.transaction() as store:
        store.chases.add([chased("ch3", due_at=NOW + HOUR), chased("ch2"), soon])

    with database.transaction() as store:
        assert store.chases.due(NOW, 10) == [soon, chased("ch2")]
        assert store.chases.due(NOW, 1) == [soon]
        assert [one.id for one in store.chases.of_discussion("d1")] == ["ch1", "ch2", "ch3"]


def test_what_has_ended_is_not_due_and_the_end_of_one_leaves_the_others(database: Database) -> None:
    with_booking(database)
    said = chased("ch1", state=PromiseState.SAID, said_at=NOW)
    with database.transaction() as store:
        store.chases.add([chased("ch1"), chased("ch2"), chased("ch3")])
        store.chases.save(said)
        store.chases.save(chased("ch2", state=PromiseState.VOID))

    with database.transaction() as store:
        assert store.chases.due(NOW, 10) == [chased("ch3")]
        store.chases.void("d1")
        assert store.chases.due(NOW, 10) == []
        assert said in store.chases.of_discussion("d1"), "what was said stays said"
