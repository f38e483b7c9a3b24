"""A discussion that has not begun, for each who is asked about it, and for the service manager."""

from __future__ import annotations

from dataclasses import replace

from cards.not_begun import not_begun_card, not_held_card
from cards.render import Card
from discussions.access import GRANTS, Part
from discussions.booking.not_held import NotBegun
from tests.cards.examples_booking import BOOKED, ONE, PRACTICE
from tests.cards.gallery import example

TOLD = NotBegun(ONE, "Helen Marsh", "0117 496 0100", "Priya Nair", "0117 496 0102", GRANTS[Part.CHAIR])
REASONS = PRACTICE.changing.cancel_reasons


@example(not_begun_card, "not-begun-for-the-chair")
def the_chair_is_asked_what_became_of_it() -> Card:
    return not_begun_card(TOLD, replace(BOOKED, asks_for_safety=True), REASONS)


@example(not_begun_card, "not-begun-for-the-minute-taker")
def the_minute_taker_only_hears_of_it() -> Card:
    return not_begun_card(replace(TOLD, may=GRANTS[Part.MINUTE_TAKER]), BOOKED, REASONS)


@example(not_held_card, "not-held-for-the-service-manager")
def the_service_manager_is_told() -> Card:
    return not_held_card(replace(TOLD, may=GRANTS[Part.OVERSEER]))


@example(not_held_card, "not-held-for-the-duty-desk")
def the_duty_desk_is_told_and_sees_no_more() -> Card:
    return not_held_card(replace(TOLD, may=frozenset()))
