"""Sentences as people type them, each with all that is to be pointed out in it; one a line, codes behind the bar."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from discussions.actions.lint import OpenAction, Owner, World
from tests.discussions.actions.story import CHRISTMAS, PRACTICE, TEN
from tests.doubles import CalendarOfDays

WORLD = World(
    owners=(
        Owner("Helen Marsh", role="Detective sergeant", agency="Police", hours="Mon-Fri 08:00-16:00"),
        Owner("Lighthouse", agency="Police", is_desk=True, hours="24/7"),
        Owner("Priya Nair", role="Social worker", agency="Children's social care"),
        Owner("Tom Bexley", role="Health visitor", agency="Health"),
        Owner("Jo Smith", role="DSL", agency="School"),
        Owner("Jo Baker", role="Consultant paediatrician", agency="Health"),
        Owner("Max Wood", role="GP", agency="Health", is_here=False),
        Owner("Carl Poe", role="Detective constable", agency="Police"),
        Owner("Ann Lee", role="IDVA", agency="Next Link"),
        Owner("Bo Ray", role="Probation officer", agency="Probation"),
        Owner("Emergency Duty Team", agency="Children's social care", is_desk=True, hours="24/7"),
    ),
    now=TEN,
    practice=PRACTICE,
    calendar=CalendarOfDays(CHRISTMAS),
    latest=date(2026, 12, 8),
    open_actions=(OpenAction("open", "Bo Ray", "Check the licence conditions with the prison"),),
)

SENTENCES = Path(__file__).with_name("sentences.txt")


def sentences() -> list[tuple[str, list[str]]]:
    lines = [line.rpartition("|") for line in SENTENCES.read_text().splitlines() if line.strip()]
    return [(sentence.strip(), codes.split()) for sentence, _, codes in lines]
