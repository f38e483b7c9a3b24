"""Around an action's end: the contingency that is now needed, another in its place, and the way back."""

from __future__ import annotations

import re
from dataclasses import replace

from discussions.access import Can, access_to
from discussions.actions import life
from discussions.actions.action import Action, ActionState
from discussions.actions.answers import answered
from discussions.actions.audiences import owners
from discussions.actions.hearing import now_seen, take
from discussions.actions.lint import NewAction
from discussions.actions.nudging import promise_again, promise_nudges
from discussions.actions.parties import Tie, action_for, owner_name
from discussions.actions.press import Press, chairs_press, change, editors_press
from discussions.actions.receipts import still_to_hear
from discussions.actions.record import make_action
from discussions.actions.refusals import NothingToBringBack, NotTheTime, NotYourAction
from discussions.actions.telling import others, tell
from discussions.actions.views import open_again_until
from discussions.actions.waiting import require_awaitable, wait_for_instead
from discussions.actions.words import required
from discussions.booking.discussion import Discussion, DiscussionState
from discussions.ids import ActionId
from discussions.needs import Means
from discussions.people import Person, PersonId
from discussions.post import MessageKind
from discussions.practice.types import as_spoken
from discussions.refusals import WrongAnswer
from discussions.trail import Deed, Entry

REPLACED = "replaced"
MOST_WORDS = 40
OPENED_AGAIN = "opened again"


def start_contingency(means: Means, who: Person, id: ActionId, seen: int) -> Action:
    """The chair's one press: what was agreed for this case becomes an action, urgent and due soon. Gives the new one.

    Its owner is the one person of the directory whom the words name in full; else the chair, who can hand it on.
    """
    press = chairs_press(means, who, id, seen, "make the contingency an action")
    old = press.action
    if old.state is not ActionState.CANNOT:
        raise NotTheTime("The contingency is for an action that can't be done.")
    made = next((one for one in siblings(means, old) if one.contingency_of == old.id), None)
    if made is not None:
        return made
    if not old.contingency:
        raise WrongAnswer("No contingency was agreed for this action. Please write down a new action instead.")
    new = contingency_of(means, press, old.contingency)
    made = add_following(means, who, press.discussion, new, contingency_of=old.id)
    if who.id in still_to_hear(old, press.discussion.chair, means.store.actions.receipts(old.id)):
        take(press, [who.id])
    return made


def contingency_of(means: Means, press: Press, words: str) -> NewAction:
    old, chair = press.action, press.discussion.chair
    urgent = next((one.kind for one in means.practice.nudge_policies if one.overrides_quiet_hours), old.kind)
    within = means.practice.follow_up.contingency_within
    return NewAction(
        discussion=old.discussion,
        wording=words,
        owner=named_in(means, words) or chair,
        due_at=within.deadline(means.now, means.calendar, means.practice.counting),
        kind=urgent,
        child=old.child,
        feedback_to=tuple(dict.fromkeys((chair, *old.feedback_to))),
        feedback_how=old.feedback_how,
    )


def named_in(means: Means, words: str) -> PersonId | None:
    """The one person whose whole name stands in the words; nobody where none does, or two."""
    plain = re.sub(r"[^\w'’-]+", " ", words).split()[:MOST_WORDS]
    beginnings = (" ".join(plain[at : at + length]) for length in (2, 3) for at in range(len(plain) - length + 1))
    called = (
        person.id
        for words in dict.fromkeys(beginnings)
        for person in means.store.people.named(words)
        if as_spoken(person.name) == as_spoken(words)
    )
    found = dict.fromkeys(called)
    return next(iter(found)) if len(found) == 1 else None


def replace_action(means: Means, who: Person, id: ActionId, seen: int, new: NewAction) -> Action:
    """Another in its place: the old one ends, its owner and all concerned hear of both. Gives the new one."""
    press = editors_press(means, who, id, seen)
    old = press.action
    require_awaitable(means, press.discussion.id, new.waits_for, old)
    ended = change(press, life.superseded, REPLACED)
    made = add_following(means, who, press.discussion, replace(new, discussion=old.discussion), replaces=old.id)
    wait_for_instead(means, who, ended, made)
    heard = [*owners(means, ended), old.handed_to, press.discussion.chair, *old.feedback_to]
    answered(press, ended, MessageKind.ACTION_CHANGED, others(heard, who.id))
    return made


def add_following(
    means: Means,
    who: Person,
    discussion: Discussion,
    new: NewAction,
    *,
    replaces: ActionId | None = None,
    contingency_of: ActionId | None = None,
) -> Action:
    """A new action that comes out of another one: also once the record is approved, since actions outlive it."""
    if discussion.state not in (DiscussionState.STARTED, DiscussionState.CLOSED, DiscussionState.APPROVED):
        raise NotTheTime(f"{discussion.reference} is not one in which actions are agreed now.")
    made = replace(make_action(means, who, new, discussion), replaces=replaces, contingency_of=contingency_of)
    means.store.actions.add(made, promise_nudges(means, made))
    means.store.trail.write(Entry(Deed.ACTION_MADE, means.now, who.id, discussion.id, made.id, made.version, made.kind))
    tell(means, made, MessageKind.ACTION, others(owners(means, made) or (discussion.chair,), who.id))
    return made


def bring_back(means: Means, who: Person, id: ActionId, seen: int, reason: str | None) -> Action:
    """Not done after all, or it can be done after all: open again, by its owner or the chair, for a short time.

    After that time it is a new action's turn: who has heard of the end has built on it.
    """
    press = enders_press(means, who, id, seen)
    why = required(reason, "a reason, so that those who were told understand", "reason")
    if not press.action.state.is_to_be_heard:
        raise NothingToBringBack
    if means.now > open_again_until(means, press.action):
        raise NotTheTime("It ended too long ago to be opened again: please ask the chair for a new action.")
    if any(one.contingency_of == id for one in siblings(means, press.action)):
        raise NotTheTime("Its contingency is an action by now, so it stays as it is.")
    after = change(press, lambda action, said: life.brought_back(action, said, why), OPENED_AGAIN)
    if after == press.action:
        return after
    means.store.actions.forget_receipts(id)
    promise_again(means, after)
    heard = [*owners(means, after), press.discussion.chair, *desk_people(means, after), *after.feedback_to]
    return answered(press, after, MessageKind.ACTION_CHANGED, others(heard, who.id))


def desk_people(means: Means, action: Action) -> tuple[PersonId, ...]:
    return tuple(person.id for desk in action.feedback_desks for person in means.store.people.at_desk(desk))


def enders_press(means: Means, who: Person, id: ActionId, seen: int) -> Press:
    action, discussion, held = action_for(means, who, id)
    if held & {Tie.OWNER, Tie.CHAIR}:
        return Press(means, who, action, discussion, now_seen(means, action, seen), on_behalf=Tie.OWNER not in held)
    if access_to(who, discussion, ()).can(Can.RECORD_ANSWERS) and who.id == action.state_by:
        return Press(means, who, action, discussion, now_seen(means, action, seen), on_behalf=True)
    raise NotYourAction(owner_name(means, action))


def siblings(means: Means, action: Action) -> tuple[Action, ...]:
    return tuple(means.store.actions.of_discussion(action.discussion))
