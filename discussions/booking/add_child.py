"""A brother or sister comes into a booked discussion: with a letter, whom the practice proposes now, and how soon."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from discussions.access import Can, discussion_for
from discussions.agenda.refusals import NotTheMoment
from discussions.booking.book import (
    MOST_CHILDREN,
    Invitee,
    NewChild,
    keep_proposals,
    make_invitation,
    people_told,
    pressing_of,
    say,
)
from discussions.booking.changes import ChangeKind
from discussions.booking.discussion import Child, Discussion, DiscussionState
from discussions.booking.invitations import Invitation
from discussions.booking.proposals import BookingFacts
from discussions.booking.telling import tell_the_table
from discussions.booking.urgency import is_lower
from discussions.booking.weighing import Choices, Weighed, asked_so_far, weigh
from discussions.booking.why import keep_change
from discussions.chasing.promise import chase_one_more
from discussions.ids import ChildId, DiscussionId
from discussions.london import to_london
from discussions.needs import Means
from discussions.people import Person
from discussions.post import MessageKind
from discussions.refusals import WrongAnswer
from discussions.slots.taking import take_slots
from discussions.trail import Deed, Entry


@dataclass(frozen=True, slots=True)
class Added:
    """`choices`: what of the new proposals is taken, and why the others are not."""

    child: NewChild
    schools: tuple[str, ...] = ()
    choices: Choices = field(default_factory=Choices)


def discussion_to_add_to(means: Means, who: Person, id: DiscussionId) -> Discussion:
    one = discussion_for(means, who, id, Can.CHANGE_BOOKING)
    if one.state is not DiscussionState.BOOKED:
        raise NotTheMoment(f"{one.reference} is not waiting to begin. Please book a discussion for this child.")
    if len(means.store.discussions.children(id)) >= MOST_CHILDREN:
        raise WrongAnswer(f"Please keep one discussion to {MOST_CHILDREN} children and book another.", "children")
    return one


def newly_proposed(means: Means, one: Discussion, added: Added) -> tuple[Weighed, ...]:
    """What the rules say with this child and did not say without, among whom nobody is asked yet."""
    invitations = means.store.discussions.invitations(one.id)
    people = [id for id in (one.chair, one.minute_taker, *(asked.person for asked in invitations)) if id]
    asked = asked_so_far(means, people, [asked.desk for asked in invitations if asked.desk])
    before = weigh(means, facts_of(means, one), asked, Choices())
    known = {proposal.proposal.key for proposal in before}
    now = weigh(means, facts_of(means, one, added), asked, added.choices)
    return tuple(proposal for proposal in now if proposal.proposal.key not in known)


def facts_of(means: Means, one: Discussion, added: Added | None = None) -> BookingFacts:
    children: Sequence[Child | NewChild] = means.store.discussions.children(one.id)
    return BookingFacts(
        children=[*children, *([added.child] if added else [])],
        harms=one.harms,
        ticked=one.context or (),
        schools=schools_with(one, added.schools if added else ()),
        today=to_london(one.starts_at).date(),
        starts_at=one.starts_at,
    )


def schools_with(one: Discussion, more: Collection[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*(one.schools or ()), *more)))


def add_child(means: Means, who: Person, id: DiscussionId, added: Added) -> Discussion:
    """Those who were asked before are not asked again; those who are asked because of the child are asked now."""
    before = discussion_to_add_to(means, who, id)
    proposals = newly_proposed(means, before, added)
    letter = chr(ord("A") + len(means.store.discussions.children(id)))
    new = added.child
    child = Child(ChildId(means.new_id()), id, letter, new.initials, new.born, new.expected)
    after = means.store.discussions.save(as_soon_as(means, before, added))
    means.store.discussions.add_child(child)
    invited = [invite(means, who, after, one) for one in proposals if one.is_taken]
    keep_proposals(means, id, proposals, invited)
    if any(one.desk for one in invited):
        take_slots(means, who, after)
    change = keep_change(means, who, before, ChangeKind.CHILD_ADDED)
    means.store.trail.write(Entry(Deed.CHILD_ADDED, means.now, who.id, id, child.id, after.version))
    if after.urgency != before.urgency:
        what = f"{before.urgency} {after.urgency}"
        means.store.trail.write(Entry(Deed.URGENCY, means.now, who.id, id, what, after.version, "raised"))
    tell_the_table(means, who, after, change)
    return after


def as_soon_as(means: Means, one: Discussion, added: Added) -> Discussion:
    """It may become more urgent by the child, counted from the decision as before; never less, and never over a
    manager's word."""
    schools = schools_with(one, added.schools)
    asked = one.urgency_asked or one.urgency
    known = [NewChild(child.initials, child.born, child.expected) for child in means.store.discussions.children(one.id)]
    pressing = pressing_of(
        means,
        urgency=asked,
        decided_at=one.decided_at,
        children=[*known, added.child],
        context=one.context or (),
        protection_since=one.protection_since,
        follows=one.follows,
    )
    rises = is_lower(means.practice, one.urgency, than=pressing.urgency.code)
    if not rises or one.urgency_reason:
        return replace(one, schools=schools)
    ends = min(one.window_ends, pressing.ends)
    return replace(one, schools=schools, urgency=pressing.urgency.code, urgency_asked=asked, window_ends=ends)


def invite(means: Means, who: Person, one: Discussion, weighed: Weighed) -> Invitation:
    invitation = make_invitation(means, one.id, Invitee(weighed.proposal.desk, weighed.proposal.person))
    means.store.discussions.add_invitation(invitation)
    chase_one_more(means, one, invitation)
    about = {"discussion": one.id, "invitation": invitation.id, "moved": str(one.moved)}
    for person in people_told(means, invitation):
        if person.id != who.id:
            say(means, MessageKind.INVITATION, about, person.id, f"invitation:{invitation.id}:{one.moved}")
    return invitation
