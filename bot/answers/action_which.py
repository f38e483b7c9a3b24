"""Which action a typed line is about: its number here, reference/number, or the only one there is."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.shown import Turn
from discussions.access import is_owner
from discussions.actions.action import Action, ActionState
from discussions.actions.hearing import to_receive
from discussions.actions.parties import ties
from discussions.london import say_short
from discussions.refusals import NotFound, Refusal, WrongAnswer

MOST_CANDIDATES = 6
CHAIRED_SINCE = timedelta(days=365)
NAMED = re.compile(
    r"(?:action\s+)?(?:(?P<reference>[a-z]{2}-\d{2}-\d+)(?:\s*/\s*(?P<of>\d{1,4}))?|(?P<number>\d{1,4}))(?=$|[\s:,;.])[\s:,;.]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Named:
    """A typed line taken apart: how the action is named in it, if at all, and the words behind it."""

    reference: str | None
    number: int | None
    words: str


class NoOpenAction(NotFound):
    """A number alone is looked for among what is open: what is done already is found by its full name."""

    def __init__(self, number: int) -> None:
        Refusal.__init__(
            self,
            f"You have no open action {number}. Nothing was changed. Type my actions to see yours, "
            f"or give its full name, like SD-26-0412/{number}.",
        )


Candidates = Callable[[Turn], Sequence[Action]]


def read_named(rest: str) -> Named:
    match = NAMED.match(rest.strip())
    if match is None:
        return Named(None, None, rest.strip())
    number = match["of"] or match["number"]
    reference = match["reference"]
    return Named(reference.upper() if reference else None, int(number) if number else None, rest.strip()[match.end() :])


def find(turn: Turn, named: Named, command: str, candidates: Candidates) -> Action:
    """Raises NotFound for what is not there or not theirs, WrongAnswer with the candidates where it is not clear."""
    if named.number is not None and named.reference is not None:
        return only_visible(turn, numbered(turn, named.reference, named.number))
    own = [one for one in candidates(turn) if fits(turn, one, named)]
    here = in_current(turn, named.number) if named.number is not None else []
    meant = visible(turn, here) or own
    if len(meant) == 1:
        return meant[0]
    if not meant and named.number is not None:
        raise NoOpenAction(named.number)
    raise which(turn, meant, command)


def fits(turn: Turn, action: Action, named: Named) -> bool:
    is_number = named.number is None or action.number == named.number
    return is_number and (named.reference is None or reference_of(turn, action) == named.reference)


def in_current(turn: Turn, number: int) -> list[Action]:
    current = turn.means.store.discussions.current(turn.who.id)
    actions = turn.means.store.actions.of_discussion(current) if current else ()
    return [one for one in actions if one.number == number]


def numbered(turn: Turn, reference: str, number: int) -> list[Action]:
    discussion = turn.means.store.discussions.by_reference(reference)
    actions = turn.means.store.actions.of_discussion(discussion.id) if discussion else ()
    return [one for one in actions if one.number == number]


def only_visible(turn: Turn, found: Sequence[Action]) -> Action:
    seen = visible(turn, found)
    if not seen:
        raise NotFound("action")
    return seen[0]


def visible(turn: Turn, found: Sequence[Action]) -> list[Action]:
    """Those the person has to do with: of others not even the existence is told."""
    kept = []
    for one in found:
        discussion = turn.means.store.discussions.discussion(one.discussion)
        if discussion is not None and ties(turn.means, turn.who, one, discussion):
            kept.append(one)
    return kept


def my_open(turn: Turn) -> Sequence[Action]:
    actions = turn.means.store.actions.of_person(turn.who.id, turn.who.desk)
    return [one for one in actions if is_owner(turn.who, one)]


def waiting_for_me(turn: Turn) -> Sequence[Action]:
    """What somebody asks of this person: to take an action over, to take the moment that the chair proposes, or as its
    chair to agree to more time.
    """
    store, who = turn.means.store, turn.who
    mine = store.actions.of_person(who.id, who.desk)
    handed = [one for one in mine if one.handed_to == who.id or one.offered_until is not None]
    chaired = store.discussions.of_person(who.id, who.desk, turn.means.now - CHAIRED_SINCE)
    asked = [
        action
        for discussion in chaired
        if discussion.chair == who.id
        for action in store.actions.of_discussion(discussion.id)
        if action.state.is_open and action.asked_until is not None
    ]
    return list({one.id: one for one in (*handed, *asked)}.values())


def to_be_heard(turn: Turn) -> Sequence[Action]:
    """What has ended and this person has not said that they have."""
    return to_receive(turn.means, turn.who)


def chaired_cannot(turn: Turn) -> Sequence[Action]:
    unheard = turn.means.store.actions.unheard_of_chair(turn.who.id)
    return [one for one in unheard if one.state is ActionState.CANNOT]


def none_unnamed(turn: Turn) -> Sequence[Action]:
    """For what is too grave to be guessed: such an action must be named."""
    return ()


def which(turn: Turn, meant: Sequence[Action], command: str) -> WrongAnswer:
    """Names the candidates by reference, number and due moment alone."""
    if not meant:
        example = f"{command} SD-26-0412/3"
        return WrongAnswer(f"Please say which action you mean, like this: {example}", example=example)
    lines = [f"{name_of(turn, one)}, due {say_short(one.due_at)}" for one in meant[:MOST_CANDIDATES]]
    more = len(meant) - len(lines)
    listed = "; ".join(lines) + (f"; and {more} more" if more else "")
    example = f"{command} {name_of(turn, meant[0])}"
    return WrongAnswer(f"Which one do you mean: {listed}? Please type it like this: {example}", example=example)


def name_of(turn: Turn, action: Action) -> str:
    return f"{reference_of(turn, action)}/{action.number}"


def reference_of(turn: Turn, action: Action) -> str | None:
    discussion = turn.means.store.discussions.discussion(action.discussion)
    return discussion.reference if discussion else None
