"""The list of the morning, back after leave, and what somebody reads who says that they are away."""

from __future__ import annotations

from datetime import time

from cards.attention import away_card, back_card, not_away_card, rhythm_card
from cards.lists import ActionLine, Standing
from cards.morning import MorningNews, morning_card
from cards.render import Card
from discussions.attention.kept import Often, Rhythm
from discussions.ids import ActionId
from discussions.people import PersonId
from tests.cards.examples_digest import BOOKED, DIGEST
from tests.cards.examples_digest import line as news
from tests.cards.gallery import example

DAY = "Tuesday 17 November"
LONG = "Look through the health visitor's records for all three children and write the dates of every contact"


def line(number: int, standing: Standing, due: str, wording: str) -> ActionLine:
    id = ActionId(f"0196a0d2-7d13-7cc0-9f5f-0b6d2f0a9d{number:02}")
    return ActionLine(id, standing, due, wording, f"SD-26-0398/{number}")


LATE = line(1, Standing.OVERDUE, "Since Mon 16 Nov, 12:00", "Send B's nursery attendance to the social worker")
TODAY = line(2, Standing.TODAY, "By 15:00, Tue 17 Nov", "See A alone at school and tell the chair")
WEEK = line(3, Standing.WEEK, "Thu 19 Nov, 10:00", "Confirm licence residence and exclusions")


@example(morning_card, "morning")
def a_morning() -> Card:
    return morning_card([LATE, TODAY, WEEK], DAY, Often.DAILY, list(Often))


@example(morning_card, "morning-full")
def more_than_fits_and_news() -> Card:
    many = [line(number, Standing.OVERDUE, "Since Mon 16 Nov, 12:00", LONG) for number in range(14)]
    told = (BOOKED, *(news(number, "✓ Done at 08:28", LONG, asks=False) for number in range(20, 27)))
    return morning_card(many, DAY, Often.WEEKLY, list(Often), MorningNews(told, DIGEST))


@example(morning_card, "morning-back")
def back_from_leave() -> Card:
    return morning_card([LATE, WEEK], DAY, Often.DAILY, [], is_back=True)


@example(morning_card, "morning-back-nothing")
def back_and_nothing_open() -> Card:
    return morning_card([], DAY, Often.DAILY, [], is_back=True)


@example(away_card, "away")
def on_leave() -> Card:
    return away_card("Friday 4 December 2026, 23:59", ["Kit Rowe", "Sam Okoro"])


@example(away_card, "away-nobody")
def nobody_stands_in_for_one_of_ones_people() -> Card:
    return away_card("Friday 4 December 2026, 23:59", [], "Helen Marsh")


@example(not_away_card, "away-not")
def who_is_not_away() -> Card:
    return not_away_card()


@example(back_card, "away-back")
def one_of_ones_people_is_back() -> Card:
    return back_card("Helen Marsh")


@example(rhythm_card, "rhythm")
def a_rhythm() -> Card:
    return rhythm_card(Rhythm(PersonId("p"), Often.WEEKLY, time(9, 30)))
