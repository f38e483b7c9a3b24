"""A desk's slots changed by hand, by those who keep them: one added, its places set, one taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from fractions import Fraction
from math import ceil

from discussions.booking.book import say
from discussions.clocks import add_months
from discussions.ids import SlotId
from discussions.london import say_short, say_time, to_london
from discussions.needs import Means
from discussions.people import DeskId, Person
from discussions.post import MessageKind
from discussions.refusals import AlreadyMoved, NotFound, Refusal, WrongAnswer
from discussions.slots.leading import keeps, require_keeper, take_turn
from discussions.slots.seeing import SlotSeen, look_at
from discussions.slots.slot import MOST_MINUTES, MOST_PLACES, Slot, SlotSource
from discussions.trail import Deed, Entry

FEWEST_MINUTES = 5
FURTHEST_AHEAD_MONTHS = 24
USUAL_MINUTES = 60


class SlotThenAlready(WrongAnswer):
    def __init__(self, slot: Slot) -> None:
        until = say_time(slot.ends_at)
        super().__init__(
            f"The desk has a slot then already: {say_short(slot.starts_at)} to {until}. Nothing was changed.",
            "slot_when",
        )


class StillTaken(Refusal):
    """Fewer places than are taken."""

    def __init__(self, taken: int) -> None:
        super().__init__(f"{taken} discussions have a place of this slot. Please leave at least {taken}.")


@dataclass(frozen=True, slots=True)
class NewSlot:
    """`minutes` None: as long as the desk's slots are; `reserved` None: as many as the practice says."""

    starts_at: datetime
    minutes: int | None = None
    capacity: int = 1
    reserved: int | None = None


@dataclass(frozen=True, slots=True)
class Removal:
    """`asks`: the slot is taken, so nothing was changed yet, and whoever presses again takes it back all the same."""

    seen: SlotSeen
    asks: bool


def add_slot(means: Means, who: Person, desk: DeskId, new: NewSlot) -> Slot:
    require_keeper(who, desk)
    take_turn(means, desk)
    kept = means.store.slots.of_desk(desk, new.starts_at - timedelta(minutes=MOST_MINUTES))
    slots = [slot for slot in kept if not slot.withdrawn]
    minutes = new.minutes or (slots[0].minutes if slots else USUAL_MINUTES)
    check_places(minutes, new.capacity, new.reserved or 0)
    check_start(means, new.starts_at)
    ends_at = new.starts_at + timedelta(minutes=minutes)
    for slot in slots:
        if slot.starts_at < ends_at and new.starts_at < slot.ends_at:
            raise SlotThenAlready(slot)
    reserved = share_of_day(means, slots, new) if new.reserved is None else new.reserved
    slot = Slot(SlotId(means.new_id()), desk, new.starts_at, minutes, new.capacity, reserved)
    means.store.slots.add([slot])
    note(means, who, slot, "added")
    return slot


def check_start(means: Means, starts_at: datetime) -> None:
    if starts_at <= means.now:
        raise WrongAnswer("That has passed already. Please give a time to come.", "slot_when", "Thu 14:00")
    if to_london(starts_at).date() > add_months(to_london(means.now).date(), FURTHEST_AHEAD_MONTHS):
        raise WrongAnswer("That is more than two years ahead. Please check the date.", "slot_when", "Thu 14:00")


def check_places(minutes: int, capacity: int, reserved: int) -> None:
    if not FEWEST_MINUTES <= minutes <= MOST_MINUTES:
        said = f"A slot lasts {FEWEST_MINUTES} to {MOST_MINUTES} minutes. Please give its length in minutes."
        raise WrongAnswer(said, "slot_minutes", "60")
    if not 1 <= capacity <= MOST_PLACES:
        raise WrongAnswer(f"A slot has 1 to {MOST_PLACES} places. Please give a number.", "slot_capacity", "2")
    if not 0 <= reserved <= capacity:
        said = "Please keep at most as many places for urgent discussions as the slot has."
        raise WrongAnswer(said, "slot_reserved", "0")


def share_of_day(means: Means, slots: Sequence[Slot], new: NewSlot) -> int:
    """What the desk's day lacks of the share that the practice keeps for urgent ones."""
    day = to_london(new.starts_at).date()
    of_day = [slot for slot in slots if to_london(slot.starts_at).date() == day]
    share = Fraction(means.practice.slots.urgent_share).limit_denominator(1_000)
    wanted = ceil(share * (sum(slot.capacity for slot in of_day) + new.capacity))
    return max(min(wanted - sum(slot.reserved for slot in of_day), new.capacity), 0)


def set_places(means: Means, who: Person, id: SlotId, seen: int | None, capacity: int, reserved: int) -> Slot:
    """`seen` is the version that was on the card; None where it was typed."""
    slot, taken = lock_own(means, who, id, seen)
    check_places(slot.minutes, capacity, reserved)
    if capacity < len(taken.taken) - taken.joined:
        raise StillTaken(len(taken.taken) - taken.joined)
    if (capacity, reserved) == (slot.capacity, slot.reserved):
        return slot
    saved = means.store.slots.save(replace(slot, capacity=capacity, reserved=reserved, source=SlotSource.HAND))
    note(means, who, saved, "places set")
    return saved


def remove_slot(means: Means, who: Person, id: SlotId, seen: int | None, is_sure: bool) -> Removal:
    """Whoever has a place of it loses it, and their booker and chair are told: never without being asked first."""
    slot, taken = lock_own(means, who, id, seen)
    if taken.taken and not is_sure:
        return Removal(taken, asks=True)
    saved = means.store.slots.save(replace(slot, withdrawn=True, source=SlotSource.HAND))
    free = [one.id for one in means.store.slots.takings([id]) if one.discussion in taken.taken]
    means.store.slots.free(free)
    tell_removed(means, who, saved, taken)
    note(means, who, saved, "removed")
    return Removal(replace(taken, slot=saved), asks=False)


def lock_own(means: Means, who: Person, id: SlotId, seen: int | None) -> tuple[Slot, SlotSeen]:
    """The slot with its places, which nobody else changes until the end. Somebody else's is not there."""
    found = means.store.slots.lock([id])
    if not found or not keeps(who, found[0].desk):
        raise NotFound("slot")
    slot = found[0]
    if slot.withdrawn and seen is not None and seen != slot.version:
        raise AlreadyMoved("This slot has been removed already.")
    if seen is not None and seen != slot.version:
        raise AlreadyMoved("Somebody has changed this slot meanwhile.")
    if slot.starts_at <= means.now:
        raise AlreadyMoved("This slot has begun already.")
    [taken] = look_at(means, [slot])
    if slot.withdrawn and not taken.taken:
        raise AlreadyMoved("This slot has been removed already.")
    return slot, taken


def tell_removed(means: Means, who: Person, slot: Slot, taken: SlotSeen) -> None:
    for id in taken.taken:
        discussion = means.store.discussions.discussion(id)
        if discussion is None or not discussion.is_open:
            continue
        about = {"discussion": str(id), "slot": str(slot.id)}
        for person in dict.fromkeys((discussion.booker, discussion.chair)):
            if person != who.id:
                say(means, MessageKind.SLOT_REMOVED, about, person, f"slot removed:{slot.id}:{id}:{slot.version}")


def note(means: Means, who: Person, slot: Slot, what: str) -> None:
    means.store.trail.write(Entry(Deed.SLOT_CHANGED, means.now, who.id, what=slot.id, version=slot.version, why=what))


def slot_at(means: Means, who: Person, desk: DeskId, starts_at: datetime) -> Slot:
    """Of this desk, the one that starts then. Raises NotFound."""
    require_keeper(who, desk)
    found = [slot for slot in means.store.slots.of_desk(desk, starts_at) if slot.starts_at == starts_at]
    standing = [slot for slot in found if not slot.withdrawn] or found
    if not standing:
        raise NoSlotThen(starts_at)
    return standing[0]


class NoSlotThen(NotFound):
    def __init__(self, starts_at: datetime) -> None:
        Refusal.__init__(
            self, f"The desk has no slot on {say_short(starts_at)}. Nothing was changed. Type slots to see them."
        )


def open_slot(means: Means, who: Person, id: SlotId) -> SlotSeen:
    """Raises NotFound for somebody else's."""
    slot = means.store.slots.slot(id)
    if slot is None or not keeps(who, slot.desk):
        raise NotFound("slot")
    [seen] = look_at(means, [slot])
    return seen
