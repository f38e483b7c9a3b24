"""Booking a strategy discussion: the window it must start in, who is missing, and the booking itself."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from discussions.access import Can, discussion_for, require
from discussions.agenda.quorum import conditions_of
from discussions.booking.discussion import Child, Discussion, DiscussionKind, Form
from discussions.booking.invitations import Invitation, InvitationAnswer
from discussions.booking.table_calendars import put_into_calendars_of_table
from discussions.booking.urgency import Asked, Pressing, pressing_for
from discussions.booking.weighing import Weighed, kept
from discussions.chasing.promise import promise_chases
from discussions.ids import ChildId, DiscussionId, InvitationId, MessageId
from discussions.london import to_london
from discussions.mailboxes import mailbox
from discussions.meetings.wanting import want_meeting
from discussions.needs import Means
from discussions.people import DeskId, Person, PersonId, Right
from discussions.post import Message, MessageKind
from discussions.practice.clock_rules import Urgency
from discussions.refusals import Missing, WrongAnswer
from discussions.slots.taking import Wanted, desks_of, hold, settle
from discussions.trail import Deed, Entry

MOST_CHILDREN = 12
GRACE = timedelta(minutes=5)
MOST_INVITEES = 40
REFERENCE = re.compile(r"[A-Z]{2,4}-\d{2}-\d{3,6}")


@dataclass(frozen=True, slots=True)
class NewChild:
    """Born: initials and date of birth. Unborn: the expected date of delivery alone."""

    initials: str | None
    born: date | None
    expected: date | None


@dataclass(frozen=True, slots=True)
class Invitee:
    """A desk, or one person. A desk is asked through everybody on its rota and its mailbox."""

    desk: DeskId | None
    person: PersonId | None


@dataclass(frozen=True, slots=True)
class BookingRequest:
    """`quorum_reason`: why a core agency is left out; `late_reason`: why it starts after the window; both optional.

    `urgency` is what was asked for; `kept_lower` is a manager's reason not to raise it. `follows` is the telephone
    discussion whose full meeting this is. `proposals` are kept as they came out; those taken are among the invitees.
    `holder` names the hold under which places were promised at these desks, `joins` why a full slot is joined there;
    `breach` is the practice's code for an agency without a place in time.
    """

    reference: str
    kind: DiscussionKind
    restricted: bool
    children: tuple[NewChild, ...]
    harms: tuple[str, ...]
    urgency: str
    decided_at: datetime
    starts_at: datetime
    form: Form
    chair: PersonId
    minute_taker: PersonId | None
    invitees: tuple[Invitee, ...]
    join_details: str | None = None
    quorum_reason: str | None = None
    late_reason: str | None = None
    context: tuple[str, ...] = ()
    schools: tuple[str, ...] = ()
    proposals: tuple[Weighed, ...] = ()
    protection_since: datetime | None = None
    kept_lower: str | None = None
    follows: DiscussionId | None = None
    reviews: DiscussionId | None = None
    holder: str | None = None
    promised: tuple[DeskId, ...] = ()
    joins: tuple[tuple[DeskId, str], ...] = ()
    breach: str | None = None


def require_booker(who: Person) -> None:
    require(who, Right.BOOK, "book a discussion", "social workers and managers of children's social care")


def require_manager(who: Person) -> None:
    require(who, Right.CHAIR, "leave a discussion less urgent than the practice says", "managers who may chair")


def read_reference(words: str) -> str:
    """A reference says nothing about anybody: letters, year, number. Raises WrongAnswer."""
    reference = words.strip().upper().replace(" ", "-")
    if not REFERENCE.fullmatch(reference):
        raise WrongAnswer(
            "That is not a reference: it needs letters, the year and a number.", "reference", "SD-26-0412"
        )
    return reference


def require_free_reference(means: Means, reference: str) -> None:
    if means.store.discussions.by_reference(reference) is not None:
        free = means.store.discussions.next_reference(means.now.year)
        raise WrongAnswer(f"The reference {reference} can't be used again. {free} is free.", "reference", free)


def window_end(means: Means, urgency: Urgency, decided_at: datetime) -> datetime:
    """The latest start that keeps the urgency's clock, UTC."""
    return urgency.window.deadline(decided_at, means.calendar, means.practice.counting)


def pressing_of(
    means: Means,
    urgency: str,
    decided_at: datetime,
    children: Sequence[NewChild],
    context: Collection[str],
    protection_since: datetime | None = None,
    kept_lower: str | None = None,
    follows: DiscussionId | None = None,
) -> Pressing:
    """How soon it must start, with what raises it. Counted from the decision to hold it, whenever it is asked."""
    today = to_london(means.now).date()
    conditions = conditions_of(means.practice, children, today, context)
    call = means.store.discussions.discussion(follows) if follows else None
    asked = Asked(urgency, decided_at, protection_since, kept_lower, call.starts_at if call else None)
    return pressing_for(means.practice, means.calendar, asked, conditions)


def categories_of(means: Means, people: Iterable[Person], invitees: Iterable[Invitee]) -> frozenset[str]:
    """The agency categories that the chair, minute-taker and invitees speak for, with what they are part of."""
    agencies = {person.agency for person in people}
    for invitee in invitees:
        if invitee.desk is not None:
            agencies.add(means.store.people.desk(invitee.desk).agency)
        elif invitee.person is not None and (person := means.store.people.person(invitee.person)):
            agencies.add(person.agency)
    categories = {means.store.people.agency(agency).category for agency in agencies}
    return frozenset(code for category in categories for code in means.practice.counts_for(category))


def book(means: Means, who: Person, request: BookingRequest) -> Discussion:
    """One transaction: the discussion, its children, its invitations, and what must be said because of them."""
    require_booker(who)
    reference = read_reference(request.reference)
    require_free_reference(means, reference)
    chair, minute_taker = read_table(means, request)
    pressing = read_pressing(means, who, request)
    discussion = make_discussion(means, who, request, reference, pressing)
    children = make_children(means, discussion.id, request.children)
    invitations = make_invitations(means, discussion, request.invitees)
    if discussion.entered_at is not None:
        invitations = [took_part(one, who, means.now) for one in invitations]
    hold_places(means, who, request, discussion, invitations)
    means.store.discussions.add(discussion, children, invitations)
    settle(means, request.holder or discussion.id, discussion.id)
    keep_proposals(means, discussion.id, request.proposals, invitations)
    means.store.trail.write(
        Entry(Deed.BOOKED, means.now, who.id, discussion.id, discussion.urgency, discussion.version)
    )
    if pressing.because:
        kind = "raised" if pressing.is_raised else "kept lower"
        what = f"{pressing.asked.code} {pressing.urgency.code}"
        means.store.trail.write(Entry(Deed.URGENCY, means.now, who.id, discussion.id, what, discussion.version, kind))
    tell_the_table(means, who, discussion, [person for person in (chair, minute_taker) if person])
    if discussion.entered_at is None:
        put_into_calendars_of_table(means, discussion, "booked")
        tell_invitees(means, who, invitations)
        promise_chases(means, discussion, invitations)
        want_meeting(means, discussion)
    return discussion


def hold_places(
    means: Means, who: Person, request: BookingRequest, discussion: Discussion, invitations: Sequence[Invitation]
) -> None:
    """Before anything is written: raises PlacesGone when a place that was promised went to somebody else."""
    asked = [] if discussion.entered_at else [(one.desk, one.person) for one in invitations]
    desks = desks_of(means, asked)
    joins, promised = dict(request.joins), request.promised
    wanted = Wanted(desks, discussion.starts_at, discussion.urgency, joins, promised)
    hold(means, who, request.holder or discussion.id, wanted)


def read_pressing(means: Means, who: Person, request: BookingRequest) -> Pressing:
    if request.kept_lower:
        require_manager(who)
    if request.follows is not None:
        discussion_for(means, who, request.follows, Can.CHANGE_BOOKING)
    return pressing_of(
        means,
        urgency=request.urgency,
        decided_at=request.decided_at,
        children=request.children,
        context=request.context,
        protection_since=request.protection_since,
        kept_lower=request.kept_lower,
        follows=request.follows,
    )


def took_part(invitation: Invitation, who: Person, now: datetime) -> Invitation:
    """Of a telephone discussion that is over those are named who were on the call; nobody is asked any more."""
    coming = InvitationAnswer.COMING
    return replace(invitation, answer=coming, answered_at=now, answered_by=who.id, on_behalf=True)


def read_table(means: Means, request: BookingRequest) -> tuple[Person, Person | None]:
    chair = means.store.people.person(request.chair)
    if chair is None or not chair.may(Right.CHAIR):
        raise WrongAnswer("Please choose a chair whose role may chair strategy discussions.", "chair")
    minute_taker = means.store.people.person(request.minute_taker) if request.minute_taker else None
    if request.minute_taker and minute_taker is None:
        raise WrongAnswer("Please choose a minute-taker from the directory.", "minute_taker")
    return chair, minute_taker


def make_discussion(
    means: Means, who: Person, request: BookingRequest, reference: str, pressing: Pressing
) -> Discussion:
    if not request.harms:
        raise Missing("at least one type of harm", "harms")
    is_over = request.starts_at < means.now - GRACE
    if is_over and request.form is not Form.PHONE:
        raise WrongAnswer("That start has passed. Please choose a time that is still to come.", "when")
    return Discussion(
        id=DiscussionId(means.new_id()),
        reference=reference,
        kind=request.kind,
        urgency=pressing.urgency.code,
        harms=request.harms,
        decided_at=request.decided_at,
        window_ends=pressing.ends,
        starts_at=request.starts_at,
        form=request.form,
        chair=request.chair,
        booker=who.id,
        practice=means.practice.digest,
        minute_taker=request.minute_taker,
        restricted=request.restricted,
        join_details=request.join_details,
        quorum_reason=request.quorum_reason,
        late_reason=request.late_reason,
        context=request.context,
        schools=request.schools,
        urgency_asked=pressing.asked.code if pressing.because else None,
        urgency_reason=request.kept_lower if pressing.because else None,
        protection_since=request.protection_since,
        entered_at=means.now if is_over else None,
        follows=request.follows,
        reviews=request.reviews,
        breach=read_breach(means, request.breach),
    )


def read_breach(means: Means, code: str | None) -> str | None:
    if code is not None and code not in dict(means.practice.slots.codes):
        raise WrongAnswer("Please choose from the list what this is counted as.", "breach")
    return code


def make_children(means: Means, discussion: DiscussionId, children: Sequence[NewChild]) -> list[Child]:
    if not children:
        raise Missing("at least one child", "children")
    if len(children) > MOST_CHILDREN:
        raise WrongAnswer(f"Please keep one discussion to {MOST_CHILDREN} children and book another.", "children")
    return [
        Child(ChildId(means.new_id()), discussion, chr(ord("A") + place), child.initials, child.born, child.expected)
        for place, child in enumerate(children)
    ]


def make_invitations(means: Means, discussion: Discussion, invitees: Sequence[Invitee]) -> list[Invitation]:
    if len(invitees) > MOST_INVITEES:
        raise WrongAnswer(f"Please ask {MOST_INVITEES} people and desks at most.", "participants")
    at_the_table = {discussion.chair, discussion.minute_taker}
    wanted = [invitee for invitee in dict.fromkeys(invitees) if invitee.person not in at_the_table or invitee.desk]
    return [make_invitation(means, discussion.id, invitee) for invitee in wanted]


def make_invitation(means: Means, discussion: DiscussionId, invitee: Invitee) -> Invitation:
    if invitee.desk is not None:
        agency = means.store.people.desk(invitee.desk).agency
    else:
        person = means.store.people.person(invitee.person) if invitee.person else None
        if person is None:
            raise WrongAnswer("One of those asked is no longer in the directory. Please choose again.", "participants")
        agency = person.agency
    return Invitation(InvitationId(means.new_id()), discussion, agency, invitee.desk, invitee.person)


def keep_proposals(
    means: Means, discussion: DiscussionId, proposals: Sequence[Weighed], invitations: Sequence[Invitation]
) -> None:
    """Also those left out, with the reason: so that declined and then needed can be counted."""
    asked = {invitation.desk or invitation.person: invitation.id for invitation in invitations}
    rows = [
        kept(means, discussion, one, asked.get(one.proposal.desk or one.proposal.person) if one.is_taken else None)
        for one in proposals
    ]
    means.store.discussions.add_proposals(rows)


def tell_the_table(means: Means, who: Person, discussion: Discussion, people: Sequence[Person]) -> None:
    for person in people:
        if person.id != who.id:
            say(means, MessageKind.BOOKED, {"discussion": discussion.id}, person.id, f"booked:{discussion.id}")


def tell_invitees(means: Means, who: Person, invitations: Sequence[Invitation]) -> None:
    for invitation in invitations:
        for person in people_told(means, invitation):
            if person.id != who.id:
                about = {"discussion": invitation.discussion, "invitation": invitation.id, "moved": "0"}
                say(means, MessageKind.INVITATION, about, person.id, f"invitation:{invitation.id}")


def people_asked(means: Means, invitation: Invitation) -> Sequence[Person]:
    """A desk is asked by asking everybody on its rota; any of them answers for it."""
    if invitation.person is not None:
        person = means.store.people.person(invitation.person)
        return [person] if person else []
    return means.store.people.at_desk(invitation.desk) if invitation.desk else []


def people_told(means: Means, invitation: Invitation) -> Sequence[Person]:
    """Those asked; of a desk its mailbox first, where it has one."""
    people = people_asked(means, invitation)
    desk = means.store.people.desk(invitation.desk) if invitation.desk and not invitation.person else None
    return [mailbox(desk), *people] if desk and desk.mail else people


def people_asked_by(means: Means, invitees: Sequence[Invitee]) -> list[Person]:
    """Everybody whom these invitees mean, each once."""
    asked: dict[PersonId, Person] = {}
    for invitee in invitees:
        people = means.store.people.at_desk(invitee.desk) if invitee.desk else ()
        person = means.store.people.person(invitee.person) if invitee.person else None
        asked |= {found.id: found for found in (*people, *((person,) if person else ()))}
    return list(asked.values())


def say(means: Means, kind: MessageKind, about: dict[str, str], to: PersonId, key: str, replaces: bool = False) -> None:
    """Writes down that something must be said to one person, once per key, in the transaction of the change itself."""
    id = MessageId(means.new_id())
    means.store.outbox.put(
        Message(id, kind, about, to, None, f"{key}:{to}", means.now, urgent=False, replaces_card=replaces)
    )
