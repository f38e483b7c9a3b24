"""What somebody may see of actions: one action as a card needs it, the list of one's own, those of a discussion."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from discussions.access import Can, discussion_for, is_owner, note_read
from discussions.actions.action import Action, ActionState
from discussions.actions.audiences import owners, waits_to_hear
from discussions.actions.hearing import Heard, how_heard, is_for
from discussions.actions.parties import Tie, action_for, has_had, owner_name, ties
from discussions.actions.promises import PromiseState
from discussions.actions.telling import is_urgent
from discussions.attention.absence import absence_of
from discussions.attention.hours import hours_for
from discussions.booking.discussion import Discussion
from discussions.ids import ActionId, DiscussionId
from discussions.needs import Means
from discussions.people import Agency, Person, PersonId
from discussions.practice.follow_up import Audience
from discussions.secure.links import has_live_links
from discussions.trail import Deed

WENT_INTO = (ActionState.SUPERSEDED, ActionState.CANNOT)
STATE_WORDS = {
    ActionState.PROPOSED: "Not accepted yet",
    ActionState.ACCEPTED: "Accepted",
    ActionState.DECLINED: "Declined",
    ActionState.DONE: "Done",
    ActionState.CANNOT: "Can't be done",
    ActionState.SUPERSEDED: "Replaced by another action",
    ActionState.CANCELLED: "Cancelled by the chair",
}


class MayPress(StrEnum):
    """The answers that the viewer's card offers."""

    ACCEPT = "accept"
    DECLINE = "decline"
    DONE = "done"
    MORE_TIME = "more time"
    BLOCKED = "blocked"
    HAND_OVER = "hand over"
    AGREE_TIME = "agree time"
    REFUSE_TIME = "refuse time"
    ACCEPT_HAND_OVER = "accept hand-over"
    DECLINE_HAND_OVER = "decline hand-over"
    CANNOT = "cannot"
    OFFER_TIME = "offer time"
    TAKE_OFFER = "take offer"
    RECEIVE = "receive"
    BRING_BACK = "bring back"
    CONTINGENCY = "contingency"
    REPLACE = "replace"
    EDIT = "edit"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class Sibling:
    """Another action of the discussion, as this one's card names it."""

    id: ActionId
    number: int
    state_words: str
    due_at: datetime
    is_open: bool


@dataclass(frozen=True, slots=True)
class Linked:
    """`waits_for` must be done first; `came_of`: what this replaces or is the contingency of; `went_into`: what took
    its place, or its contingency once that is an action.
    """

    waits_for: Sibling | None = None
    came_of: Sibling | None = None
    went_into: Sibling | None = None


class Reached(StrEnum):
    IN_TEAMS = "in Teams"
    BY_MAIL = "by mail"
    """They have a link to the secure page."""
    BY_TELEPHONE = "by telephone"


@dataclass(frozen=True, slots=True)
class ActionView:
    """What a card about the action needs. Names are for showing only; a press brings back `action.version` as seen.

    `owner_is`, `handed_to_is`: how they are reached, somebody of them at least.
    `answered_by` gave the newest answer, whatever it was, at `action.state_at`. `is_yours`: the viewer or their desk
    owns it. `told` are the names of those who must hear. `child` is the letter inside the discussion.
    `heard` says of each of them how the news of its end stands. `goes_round`: whom it is to be handed to had it before.
    """

    action: Action
    reference: str
    is_urgent: bool
    is_overdue: bool
    is_yours: bool
    state_words: str
    child: str | None
    owner: str
    owner_agency: str
    told: tuple[str, ...]
    handed_to: str | None
    answered_by: str | None
    chair: str
    chair_phone: str | None
    may: frozenset[MayPress]
    next_nudge_at: datetime | None
    owner_phone: str | None = None
    owner_is: Reached = Reached.IN_TEAMS
    handed_to_is: Reached = Reached.IN_TEAMS
    heard: tuple[Heard, ...] = ()
    linked: Linked = Linked()
    goes_round: bool = False
    is_chaired: bool = False
    is_out_of_hours: bool = False
    """The viewer is disturbed outside their hours by what is urgent."""
    away_until: datetime | None = None
    """The owner is away until then."""

    @property
    def outstanding(self) -> tuple[str, ...]:
        """Who must hear what came of it and has not said that they have."""
        return tuple(one.name for one in self.heard if one.at is None)


def action_view(means: Means, who: Person, id: ActionId) -> ActionView:
    """For its owner and their desk, the chair, the minute-taker, whoever must hear of it, is asked to take it over or
    was told by an escalation, or handed it over; for anybody else NotFound.
    """
    action, discussion, held = action_for(means, who, id)
    note_read(means, who, discussion, f"action:{action.id}")
    return with_absence(means, view(means, who, action, discussion, held))


def with_absence(means: Means, view: ActionView) -> ActionView:
    absence = absence_of(means, view.action.owner) if view.action.owner and view.action.state.is_open else None
    return replace(view, away_until=absence.until) if absence else view


def my_actions(means: Means, who: Person) -> tuple[ActionView, ...]:
    """Open ones that are the person's own, their desk's, or waiting for them to take over; overdue first."""
    actions = means.store.actions.of_person(who.id, who.desk)
    found = {
        id: means.store.discussions.discussion(id) for id in dict.fromkeys(action.discussion for action in actions)
    }
    discussions = {id: discussion for id, discussion in found.items() if discussion is not None}
    for discussion in discussions.values():
        note_read(means, who, discussion, "my actions")
    return viewed(means, who, ((action, discussions[action.discussion]) for action in actions))


def actions_of(means: Means, who: Person, id: DiscussionId) -> tuple[ActionView, ...]:
    """All of a discussion, for those who may see its content; overdue first, what has ended last."""
    discussion = discussion_for(means, who, id, Can.SEE_CONTENT)
    note_read(means, who, discussion, "actions")
    return viewed(means, who, ((action, discussion) for action in means.store.actions.of_discussion(id)))


def viewed(means: Means, who: Person, actions: Iterable[tuple[Action, Discussion]]) -> tuple[ActionView, ...]:
    views = [view(means, who, action, held, ties(means, who, action, held)) for action, held in actions]
    return tuple(sorted(views, key=lambda one: (not one.action.state.is_open, one.action.due_at, one.action.number)))


def view(means: Means, who: Person, action: Action, discussion: Discussion, held: frozenset[Tie]) -> ActionView:
    people = means.store.people.people(ids_in(action, discussion))
    chair = people.get(discussion.chair)

    def name(id: PersonId | None) -> str | None:
        return None if id is None else people[id].name if id in people else "somebody who has left the directory"

    return ActionView(
        action=action,
        reference=discussion.reference,
        is_urgent=is_urgent(means.practice, action.kind),
        is_overdue=action.is_overdue(means.now),
        is_yours=is_owner(who, action),
        state_words=STATE_WORDS[action.state],
        child=child_letter(means, action),
        owner=owner_name(means, action),
        owner_agency=owner_agency(means, action),
        told=(*(name(id) or "" for id in action.feedback_to), *desk_names(means, action)),
        handed_to=name(action.handed_to),
        answered_by=name(action.state_by),
        chair=chair.name if chair else "the chair",
        chair_phone=chair.phone if chair else None,
        may=may_press(action, held) | may_after_end(means, who, action, discussion, held),
        next_nudge_at=next_nudge(means, action, who),
        owner_phone=owner_phone(means, action),
        owner_is=reached(means, action, owners(means, action)),
        handed_to_is=reached(means, action, [action.handed_to] if action.handed_to else []),
        heard=how_heard(means, action, discussion),
        linked=linked_to(means, action),
        is_chaired=Tie.CHAIR in held,
        goes_round=action.handed_to is not None and has_had(means, action.handed_to, action),
        is_out_of_hours=is_urgent(means.practice, action.kind)
        and not hours_for(means, who).is_open(means.now, means.calendar),
    )


def desk_names(means: Means, action: Action) -> tuple[str, ...]:
    return tuple(means.store.people.desk(desk).name for desk in action.feedback_desks)


def linked_to(means: Means, action: Action) -> Linked:
    """Looked for only where there can be one: most actions stand alone."""
    if not (action.waits_for or action.replaces or action.contingency_of) and action.state not in WENT_INTO:
        return Linked()
    siblings = {one.id: as_sibling(one) for one in means.store.actions.of_discussion(action.discussion)}
    after = [one for one in means.store.actions.of_discussion(action.discussion) if action.id in came_of(one)]
    before = action.replaces or action.contingency_of
    return Linked(
        siblings.get(action.waits_for) if action.waits_for else None,
        siblings.get(before) if before else None,
        as_sibling(after[0]) if after else None,
    )


def came_of(action: Action) -> tuple[ActionId | None, ...]:
    return (action.replaces, action.contingency_of)


def as_sibling(action: Action) -> Sibling:
    return Sibling(action.id, action.number, STATE_WORDS[action.state], action.due_at, action.state.is_open)


def reached(means: Means, action: Action, people: Collection[PersonId]) -> Reached:
    if means.store.conversations.reachable(people):
        return Reached.IN_TEAMS
    is_mailed = action.state.is_open and bool(people) and has_live_links(means, action.id, people)
    return Reached.BY_MAIL if is_mailed else Reached.BY_TELEPHONE


def ids_in(action: Action, discussion: Discussion) -> frozenset[PersonId]:
    named = (discussion.chair, action.handed_to, action.state_by, *action.feedback_to)
    return frozenset(id for id in named if id is not None)


def owner_agency(means: Means, action: Action) -> str:
    agency = owning_agency(means, action)
    return agency.name if agency else ""


def owning_agency(means: Means, action: Action) -> Agency | None:
    person = means.store.people.person(action.owner) if action.owner else None
    if person is not None:
        return means.store.people.agency(person.agency)
    return means.store.people.agency(means.store.people.desk(action.desk).agency) if action.desk else None


def changed_last(means: Means, id: ActionId) -> PersonId | None:
    """Who made the newest change to it."""
    action = means.store.actions.action(id)
    lines = means.store.trail.entries(action.discussion) if action else ()
    return next((line.who for line in reversed(lines) if (line.deed, line.what) == (Deed.ACTION_CHANGED, id)), None)


def owner_phone(means: Means, action: Action) -> str | None:
    person = means.store.people.person(action.owner) if action.owner else None
    if person is not None:
        return person.phone
    return means.store.people.desk(action.desk).phone if action.desk else None


def child_letter(means: Means, action: Action) -> str | None:
    if action.child is None:
        return None
    children = means.store.discussions.children(action.discussion)
    return next((child.letter for child in children if child.id == action.child), None)


def next_nudge(means: Means, action: Action, who: Person) -> datetime | None:
    """When the owner hears of it next; what goes to others first is not announced on the owner's card."""
    if not action.state.is_open:
        return None
    put_off = means.store.attention.snoozed([(action.id, who.id)]) if is_owner(who, action) else ()
    if put_off and put_off[0].until > means.now:
        return put_off[0].until
    promises = means.store.actions.promises(action.id)
    waiting = [one for one in promises if one.state is PromiseState.WAITING and one.due_at > means.now]
    owners = [one.due_at for one in waiting if one.audience == Audience.OWNER]
    return min(owners or [one.due_at for one in waiting], default=None)


def may_after_end(
    means: Means, who: Person, action: Action, discussion: Discussion, held: frozenset[Tie]
) -> frozenset[MayPress]:
    """What is left to press once it is done or can't be done."""
    if not action.state.is_to_be_heard:
        return frozenset()
    may: set[MayPress] = set()
    waiting = waits_to_hear(means, action)
    if any(is_for(means, who, action, whom, held) for whom in waiting):
        may |= {MayPress.RECEIVE}
    if held & {Tie.OWNER, Tie.CHAIR} and means.now <= open_again_until(means, action):
        may |= {MayPress.BRING_BACK}
    if Tie.CHAIR in held and action.state is ActionState.CANNOT and action.contingency:
        may |= {MayPress.CONTINGENCY}
    return frozenset(may)


def open_again_until(means: Means, action: Action) -> datetime:
    """After that, who has heard of its end has built on it, and it is a new action's turn."""
    ended = action.state_at or action.created_at
    return means.practice.follow_up.bring_back_within.deadline(ended, means.calendar, means.practice.counting)


def may_press(action: Action, held: frozenset[Tie]) -> frozenset[MayPress]:
    """The presses that would be taken from somebody with these ties, on the action as it stands."""
    if not action.state.is_open:
        return frozenset()
    may: set[MayPress] = set()
    if held & {Tie.OWNER, Tie.CHAIR}:
        may |= {MayPress.DONE, MayPress.MORE_TIME, MayPress.BLOCKED, MayPress.CANNOT, MayPress.HAND_OVER}
        may |= {MayPress.TAKE_OFFER} if action.offered_until is not None else set()
        may |= {MayPress.ACCEPT} if action.state is not ActionState.ACCEPTED else set()
        may |= {MayPress.DECLINE} if action.state is not ActionState.DECLINED else set()
    if Tie.CHAIR in held:
        may |= {MayPress.EDIT, MayPress.CANCEL}
        if action.asked_until is not None and action.offered_until is None:
            may |= {MayPress.AGREE_TIME, MayPress.REFUSE_TIME, MayPress.OFFER_TIME}
    if held & {Tie.CHAIR, Tie.MINUTE_TAKER}:
        may |= {MayPress.REPLACE}
    if action.handed_to is not None and held & {Tie.ASKED_TO_TAKE_OVER, Tie.CHAIR}:
        may |= {MayPress.ACCEPT_HAND_OVER, MayPress.DECLINE_HAND_OVER}
    return frozenset(may)
