"""The chair's own nudge: a reminder to the owner now, beside those that are promised."""

from __future__ import annotations

from datetime import timedelta

from discussions.actions.action import Action, ActionState
from discussions.actions.audiences import owners
from discussions.actions.parties import Tie, action_for
from discussions.actions.refusals import ActionEnded, NotTheTime, NotYoursToDecide
from discussions.actions.telling import is_urgent
from discussions.ids import ActionId, MessageId
from discussions.london import say_time
from discussions.needs import Means
from discussions.people import Person
from discussions.post import Message, MessageKind
from discussions.trail import Deed, Entry

AT_MOST_EVERY = timedelta(minutes=30)
"""Somebody who is asked more often answers less."""

BY_THE_CHAIR = "by the chair"


def nudge_owner(means: Means, who: Person, id: ActionId) -> Action:
    """Says it at once, in quiet hours too: the chair has judged that it can't wait. NotYoursToDecide for others."""
    action, discussion, held = action_for(means, who, id)
    if Tie.CHAIR not in held:
        raise NotYoursToDecide("nudge the owner")
    if not action.state.is_open:
        raise ActionEnded(action.state)
    if action.state is ActionState.DECLINED:
        raise NotTheTime("This action was declined, so there is no owner to nudge: please choose another owner.")
    refuse_if_just_said(means, action)
    urgent = is_urgent(means.practice, action.kind)
    about = {"action": action.id, "discussion": discussion.id}
    for person in owners(means, action):
        key = f"nudge:{action.id}:{means.now.isoformat()}:{person}"
        message = Message(MessageId(means.new_id()), MessageKind.NUDGE, about, person, None, key, means.now, urgent)
        means.store.outbox.put(message)
    means.store.trail.write(
        Entry(Deed.NUDGED, means.now, who.id, discussion.id, action.id, action.version, BY_THE_CHAIR)
    )
    return action


def refuse_if_just_said(means: Means, action: Action) -> None:
    lines = means.store.trail.entries(action.discussion)
    said = [line.at for line in lines if (line.what, line.why) == (action.id, BY_THE_CHAIR)]
    if said and means.now - said[-1] < AT_MOST_EVERY:
        again = say_time(said[-1] + AT_MOST_EVERY)
        raise NotTheTime(f"You nudged them at {say_time(said[-1])} already. You can again from {again}; or ring them.")
