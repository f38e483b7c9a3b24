"""A desk's slots follow what a file says: only what changed changes, and whoever has a place keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from discussions.people import Person
from discussions.refusals import NotAllowed, WrongAnswer
from discussions.slots.changing import NewSlot, add_slot
from discussions.slots.follow import Followed, follow, import_slots
from discussions.slots.rows import SlotRow
from discussions.slots.seeing import slots_of
from discussions.slots.slot import SlotSource
from discussions.slots.taking import Wanted, hold
from discussions.trail import Deed
from storage.database import Database
from tests.discussions.slots.rota import HEALTH, POLICE, at, fill, means_with, row, slot_at, somebody, take

TWO = at(3, 14)
THREE = at(3, 15)
FOUR = at(3, 16)


@pytest.fixture
def rota(database: Database) -> Database:
    with database.transaction() as store:
        fill(store)
    return database


def followed(database: Database, *rows: SlotRow, source: SlotSource = SlotSource.FILE, day: int = 26) -> Followed:
    with database.transaction() as store:
        return follow(means_with(store), None, POLICE.id, rows, source)


def shown(database: Database) -> list[str]:
    with database.transaction() as store:
        return [str(one) for one in slots_of(means_with(store), POLICE.id)]


def test_what_is_new_is_added_what_differs_changed_what_is_gone_withdrawn_and_the_rest_left_alone(
    rota: Database,
) -> None:
    first = followed(rota, row(TWO), row(THREE), row(FOUR))
    second = followed(rota, row(TWO), row(THREE, capacity=3), row(at(4, 9)))

    assert str(first) == "3 added, 0 changed, 0 withdrawn, 0 as before"
    assert str(second) == "1 added, 1 changed, 1 withdrawn, 1 as before"
    assert shown(rota) == [
        "Thu 3 Dec, 14:00, 60 min · 1 free",
        "Thu 3 Dec, 15:00, 60 min · 3 free",
        "Fri 4 Dec, 09:00, 60 min · 1 free",
    ]


def test_the_same_rows_again_change_nothing_and_leave_no_line_in_the_trail(rota: Database) -> None:
    followed(rota, row(TWO), row(THREE, 30, 3, None))
    with rota.transaction() as store:
        before = store.slots.of_desk(POLICE.id, TWO)

    again = followed(rota, row(TWO), row(THREE, 30, 3, None))

    with rota.transaction() as store:
        assert store.slots.of_desk(POLICE.id, TWO) == before
    assert str(again) == "0 added, 0 changed, 0 withdrawn, 2 as before"


def test_what_comes_back_is_the_same_slot_again(rota: Database) -> None:
    followed(rota, row(TWO))
    with rota.transaction() as store:
        before = slot_at(store, TWO)
    followed(rota)

    back = followed(rota, row(TWO))

    with rota.transaction() as store:
        assert slot_at(store, TWO).id == before.id
    assert str(back) == "1 added, 0 changed, 0 withdrawn, 0 as before"


def test_a_taken_slot_that_is_gone_or_smaller_keeps_who_has_it_and_is_named(rota: Database) -> None:
    followed(rota, row(TWO), row(THREE, capacity=2))
    with rota.transaction() as store:
        gone = take(store, slot_at(store, TWO))
        take(store, slot_at(store, THREE), 1)
        take(store, slot_at(store, THREE), 2)

    result = followed(rota, row(THREE, capacity=1))

    assert [(slot.starts_at, slot.withdrawn) for slot in result.taken] == [(THREE, False), (TWO, True)]
    assert shown(rota) == [
        "Thu 3 Dec, 14:00, 60 min · 0 free · 1 taken · withdrawn",
        "Thu 3 Dec, 15:00, 60 min · 0 free · 2 taken",
    ]
    with rota.transaction() as store:
        assert [one.slot for one in store.slots.of_discussion(gone.id)] == [slot_at(store, TWO).id]


def test_what_was_changed_by_hand_stays_as_it_was_left(rota: Database) -> None:
    followed(rota, row(TWO), row(THREE))
    with rota.transaction() as store:
        store.slots.save(replace(slot_at(store, TWO), source=SlotSource.HAND, withdrawn=True))
        store.slots.save(replace(slot_at(store, THREE), source=SlotSource.HAND, capacity=4))

    result = followed(rota, row(TWO), row(THREE))

    assert (result.elsewhere, str(result)) == (2, "0 added, 0 changed, 0 withdrawn, 0 as before")
    assert shown(rota) == ["Thu 3 Dec, 15:00, 60 min · 4 free"]


def test_a_calendar_and_a_file_of_one_desk_never_count_the_same_moment_twice(rota: Database) -> None:
    followed(rota, row(TWO), source=SlotSource.FEED)

    result = followed(rota, row(TWO), row(THREE))
    followed(rota, source=SlotSource.FEED)

    assert (result.added, result.elsewhere) == (1, 1)
    assert shown(rota) == ["Thu 3 Dec, 15:00, 60 min · 1 free"]
    assert followed(rota, row(TWO), row(THREE)).added == 1


def test_where_nothing_is_said_the_practice_keeps_its_share_for_urgent_ones(rota: Database) -> None:
    followed(rota, *(row(at(3, hour), reserved=None) for hour in (9, 10, 11, 12)), row(at(3, 13), reserved=1))

    with rota.transaction() as store:
        kept = [slot.reserved for slot in store.slots.of_desk(POLICE.id, at(3, 8))]
    assert kept == [0, 0, 0, 1, 1]


def imported(database: Database, who: Person | None, rows: Sequence[SlotRow]) -> list[str]:
    with database.transaction() as store:
        return [str(one) for one in import_slots(means_with(store), who, rows)]


def test_a_desk_lead_and_an_administrator_import_for_the_desk_and_nobody_else_does(rota: Database) -> None:
    with rota.transaction() as store:
        lead, administrator = somebody(store, "Ian Calder"), somebody(store, "Noor Haddad")
        others = [somebody(store, name) for name in ("Helen Marsh", "Priya Nair", "Grace Oduya")]
    for who in others:
        with pytest.raises(NotAllowed, match="Only the lead of a desk, or an administrator, can change its slots"):
            imported(rota, who, [row(TWO)])

    assert imported(rota, lead, [row(TWO)]) == ["1 added, 0 changed, 0 withdrawn, 0 as before"]
    assert imported(rota, administrator, [row(THREE)]) == ["1 added, 0 changed, 1 withdrawn, 0 as before"]
    with rota.transaction() as store:
        written = [entry for entry in store.trail.entries() if entry.deed is Deed.SLOTS_FOLLOWED]
    assert [entry.who for entry in written] == [lead.id, administrator.id]


def test_one_desk_that_is_not_theirs_refuses_the_whole_file(rota: Database) -> None:
    with rota.transaction() as store:
        lead = somebody(store, "Ian Calder")

    with pytest.raises(NotAllowed):
        imported(rota, lead, [row(TWO), SlotRow(HEALTH.id, TWO, 60)])

    assert shown(rota) == []


def test_a_desk_that_the_file_names_not_at_all_is_left_alone(rota: Database) -> None:
    followed(rota, row(TWO))

    imported(rota, None, [SlotRow(HEALTH.id, TWO, 60)])

    assert shown(rota) == ["Thu 3 Dec, 14:00, 60 min · 1 free"]


def test_while_a_file_is_taken_again_and_again_no_place_is_lost_or_given_twice(rota: Database) -> None:
    """On both engines: those who take wait for the file or come first; whoever has a place keeps it."""
    moments = [at(3, hour) for hour in range(8, 20)]
    followed(rota, *(row(moment, capacity=2) for moment in moments))

    def change(round: int) -> None:
        with rota.transaction() as store:
            rows = [
                row(moment, capacity=1 + (round + hour) % 3) for hour, moment in enumerate(moments) if hour != round
            ]
            follow(means_with(store), None, POLICE.id, rows, SlotSource.FILE)

    def take_one(number: int) -> bool:
        with rota.transaction() as store:
            who = somebody(store, "Priya Nair")
            wanted = Wanted((POLICE.id,), moments[number % len(moments)], "U0")
            return bool(hold(means_with(store), who, f"booking {number}", wanted).held)

    with ThreadPoolExecutor(6) as threads:
        changing = [threads.submit(change, round) for round in range(8)]
        taking = [threads.submit(take_one, number) for number in range(40)]
        for one in changing:
            one.result()
        held = sum(one.result() for one in taking)

    with rota.transaction() as store:
        takings = store.slots.takings([slot.id for slot in store.slots.of_desk(POLICE.id, TWO - timedelta(days=1))])
    assert len(takings) == held > 0
    assert len({(one.slot, one.number) for one in takings}) == held


def test_two_that_add_at_once_never_both_find_the_moment_free(rota: Database) -> None:
    def import_all(number: int) -> int:
        with rota.transaction() as store:
            rows = [row(at(3, hour), capacity=1 + number) for hour in range(8, 20)]
            return follow(means_with(store), None, POLICE.id, rows, SlotSource.FILE).added

    def add_one(number: int) -> bool:
        with rota.transaction() as store:
            try:
                add_slot(means_with(store), somebody(store, "Ian Calder"), POLICE.id, NewSlot(at(4, 9, number)))
            except WrongAnswer:
                return False
            return True

    with ThreadPoolExecutor(6) as threads:
        files = [threads.submit(import_all, number) for number in range(4)]
        hands = [threads.submit(add_one, number) for number in range(8)]
        added, by_hand = [one.result() for one in files], [one.result() for one in hands]

    assert sorted(added) == [0, 0, 0, 12]
    assert sum(by_hand) == 1
