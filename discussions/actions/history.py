"""What happened to an action, in order: who answered what, who was told of it, and how far each word has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from discussions.access import note_read
from discussions.actions.action import Action
from discussions.actions.audiences import owners
from discussions.actions.parties import action_for
from discussions.actions.remind import BY_THE_CHAIR
from discussions.ids import ActionId
from discussions.london import say_short
from discussions.needs import Means
from discussions.people import Person, PersonId
from discussions.post import DeliveryState, Told
from discussions.trail import Deed, Entry

ARRIVED = frozenset({DeliveryState.SENT, DeliveryState.FALLBACK_USED})


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


def told_words(means: Means, action: Action) -> str:
    """The last word to its owner and what became of it: "told in Teams 17/11 09:02, read receipt not available, …".

    Whether somebody has read it nobody tells Chairside, so it says so rather than leave it open.
    """
    told = [one for one in means.store.told.about("action", action.id) if one.recipient in owners(means, action)]
    arrived = [one for one in told if one.state in ARRIVED and one.at is not None]
    if not arrived:
        return "not told by Chairside yet" if not told else "not delivered yet"
    last = max(arrived, key=lambda one: one.at or one.since)
    way = "by mail" if last.by_mail or last.state is DeliveryState.FALLBACK_USED else "in Teams"
    words = f"told {way} {say_short(last.at or last.since)}, read receipt not available"
    is_answered = action.state_at is not None and (action.on_behalf or action.state_by in owners(means, action))
    return f"{words}, answered {say_short(action.state_at)}" if action.state_at and is_answered else words


def is_about(line: Entry, action: Action) -> bool:
    is_press = line.deed in (Deed.ACTION_MADE, Deed.ACTION_CHANGED) or line.why == BY_THE_CHAIR
    return is_press and line.what == action.id


def said(line: Entry) -> str:
    return "agreed" if line.deed is Deed.ACTION_MADE else line.why or "changed"


def names_of(means: Means, ids: list[PersonId | None]) -> dict[PersonId | None, str]:
    found = means.store.people.people({id for id in ids if id is not None})
    return {id: person.name for id, person in found.items()}
