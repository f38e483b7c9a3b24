"""Which places are kept for urgent discussions: a share of a desk's day, spread over it as evenly as it goes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import groupby
from math import ceil

from discussions.london import to_london
from discussions.slots.slot import Slot


def spread(capacities: Sequence[int], share: float) -> list[int]:
    """How many places of each are reserved: in all no less than the share, and one in no slot before its turn.

    [1, 1, 1, 1] at a quarter gives [0, 0, 0, 1]; three places at a quarter keep one.
    """
    wanted = ceil(Fraction(share).limit_denominator(1_000) * sum(capacities))
    total, passed, given = sum(capacities), 0, 0
    reserved = []
    for capacity in capacities:
        passed += capacity
        due = wanted * passed // total if total else 0
        reserved.append(min(due - given, capacity))
        given += reserved[-1]
    return reserved


def with_reserved(slots: Iterable[Slot], share: float) -> list[Slot]:
    """The slots with their reserved places, day by day and desk by desk, each day in the order of its slots."""
    in_order = sorted(slots, key=lambda slot: (slot.desk, slot.starts_at, slot.id))
    reserved: list[Slot] = []
    for _, day in groupby(in_order, key=lambda slot: (slot.desk, to_london(slot.starts_at).date())):
        of_day = list(day)
        shares = spread([slot.capacity for slot in of_day], share)
        reserved += [replace(slot, reserved=kept) for slot, kept in zip(of_day, shares, strict=True)]
    return reserved
