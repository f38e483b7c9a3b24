"""The best times to offer inside the window: those at which the agencies that are hardest to get can come."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from discussions.ids import SlotId
from discussions.needs import Means
from discussions.people import DeskId
from discussions.slots.places import Asking, free_number, joining_number
from discussions.slots.seeing import by_slot
from discussions.slots.slot import Slot, Taking
from discussions.slots.taking import asking_of

MOST_JOINED = 3
LOOKED_AT_FIRST = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Party:
    """One that is to come: an agency as people call it, its category, and the desks of which any will do."""

    name: str
    category: str
    desks: frozenset[DeskId]


@dataclass(frozen=True, slots=True)
class Offer:
    """A start, who can come then, and who can't though they keep slots."""

    starts_at: datetime
    can: tuple[Party, ...]
    without: tuple[Party, ...] = ()


@dataclass(frozen=True, slots=True)
class Openings:
    """What can be had until the window ends. `short`: parties without any free place in it, `joinable` their full slots
    that one more could join. Empty where nobody keeps slots.
    """

    offers: tuple[Offer, ...] = ()
    short: tuple[Party, ...] = ()
    joinable: tuple[Slot, ...] = ()


def best_times(free: Mapping[Party, Collection[datetime]], most: int) -> tuple[Offer, ...]:
    """From the free starts of each party. The party with the fewest is the scarcest: a time at which it can come goes
    before one at which it can't, then the next scarcest decides, and so on; among equals the soonest goes first. So a
    time at which all can come is always the best.
    """
    by_scarcity = sorted(free, key=lambda party: len(free[party]))
    starts = {start for party in free for start in free[party]}

    def rank(start: datetime) -> tuple[object, ...]:
        return *(start not in free[party] for party in by_scarcity), start

    best = sorted(starts, key=rank)[:most]
    return tuple(
        Offer(
            start,
            tuple(party for party in free if start in free[party]),
            tuple(party for party in free if start not in free[party]),
        )
        for start in best
    )


def free_starts(
    party: Party, slots: Sequence[Slot], takings: Mapping[SlotId, Sequence[Taking]], asking: Asking, ends: datetime
) -> frozenset[datetime]:
    """When the party can start, from now on until the window ends."""
    return frozenset(
        slot.starts_at
        for slot in slots
        if slot.desk in party.desks
        and asking.now <= slot.starts_at <= ends
        and free_number(slot, takings.get(slot.id, ()), asking) is not None
    )


def openings(
    means: Means, parties: Sequence[Party], urgency: str, ends: datetime, holder: str | None = None
) -> Openings:
    """What this booking can be offered, with what `holder` holds counted as free.

    Enough times for everybody soon are the best there are, so the rest of a long window is not looked at then.
    """
    asking = asking_of(means, urgency, holder)
    keeping = those_keeping_slots(means, parties)
    if not keeping:
        return Openings()
    soon = min(ends, means.now + LOOKED_AT_FIRST)
    found = openings_until(means, keeping, asking, soon)
    enough = sum(not offer.without for offer in found.offers) >= means.practice.slots.times_offered
    return found if enough or soon == ends else openings_until(means, keeping, asking, ends)


def openings_until(means: Means, keeping: Sequence[Party], asking: Asking, ends: datetime) -> Openings:
    desks = {desk for party in keeping for desk in party.desks}
    slots = means.store.slots.with_room(desks, means.now, ends, means.now, asking.holder)
    # of a slot with one place that has room nobody else has any
    takings = by_slot(means.store.slots.takings([slot.id for slot in slots if slot.capacity > 1]))
    free = {party: free_starts(party, slots, takings, asking, ends) for party in keeping}
    short = tuple(party for party in keeping if not free[party])
    offers = best_times({party: starts for party, starts in free.items() if starts}, means.practice.slots.times_offered)
    with_short = tuple(replace(offer, without=(*short, *offer.without)) for offer in offers)
    return Openings(with_short, short, joinable(means, short, asking, ends) if short else ())


def joinable(means: Means, short: Sequence[Party], asking: Asking, ends: datetime) -> tuple[Slot, ...]:
    desks = {desk for party in short for desk in party.desks}
    slots = means.store.slots.between(desks, means.now, ends)
    takings = by_slot(means.store.slots.takings_between(desks, means.now, ends))
    full = [slot for slot in slots if joining_number(slot, takings.get(slot.id, ()), asking)]
    return tuple(full[:MOST_JOINED])


def without_place(
    means: Means, parties: Sequence[Party], urgency: str, starts_at: datetime, holder: str | None = None
) -> tuple[Party, ...]:
    """Those that keep slots and have no free place at this very start, wherever it lies."""
    keeping = those_keeping_slots(means, parties)
    slots = means.store.slots.between({desk for party in keeping for desk in party.desks}, starts_at, starts_at)
    takings = by_slot(means.store.slots.takings([slot.id for slot in slots]))
    asking = asking_of(means, urgency, holder)
    can = {slot.desk for slot in slots if free_number(slot, takings.get(slot.id, ()), asking) is not None}
    return tuple(party for party in keeping if not party.desks & can)


def those_keeping_slots(means: Means, parties: Sequence[Party]) -> tuple[Party, ...]:
    keeping = means.store.slots.keeping({desk for party in parties for desk in party.desks}, means.now)
    return tuple(party for party in parties if party.desks & keeping)
