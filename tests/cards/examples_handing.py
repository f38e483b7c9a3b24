"""Somebody is asked to take over, hears what became of it; the duty desk is handed a discussion."""

from __future__ import annotations

from dataclasses import replace

from cards.handing import duty_card, handed_over_card, take_over_card
from cards.render import Card
from discussions.booking.duty import DutyHandOver, ToRing
from discussions.booking.hand_over import Handed, Offer, Outcome
from tests.cards.examples_booking import ONE
from tests.cards.gallery import example

OFFER = Offer(ONE, Handed.CHAIR, "Helen Marsh", "0117 496 0100", "I am in court from *ten* on.", waits=True)
DUTY = DutyHandOver(
    ONE,
    "Helen Marsh",
    "The police can't come before ten tonight.",
    "Ring the ward at eight. If the father comes, ring 999 and then me.",
    tuple(ToRing(f"Agency {n}, somebody of the desk number {n}", f"0117 496 01{n:02}") for n in range(40)),
    None,
)


@example(take_over_card, "take-over-the-chair")
def somebody_is_asked_to_take_the_chair() -> Card:
    return take_over_card(OFFER)


@example(take_over_card, "take-over-no-longer")
def somebody_is_not_asked_any_more() -> Card:
    return take_over_card(replace(OFFER, what=Handed.BOOKING, words=None, waits=False))


@example(handed_over_card, "handed-over-taken")
def the_chair_was_taken_over() -> Card:
    return handed_over_card(Outcome(ONE, Handed.CHAIR, is_taken=True, by="Tom Reed", words=None))


@example(handed_over_card, "handed-over-refused")
def the_booking_was_not_taken_over() -> Card:
    return handed_over_card(Outcome(ONE, Handed.BOOKING, is_taken=False, by="Tom Reed", words="On leave [today](x)"))


@example(duty_card, "duty-handed-over")
def the_duty_desk_is_handed_a_discussion() -> Card:
    return duty_card(DUTY)


@example(duty_card, "duty-taken")
def somebody_of_the_duty_desk_has_it() -> Card:
    return duty_card(replace(DUTY, taken_by="Omar Haddad", to_ring=DUTY.to_ring[:4]))
