"""Why a nudge comes to somebody who is not the owner: what it says of itself, so that nobody wonders."""

from __future__ import annotations

from discussions.actions.action import Action, ActionState
from discussions.actions.audiences import hearers, on_duty, owners, stand_ins_of
from discussions.actions.parties import owner_name
from discussions.actions.promises import Promise
from discussions.needs import Means
from discussions.people import Person
from discussions.practice.follow_up import Anchor, Audience

STANDING = {
    Anchor.CREATED: "it was agreed and is not done yet",
    Anchor.BEFORE_DUE: "it is due soon",
    Anchor.DUE: "it is due now",
    Anchor.OVERDUE: "it is late",
    Anchor.ASKED: "what is asked about it has no answer",
    Anchor.DONE: "not everybody who must hear what came of it has said that they have",
    Anchor.CANNOT: "it can't be done, and not everybody who must know has said that they do",
}


def because(means: Means, who: Person, action: Action, promise: Promise) -> str | None:
    """None for those who are asked themselves: their card says so anyway."""
    to = Audience(promise.audience)
    if to in (Audience.FEEDBACK, Audience.ASKED) or (to is Audience.OWNER and who.id in owners(means, action)):
        return None
    return f"You get this because {STANDING[Anchor(promise.anchor)]}, and {your_part(means, who, action, to)}."


def your_part(means: Means, who: Person, action: Action, to: Audience) -> str:
    owner = means.store.people.person(action.owner) if action.owner else None
    name = owner_name(means, action)
    if to is Audience.STAND_IN:
        return f"you stand in for {stood_in_for(means, who, action)}"
    if to is Audience.MANAGER and owner and owner.manager == who.id:
        return f"you are the manager of its owner, {name}"
    if to is Audience.DEPUTY and owner and owner.deputy == who.id:
        return f"you are the deputy of its owner, {name}"
    if to is Audience.DESK:
        return f"you are at the desk of its owner, {name}"
    if to is Audience.LEAD and not is_chair(means, who, action):
        return "you are named as the lead above the chair"
    if to in (Audience.DUTY_DESK, Audience.OWNER) and who.id in on_duty(means):
        return "you are on the duty desk" if to is Audience.DUTY_DESK else f"{name} is not at work now: you are on duty"
    if action.state is ActionState.DECLINED:
        return "you chair, and it has no owner now"
    return f"you chair, and {MISSING[to]}" if to in MISSING else "you chair the discussion"


MISSING = {
    Audience.OWNER: "its owner is not at work now",
    Audience.MANAGER: "no manager of its owner is known",
    Audience.LEAD: "no lead above you is known",
    Audience.DUTY_DESK: "no duty desk is known",
}


def is_chair(means: Means, who: Person, action: Action) -> bool:
    discussion = means.store.discussions.discussion(action.discussion)
    return discussion is not None and discussion.chair == who.id


def stood_in_for(means: Means, who: Person, action: Action) -> str:
    """By name, whoever has not answered."""
    waiting = hearers(means, action)
    theirs = [one.name for one in waiting if who.id in stand_ins_of(means, one)]
    return " and ".join(theirs) or "somebody who has it by now"
