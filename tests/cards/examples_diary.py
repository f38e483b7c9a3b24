"""The diary of a full week, of one agency, and of an empty day."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from cards.buttons import ShowDiary
from cards.diary import diary_card
from cards.parts import Choice
from cards.render import Card
from discussions.agenda.quorum import light_for
from discussions.booking.diary import Diary, DiaryLine
from discussions.booking.discussion import DiscussionState
from tests.cards.examples_booking import ONE, PRACTICE
from tests.cards.gallery import example

QUORATE = light_for(PRACTICE, frozenset(), frozenset({"CSC", "POLICE", "HEALTH"}))
MISSING = light_for(PRACTICE, frozenset(), frozenset({"CSC", "POLICE"}))
POLICE, HEALTH = Choice("Police", "POLICE"), Choice("Health", "HEALTH")
LATE = replace(ONE, reference="SD-26-0413", starts_at=ONE.window_ends + timedelta(hours=1))
LINES = (
    DiaryLine(ONE, QUORATE, 0, 5),
    DiaryLine(LATE, MISSING, 2, 4),
    DiaryLine(replace(ONE, reference="SD-26-0414", state=DiscussionState.CANCELLED), None, 0, 3),
    *(
        DiaryLine(replace(ONE, reference=f"SD-26-05{n:02}", starts_at=ONE.starts_at + timedelta(days=1, hours=n)),
                  QUORATE, n, 9)
        for n in range(7)
    ),
)  # fmt: skip


@example(diary_card, "diary-of-a-week")
def a_diary_of_seven_days() -> Card:
    week = Diary(LINES, 23, 0, ("HEALTH", "POLICE"))
    return diary_card(week, "Tue 17 Nov to Mon 23 Nov", ShowDiary("week"), (HEALTH, POLICE))


@example(diary_card, "diary-of-an-agency")
def a_diary_of_one_agency_in_the_middle() -> Card:
    police = Diary(LINES, 35, 1, ("HEALTH", "POLICE"))
    return diary_card(police, "Tuesday 17 November 2026", ShowDiary("2026-11-17", "POLICE", 1), (HEALTH, POLICE))


@example(diary_card, "diary-of-an-empty-day")
def a_diary_with_nothing_in_it() -> Card:
    return diary_card(Diary((), 0, 0, ()), "Tuesday 17 November 2026", ShowDiary(), ())
