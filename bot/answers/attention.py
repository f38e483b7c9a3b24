"""When somebody wants to be disturbed: away and back, a reminder put off, how often the list of the morning comes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, time

from bot.answers import morning
from bot.answers.action_cards import overview
from bot.answers.action_which import find, my_open, read_named
from bot.shown import Shown, Turn
from cards.attention import away_card, back_card, not_away_card, rhythm_card
from discussions.actions.capture import read_due
from discussions.actions.named import unknown
from discussions.attention.absence import away_until, say_away, say_back
from discussions.attention.kept import Often
from discussions.attention.morning import choose_rhythm
from discussions.attention.snooze import EXAMPLE, snooze
from discussions.attention.standing_in import who_stands_in
from discussions.ids import ActionId
from discussions.london import say_moment, say_until
from discussions.people import Person
from discussions.refusals import Refusal, WrongAnswer

AWAY = re.compile(r"(?P<who>.*?)\s*\b(?:untill?|till?|to)\s+(?P<until>.+)", re.IGNORECASE | re.DOTALL)
AWAY_EXAMPLE = "away until 04/12/2026"
UNTIL = re.compile(r"(?:until|till|to|at|for)?\s*(?P<until>.*)", re.IGNORECASE | re.DOTALL)
AT = re.compile(r"(?:at\s+)?([0-9]{1,2})[:.]([0-9]{2})", re.IGNORECASE)


def away_typed(turn: Turn, rest: str) -> Shown:
    """ "away until 04/12", or for one of one's people: "away Helen Marsh until 04/12"."""
    match = AWAY.fullmatch(rest.strip())
    if match is None:
        raise WrongAnswer(f"Please say until when, like this: {AWAY_EXAMPLE}", "until", AWAY_EXAMPLE)
    whom = meant(turn, match["who"])
    absence = say_away(turn.means, turn.who, whom, away_until(turn.means, match["until"]))
    instead = turn.means.store.people.people(who_stands_in(turn.means, whom, turn.means.now)).values()
    own = whom.id == turn.who.id
    card = away_card(say_until(absence.until), sorted(one.name for one in instead), None if own else whom.name)
    return Shown(card)


def back_typed(turn: Turn, rest: str) -> Shown:
    whom = meant(turn, rest)
    own = whom.id == turn.who.id
    if not say_back(turn.means, turn.who, whom):
        return Shown(not_away_card(None if own else whom.name))
    return morning.back(turn) if own else Shown(back_card(whom.name))


def meant(turn: Turn, name: str) -> Person:
    """Oneself where nobody is named. Raises WrongAnswer unless exactly one person is called so."""
    if not name.strip():
        return turn.who
    found = turn.means.store.people.named(name.strip())
    if len(found) != 1:
        raise unknown(name, (), "who")
    return found[0]


def snooze_typed(turn: Turn, rest: str) -> Shown:
    """ "snooze 3 until tomorrow 9am"."""
    named = read_named(rest)
    action = find(turn, named, "snooze", my_open)
    match = UNTIL.fullmatch(named.words.strip())
    words = match["until"] if match else ""
    if not words:
        raise WrongAnswer(f"Please say until when, like this: {EXAMPLE}", "remind_until", EXAMPLE)
    return snoozed(turn, action.id, moment(turn, words))


def snooze_pressed(turn: Turn, id: ActionId, typed: Mapping[str, str]) -> Shown:
    chosen = " ".join(part for part in (typed.get("remind_day"), typed.get("remind_time")) if part)
    words = (typed.get("remind_until") or "").strip() or chosen
    return snoozed(turn, id, moment(turn, words) if words else None)


def moment(turn: Turn, words: str) -> datetime:
    try:
        return read_due(turn.means, words)[0]
    except Refusal as refusal:
        raise WrongAnswer(refusal.sentence, "remind_until", "tomorrow 9am") from refusal


def snoozed(turn: Turn, id: ActionId, until: datetime | None) -> Shown:
    kept = snooze(turn.means, turn.who, id, until)
    return overview(turn, id, [f"I remind you {say_moment(kept.until)}. What goes to others goes on."])


def rhythm_typed(turn: Turn, rest: str) -> Shown:
    """ "digest weekly", "digest at 09:30"."""
    word = rest.strip().casefold()
    often = Often(word) if word in set(Often) else None
    return Shown(rhythm_card(choose_rhythm(turn.means, turn.who, often, time_of_day(word))))


def rhythm_pressed(turn: Turn, typed: Mapping[str, str]) -> Shown:
    word, at = typed.get("often", ""), (typed.get("list_at") or "").strip()
    if at and time_of_day(at) is None:
        raise WrongAnswer("Please write a time, like 09:30.", "list_at", "09:30")
    often = Often(word) if word in set(Often) else None
    return Shown(rhythm_card(choose_rhythm(turn.means, turn.who, often, time_of_day(at))))


def time_of_day(words: str) -> time | None:
    match = AT.fullmatch(words)
    hour, minute = (int(match[1]), int(match[2])) if match else (99, 99)
    return time(hour, minute) if hour < 24 and minute < 60 else None
