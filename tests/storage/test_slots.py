"""Slots are kept and found again; a place of one is given once, whoever asks for it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from discussions.refusals import Stale
from discussions.slots.slot import Slot, SlotSource, Taking
from storage.database import Database
from tests.storage.samples import HOUR, NOW, book

TEN = Slot("ten", "lighthouse", NOW, 60, capacity=2, reserved=1)
TWELVE = Slot("twelve", "lighthouse", NOW + 2 * HOUR, 30, source=SlotSource.FEED, source_key="uid|12")
NURSES = Slot("nurses", "hub", NOW + HOUR, 30)
HELD = Taking("t1", "ten", 1, "jane", NOW, holder="dialog", until=NOW + timedelta(minutes=10))


@pytest.fixture
def kept(database: Database) -> Database:
    with database.transaction() as store:
        book(store)
        store.slots.add([TWELVE, TEN, NURSES])
    return database


def test_slots_of_a_window_come_by_start_without_those_withdrawn(kept: Database) -> None:
    with kept.transaction() as store:
        assert store.slots.between(["lighthouse", "hub"], NOW, NOW + 2 * HOUR) == [TEN, NURSES, TWELVE]
        assert store.slots.between(["lighthouse"], NOW + HOUR, NOW + HOUR) == []
        first = store.slots.first_starts(["lighthouse", "hub"], NOW + HOUR, NOW + 3 * HOUR)
        assert first == {"hub": NURSES.starts_at, "lighthouse": TWELVE.starts_at}
        assert store.slots.first_starts([], NOW, NOW) == {}
        assert store.slots.are_kept(NOW + 2 * HOUR)
        assert not store.slots.are_kept(NOW + 3 * HOUR)
        gone = store.slots.save(replace(TWELVE, withdrawn=True))
        assert store.slots.between(["lighthouse"], NOW, NOW + 2 * HOUR) == [TEN]
        assert store.slots.of_desk("lighthouse", NOW + HOUR) == [gone]
        assert store.slots.keeping(["hub", "lighthouse"], NOW + HOUR) == {"hub"}
        with pytest.raises(Stale):
            store.slots.save(TWELVE)


def test_a_slot_is_found_by_what_it_was_imported_as_and_is_there_once(kept: Database) -> None:
    with kept.transaction() as store:
        assert store.slots.by_source_keys("lighthouse", ["uid|12", "uid|13"]) == [TWELVE]
        assert store.slots.by_source_keys("hub", ["uid|12"]) == []
    with pytest.raises(IntegrityError), kept.transaction() as store:
        store.slots.add([replace(TWELVE, id="again")])


def test_a_place_has_one_taker_and_is_free_again_when_given_back(kept: Database) -> None:
    with kept.transaction() as store:
        assert store.slots.put(HELD)
        assert not store.slots.put(replace(HELD, id="t2", holder="another"))
        assert store.slots.of_holder("dialog") == [HELD]
        taken = replace(HELD, holder=None, until=None, discussion="d1", reason="agreed with the sergeant")
        assert store.slots.change(taken)
        assert store.slots.of_discussion("d1") == [taken]
        assert store.slots.takings_between(["lighthouse", "hub"], NOW, NOW + HOUR) == [taken]
        assert store.slots.takings_between(["hub"], NOW, NOW + HOUR) == []
        store.slots.free(["t1"])
        assert not store.slots.change(taken)
        assert store.slots.takings(["ten"]) == []


def test_a_slot_has_room_as_long_as_others_have_fewer_places_than_there_are(kept: Database) -> None:
    later = NOW + timedelta(minutes=10)
    with kept.transaction() as store:
        full = replace(TEN, capacity=1, id="full", starts_at=NOW + HOUR)
        store.slots.add([full])
        store.slots.put(replace(HELD, slot="full"))

        def has_room(now: datetime, holder: str | None) -> bool:
            return full in store.slots.with_room(["lighthouse"], NOW, NOW + HOUR, now, holder)

        assert [has_room(NOW, None), has_room(NOW, "another"), has_room(NOW, "dialog")] == [False, False, True]
        assert has_room(later, None)
        store.slots.change(replace(HELD, slot="full", holder=None, until=None, discussion="d1"))
        assert [has_room(NOW, None), has_room(later, "dialog")] == [False, False]
        store.slots.change(replace(HELD, slot="full", holder=None, until=None, discussion="d1", joined=True))
        assert has_room(NOW, None)


def test_eight_who_ask_for_one_place_at_once_get_it_once(kept: Database) -> None:
    def ask(number: int) -> bool:
        with kept.transaction() as store:
            [slot] = store.slots.lock(["ten"])
            return store.slots.put(replace(HELD, id=f"by {number}", slot=slot.id, holder=f"dialog {number}"))

    with ThreadPoolExecutor(8) as threads:
        assert sorted(threads.map(ask, range(8))) == [False] * 7 + [True]
