"""Slots of desks: what has to be looked at, and what a booker is told when a desk takes one back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from cards.capacity import capacity_card, capacity_link_card
from cards.desk_slots import desk_slots_card, slot_card, taken_card, which_desk_card
from cards.render import Card
from cards.slot_removed import slot_removed_card
from cards.slots_to_look_at import slots_to_look_at_card
from discussions.ids import DiscussionId, SlotId
from discussions.people import AgencyId, Desk, DeskId
from discussions.slots.capacity import Breach, Capacity, Demand, Supply
from discussions.slots.feed import FeedProblem
from discussions.slots.feeding import ToLookAt
from discussions.slots.seeing import SlotSeen
from discussions.slots.slot import Slot, SlotSource
from tests.cards.gallery import example

DISCUSSION = DiscussionId("0196a0d2-7d13-7cc0-9f5f-0b6d2f0a9a01")
DESK = DeskId("0196a0d2-7d13-7cc0-9f5f-0b6d2f0a9a02")
GONE = SlotSeen(
    Slot(
        SlotId("0196a0d2-7d13-7cc0-9f5f-0b6d2f0a9a03"), DESK, datetime(2026, 12, 3, 14, tzinfo=UTC), 60,
        source=SlotSource.FEED, source_key="feed 2026-12-03T14:00Z", withdrawn=True,
    ),
    (DISCUSSION,),
    0,
)  # fmt: skip
POLICE = Desk(DESK, AgencyId("police"), "Child abuse investigation", None, None, None)
FAILING = ToLookAt(
    DESK, "Child abuse investigation", FeedProblem.WRONG_TYPE, datetime(2026, 11, 24, 9, 30, tzinfo=UTC), ()
)


@example(slots_to_look_at_card, "slots-calendar-broken")
def a_calendar_that_cannot_be_read() -> Card:
    return slots_to_look_at_card(FAILING, [])


@example(slots_to_look_at_card, "slots-gone")
def taken_slots_that_are_gone() -> Card:
    gone = replace(FAILING, problem=None, since=None, gone=(GONE,) * 14)
    return slots_to_look_at_card(gone, [["SD-26-0412"], ["SD-26-0413", "SD-26-0414"], *[[]] * 12])


@example(slots_to_look_at_card, "slots-both")
def both_at_once() -> Card:
    return slots_to_look_at_card(replace(FAILING, since=None, gone=(GONE,)), [["SD-26-0412"]])


@example(slot_removed_card, "slot-removed")
def a_desk_takes_a_slot_back() -> Card:
    return slot_removed_card(
        "SD-26-0412", DISCUSSION, "Child abuse investigation", "Avon and Somerset Police", "Thu 3 Dec, 14:00"
    )


def two_weeks(count: int) -> list[SlotSeen]:
    first = Slot(GONE.slot.id, DESK, datetime(2026, 12, 3, 9, tzinfo=UTC), 60, 3, 1)
    slots = [replace(first, starts_at=first.starts_at + timedelta(hours=5 * number)) for number in range(count)]
    taken = [(DISCUSSION,) * (number % 4) for number in range(count)]
    return [SlotSeen(slot, of, number % 2) for number, (slot, of) in enumerate(zip(slots, taken, strict=True))]


@example(desk_slots_card, "slots")
def slots_of_two_weeks() -> Card:
    return desk_slots_card(POLICE, [*two_weeks(5), GONE], feed_fails=True, said="Removed: Thu 3 Dec, 08:00.")


@example(desk_slots_card, "slots-second-page")
def more_than_one_page() -> Card:
    return desk_slots_card(POLICE, two_weeks(25), page=1)


@example(desk_slots_card, "slots-none")
def no_slots() -> Card:
    return desk_slots_card(POLICE, [])


@example(slot_card, "slot")
def one_slot() -> Card:
    seen = two_weeks(4)[3]
    return slot_card(POLICE, seen, [(DISCUSSION, "SD-26-0412"), (DISCUSSION, "SD-26-0413")], "Saved.")


@example(slot_card, "slot-gone")
def a_slot_that_is_gone_from_the_calendar() -> Card:
    return slot_card(POLICE, GONE, [])


@example(taken_card, "slot-taken")
def asked_before_a_taken_slot_is_taken_back() -> Card:
    return taken_card(POLICE, two_weeks(4)[3], [(DISCUSSION, "SD-26-0412"), (DISCUSSION, "SD-26-0413")])


@example(which_desk_card, "slots-which-desk")
def which_desk() -> Card:
    nurses = replace(POLICE, name="Safeguarding nurses")
    return which_desk_card([("Police", POLICE, 12), ("Health", nurses, 0)])


FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)


@example(capacity_card, "capacity")
def needed_and_there() -> Card:
    agencies = ("Avon and Somerset Police", "Sirona Health")
    demand = tuple(Demand(agency, 14, "U2", 12, 9) for agency in agencies)
    supply = tuple(Supply(agency, 14, 40, 31, 2, 10) for agency in agencies)
    breaches = (Breach("CAPACITY_POLICE", "The police have no place in time", "U2", 3, 4),)
    return capacity_card(Capacity(FIRST, LAST, demand, supply, breaches))


@example(capacity_card, "capacity-none")
def nothing_there() -> Card:
    return capacity_card(Capacity(FIRST, LAST, (), (), ()))


@example(capacity_link_card, "capacity-link")
def a_link_to_the_hours() -> Card:
    ends = datetime(2026, 11, 30, 10, 15, tzinfo=UTC)
    return capacity_link_card("https://chairside.example.org/record/secret", ends, FIRST, LAST)
