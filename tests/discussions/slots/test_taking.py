"""However bookers hold, book, go away and come back, no slot ever has more discussions than it has places."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from discussions.needs import Means, Store
from discussions.slots.slot import Slot
from discussions.slots.taking import (
    PlacesGone,
    Wanted,
    hold,
    let_go,
    release_slots,
    renew,
    settle,
    take_slots,
)
from storage.database import Database
from storage.practice_file import standard_practice
from tests.doubles import CalendarOfDays, StoreInMemory, counted_ids
from tests.storage.samples import BOOKED, DAY, HOUR, JANE, NOW, TO_POLICE, book

TOMORROW = NOW + DAY
MINUTE = timedelta(minutes=1)
POLICE = Slot("police", "lighthouse", TOMORROW, 60, capacity=2, reserved=1)
NURSES = Slot("nurses", "hub", TOMORROW, 60)
LATER = Slot("later", "lighthouse", TOMORROW + HOUR, 60)
SLOTS = (POLICE, NURSES, LATER)
BOTH = ("lighthouse", "hub")


@dataclass
class Town:
    """Bookers over one store, and a clock that goes on by hand."""

    store: Store
    now: datetime = NOW
    new_id: Callable[[], str] = field(default_factory=lambda: counted_ids("t"))

    def __post_init__(self) -> None:
        book(self.store)
        self.store.slots.add(SLOTS)
        for number in range(2, 6):
            another = replace(BOOKED, id=f"d{number}", reference=f"SD-26-000{number}")
            self.store.discussions.add(another, (), ())

    @property
    def means(self) -> Means:
        return Means(self.store, standard_practice(), CalendarOfDays(), self.now, self.new_id)

    def hold(self, holder: str, urgency: str = "U3", at: datetime = TOMORROW, **more: object) -> tuple[str, ...]:
        return hold(self.means, JANE, holder, Wanted(BOTH, at, urgency, **more)).held  # type: ignore[arg-type]

    def numbers(self, slot: Slot) -> list[int]:
        return [one.number for one in self.store.slots.takings([slot.id]) if not one.is_over(self.now)]


@pytest.fixture
def town() -> Town:
    return Town(StoreInMemory())


def test_a_place_is_held_for_one_and_free_again_after_ten_minutes(town: Town) -> None:
    assert town.hold("first") == BOTH
    assert town.hold("second") == ()

    town.now += 9 * MINUTE
    renew(town.means, "first")
    town.now += 9 * MINUTE
    assert town.hold("second") == ()
    town.now += MINUTE

    assert town.hold("second") == BOTH
    renew(town.means, "first")
    assert town.numbers(POLICE) == [1]


def test_a_booker_holds_one_start_at_a_time(town: Town) -> None:
    town.hold("first")

    assert town.hold("first", at=LATER.starts_at) == ("lighthouse",)
    assert (town.numbers(POLICE), town.numbers(NURSES), town.numbers(LATER)) == ([], [], [1])

    let_go(town.means, "first")
    assert town.numbers(LATER) == []


def test_what_is_kept_for_urgent_ones_is_theirs_until_three_hours_before(town: Town) -> None:
    assert town.hold("planned") == BOTH
    assert town.hold("planned too") == ()
    assert town.hold("same day", "U1") == ("lighthouse",)
    let_go(town.means, "same day")

    town.now = TOMORROW - 3 * HOUR
    town.hold("planned")
    assert town.hold("planned too") == ("lighthouse",)


def test_an_urgent_one_takes_what_is_kept_for_it_first(town: Town) -> None:
    town.hold("same day", "U0")

    assert town.numbers(POLICE) == [2]


def test_a_booking_that_is_urgent_no_more_gives_the_reserved_place_back(town: Town) -> None:
    town.hold("first", "U1")
    assert town.numbers(POLICE) == [2]

    assert town.hold("first", "U3") == BOTH
    assert town.numbers(POLICE) == [1]
    assert town.hold("second", "U1") == ("lighthouse",)


def test_whoever_was_promised_a_place_that_is_gone_is_told_whose(town: Town) -> None:
    town.hold("slow")
    town.now += 11 * MINUTE
    town.hold("quick")

    with pytest.raises(PlacesGone) as refused:
        town.hold("slow", promised=("lighthouse", "hub"))

    assert refused.value.sentence == (
        "The places of Avon Police: Lighthouse and Children's Social Care: First Response on Thu 26 Nov, 10:00 "
        "have been taken by another booking. Please choose another time."
    )


def test_a_full_slot_is_joined_on_purpose_once_and_with_a_reason(town: Town) -> None:
    town.hold("first")
    town.hold("second", joins={"hub": "agreed with the named nurse"})

    [taken, joined] = town.store.slots.takings(["nurses"])
    assert (taken.joined, joined.joined, joined.number) == (False, True, 2)
    assert joined.reason == "agreed with the named nurse"
    assert "hub" not in town.hold("third", joins={"hub": "me too"})


def test_a_discussion_takes_the_places_of_all_who_are_asked_and_gives_them_back(town: Town) -> None:
    moved = replace(BOOKED, starts_at=TOMORROW)

    assert take_slots(town.means, JANE, moved).held == BOTH
    assert {one.slot for one in town.store.slots.of_discussion("d1")} == {"police", "nurses"}

    later = take_slots(town.means, JANE, replace(BOOKED, starts_at=LATER.starts_at))
    assert (later.held, later.without) == (("lighthouse",), ("hub",))
    assert [one.slot for one in town.store.slots.of_discussion("d1")] == ["later"]

    release_slots(town.means, TO_POLICE.discussion)
    assert [town.numbers(slot) for slot in SLOTS] == [[], [], []]


def test_desks_that_keep_no_slots_are_not_spoken_of(town: Town) -> None:
    none = hold(town.means, JANE, "first", Wanted(("nobody",), TOMORROW, "U3"))

    assert (none.held, none.without) == ((), ())


DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["hold", "hold", "book", "let go", "renew", "cancel", "wait", "join", "withdraw"]),
        st.integers(1, 5),
        st.sampled_from(["U0", "U3"]),
        st.sampled_from([TOMORROW, LATER.starts_at]),
        st.integers(0, 12),
    ),
    max_size=25,
)


def play(town: Town, deeds: list[tuple[str, int, str, datetime, int]]) -> None:
    for what, number, urgency, at, minutes in deeds:
        do(town, what, f"dialog {number}", f"d{number}", urgency, at, minutes)
        check(town)


def do(town: Town, what: str, holder: str, discussion: str, urgency: str, at: datetime, minutes: int) -> None:
    match what:
        case "hold":
            town.hold(holder, urgency, at)
            if urgency == "U3" and at - town.now > 3 * HOUR:
                own = [one for one in town.store.slots.of_holder(holder) if not one.joined]
                slots = {slot.id: slot for slot in SLOTS}
                assert not any(slots[one.slot].is_kept_for_urgent(one.number) for one in own)
        case "join":
            town.hold(holder, urgency, at, joins={"hub": "agreed"})
        case "book":
            release_slots(town.means, discussion)
            town.hold(holder, urgency, at)
            settle(town.means, holder, discussion)
        case "let go":
            let_go(town.means, holder)
        case "renew":
            renew(town.means, holder)
        case "cancel":
            release_slots(town.means, discussion)
        case "withdraw":
            slot = town.store.slots.slot("later")
            town.store.slots.save(replace(slot, withdrawn=not slot.withdrawn))
        case _:
            town.now += minutes * MINUTE


def check(town: Town) -> None:
    for slot in SLOTS:
        standing = [one for one in town.store.slots.takings([slot.id]) if not one.is_over(town.now)]
        counted = [one for one in standing if not one.joined]
        assert len(counted) <= slot.capacity
        assert len(standing) - len(counted) <= 1
        assert len({one.number for one in standing}) == len(standing)
        assert all(one.number <= slot.capacity for one in counted)
    for holder in {f"dialog {number}" for number in range(1, 6)}:
        starts = {town.store.slots.slot(one.slot).starts_at for one in town.store.slots.of_holder(holder)}
        assert len(starts) <= 1


@given(DEEDS)
def test_no_slot_is_ever_over_its_places(deeds: list[tuple[str, int, str, datetime, int]]) -> None:
    play(Town(StoreInMemory()), deeds)


class TakenBack(Exception):
    pass


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=DEEDS)
def test_no_slot_is_ever_over_its_places_in_a_database(
    database: Database, deeds: list[tuple[str, int, str, datetime, int]]
) -> None:
    with pytest.raises(TakenBack):
        play_and_take_back(database, deeds)


def play_and_take_back(database: Database, deeds: list[tuple[str, int, str, datetime, int]]) -> None:
    with database.transaction() as store:
        play(Town(store), deeds)
        raise TakenBack
