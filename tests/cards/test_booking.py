"""What the card of a booking tells whom: those who are merely asked learn nothing about a child from it."""

from __future__ import annotations

from dataclasses import replace

from cards.booking import booking_card
from discussions.agenda.quorum import light_for
from discussions.practice.quorum import Condition
from storage.practice_file import standard_practice
from tests.cards.examples_booking import BOOKED
from tests.scenarios.reading import text

LIGHT = light_for(standard_practice(), {Condition.UNBORN}, {"CSC", "POLICE"})


def test_those_who_run_it_see_which_agencies_a_baby_calls_for_and_why() -> None:
    shown = text(booking_card(replace(BOOKED, quorum=LIGHT)).content)

    assert "needed because" in shown


def test_those_who_are_merely_asked_learn_nothing_about_a_child_from_the_quorum() -> None:
    shown = text(booking_card(replace(BOOKED, children=(), quorum=LIGHT)).content)

    assert "Health: nobody expected" in shown
    assert "needed because" not in shown
    assert "Midwifery" not in shown
