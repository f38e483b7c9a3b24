"""Recording what was agreed: a new action with its promises, and its changes while the record is a draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from discussions.access import Can, discussion_for
from discussions.actions import life
from discussions.actions.action import Action
from discussions.actions.answers import answered, open_questions
from discussions.actions.audiences import owners
from discussions.actions.findings import Code, Finding
from discussions.actions.life import Said
from discussions.actions.lint import NewAction, kind_for
from discussions.actions.nudging import move_promises, promise_from_now, promise_nudges
from discussions.actions.press import Press, chairs_press, change, editors_press
from discussions.actions.refusals import NotTheTime
from discussions.actions.sentence import BARRING, Held, findings_of_held
from discussions.actions.telling import others, tell
from discussions.actions.waiting import require_awaitable
from discussions.actions.words import optional, required
from discussions.actions.world import owner_meant, world_of
from discussions.booking.discussion import Discussion, DiscussionState
from discussions.ids import ActionId
from discussions.needs import Means
from discussions.people import Person, PersonId
from discussions.post import MessageKind
from discussions.practice.follow_up import Anchor
from discussions.refusals import Missing, WrongAnswer
from discussions.trail import Deed, Entry

SOCIAL_WORKER = "SOCIAL_WORKER"
BARRING_FIRST = (Code.NO_WORDING, Code.NO_OWNER, Code.NO_DUE, Code.DUE_PAST)


def record_action(means: Means, who: Person, new: NewAction) -> Action:
    """By the chair or minute-taker. The owner gets the card at once, unless they record it themselves.

    The nudges are promised in the same transaction.

    Raises WrongAnswer for what blocks; what is only pointed out is told by `findings_on`.
    """
    discussion = discussion_for(means, who, new.discussion, Can.CAPTURE)
    require_draft(discussion)
    require_awaitable(means, discussion.id, new.waits_for)
    action = make_action(means, who, new, discussion)
    means.store.actions.add(action, promise_nudges(means, action))
    entry = Entry(Deed.ACTION_MADE, means.now, who.id, discussion.id, action.id, action.version, action.kind)
    means.store.trail.write(entry)
    tell(means, action, MessageKind.ACTION, others(owners(means, action) or (discussion.chair,), who.id))
    return action


def edit_action(means: Means, who: Person, id: ActionId, seen: int, new: NewAction) -> Action:
    """What the form holds replaces what was agreed; a kind or feedback left at None stays. A new owner must accept."""
    press = editors_press(means, who, id, seen)
    require_draft(press.discussion)
    require_takeable(means, who, new, press.discussion, press.action)
    require_awaitable(means, press.discussion.id, new.waits_for, press.action)
    after = change(press, lambda action, said: edited(action, said, new), "edited")
    if after == press.action:
        return after
    if after.kind != press.action.kind:
        means.store.actions.void_promises(after.id)
        means.store.actions.add_promises(promise_nudges(means, after))
        if any(open_questions(after)) and open_questions(after) == open_questions(press.action):
            # what is still asked is asked again, by the new kind's policy
            promise_from_now(means, after, Anchor.ASKED)
    elif after.due_at != press.action.due_at:
        move_promises(means, after)
    return tell_of_edit(press, after)


def cancel_action(means: Means, who: Person, id: ActionId, seen: int, reason: str | None) -> Action:
    """By the chair alone. Ends the nudges."""
    press = chairs_press(means, who, id, seen, "cancel an action")
    why = required(reason, "a reason", "reason")
    after = change(press, lambda action, said: life.cancelled(action, said, why), "cancelled")
    means.store.actions.void_promises(after.id)
    heard = [*owners(means, after), press.action.handed_to]
    return answered(press, after, MessageKind.ACTION_CHANGED, others(heard, who.id))


def findings_on(means: Means, who: Person, new: NewAction, besides: ActionId | None = None) -> Sequence[Finding]:
    """What the linter says of an action as it would be kept; `besides` is the action that it changes."""
    discussion = discussion_for(means, who, new.discussion, Can.CAPTURE)
    return judged(means, who, new, discussion, besides)


def judged(
    means: Means, who: Person, new: NewAction, discussion: Discussion, besides: ActionId | None = None
) -> Sequence[Finding]:
    world = world_of(means, who, discussion, besides)
    held = Held(
        new.wording,
        owner_meant(means, new.owner, new.desk, world),
        new.due_at,
        new.due_has_time,
        new.kind,
        new.feedback_to != () or bool(new.feedback_desks),
        bool((new.measure or "").strip()),
        new.contingency,
    )
    return findings_of_held(held, world)


def make_action(means: Means, who: Person, new: NewAction, discussion: Discussion) -> Action:
    kind = kind_of(means, new)
    due_at = require_takeable(means, who, new, discussion)
    feedback = usual_feedback(means, new, discussion) if new.feedback_to is None else new.feedback_to
    return Action(
        id=ActionId(means.new_id()),
        discussion=discussion.id,
        number=1 + max((action.number for action in means.store.actions.of_discussion(discussion.id)), default=0),
        kind=kind,
        wording=required(new.wording, "what will be done", "wording"),
        owner=new.owner,
        desk=new.desk if new.owner is None else None,
        due_at=due_at,
        feedback_to=tuple(dict.fromkeys(feedback)),
        feedback_desks=new.feedback_desks,
        practice=means.practice.digest,
        created_at=means.now,
        created_by=who.id,
        child=new.child,
        measure=optional(new.measure, "what done looks like", "measure"),
        feedback_how=optional(new.feedback_how, "how they hear of it", "feedback_how"),
        contingency=optional(new.contingency, "what happens if it is not done", "contingency"),
        waits_for=new.waits_for,
    )


def edited(action: Action, said: Said, new: NewAction) -> Action:
    """`said` is for the new owner's sake alone: an edit is no answer."""
    life.stamped(action, said)
    desk = new.desk if new.owner is None else None
    is_given = (new.owner, desk) != (action.owner, action.desk)
    base = life.given_to(action, said, new.owner, desk) if is_given else action
    is_moved = new.due_at is not None and new.due_at != action.due_at
    return replace(
        life.without_request_for_time(base) if is_moved else base,
        kind=new.kind or action.kind,
        wording=required(new.wording, "what will be done", "wording"),
        due_at=new.due_at or action.due_at,
        child=new.child,
        measure=optional(new.measure, "what done looks like", "measure"),
        feedback_to=action.feedback_to if new.feedback_to is None else tuple(dict.fromkeys(new.feedback_to)),
        feedback_desks=action.feedback_desks if new.feedback_to is None else new.feedback_desks,
        feedback_how=optional(new.feedback_how, "how they hear of it", "feedback_how"),
        contingency=optional(new.contingency, "what happens if it is not done", "contingency"),
        waits_for=new.waits_for,
    )


def tell_of_edit(press: Press, after: Action) -> Action:
    """A new owner gets the action; the one before, or the one who keeps it, hears that it changed."""
    means, who = press.means, press.who
    now_owning = owners(means, after)
    if (after.owner, after.desk) != (press.action.owner, press.action.desk):
        tell(means, after, MessageKind.ACTION, now_owning)
    return answered(
        press, after, MessageKind.ACTION_CHANGED, others([*owners(means, press.action), *now_owning], who.id)
    )


def require_draft(discussion: Discussion) -> None:
    match discussion.state:
        case DiscussionState.BOOKED:
            raise NotTheTime(f"{discussion.reference} has not started yet.")
        case DiscussionState.APPROVED:
            raise NotTheTime(f"The record of {discussion.reference} is approved.")
        case DiscussionState.CANCELLED:
            raise NotTheTime(f"{discussion.reference} was cancelled.")
        case DiscussionState.STARTED | DiscussionState.CLOSED:
            return


def require_takeable(
    means: Means,
    who: Person,
    new: NewAction,
    discussion: Discussion,
    before: Action | None = None,
) -> datetime:
    """The due moment, if nothing bars it and everything named is there. A due moment that stays may have passed."""
    require_known(means, new, discussion)
    stays = before is not None and new.due_at == before.due_at
    findings = judged(means, who, new, discussion, before.id if before else None)
    barring = [one for one in findings if one.code in BARRING and not (stays and one.code is Code.DUE_PAST)]
    if barring:
        first = min(barring, key=lambda one: BARRING_FIRST.index(one.code))
        raise WrongAnswer(f"Not saved: {first.words}", first.field)
    if new.due_at is None:
        raise Missing("by when", "due")
    return new.due_at


def require_recordable(means: Means, who: Person, new: NewAction) -> None:
    """Before anything is kept, where several are to be recorded or none. Raises as record_action does."""
    discussion = discussion_for(means, who, new.discussion, Can.CAPTURE)
    require_draft(discussion)
    require_takeable(means, who, new, discussion)
    require_awaitable(means, discussion.id, new.waits_for)


def require_known(means: Means, new: NewAction, discussion: Discussion) -> None:
    people = {id for id in (new.owner, *(new.feedback_to or ())) if id is not None}
    if any(means.store.people.person(id) is None for id in people) or not desk_is_there(means, new):
        raise WrongAnswer("Not saved: somebody named is no longer in the directory. Please choose again.", "owner")
    if new.child is not None and new.child not in {one.id for one in means.store.discussions.children(discussion.id)}:
        raise WrongAnswer("Not saved: please choose a child of this discussion.", "child")
    if new.kind is not None and new.kind not in {policy.kind for policy in means.practice.nudge_policies}:
        raise WrongAnswer("Not saved: please choose one of the kinds of action.", "kind")


def desk_is_there(means: Means, new: NewAction) -> bool:
    desks = (desk.id for agency in means.store.people.agencies() for desk in means.store.people.desks(agency.id))
    return new.desk is None or new.desk in desks


def kind_of(means: Means, new: NewAction) -> str:
    return new.kind or kind_for(new.wording, new.due_at, False, means.practice, means.now)


def usual_feedback(means: Means, new: NewAction, discussion: Discussion) -> tuple[PersonId, ...]:
    """The chair, and the social worker where one is known; not the owner, who knows it anyway."""
    came = [one.person for one in means.store.discussions.attendance(discussion.id)]
    people = means.store.people.people({id for id in (*came, discussion.booker) if id is not None})
    social_workers = [id for id, person in people.items() if person.role == SOCIAL_WORKER]
    known = social_workers if len(social_workers) == 1 else []
    return tuple(id for id in (discussion.chair, *known) if id != new.owner)
