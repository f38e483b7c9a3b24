"""Actions that wait for another: which one, and what their owners hear of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from discussions.actions import life
from discussions.actions.action import Action
from discussions.actions.audiences import owners
from discussions.actions.parties import Tie, action_for, owner_name
from discussions.actions.press import Press, change, keep
from discussions.actions.refusals import NotYourAction
from discussions.actions.telling import is_urgent, refresh_cards
from discussions.ids import ActionId, DiscussionId, MessageId
from discussions.needs import Means
from discussions.people import Person, PersonId
from discussions.post import Message, MessageKind
from discussions.refusals import WrongAnswer

WAITS = "waits for another"


def wait_for(means: Means, who: Person, id: ActionId, seen: int, number: int | None) -> Action:
    """By its owner, the chair or the minute-taker; None: it waits for nothing any more. It stays due when it is."""
    action, discussion, held = action_for(means, who, id)
    if not held & {Tie.OWNER, Tie.CHAIR, Tie.MINUTE_TAKER}:
        raise NotYourAction(owner_name(means, action))
    press = Press(means, who, action, discussion, seen)
    other = None if number is None else action_to_wait_for(means, press.action, number)
    after = change(press, lambda action, said: life.made_to_wait(action, said, other), WAITS)
    if after != press.action:
        refresh_cards(means, press.action, after, press.discussion)
    return after


def action_to_wait_for(means: Means, action: Action, number: int) -> ActionId:
    """An open one of the same discussion, that does not wait for this one itself."""
    other = numbered(means, action.discussion, number)
    require_can_wait(means, action, other)
    return other.id


def numbered(means: Means, discussion: DiscussionId, number: int) -> Action:
    found = next((one for one in means.store.actions.of_discussion(discussion) if one.number == number), None)
    if found is None:
        raise WrongAnswer(f"There is no action {number} in this discussion. Nothing was changed.", "after")
    return found


def require_awaitable(
    means: Means, discussion: DiscussionId, wanted: ActionId | None, action: Action | None = None
) -> None:
    """`action` waits from now on, or is replaced by one that does; None is a new one. What it waits for may stay."""
    if wanted is None or (action is not None and wanted == action.waits_for):
        return
    other = means.store.actions.action(wanted)
    if other is None or other.discussion != discussion:
        raise WrongAnswer("Not saved: please choose an action of this discussion to wait for.", "waits_for")
    require_can_wait(means, action, other)


def require_can_wait(means: Means, action: Action | None, other: Action) -> None:
    """Not for itself, for what has ended, or for what waits for it."""
    if action is not None and other.id == action.id:
        raise WrongAnswer("An action can't wait for itself. Nothing was changed.", "after")
    if not other.state.is_open:
        raise WrongAnswer(f"Action {other.number} has ended already, so there is nothing to wait for.", "after")
    siblings = means.store.actions.of_discussion(other.discussion)
    if action is not None and action.id in waited_for(siblings, other):
        raise WrongAnswer(f"Action {other.number} waits for this one already: neither could ever begin.", "after")


def waited_for(siblings: Sequence[Action], action: Action) -> frozenset[ActionId]:
    """All that this action waits for, and what that waits for."""
    by_id = {one.id: one for one in siblings}
    found: dict[ActionId, None] = {}
    next_id = action.waits_for
    while next_id is not None and next_id not in found:
        found[next_id] = None
        following = by_id.get(next_id)
        next_id = following.waits_for if following else None
    return frozenset(found)


def tell_waiting(press: Press, after: Action) -> None:
    """Their owners hear that it is done, can't be done, is cancelled, replaced, open again, or due at another time."""
    before, means = press.action, press.means
    has_turned = before.state.is_open != after.state.is_open
    if not has_turned and before.due_at == after.due_at:
        return
    for one in means.store.actions.waiting_on(after):
        say_to(means, one, after, [person for person in owners(means, one) if person != press.who.id])


def say_to(means: Means, waiting: Action, other: Action, people: Sequence[PersonId]) -> None:
    about = {"action": waiting.id, "other": other.id, "discussion": waiting.discussion}
    urgent = is_urgent(means.practice, waiting.kind)
    for person in people:
        key = f"after:{waiting.id}:{other.id}:v{other.version}:{person}"
        id = MessageId(means.new_id())
        message = Message(id, MessageKind.WAITED_FOR, about, person, None, key, means.now, urgent)
        means.store.outbox.put(message)


def wait_for_instead(means: Means, who: Person, old: Action, new: Action) -> None:
    """What waited for the one that is replaced waits for the one in its place."""
    for one in means.store.actions.waiting_on(old):
        if new.id != one.id:
            keep(means, who, replace(one, waits_for=new.id), WAITS)
