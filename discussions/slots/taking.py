"""Places that are held while somebody books, taken with the booking, and given back: in the booking's transaction."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from discussions.booking.discussion import Discussion
from discussions.ids import DiscussionId, SlotId, TakingId
from discussions.london import say_short
from discussions.needs import Means
from discussions.people import DeskId, Person, PersonId
from discussions.refusals import Refusal
from discussions.slots.places import Asking, asking, free_number, joining_number
from discussions.slots.slot import Slot, Taking


@dataclass(frozen=True, slots=True)
class Wanted:
    """Places of these desks for one start. `joins`: desks whose full slot is joined, and why.

    `promised`: desks of which the booker was told that a place is held; without one of these nothing is booked.
    """

    desks: tuple[DeskId, ...]
    starts_at: datetime
    urgency: str
    joins: Mapping[DeskId, str] = field(default_factory=dict)
    promised: Collection[DeskId] = ()


@dataclass(frozen=True, slots=True)
class Places:
    """Of the desks that were wanted: those with a place now, and those that keep slots and have none then."""

    held: tuple[DeskId, ...]
    without: tuple[DeskId, ...]


class PlacesGone(Refusal):
    """Somebody else was quicker. What was typed is kept, and another time is chosen."""

    def __init__(self, whose: Sequence[str], starts_at: datetime) -> None:
        places = "The place" if len(whose) == 1 else "The places"
        have = "has" if len(whose) == 1 else "have"
        super().__init__(
            f"{places} of {' and '.join(whose)} on {say_short(starts_at)} {have} been taken by another booking. "
            "Please choose another time."
        )


def asking_of(means: Means, urgency: str, holder: str | None = None) -> Asking:
    practice = means.practice
    return asking(practice.slots, practice.counting, means.calendar, means.now, urgency, holder)


def hold(means: Means, who: Person, holder: str, wanted: Wanted) -> Places:
    """Holds a place of each desk that has one, for as long as the practice says; what this holder held else is free.

    Raises PlacesGone, naming desks, when one that was promised has no place any more.
    """
    store, desks = means.store.slots, tuple(dict.fromkeys(wanted.desks))
    slots = lock(means, desks, wanted.starts_at)
    who_asks = asking_of(means, wanted.urgency, holder)
    until = means.now + timedelta(minutes=means.practice.slots.hold_minutes)
    own = {one.slot: one for one in store.of_holder(holder)}
    kept: list[Taking] = []
    for desk in desks:
        of_desk = [slot for slot in slots if slot.desk == desk]
        if taking := hold_one(means, who, who_asks, of_desk, own, wanted.joins.get(desk), until):
            kept.append(taking)
    store.free([one.id for one in own.values() if one.id not in {taking.id for taking in kept}])
    by_id = {slot.id: slot.desk for slot in slots}
    held = tuple(by_id[one.slot] for one in kept)
    keeping = store.keeping(desks, means.now)
    gone = [desk for desk in wanted.promised if desk in desks and desk not in held]
    if gone:
        raise PlacesGone([say_desk(means, desk) for desk in gone], wanted.starts_at)
    return Places(held, tuple(desk for desk in desks if desk in keeping and desk not in held))


def lock(means: Means, desks: Collection[DeskId], starts_at: datetime) -> Sequence[Slot]:
    """The slots of these desks at that start, which nobody else changes now; holds that are over are gone."""
    store = means.store.slots
    found = store.lock([slot.id for slot in store.between(desks, starts_at, starts_at)])
    store.free_over([slot.id for slot in found], means.now)
    return found


def hold_one(
    means: Means,
    who: Person,
    asking: Asking,
    slots: Sequence[Slot],
    own: Mapping[SlotId, Taking],
    joins: str | None,
    until: datetime,
) -> Taking | None:
    """In the first slot that has room: the place held already, a free one, or one more where the slot is joined."""
    for slot in slots:
        had = own.get(slot.id)
        # a booking that is urgent no more gives back what is kept for urgent ones
        if had and not slot.withdrawn and (had.joined or asking.may_have(slot, had.number)):
            renewed = replace(had, until=until, reason=joins or had.reason)
            if means.store.slots.change(renewed):
                return renewed
    for slot in slots:
        number = free_number(slot, means.store.slots.takings([slot.id]), asking)
        if number and (taking := put(means, who, asking, slot, number, until)):
            return taking
    for slot in slots if joins else ():
        number = joining_number(slot, means.store.slots.takings([slot.id]), asking)
        if number and (taking := put(means, who, asking, slot, number, until, joins)):
            return taking
    return None


def put(
    means: Means, who: Person, asking: Asking, slot: Slot, number: int, until: datetime, joins: str | None = None
) -> Taking | None:
    taking = Taking(
        id=TakingId(means.new_id()),
        slot=slot.id,
        number=number,
        who=who.id,
        taken_at=means.now,
        holder=asking.holder,
        until=until,
        joined=joins is not None,
        reason=joins,
    )
    return taking if means.store.slots.put(taking) else None


def renew(means: Means, holder: str) -> None:
    """As long as somebody goes on with the booking. What is over already is not brought back: it may be another's."""
    until = means.now + timedelta(minutes=means.practice.slots.hold_minutes)
    for one in means.store.slots.of_holder(holder):
        if not one.is_over(means.now):
            means.store.slots.change(replace(one, until=until))


def let_go(means: Means, holder: str) -> None:
    means.store.slots.free([one.id for one in means.store.slots.of_holder(holder)])


def settle(means: Means, holder: str, discussion: DiscussionId) -> None:
    """What is held becomes the discussion's. Only right after `hold`, which keeps everybody else away until the end."""
    for one in means.store.slots.of_holder(holder):
        means.store.slots.change(replace(one, holder=None, until=None, discussion=discussion))


def take_slots(means: Means, who: Person, discussion: Discussion) -> Places:
    """Places for a discussion that is kept already, at its start, of all desks on its invitations.

    Those it has elsewhere are given back, so this is also what follows a move. It never refuses: desks without a place
    are told in the answer, and come or do not come as they answer.
    """
    desks = desks_invited(means, discussion.id)
    release_slots(means, discussion.id)
    places = hold(means, who, discussion.id, Wanted(desks, discussion.starts_at, discussion.urgency))
    settle(means, discussion.id, discussion.id)
    return places


def release_slots(means: Means, discussion: DiscussionId) -> None:
    """Its places are free again at once: it is cancelled, or moved."""
    means.store.slots.free([one.id for one in means.store.slots.of_discussion(discussion)])


def desks_invited(means: Means, discussion: DiscussionId) -> tuple[DeskId, ...]:
    invitations = means.store.discussions.invitations(discussion)
    return desks_of(means, [(one.desk, one.person) for one in invitations])


def desks_of(means: Means, asked: Sequence[tuple[DeskId | None, PersonId | None]]) -> tuple[DeskId, ...]:
    """A desk that is asked, or the one at which somebody works who is asked by name: they come out of its places."""
    people = means.store.people.people({person for desk, person in asked if person and not desk})
    found = [desk or (people[person].desk if person and person in people else None) for desk, person in asked]
    return tuple(dict.fromkeys(desk for desk in found if desk))


def say_desk(means: Means, id: DeskId) -> str:
    desk = means.store.people.desk(id)
    return f"{means.store.people.agency(desk.agency).name}: {desk.name}"
