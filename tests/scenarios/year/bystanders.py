"""How the people of the year answer: each deed as the use-case that a press would run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from discussions.actions.action import Action, ActionState
from discussions.actions.answers import (
    accept,
    accept_hand_over,
    agree_time,
    blocked,
    decline,
    done,
    hand_over,
    need_more_time,
)
from discussions.actions.audiences import hearers
from discussions.actions.hearing import receive
from discussions.actions.lint import NewAction
from discussions.actions.record import cancel_action, edit_action
from discussions.ids import ActionId
from discussions.needs import Means
from discussions.people import Person
from discussions.refusals import Refusal
from tests.scenarios.year.plans import Plan
from tests.scenarios.year.town import Town


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is who for one action."""

    town: Town
    plan: Plan
    id: ActionId
    chair: Person

    def owner_of(self, action: Action) -> Person:
        if action.desk is not None:
            return next(one for one in self.town.on_desks if one.desk == action.desk)
        return next(one for one in self.town.people if one.id == action.owner)

    @property
    def other(self) -> Person:
        return self.town.owners[self.plan.other % len(self.town.owners)]


def try_deed(means: Means, cast: Cast, what: str) -> bool:
    """False where it was refused: people press what is no longer theirs to press, in this year as in any."""
    action = means.store.actions.action(cast.id)
    assert action is not None
    try:
        DEEDS[what](means, cast, action)
    except Refusal:
        return False
    return True


def who_must_hear(means: Means, id: ActionId) -> tuple[Person, ...]:
    action = means.store.actions.action(id)
    assert action is not None
    return hearers(means, action)


def try_to_receive(means: Means, id: ActionId, who: Person) -> bool:
    try:
        receive(means, who, id)
    except Refusal:
        return False
    return True


def as_owner(use_case: Callable[..., Any], *words: object) -> Callable[[Means, Cast, Action], Any]:
    return lambda means, cast, action: use_case(means, cast.owner_of(action), action.id, action.version, *words)


def ask_for_time(means: Means, cast: Cast, action: Action) -> None:
    until = max(action.due_at, means.now) + timedelta(days=2)
    need_more_time(means, cast.owner_of(action), action.id, action.version, "The school is shut.", until)


def answer_request(means: Means, cast: Cast, action: Action) -> None:
    agree_time(means, cast.chair, action.id, action.version)


def offer(means: Means, cast: Cast, action: Action) -> None:
    hand_over(means, cast.owner_of(action), action.id, action.version, cast.other.id)


def take(means: Means, cast: Cast, action: Action) -> None:
    accept_hand_over(means, cast.other, action.id, action.version)


def find_another(means: Means, cast: Cast, action: Action) -> None:
    if action.state is not ActionState.DECLINED:
        return
    new = NewAction(action.discussion, action.wording, cast.other.id, due_at=action.due_at, measure=action.measure,
                    contingency=action.contingency)  # fmt: skip
    edit_action(means, cast.chair, action.id, action.version, new)


def cancel(means: Means, cast: Cast, action: Action) -> None:
    cancel_action(means, cast.chair, action.id, action.version, "Overtaken by events.")


def nothing(means: Means, cast: Cast, action: Action) -> None:
    """Some questions are never answered."""


DEEDS: dict[str, Callable[[Means, Cast, Action], Any]] = {
    "accept": as_owner(accept),
    "decline": as_owner(decline, "On leave."),
    "answer to decline": find_another,
    "blocked": as_owner(blocked, "Nobody opens the door."),
    "answer to blocked": nothing,
    "hand over": offer,
    "answer to hand over": take,
    "more time": ask_for_time,
    "answer to more time": answer_request,
    "cancel": cancel,
    "answer to cancel": nothing,
    "done": as_owner(done, "Seen and spoken with."),
}
