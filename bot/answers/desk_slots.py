"""A desk's slots as those who keep them see and change them, and what others are told of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import assert_never

from bot.shown import Shown, Turn
from cards.buttons import AddSlot, OpenSlot, RemoveSlot, SavePlaces, ShowSlots, SlotButton
from cards.desk_slots import desk_slots_card, slot_card, taken_card, which_desk_card
from cards.render import Card
from cards.slot_removed import slot_removed_card
from cards.slots_to_look_at import slots_to_look_at_card
from discussions.access import Can, access_to, discussion_for
from discussions.ids import DiscussionId, SlotId
from discussions.london import say_short
from discussions.moments import read_moment
from discussions.people import Desk, DeskId, Right
from discussions.post import Message
from discussions.practice.types import as_spoken
from discussions.refusals import NotFound, Refusal, WrongAnswer
from discussions.slots.changing import NewSlot, add_slot, open_slot, remove_slot, set_places, slot_at
from discussions.slots.feeding import is_failing, to_look_at
from discussions.slots.leading import all_desks, require_keeper
from discussions.slots.seeing import SlotSeen, slots_of

SHOWN_FOR = timedelta(days=14)
MOST_DESKS = 15
ADD_EXAMPLE = "slots add Thu 14:00 60 min x2"
REMOVE_EXAMPLE = "slots remove Thu 14:00"
RESERVE_EXAMPLE = "slots reserve Thu 14:00 1"
FOR_DESK = re.compile(r"(?P<rest>.*?)\s+for\s+(?P<desk>[^\d:]+)", re.IGNORECASE | re.DOTALL)
PLACES = re.compile(r"(?P<rest>.*?)\s*(?:\bx|×)\s*(?P<places>\d{1,2})", re.IGNORECASE | re.DOTALL)
LENGTH = re.compile(r"(?P<rest>.*?)\s+(?P<minutes>\d{1,3})\s*(?:m|mins?|minutes?)", re.IGNORECASE | re.DOTALL)
HOURS = re.compile(r"(?P<rest>.*?)\s+(?P<hours>\d{1,2})\s*(?:h|hrs?|hours?)", re.IGNORECASE | re.DOTALL)
KEPT = re.compile(r"(?P<rest>.*\S)\s+(?P<kept>\d{1,2})", re.DOTALL)


def pressed(turn: Turn, button: SlotButton, typed: Mapping[str, str]) -> Shown:
    match button:
        case ShowSlots(desk, page):
            return show(turn, desk, page)
        case OpenSlot(id):
            return one_slot(turn, id)
        case AddSlot(desk):
            return added(turn, desk, read_form(turn, typed))
        case SavePlaces(id, seen):
            capacity, reserved = number(typed, "slot_capacity"), number(typed, "slot_reserved")
            set_places(turn.means, turn.who, id, seen, capacity, reserved)
            return one_slot(turn, id, "Saved.")
        case RemoveSlot(id, seen, sure):
            return removed(turn, id, seen, sure)
        case _:
            assert_never(button)


def typed_slots(turn: Turn, rest: str) -> Shown:
    """ "slots" for one's own desk, "slots Control room" for another that one keeps."""
    if rest.strip():
        return show(turn, desk_called(turn, rest))
    if turn.who.desk is not None and turn.who.may(Right.LEAD):
        return show(turn, turn.who.desk)
    if not turn.who.may(Right.ADMINISTER):
        require_keeper(turn.who, DeskId(""))
    return which_desk(turn)


def typed_add(turn: Turn, rest: str) -> Shown:
    """ "slots add thu 14:00 60 min x2", for another desk "… for Control room"."""
    rest, desk = split_desk(turn, rest)
    rest, places = split(PLACES, rest, "places")
    rest, minutes = split(LENGTH, rest, "minutes")
    rest, hours = split(HOURS, rest, "hours")
    rest, more = split(PLACES, rest, "places")
    capacity = next((said for said in (places, more) if said is not None), 1)
    starts_at = moment(turn, rest, ADD_EXAMPLE)
    return added(turn, desk, NewSlot(starts_at, minutes or (hours * 60 if hours else None), capacity))


def typed_remove(turn: Turn, rest: str) -> Shown:
    rest, desk = split_desk(turn, rest)
    slot = slot_at(turn.means, turn.who, desk, moment(turn, rest, REMOVE_EXAMPLE))
    return removed(turn, slot.id, None, is_sure=False)


def typed_reserve(turn: Turn, rest: str) -> Shown:
    """ "slots reserve thu 14:00 1": how many places are kept for urgent ones."""
    rest, desk = split_desk(turn, rest)
    match = KEPT.fullmatch(rest)
    if match is None:
        raise WrongAnswer(f"Please say when and how many, like this: {RESERVE_EXAMPLE}")
    slot = slot_at(turn.means, turn.who, desk, moment(turn, match["rest"], RESERVE_EXAMPLE))
    set_places(turn.means, turn.who, slot.id, None, slot.capacity, int(match["kept"]))
    return one_slot(turn, slot.id, "Saved.")


def split(pattern: re.Pattern[str], rest: str, name: str) -> tuple[str, int | None]:
    """The words without what the pattern finds at their end, and that number."""
    match = pattern.fullmatch(rest)
    return (match["rest"], int(match[name])) if match else (rest, None)


def split_desk(turn: Turn, rest: str) -> tuple[str, DeskId]:
    """Without a name it is one's own desk."""
    match = FOR_DESK.fullmatch(rest.strip())
    if match:
        return match["rest"], desk_called(turn, match["desk"])
    own = turn.who.desk or DeskId("")
    if turn.who.may(Right.ADMINISTER) and not turn.who.may(Right.LEAD):
        raise WrongAnswer(f"Please say for which desk, like this: {ADD_EXAMPLE} for Control room")
    require_keeper(turn.who, own)
    return rest.strip(), own


def desk_called(turn: Turn, words: str) -> DeskId:
    """A desk by its name, or "agency, desk". One that is not theirs is answered as by whoever may keep none."""
    spoken = as_spoken(words)
    found = [
        desk for agency, desk in all_desks(turn.means)
        if spoken in (as_spoken(desk.name), as_spoken(f"{agency.name}, {desk.name}"))
    ]  # fmt: skip
    if not turn.who.may(Right.ADMINISTER):
        require_keeper(turn.who, found[0].id if found else DeskId(""))
    if len(found) != 1:
        why = "There are several desks" if found else "There is no desk"
        raise WrongAnswer(f'{why} of that name. Please write it as "agency, desk".')
    return found[0].id


def moment(turn: Turn, words: str, example: str) -> datetime:
    if not words.strip():
        raise WrongAnswer(f"Please say when, like this: {example}", "slot_when", "Thu 14:00")
    try:
        return read_moment(words, turn.means.now, calendar=turn.means.calendar)
    except Refusal as refusal:
        raise WrongAnswer(refusal.sentence, "slot_when", "Thu 14:00") from refusal


def read_form(turn: Turn, typed: Mapping[str, str]) -> NewSlot:
    reserved = number(typed, "slot_reserved") if typed.get("slot_reserved", "").strip() else None
    starts_at = moment(turn, typed.get("slot_when", ""), ADD_EXAMPLE)
    return NewSlot(starts_at, number(typed, "slot_minutes"), number(typed, "slot_capacity"), reserved)


def number(typed: Mapping[str, str], field: str) -> int:
    words = typed.get(field, "").strip()
    if not re.fullmatch("[0-9]{1,3}", words):
        raise WrongAnswer("Please choose a number.", field, "1")
    return int(words)


def show(turn: Turn, id: DeskId, page: int = 0, said: str | None = None) -> Shown:
    require_keeper(turn.who, id)
    desk = turn.means.store.people.desk(id)
    seen = slots_of(turn.means, id, turn.means.now + SHOWN_FOR)
    is_a_look = said is None
    return Shown(
        desk_slots_card(desk, seen, page, is_failing(turn.means, id), said), f"slots:{id}", is_a_look=is_a_look
    )


def which_desk(turn: Turn) -> Shown:
    """Desks with slots first, since there may be a hundred others."""
    means = turn.means
    desks = all_desks(means)
    keeping = means.store.slots.keeping([desk.id for _, desk in desks], means.now)
    ordered = sorted(desks, key=lambda one: one[1].id not in keeping)[:MOST_DESKS]
    counted = [
        (agency.name, desk, len(slots_of(means, desk.id)) if desk.id in keeping else 0) for agency, desk in ordered
    ]
    return Shown(which_desk_card(counted), is_a_look=True)


def one_slot(turn: Turn, id: SlotId, said: str | None = None) -> Shown:
    seen = open_slot(turn.means, turn.who, id)
    card = slot_card(desk_of(turn, seen), seen, taken_by(turn, seen), said)
    return Shown(card, f"slot:{id}", is_a_look=said is None)


def added(turn: Turn, desk: DeskId, new: NewSlot) -> Shown:
    slot = add_slot(turn.means, turn.who, desk, new)
    kept = f", {slot.reserved} of them for urgent ones" if slot.reserved else ""
    places = f"{slot.capacity} place{'' if slot.capacity == 1 else 's'}{kept}"
    return show(turn, desk, said=f"Added: {say_short(slot.starts_at)}, {slot.minutes} minutes, {places}.")


def removed(turn: Turn, id: SlotId, seen: int | None, is_sure: bool) -> Shown:
    removal = remove_slot(turn.means, turn.who, id, seen, is_sure)
    if removal.asks:
        asks = taken_card(desk_of(turn, removal.seen), removal.seen, taken_by(turn, removal.seen))
        return Shown(asks, f"slot:{id}", is_a_look=True)
    told = " Whoever booked and chairs it is told." if removal.seen.taken else ""
    slot = removal.seen.slot
    return show(turn, slot.desk, said=f"Removed: {say_short(slot.starts_at)}.{told}")


def desk_of(turn: Turn, seen: SlotSeen) -> Desk:
    return turn.means.store.people.desk(seen.slot.desk)


def taken_by(turn: Turn, seen: SlotSeen) -> Sequence[tuple[DiscussionId, str]]:
    """The discussions that have a place, those of them that the reader may know of."""
    kept = turn.means.store.discussions
    found = [discussion for id in seen.taken if (discussion := kept.discussion(id))]
    return [
        (one.id, one.reference)
        for one in found
        if access_to(turn.who, one, kept.invitations(one.id)).can(Can.SEE_BOOKING)
    ]


def to_look_at_card(turn: Turn, message: Message) -> Card:
    """Raises NotFound when it is theirs no more, or all is well."""
    seen = to_look_at(turn.means, turn.who, DeskId(message.about["desk"]))
    return slots_to_look_at_card(seen, [[reference for _, reference in taken_by(turn, one)] for one in seen.gone])


def removed_card(turn: Turn, message: Message) -> Card:
    """Raises NotFound when they may no longer see the discussion."""
    discussion = discussion_for(turn.means, turn.who, DiscussionId(message.about["discussion"]), Can.SEE_BOOKING)
    slot = turn.means.store.slots.slot(SlotId(message.about["slot"]))
    if slot is None or not discussion.is_open or slot.starts_at != discussion.starts_at:
        raise NotFound
    desk = turn.means.store.people.desk(slot.desk)
    agency = turn.means.store.people.agency(desk.agency)
    return slot_removed_card(discussion.reference, discussion.id, desk.name, agency.name, say_short(slot.starts_at))
