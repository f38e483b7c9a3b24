"""A share of each desk's day is kept for urgent discussions, never less than the practice says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from discussions.ids import SlotId
from discussions.people import DeskId
from discussions.slots.reserve import spread, with_reserved
from discussions.slots.slot import Slot

NINE = datetime(2026, 12, 1, 9, tzinfo=UTC)


def test_of_four_single_places_at_a_quarter_the_last_is_kept() -> None:
    assert spread([1, 1, 1, 1], 0.25) == [0, 0, 0, 1]
    assert spread([1] * 8, 0.25) == [0, 0, 0, 1, 0, 0, 0, 1]
    assert spread([2, 2], 0.25) == [0, 1]
    assert spread([3], 0.25) == [1]
    assert spread([], 0.25) == []


@given(st.lists(st.integers(1, 5), max_size=30), st.sampled_from([0.0, 0.2, 0.25, 0.5, 1.0]))
def test_no_less_than_the_share_is_kept_and_never_more_than_there_is(capacities: list[int], share: float) -> None:
    reserved = spread(capacities, share)

    assert all(0 <= kept <= capacity for kept, capacity in zip(reserved, capacities, strict=True))
    exactly = Fraction(share).limit_denominator(1_000) * sum(capacities)
    assert exactly <= sum(reserved) < exactly + 1


def test_each_desk_and_each_day_keeps_its_own() -> None:
    slots = [
        Slot(SlotId(f"{desk} {day} {hour}"), DeskId(desk), NINE + timedelta(days=day, hours=hour), 60)
        for desk in ("police", "health")
        for day in (0, 1)
        for hour in range(4)
    ]

    kept = [slot.id for slot in with_reserved(slots, 0.25) if slot.reserved]

    assert kept == ["health 0 3", "health 1 3", "police 0 3", "police 1 3"]
