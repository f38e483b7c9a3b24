"""What somebody is to an action, and so whether they may see it and answer for it."""

from __future__ import annotations

from enum import StrEnum

from discussions.access import is_owner
from discussions.actions.action import Action
from discussions.actions.audiences import owners, recipients
from discussions.actions.promises import PromiseState
from discussions.booking.discussion import Discussion
from discussions.ids import ActionId
from discussions.needs import Means
from discussions.people import Person, PersonId
from discussions.refusals import NotFound

# the trail's code for an owner's press, which nobody can record for them
HANDED_OVER = "handed over"
NOT_TAKEN_OVER = "not taken over"


class Tie(StrEnum):
    OWNER = "owner"
    CHAIR = "chair"
    MINUTE_TAKER = "minute-taker"
    FEEDBACK = "must hear of it"
    ASKED_TO_TAKE_OVER = "asked to take it over"
    TOLD = "told by an escalation"
    HANDED_OVER = "handed it over"


def ties(means: Means, who: Person, action: Action, discussion: Discussion) -> frozenset[Tie]:
    held = {
        Tie.OWNER: is_owner(who, action),
        Tie.CHAIR: discussion.chair == who.id,
        Tie.MINUTE_TAKER: discussion.minute_taker == who.id,
        Tie.FEEDBACK: who.id in action.feedback_to or (who.desk is not None and who.desk in action.feedback_desks),
        Tie.ASKED_TO_TAKE_OVER: action.handed_to == who.id,
    }
    found = frozenset(tie for tie, is_held in held.items() if is_held)
    return found or ties_of_the_past(means, who, action)


def ties_of_the_past(means: Means, who: Person, action: Action) -> frozenset[Tie]:
    """Read only. Looked for last, since it takes longer."""
    if was_told(means, who, action):
        return frozenset({Tie.TOLD})
    return frozenset({Tie.HANDED_OVER}) if has_handed_over(means, who, action) else frozenset()


def has_handed_over(means: Means, who: Person, action: Action) -> bool:
    """Whoever handed it over, or was asked and could not take it, may read what became of it; their old card is
    refused by name, not as unknown.
    """
    lines = means.store.trail.entries(action.discussion)
    let_go = (HANDED_OVER, NOT_TAKEN_OVER)
    return any((line.who, line.what) == (who.id, action.id) and line.why in let_go for line in lines)


def has_had(means: Means, id: PersonId, action: Action) -> bool:
    """Whether this person owned it once and handed it on."""
    lines = means.store.trail.entries(action.discussion)
    return any((line.who, line.what, line.why) == (id, action.id, HANDED_OVER) for line in lines)


def was_told(means: Means, who: Person, action: Action) -> bool:
    """Those to whom a nudge was escalated may read what it is about."""
    said = (promise for promise in means.store.actions.promises(action.id) if promise.state is PromiseState.SAID)
    return any(who.id in recipients(means, promise, action) for promise in said)


def action_for(means: Means, who: Person, id: ActionId) -> tuple[Action, Discussion, frozenset[Tie]]:
    """The action, if this person has to do with it; else NotFound, whether it is there or not."""
    action = means.store.actions.action(id)
    discussion = means.store.discussions.discussion(action.discussion) if action else None
    if action is None or discussion is None:
        raise NotFound("action")
    held = ties(means, who, action, discussion)
    if not held:
        raise NotFound("action")
    return action, discussion, held


def owner_name(means: Means, action: Action) -> str:
    """The owner as cards and refusals call them: a person's name, or a desk's."""
    person = means.store.people.person(action.owner) if action.owner else None
    if person is not None:
        return person.name
    return means.store.people.desk(action.desk).name if action.desk else "its owner"


def concerned(means: Means, discussion: Discussion, after: Action, before: Action) -> tuple[PersonId, ...]:
    """Everybody who may hold a card about it, as it stands after a change or stood before."""
    said = [one for one in means.store.actions.promises(after.id) if one.state is PromiseState.SAID]
    people: list[PersonId | None] = []
    for action in (after, before):
        people += [*owners(means, action), discussion.chair, discussion.minute_taker]
        people += [*action.feedback_to, action.handed_to]
        people += [person.id for desk in action.feedback_desks for person in means.store.people.at_desk(desk)]
        people += [person for promise in said for person in recipients(means, promise, action)]
    return tuple(dict.fromkeys(person for person in people if person is not None))
