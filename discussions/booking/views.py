"""What somebody may see of bookings: the overview of one, an invitation, and the list of one's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from discussions.access import Access, Can, access_to, discussion_for, is_addressed, is_asked, note_read
from discussions.agenda.quorum import QuorumLight, conditions_for
from discussions.booking.answer import find_for_answer
from discussions.booking.book import people_asked
from discussions.booking.cancel import asks_for_safety
from discussions.booking.changes import Change, last_move
from discussions.booking.changes_seen import ChangeLine, changes_seen, still_due, told_of_cancelling
from discussions.booking.deputies import deputies_for
from discussions.booking.discussion import Child, Discussion, DiscussionState, Form
from discussions.booking.expected import expected_quorum
from discussions.booking.invitations import Invitation
from discussions.booking.kept_proposals import Outcome
from discussions.booking.reports import ReportLine, is_late, report_lines, report_until
from discussions.booking.urgency import full_meeting_clock, protection_end
from discussions.ids import DiscussionId, InvitationId
from discussions.london import to_london
from discussions.needs import Means
from discussions.people import Person, PersonId, Right
from discussions.slots.having import counted_as, places_of

LISTED_FOR = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """`who` is the desk or person asked, `reach` whether Teams reaches them: "Teams" or "telephone"."""

    invitation: Invitation
    agency: str
    who: str
    phone: str | None
    reach: str
    answered_by: str | None
    told: str | None = None
    """Of a cancelled one: how they heard of it."""


@dataclass(frozen=True, slots=True)
class FullMeeting:
    """What must follow a telephone discussion: by when, and which it is once it is booked."""

    by: datetime
    reference: str | None
    is_booked: bool


@dataclass(frozen=True, slots=True)
class BookingView:
    discussion: Discussion
    urgency: str
    window_rule: str
    chair: str
    chair_phone: str | None
    minute_taker: str | None
    booker: str
    invitations: tuple[InvitationLine, ...]
    children: tuple[str, ...]
    quorum: QuorumLight
    access: Access
    to_ring: tuple[str, ...] = ()
    """Proposed, and in no directory: who sees the children sees these names."""
    urgency_change: str | None = None
    """Why it is more or less urgent than was asked: it says something about a child, so they alone see it too."""
    full_meeting: FullMeeting | None = None
    review_of: str | None = None
    changes: tuple[ChangeLine, ...] = ()
    """For those who run it: the words may hold more than those who are merely asked should read."""
    still_due: datetime | None = None
    asks_for_safety: bool = False
    chair_asked: str | None = None
    booker_asked: str | None = None
    """Whom it was handed to, and who has not accepted yet."""
    protection_ends: datetime | None = None
    """Of police protection, for those who see the children."""
    reports: tuple[ReportLine, ...] = ()
    places: tuple[str, ...] = ()
    """Desks of which it has a place."""
    counted_as: str | None = None
    """Why not everybody had a place in time."""
    """For the chair and the minute-taker alone."""


@dataclass(frozen=True, slots=True)
class InvitationView:
    """What the invitee sees: nothing about the child."""

    invitation: Invitation
    discussion: Discussion
    chair: str
    chair_phone: str | None
    agency: str
    asked_as: str
    answered_by: str | None
    is_own: bool
    is_open: bool
    """Whether it can be answered."""
    deputies: tuple[Person, ...] = ()
    """Whom they can send, for the invitee alone."""
    report_until: datetime | None = None
    sent: int = 0
    """How many reports they have sent."""
    is_late: bool = False
    """The time for reports is over."""
    moved: Change | None = None
    """What was so before its time, form or way to join was changed last."""


def age_in_words(born: date, today: date) -> str:
    months = (today.year - born.year) * 12 + today.month - born.month - (today.day < born.day)
    if months >= 24:
        return f"{months // 12}"
    if months >= 1:
        return f"{months} month{'s' if months > 1 else ''}"
    return f"{max((today - born).days, 0)} days"


def name_child(child: Child, today: date) -> str:
    """The short name inside a discussion: "A, 7" or "B, unborn"."""
    return f"{child.letter}, {age_in_words(child.born, today) if child.born else 'unborn'}"


def booking_view(means: Means, who: Person, id: DiscussionId) -> BookingView:
    discussion = discussion_for(means, who, id, Can.SEE_BOOKING)
    invitations = means.store.discussions.invitations(id)
    access = access_to(who, discussion, invitations)
    urgency = means.practice.urgency(discussion.urgency)
    people = people_in(means, discussion, invitations)
    shows_children = access.can(Can.SEE_CONTENT) or discussion.booker == who.id
    if shows_children:
        note_read(means, who, discussion, "booking")
    minute_taker = people.get(discussion.minute_taker) if discussion.minute_taker else None
    return BookingView(
        discussion=discussion,
        urgency=urgency.name,
        window_rule=f"{urgency.window} from the decision to hold it",
        chair=people[discussion.chair].name,
        chair_phone=people[discussion.chair].phone,
        minute_taker=minute_taker.name if minute_taker else None,
        booker=people[discussion.booker].name,
        invitations=tuple(told_line(means, discussion, line_for(means, one, people)) for one in invitations),
        children=children_named(means, discussion) if shows_children else (),
        quorum=expected_quorum(means, discussion, invitations, people),
        access=access,
        to_ring=names_to_ring(means, id) if shows_children else (),
        urgency_change=say_urgency_change(means, discussion) if shows_children else None,
        full_meeting=full_meeting_of(means, who, discussion),
        review_of=reviewed_by(means, who, discussion),
        changes=changes_seen(means, discussion) if access.can(Can.RECORD_ANSWERS) else (),
        chair_asked=name_of(people, discussion.chair_asked),
        booker_asked=name_of(people, discussion.booker_asked),
        still_due=still_due(means, discussion),
        asks_for_safety=asks_for_safety(means.practice, discussion),
        protection_ends=protection_end(means.practice, means.calendar, discussion.protection_since)
        if shows_children
        else None,
        reports=report_lines(means, discussion) if access.can(Can.SEE_CONTENT) else (),
        places=places_of(means, discussion, shows_reasons=access.can(Can.RECORD_ANSWERS)),
        counted_as=counted_as(means, discussion),
    )


def reviewed_by(means: Means, who: Person, discussion: Discussion) -> str | None:
    one = means.store.discussions.discussion(discussion.reviews) if discussion.reviews else None
    may_see = one and access_to(who, one, means.store.discussions.invitations(one.id)).can(Can.SEE_BOOKING)
    return one.reference if one and may_see else None


def say_urgency_change(means: Means, discussion: Discussion) -> str | None:
    if discussion.urgency_asked is None:
        return None
    if discussion.urgency_reason:
        return f"{discussion.urgency}, by a manager: {discussion.urgency_reason}"
    children = means.store.discussions.children(discussion.id)
    conditions = conditions_for(means.practice, discussion, children, to_london(discussion.decided_at).date())
    because = "; ".join(rule.because for rule in means.practice.urgency_raises if rule.when in conditions)
    return f"raised from {discussion.urgency_asked} to {discussion.urgency}{f', because {because}' if because else ''}"


def full_meeting_of(means: Means, who: Person, discussion: Discussion) -> FullMeeting | None:
    if discussion.form is not Form.PHONE or discussion.state is DiscussionState.CANCELLED or discussion.follows:
        return None
    clock = full_meeting_clock(means.practice, means.practice.urgency(discussion.urgency))
    by = clock.deadline(discussion.starts_at, means.calendar, means.practice.counting)
    booked = means.store.discussions.following(discussion.id)
    if booked is None:
        return FullMeeting(by, None, is_booked=False)
    may_see = access_to(who, booked, means.store.discussions.invitations(booked.id)).can(Can.SEE_BOOKING)
    return FullMeeting(by, booked.reference if may_see else None, is_booked=True)


def names_to_ring(means: Means, id: DiscussionId) -> tuple[str, ...]:
    found = means.store.discussions.proposals(id)
    return tuple(one.name for one in found if one.outcome is Outcome.TO_RING and one.name)


def people_in(means: Means, discussion: Discussion, invitations: Sequence[Invitation]) -> Mapping[PersonId, Person]:
    ids = {discussion.chair, discussion.booker, discussion.minute_taker}
    ids |= {discussion.chair_asked, discussion.booker_asked}
    for invitation in invitations:
        ids |= {invitation.person, invitation.answered_by}
    return means.store.people.people({id for id in ids if id is not None})


def name_of(people: Mapping[PersonId, Person], id: PersonId | None) -> str | None:
    return people[id].name if id is not None and id in people else None


def children_named(means: Means, discussion: Discussion) -> tuple[str, ...]:
    today = to_london(means.now).date()
    return tuple(name_child(child, today) for child in means.store.discussions.children(discussion.id))


def line_for(means: Means, invitation: Invitation, people: Mapping[PersonId, Person]) -> InvitationLine:
    asked = people_asked(means, invitation)
    desk = means.store.people.desk(invitation.desk) if invitation.desk else None
    answered_by = people.get(invitation.answered_by) if invitation.answered_by else None
    reached = means.store.conversations.reachable([person.id for person in asked])
    return InvitationLine(
        invitation=invitation,
        agency=means.store.people.agency(invitation.agency).name,
        who=desk.name if desk else asked[0].name if asked else "no longer in the directory",
        phone=desk.phone if desk else asked[0].phone if asked else None,
        reach="Teams" if reached else "telephone",
        answered_by=answered_by.name if answered_by else None,
    )


def told_line(means: Means, discussion: Discussion, line: InvitationLine) -> InvitationLine:
    if discussion.state is not DiscussionState.CANCELLED:
        return line
    return replace(line, told=told_of_cancelling(means, line.invitation))


def invitation_view(means: Means, who: Person, id: InvitationId) -> InvitationView:
    invitation, discussion, on_behalf = withdrawn_from(means, who, id) or find_for_answer(means, who, id)
    chair = means.store.people.person(discussion.chair)
    line = line_for(means, invitation, people_in(means, discussion, [invitation]))
    return InvitationView(
        invitation=invitation,
        discussion=discussion,
        chair=chair.name if chair else "the chair",
        chair_phone=chair.phone if chair else None,
        agency=line.agency,
        asked_as=line.who,
        answered_by=line.answered_by,
        is_own=not on_behalf,
        is_open=discussion.is_open and invitation.withdrawn_at is None,
        deputies=tuple(deputies_for(means, who, discussion, invitation))
        if discussion.is_open and not on_behalf
        else (),
        report_until=report_until(means, discussion),
        is_late=is_late(means, discussion, means.now),
        sent=sum(report.invitation == id for report in means.store.reports.of(discussion.id)),
        moved=last_move(means.store.discussions.changes(discussion.id)) if discussion.moved else None,
    )


def withdrawn_from(means: Means, who: Person, id: InvitationId) -> tuple[Invitation, Discussion, bool] | None:
    """Whoever was asked once may see that they are not asked any more, and nothing else."""
    invitation = means.store.discussions.invitation(id)
    if invitation is None or invitation.withdrawn_at is None or not is_addressed(who, invitation):
        return None
    discussion = means.store.discussions.discussion(invitation.discussion)
    return (invitation, discussion, False) if discussion else None


def my_discussions(means: Means, who: Person) -> tuple[Discussion, ...]:
    """Those the person is on, soonest first; those who oversee also see what is not restricted."""
    return discussions_since(means, who, means.now - LISTED_FOR)


def discussions_since(
    means: Means, who: Person, since: datetime, until: datetime | None = None
) -> tuple[Discussion, ...]:
    own = list(means.store.discussions.of_person(who.id, who.desk, since, until))
    if who.may(Right.OVERSEE):
        known = {discussion.id for discussion in own}
        own += [
            discussion for discussion in means.store.discussions.visible(since, until) if discussion.id not in known
        ]
    return tuple(sorted(own, key=lambda discussion: (discussion.starts_at, discussion.reference)))


def invitations_of(means: Means, who: Person) -> tuple[tuple[Discussion, Invitation], ...]:
    """The discussions open for answers to which the person, or their desk, is asked, soonest first."""
    own = means.store.discussions.of_person(who.id, who.desk, means.now - LISTED_FOR)
    found = ((one, invitation_to(means, who, one)) for one in own if one.is_open)
    asked = [(one, invitation) for one, invitation in found if invitation is not None]
    return tuple(sorted(asked, key=lambda pair: (pair[0].starts_at, pair[0].reference)))


def invitation_to(means: Means, who: Person, discussion: Discussion) -> Invitation | None:
    """The person's own before their desk's."""
    asked = [one for one in means.store.discussions.invitations(discussion.id) if is_asked(who, one)]
    return min(asked, key=lambda one: one.person is None, default=None)
