"""The diary, typed or pressed: which days, which agency."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from bot.shown import Shown, Turn
from cards.buttons import ShowDiary
from cards.diary import EVERYBODY, diary_card
from cards.lists import LINES_A_PAGE
from cards.parts import Choice
from discussions.booking.diary import Days, diary
from discussions.london import say_day, say_short_day, to_london
from discussions.moments import read_day
from discussions.practice.types import OTHER_AGENCY
from discussions.refusals import Refusal, WrongAnswer

WEEK = "week"
EXAMPLE = "diary police tomorrow"
DAY_WORDS = {"today": "today", "tomorrow": "tomorrow", "week": WEEK, "this week": WEEK, "seven days": WEEK}


def show(turn: Turn, button: ShowDiary, typed: Mapping[str, str]) -> Shown:
    """What is chosen in the card's form wins over what made the card."""
    agency = typed.get("agency", button.agency)
    chosen = ShowDiary(button.days, "" if agency == EVERYBODY else agency, max(button.page, 0))
    days = days_of(turn, chosen.days)
    seen = diary(turn.means, turn.who, days, chosen.agency or None, chosen.page, LINES_A_PAGE)
    names = {one.code: one.name for one in turn.means.practice.agencies}
    agencies = sorted((Choice(names[code], code) for code in seen.agencies if code in names), key=lambda one: one.title)
    return Shown(diary_card(seen, say_days(turn, days), chosen, agencies), is_a_look=True)


def days_of(turn: Turn, words: str) -> Days:
    today = to_london(turn.means.now).date()
    if words == WEEK:
        return Days.week_from(today)
    if words in ("today", "tomorrow"):
        day = today + timedelta(days=words == "tomorrow")
        return Days(day, day)
    try:
        day = date.fromisoformat(words)
    except ValueError:
        raise WrongAnswer(f"Please say which day, like this: {EXAMPLE}", "days", EXAMPLE) from None
    return Days(day, day)


def say_days(turn: Turn, days: Days) -> str:
    if days.first == days.last:
        return say_day(days.first)
    return f"{say_short_day(days.first)} to {say_short_day(days.last)}"


def typed(turn: Turn, rest: str) -> Shown:
    """ "diary", "diary week", "diary police tomorrow", "diary health thu"."""
    words = rest.split()
    for count in range(len(words), -1, -1):
        days = read_days(turn, " ".join(words[count:])) if words[count:] else "today"
        agency = read_agency(turn, " ".join(words[:count])) if words[:count] else ""
        if days is not None and agency is not None:
            return show(turn, ShowDiary(days, agency), {})
    raise WrongAnswer(f"Please type the agency and the day like this: {EXAMPLE}", "days", EXAMPLE)


def read_days(turn: Turn, words: str) -> str | None:
    if known := DAY_WORDS.get(words.casefold()):
        return known
    try:
        return read_day(words, turn.means.now, calendar=turn.means.calendar).isoformat()
    except Refusal:
        return None


def read_agency(turn: Turn, words: str) -> str | None:
    """By the practice's names, or by what an agency of the directory is called, also in part."""
    known = turn.means.practice.agency_called(words)
    if known.code != OTHER_AGENCY:
        return known.code
    wanted = words.casefold()
    called = {one.category for one in turn.means.store.people.agencies() if wanted in one.name.casefold()}
    return called.pop() if len(called) == 1 else None
