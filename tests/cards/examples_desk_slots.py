"""Slots of desks: what has to be looked at, and what a booker is told when a desk takes one back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from cards.render import Card
from cards.slot_removed import slot_removed_card
from cards.slots_to_look_at import slots_to_look_at_card
from discussions.ids import DiscussionId, SlotId
from discussions.people import DeskId
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
