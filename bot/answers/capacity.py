"""What was needed of agencies and what they had, for those who oversee: on a card, and as a file behind a link."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.shown import Shown, Turn
from cards.buttons import FetchCapacity, ShowCapacity
from cards.capacity import capacity_card, capacity_link_card
from discussions.london import to_london
from discussions.moments import read_day
from discussions.record.links import make_secret
from discussions.refusals import WrongAnswer
from discussions.slots.capacity import BadPeriod, give_capacity_link, may_see_capacity, see_capacity

USUAL = timedelta(days=27)
EXAMPLE = "capacity 01/11/2026 to 30/11/2026"
PERIOD = re.compile(r"(?:from\s+)?(?P<first>.+?)\s*(?:\bto\b|\buntil\b|–)\s*(?P<last>.+)", re.IGNORECASE | re.DOTALL)


def typed(turn: Turn, rest: str) -> Shown:
    """ "capacity" for the last four weeks, or "capacity 01/11/2026 to 30/11/2026"."""
    first, last = read_period(turn, rest.strip()) if may_see_capacity(turn.who) else usual(turn)
    return show(turn, first, last)


def pressed(turn: Turn, button: ShowCapacity | FetchCapacity) -> Shown:
    """The days come back from a card, and are believed as far as they are days."""
    try:
        first, last = date.fromisoformat(button.first), date.fromisoformat(button.last)
    except ValueError:
        raise BadPeriod(f"Please type it, like this: {EXAMPLE}") from None
    return show(turn, first, last) if isinstance(button, ShowCapacity) else fetch(turn, first, last)


def show(turn: Turn, first: date, last: date) -> Shown:
    return Shown(capacity_card(see_capacity(turn.means, turn.who, first, last)))


def usual(turn: Turn) -> tuple[date, date]:
    today = to_london(turn.means.now).date()
    return today - USUAL, today


def read_period(turn: Turn, words: str) -> tuple[date, date]:
    if not words:
        return usual(turn)
    match = PERIOD.fullmatch(words)
    if match is None:
        raise WrongAnswer(f"Please give the first and the last day, like this: {EXAMPLE}")
    means = turn.means
    return (
        read_day(match["first"], means.now, calendar=means.calendar),
        read_day(match["last"], means.now, calendar=means.calendar),
    )


def fetch(turn: Turn, first: date, last: date) -> Shown:
    secret = make_secret(turn.means.new_id)
    given = give_capacity_link(turn.means, turn.who, first, last, secret)
    return Shown(capacity_link_card(f"{turn.public_url}/record/{secret}", given.expires_at, first, last))
