"""An agency is asked for a place, by whoever books; its managers are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from cards.place_asked import place_asked_card
from cards.render import Card
from discussions.slots.ways import NeedView
from tests.cards.gallery import example

VIEW = NeedView(
    agency="Police",
    until=datetime(2026, 12, 1, 14, 5, tzinfo=UTC),
    urgency="Urgent",
    booker="Priya Nair, Team manager",
    phone="0117 496 0101",
    is_escalated=False,
)


@example(place_asked_card, "place-asked")
def of_who_decides() -> Card:
    return place_asked_card(VIEW)


@example(place_asked_card, "place-asked-managers")
def of_managers_without_a_number() -> Card:
    return place_asked_card(replace(VIEW, is_escalated=True, phone=None))
