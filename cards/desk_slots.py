"""The slots of a desk for those who keep them: the coming weeks, one slot with its places, and what is asked first."""

from __future__ import annotations

from collections.abc import Sequence

from cards.buttons import AddSlot, OpenDiscussion, OpenSlot, RemoveSlot, SavePlaces, ShowSlots
from cards.form import form_card
from cards.lists import last_page_or, page_buttons, page_parts, shown_of
from cards.notice import notice_card
from cards.parts import (
    AnyButton,
    Choice,
    ChoiceInput,
    FormButton,
    LabelledButton,
    Pair,
    Part,
    Row,
    Text,
    TextInput,
    Tone,
    Words,
)
from cards.render import Card
from discussions.ids import DiscussionId
from discussions.london import say_day, say_short_day, say_time, to_london
from discussions.people import Desk
from discussions.slots.seeing import SlotSeen
from discussions.slots.slot import SlotSource

PLACES = tuple(Choice(str(number), str(number)) for number in range(11))
LENGTHS = tuple(Choice(f"{minutes} minutes", str(minutes)) for minutes in (20, 30, 40, 45, 50, 60, 75, 90, 120))
AS_USUAL = Choice("As many as the practice says", "")
SOURCES = {SlotSource.FILE: "From a file.", SlotSource.FEED: "From the desk's calendar."}
STAYS = "What you change here stays so, whatever the file or calendar says of this slot later."


def desk_slots_card(
    desk: Desk, seen: Sequence[SlotSeen], page: int = 0, feed_fails: bool = False, said: str | None = None
) -> Card:
    """`seen` are the slots of the coming two weeks, by start; `said` is what was done just now."""
    page = last_page_or(page, len(seen))
    fails: list[Part] = [Text("▲ The desk's calendar can't be read at present; its slots stay as they were.")]
    parts: list[Part] = [Text(f"✓ {said}")] if said else []
    parts += [Text(counted(seen))] if seen else []
    return notice_card(
        f"Slots of {desk.name}",
        [*parts, *(fails if feed_fails else []), *page_parts(seen, page, day_of, slot_row)],
        [*page_buttons(len(seen), page, lambda page: ShowSlots(desk.id, page)), [add_form(desk)]],
        origin=f"The next two weeks{shown_of(page, len(seen))}",
        foot="You can also type: slots add Thu 14:00 60 min x2"
        if seen
        else "There are none. Type, for example: slots add Thu 14:00 60 min x2",
    )


def counted(seen: Sequence[SlotSeen]) -> str:
    free, taken = sum(one.free for one in seen), sum(len(one.taken) for one in seen)
    urgent = sum(one.slot.reserved for one in seen if not one.slot.withdrawn)
    return f"Places: {free} free, {taken} taken. {urgent} kept for urgent discussions."


def day_of(one: SlotSeen) -> str:
    return say_short_day(to_london(one.slot.starts_at).date())


def slot_row(one: SlotSeen) -> Row:
    symbol = "▲" if one.is_short else "○" if one.free else "●"
    return Row(standing(one), OpenSlot(one.slot.id), symbol=symbol, lead=times(one))


def times(one: SlotSeen) -> str:
    return f"{say_time(one.slot.starts_at)} to {say_time(one.slot.ends_at)}"


def standing(one: SlotSeen) -> str:
    """ "1 free, 2 taken, 1 being booked, 1 for urgent"."""
    counts = [(len(one.taken), "taken"), (one.held, "being booked")]
    if one.slot.withdrawn:
        return f"gone from file or calendar, {len(one.taken)} taken"
    counts += [(one.slot.reserved, "for urgent")]
    return ", ".join([f"{one.free} free", *(f"{count} {what}" for count, what in counts if count)])


def add_form(desk: Desk) -> FormButton:
    parts: tuple[Part, ...] = (
        TextInput("slot_when", "When does it start?", required=True, hint="Thu 14:00, or 03/12 14:00"),
        ChoiceInput("slot_minutes", "How long?", LENGTHS, value="60"),
        ChoiceInput("slot_capacity", "How many discussions at once?", PLACES[1:], value="1"),
        ChoiceInput("slot_reserved", "Of these, kept for urgent ones", (AS_USUAL, *PLACES), value=""),
    )
    return FormButton("Add a slot", parts, LabelledButton("Add it", AddSlot(desk.id), primary=True))


def slot_card(desk: Desk, one: SlotSeen, taken_by: Sequence[tuple[DiscussionId, str]], said: str | None = None) -> Card:
    """`taken_by` are the discussions that have a place, with their references, as far as the reader may see them."""
    slot = one.slot
    parts: list[Part] = [Text(f"✓ {said}")] if said else []
    parts += [Words(desk.name, lead="Desk:"), Text(f"Places: {standing(one)}.")]
    parts += [Row(reference, OpenDiscussion(id), symbol="●") for id, reference in taken_by]
    parts += unseen(one, taken_by)
    if slot.source in SOURCES:
        parts.append(Text(f"{SOURCES[slot.source]} {STAYS}", small=True))
    back = LabelledButton("Back", ShowSlots(desk.id), way_out=True)
    remove = LabelledButton("Remove it", RemoveSlot(slot.id, slot.version), way_out=True)
    if slot.withdrawn:
        return form_card("Slots", heading(one), None, parts, [[remove, back]])
    fields = Pair(
        ChoiceInput("slot_capacity", "Places", choices_with(slot.capacity, 1), value=str(slot.capacity)),
        ChoiceInput("slot_reserved", "For urgent", choices_with(slot.reserved, 0), value=str(slot.reserved)),
    )
    save = LabelledButton("Save", SavePlaces(slot.id, slot.version), primary=True)
    return form_card("Slots", heading(one), None, [*parts, fields], [[save, remove], [back]])


def choices_with(number: int, least: int) -> tuple[Choice, ...]:
    """What a slot has stands among what can be chosen, however many it is."""
    offered = PLACES[least:]
    return offered if number < len(PLACES) else (*offered, Choice(str(number), str(number)))


def heading(one: SlotSeen) -> str:
    return f"{say_day(to_london(one.slot.starts_at).date())}, {times(one)}"


def unseen(one: SlotSeen, taken_by: Sequence[tuple[DiscussionId, str]]) -> list[Part]:
    hidden = len(one.taken) - len(taken_by)
    if not hidden:
        return []
    return [Text(f"{hidden} {'discussion' if hidden == 1 else 'discussions'} that you are not on.", small=True)]


def taken_card(desk: Desk, one: SlotSeen, taken_by: Sequence[tuple[DiscussionId, str]]) -> Card:
    """Asked before a taken slot is taken back."""
    count = len(one.taken)
    sure = RemoveSlot(one.slot.id, one.slot.version, sure=True)
    buttons: list[list[AnyButton]] = [
        [LabelledButton("Take it back", sure), LabelledButton("Keep it", OpenSlot(one.slot.id), primary=True)]
    ]
    return notice_card(
        f"▲ {count} {'discussion has' if count == 1 else 'discussions have'} a place of it",
        [
            Words(desk.name, lead="Desk:"),
            *(Row(reference, OpenDiscussion(id), symbol="●") for id, reference in taken_by),
            *unseen(one, taken_by),
            Text("If you take it back, whoever booked and chairs it is told at once that the desk can't come then."),
        ],
        buttons,
        tone=Tone.WARNING,
        lines=(heading(one),),
        origin="Nothing was changed yet",
    )


def which_desk_card(desks: Sequence[tuple[str, Desk, int]], page: int = 0) -> Card:
    """For those who keep the slots of all desks: agency, desk, and how many slots it has to come."""
    return notice_card(
        "Slots of which desk?",
        [
            Text("Press a line to open it.", small=True),
            *(
                Row(desk.name, ShowSlots(desk.id), lead=agency, small=f"{count} to come" if count else "none yet")
                for agency, desk, count in desks
            ),
        ],
        foot="For another desk type slots and its name.",
    )
