"""Around an action's end: received, not done after all, the contingency, another in its place; what waits for what."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import assert_never

from bot.answers.action_cards import overview
from bot.answers.action_which import (
    Candidates,
    chaired_cannot,
    find,
    my_open,
    none_unnamed,
    read_named,
    reference_of,
    to_be_heard,
)
from bot.shown import Shown, Turn
from cards.buttons import BringBack, Received, RecordReceived, StartContingency
from discussions.actions.action import Action
from discussions.actions.capture import read_action
from discussions.actions.ends import bring_back, replace_action, start_contingency
from discussions.actions.hearing import how_heard, receive, record_received_for
from discussions.actions.waiting import wait_for
from discussions.people import DeskId, PersonId
from discussions.practice.types import as_spoken
from discussions.refusals import WrongAnswer

REPLACE_EXAMPLE = "replace 3 Helen Marsh: see A at home by today 18:00 tell chair"
AroundTheEnd = Received | RecordReceived | BringBack | StartContingency
AFTER = re.compile(
    r"(?:for\s+|action\s+)*(?:(?P<reference>[a-z]{2}-\d{2}-\d+)\s*/\s*)?(?P<number>\d{1,4})\s*\.?"
    r"|(?P<nothing>nothing|none|nobody)",
    re.IGNORECASE,
)


def answered(turn: Turn, button: AroundTheEnd, typed: Mapping[str, str]) -> Shown:
    means, who, id = turn.means, turn.who, button.action
    match button:
        case Received():
            receive(means, who, id)
        case RecordReceived():
            record_received_for(means, who, id, button.seen, PersonId(typed["whom"]) if typed.get("whom") else None)
        case BringBack():
            bring_back(means, who, id, button.seen, typed.get("again_reason"))
        case StartContingency():
            made = start_contingency(means, who, id, button.seen)
            return overview(turn, made.id, ["It is an action now. Please look whether it has the right owner."])
        case _:
            assert_never(button)
    return overview(turn, id)


def received_typed(turn: Turn, rest: str) -> Shown:
    """ "received 3"; by the chair or minute-taker also for somebody who rang: "received 3 Tom Bexley"."""
    action, words = meant(turn, rest, "received", to_be_heard)
    if not words:
        return answered(turn, Received(action.id), {})
    whom = hearer_called(turn, action, words)
    return answered(turn, RecordReceived(action.id, action.version), {"whom": whom})


def hearer_called(turn: Turn, action: Action, words: str) -> PersonId | DeskId:
    discussion = turn.means.store.discussions.discussion(action.discussion)
    heard = how_heard(turn.means, action, discussion) if discussion else ()
    spoken = as_spoken(words)
    called = [one for one in heard if spoken == as_spoken(one.name)] or [
        one for one in heard if set(spoken.split()) <= set(as_spoken(one.name).split())
    ]
    if len(called) != 1:
        raise WrongAnswer(f"I can't tell who of those who must hear of it is meant by “{words[:60]}”.", "whom")
    return called[0].whom


def again_typed(turn: Turn, rest: str) -> Shown:
    """ "not done 3 the visit was cancelled": always named, since an end is not to be guessed away."""
    action, words = meant(turn, rest, "not done", none_unnamed)
    return answered(turn, BringBack(action.id, action.version), {"again_reason": words})


def contingency_typed(turn: Turn, rest: str) -> Shown:
    action, _ = meant(turn, rest, "contingency", chaired_cannot)
    return answered(turn, StartContingency(action.id, action.version), {})


def replace_typed(turn: Turn, rest: str) -> Shown:
    """ "replace 3 Helen Marsh: see A at home by today 18:00 tell chair"."""
    action, words = meant(turn, rest, "replace", none_unnamed)
    if not words:
        raise WrongAnswer(f"Please say what takes its place, like this: {REPLACE_EXAMPLE}", "line", REPLACE_EXAMPLE)
    new = read_action(turn.means, turn.who, words)
    made = replace_action(turn.means, turn.who, action.id, action.version, new)
    return overview(turn, made.id, [f"It stands in the place of action {action.number}, which has ended."])


def after_typed(turn: Turn, rest: str) -> Shown:
    """ "after 3 2": action 3 waits for action 2. "after 3 nothing" ends that."""
    action, words = meant(turn, rest, "after", my_open)
    match, here = AFTER.fullmatch(words.strip()), reference_of(turn, action) or ""
    if match is None or (match["reference"] or here).upper() != here:
        example = "after 3 2"
        raise WrongAnswer(f"Please say which action waits for which, like this: {example}", "after", example)
    wait_for(turn.means, turn.who, action.id, action.version, int(match["number"]) if match["number"] else None)
    return overview(turn, action.id)


def meant(turn: Turn, rest: str, command: str, candidates: Candidates) -> tuple[Action, str]:
    named = read_named(rest)
    return find(turn, named, command, candidates), named.words
