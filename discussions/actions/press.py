"""One press on an action's card: who may press it, on which version, and what a late press is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from discussions.access import Can, access_to, is_owner
from discussions.actions.action import Action, ActionState
from discussions.actions.life import Said
from discussions.actions.parties import Tie, action_for, owner_name
from discussions.actions.refusals import ActionMoved, NotYourAction, NotYoursToDecide
from discussions.booking.discussion import Discussion
from discussions.ids import ActionId
from discussions.london import say_short, say_time, to_london
from discussions.needs import Means
from discussions.people import Person, PersonId
from discussions.refusals import NotFound
from discussions.secure.links import end_links_after
from discussions.trail import Deed, Entry

Change = Callable[[Action, Said], Action]

HAPPENED = {
    ActionState.ACCEPTED: "Already accepted",
    ActionState.DECLINED: "Already declined",
    ActionState.DONE: "Already marked done",
    ActionState.CANNOT: "Already marked as one that can't be done",
    ActionState.SUPERSEDED: "Already replaced by another action",
    ActionState.CANCELLED: "Already cancelled",
}


@dataclass(frozen=True, slots=True)
class Press:
    """`action` is as it stands; `seen` is the version that the presser's card showed."""

    means: Means
    who: Person
    action: Action
    discussion: Discussion
    seen: int
    on_behalf: bool = False


def owners_press(means: Means, who: Person, id: ActionId, seen: int) -> Press:
    """The owner, or somebody of the owning desk, answers; the chair can for them, and it is marked so."""
    action, discussion, held = action_for(means, who, id)
    if not held & {Tie.OWNER, Tie.CHAIR}:
        raise NotYourAction(owner_name(means, action))
    return Press(means, who, action, discussion, seen, on_behalf=not is_owner(who, action))


def chairs_press(means: Means, who: Person, id: ActionId, seen: int, what: str) -> Press:
    action, discussion, held = action_for(means, who, id)
    if Tie.CHAIR not in held:
        raise NotYoursToDecide(what)
    return Press(means, who, action, discussion, seen)


def editors_press(means: Means, who: Person, id: ActionId, seen: int) -> Press:
    action, discussion, held = action_for(means, who, id)
    if not held & {Tie.CHAIR, Tie.MINUTE_TAKER}:
        raise NotYoursToDecide("change what was agreed", "the chair or the minute-taker")
    return Press(means, who, action, discussion, seen)


def takers_press(means: Means, who: Person, id: ActionId, seen: int) -> Press:
    """Whoever it is being handed to answers; the chair can for them."""
    action, discussion, held = action_for(means, who, id)
    if held & {Tie.ASKED_TO_TAKE_OVER, Tie.CHAIR} or action.version != seen:
        return Press(means, who, action, discussion, seen, on_behalf=who.id != action.handed_to)
    raise NotYourAction(person_name(means, action.handed_to) if action.handed_to else owner_name(means, action))


def recorders_press(means: Means, who: Person, id: ActionId, seen: int) -> Press:
    """Whoever may record answers does it for the owner, e.g. as told by telephone; always marked so."""
    action = means.store.actions.action(id)
    discussion = means.store.discussions.discussion(action.discussion) if action else None
    if action is None or discussion is None or not access_to(who, discussion, ()).can(Can.RECORD_ANSWERS):
        raise NotFound("action")
    return Press(means, who, action, discussion, seen, on_behalf=True)


def is_repeat(press: Press, state: ActionState, note: str | None) -> bool:
    """The same person saying the same again, on this card or an older one, is harmless."""
    action = press.action
    return (action.state, action.state_by, action.note) == (state, press.who.id, note)


def change(press: Press, how: Change, deed: str) -> Action:
    """The action as kept, with its trail; itself if nothing changed. Raises ActionMoved when the card was old."""
    means, who = press.means, press.who
    if press.action.version != press.seen:
        raise ActionMoved(press.action, what_happened(means, who, press.action))
    after = how(press.action, Said(who.id, means.now, press.on_behalf))
    if after == press.action:
        return press.action
    saved = keep(means, who, after, deed)
    end_links_after(means, press.action, saved)
    return saved


def keep(means: Means, who: Person, action: Action, deed: str) -> Action:
    saved = means.store.actions.save(action)
    entry = Entry(Deed.ACTION_CHANGED, means.now, who.id, saved.discussion, saved.id, saved.version, deed)
    means.store.trail.write(entry)
    return saved


def what_happened(means: Means, who: Person, action: Action) -> str:
    """The sentence for a late press: who was first, and when."""
    if action.state_by is None or action.state_at is None:
        return "This action has been changed since your card was made."
    by = "you" if action.state_by == who.id else person_name(means, action.state_by)
    when = say_when(action.state_at, means.now)
    if not action.state.is_open:
        return f"{HAPPENED[action.state]} by {by} {when}."
    if action.asked_until is not None and action.offered_until is None:
        return f"More time was already asked for by {by} {when}."
    if action.offered_until is not None:
        return f"Another moment was already proposed by {by} {when}."
    if action.handed_to is not None:
        return f"It is already being handed over, by {by} {when}."
    return f"{HAPPENED.get(action.state, 'Already answered')} by {by} {when}."


def say_when(moment: datetime, now: datetime) -> str:
    is_today = to_london(moment).date() == to_london(now).date()
    return f"at {say_time(moment)}" if is_today else f"on {say_short(moment)}"


def person_name(means: Means, id: PersonId) -> str:
    person = means.store.people.person(id)
    return person.name if person else "somebody who has left the directory"
