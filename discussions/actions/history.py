"""What happened to an action, in order: who answered what, who was told of it, and how far each word has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from discussions.access import note_read
from discussions.actions.action import Action
from discussions.actions.parties import action_for
from discussions.actions.remind import BY_THE_CHAIR
from discussions.ids import ActionId
from discussions.needs import Means
from discussions.people import Person, PersonId
from discussions.post import Told
from discussions.trail import Deed, Entry


@dataclass(frozen=True, slots=True)
class Answered:
    """`what` is the trail's code for what was done: "accepted", "done", "more time asked", …"""

    at: datetime
    who: str
    what: str


@dataclass(frozen=True, slots=True)
class Heard:
    """One word to one person; `told` says how far it has come."""

    at: datetime
    who: str
    told: Told


@dataclass(frozen=True, slots=True)
class History:
    """`lines` in the order in which they happened."""

    action: Action
    reference: str
    lines: tuple[Answered | Heard, ...]


def history_of(means: Means, who: Person, id: ActionId) -> History:
    """For everybody who may see the action; for anybody else NotFound."""
    action, discussion, _ = action_for(means, who, id)
    note_read(means, who, discussion, f"history:{action.id}")
    trail = [line for line in means.store.trail.entries(discussion.id) if is_about(line, action)]
    told = means.store.told.about("action", action.id)
    names = names_of(means, [*(line.who for line in trail), *(one.recipient for one in told)])
    answers = [Answered(line.at, names.get(line.who, "somebody who has left"), said(line)) for line in trail]
    heard = [Heard(one.at or one.since, names.get(one.recipient, "somebody who has left"), one) for one in told]
    return History(action, discussion.reference, tuple(sorted([*answers, *heard], key=lambda line: line.at)))


def is_about(line: Entry, action: Action) -> bool:
    is_press = line.deed in (Deed.ACTION_MADE, Deed.ACTION_CHANGED) or line.why == BY_THE_CHAIR
    return is_press and line.what == action.id


def said(line: Entry) -> str:
    return "agreed" if line.deed is Deed.ACTION_MADE else line.why or "changed"


def names_of(means: Means, ids: list[PersonId | None]) -> dict[PersonId | None, str]:
    found = means.store.people.people({id for id in ids if id is not None})
    return {id: person.name for id, person in found.items()}
