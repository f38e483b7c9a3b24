"""What a chase shows: whom to ring, which core agencies are missing, what to bring. Under access, like everything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from discussions.access import Can, discussion_for, note_read
from discussions.booking.book import people_asked
from discussions.booking.desks import say_desk_hours
from discussions.booking.discussion import Discussion
from discussions.booking.invitations import Invitation
from discussions.booking.views import InvitationLine, line_for, people_in
from discussions.chasing.standing import coming, missing_core, unanswered
from discussions.ids import DiscussionId
from discussions.needs import Means
from discussions.people import AgencyId, Person
from discussions.practice.types import AgencyCategory, AgendaItem


@dataclass(frozen=True, slots=True)
class ToRing:
    """Somebody who has not answered. `other_way`: that their desk is closed now, and who is there instead."""

    line: InvitationLine
    other_way: str | None


@dataclass(frozen=True, slots=True)
class RingView:
    discussion: Discussion
    to_ring: tuple[ToRing, ...]


@dataclass(frozen=True, slots=True)
class MissingAgency:
    """`asked` are those of the agency who were asked, with what they answered; nobody, if it was never asked."""

    name: str
    asked: tuple[ToRing, ...]


@dataclass(frozen=True, slots=True)
class MissingView:
    discussion: Discussion
    agencies: tuple[MissingAgency, ...]


@dataclass(frozen=True, slots=True)
class AgencyComing:
    name: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BringView:
    """What somebody needs to be ready; nothing of a child. `agency` is the viewer's own."""

    discussion: Discussion
    agency: str
    brings: str | None
    may_be_asked: str | None
    agenda: tuple[AgendaItem, ...]
    coming: tuple[AgencyComing, ...]
    chair: str
    chair_phone: str | None
    is_chair: bool


def ring_view(means: Means, who: Person, id: DiscussionId) -> RingView:
    """For those who record answers."""
    discussion = discussion_for(means, who, id, Can.RECORD_ANSWERS)
    note_read(means, who, discussion, "to ring")
    return RingView(discussion, tuple(lines_to_ring(means, discussion, unanswered(means, discussion))))


def lines_to_ring(means: Means, discussion: Discussion, invitations: Iterable[Invitation]) -> Iterator[ToRing]:
    invitations = list(invitations)
    people = people_in(means, discussion, invitations)
    for one in invitations:
        yield ToRing(line_for(means, one, people), other_way_to(means, one))


def other_way_to(means: Means, invitation: Invitation) -> str | None:
    if invitation.desk is None:
        return None
    desk = means.store.people.desk(invitation.desk)
    return say_desk_hours(desk, means.store.people.desks(desk.agency), means.now, means.calendar, "now")


def missing_view(means: Means, who: Person, id: DiscussionId) -> MissingView:
    discussion = discussion_for(means, who, id, Can.START)
    note_read(means, who, discussion, "core agencies missing")
    asked = [one for one in means.store.discussions.invitations(id) if one.withdrawn_at is None]
    agencies = []
    for line in missing_core(means, discussion):
        of_it = [one for one in asked if line.code in counted_as(means, one.agency)]
        agencies.append(MissingAgency(line.name, tuple(lines_to_ring(means, discussion, of_it))))
    return MissingView(discussion, tuple(agencies))


def counted_as(means: Means, agency: AgencyId) -> tuple[str, ...]:
    return means.practice.counts_for(means.store.people.agency(agency).category)


def bring_view(means: Means, who: Person, id: DiscussionId) -> BringView:
    """For everybody on it: when, how, what their own agency should bring, who comes."""
    discussion = discussion_for(means, who, id, Can.SEE_BOOKING)
    note_read(means, who, discussion, "what to bring")
    category = category_for(means, who)
    people = means.store.people.people({id for id in (discussion.chair, discussion.minute_taker) if id is not None})
    chair = people.get(discussion.chair)
    return BringView(
        discussion=discussion,
        agency=means.store.people.agency(who.agency).name,
        brings=category.brings,
        may_be_asked=category.may_be_asked,
        agenda=means.practice.items,
        coming=agencies_coming(means, discussion, people.values()),
        chair=chair.name if chair else "the chair",
        chair_phone=chair.phone if chair else None,
        is_chair=discussion.chair == who.id,
    )


def category_for(means: Means, who: Person) -> AgencyCategory:
    return means.practice.agency(means.store.people.agency(who.agency).category)


def agencies_coming(means: Means, discussion: Discussion, table: Iterable[Person]) -> tuple[AgencyComing, ...]:
    """By agency, chair and minute-taker with their own; of a desk its name, since whoever is on shift comes."""
    named: dict[str, list[str]] = {}
    for person in table:
        named.setdefault(means.store.people.agency(person.agency).name, []).append(person.name)
    for one in coming(means, discussion):
        named.setdefault(means.store.people.agency(one.agency).name, []).append(asked_as(means, one))
    return as_agencies(named)


def as_agencies(named: Mapping[str, list[str]]) -> tuple[AgencyComing, ...]:
    return tuple(AgencyComing(name, tuple(dict.fromkeys(people))) for name, people in sorted(named.items()))


def asked_as(means: Means, invitation: Invitation) -> str:
    if invitation.desk is not None:
        return means.store.people.desk(invitation.desk).name
    people = people_asked(means, invitation)
    return people[0].name if people else "no longer in the directory"
