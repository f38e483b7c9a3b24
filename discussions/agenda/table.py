"""Who can be at the table, agency by agency: those asked, those who came, and what each agency answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from discussions.agenda.attendance import Attendance
from discussions.booking.discussion import Discussion
from discussions.booking.invitations import Invitation, InvitationAnswer
from discussions.needs import Means
from discussions.people import Agency, AgencyId, Person, PersonId
from discussions.practice.types import as_spoken

GUEST = "guest."
"""Before the id of an attendance whose person is not in the directory."""
DEPUTY = "deputy."
"""Before the id of an invitation that was answered with somebody else's name."""
ABSENT = {
    InvitationAnswer.NOT_COMING: "Not coming",
    InvitationAnswer.INFORMATION: "Information only",
    InvitationAnswer.NO_RECORD: "No record held",
}
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody who is here, was here, or may come. `key` is a person's id, or begins with GUEST or DEPUTY."""

    key: str
    name: str
    agency: AgencyId
    newest: Attendance | None

    @property
    def here(self) -> Attendance | None:
        return self.newest if self.newest is not None and self.newest.is_here else None

    @property
    def is_guest(self) -> bool:
        """Known by name alone: the directory does not hold them."""
        return self.key.startswith((GUEST, DEPUTY))


@dataclass(frozen=True, slots=True)
class AgencySeats:
    """`said` is what the agency answered instead of coming."""

    agency: Agency
    seats: tuple[Seat, ...]
    said: tuple[str, ...]

    @property
    def is_here(self) -> bool:
        return any(seat.here for seat in self.seats)


def table_of(means: Means, discussion: Discussion) -> tuple[AgencySeats, ...]:
    """In the order in which agencies were asked; those of the chair and of who came unasked stand last."""
    invitations = means.store.discussions.invitations(discussion.id)
    attendance = means.store.discussions.attendance(discussion.id)
    people = people_known(means, discussion, invitations, attendance)
    guests = seats_of_guests(attendance)
    seats = [*seats_of_people(people, attendance), *guests, *seats_of_deputies(invitations, guests)]
    asked = [invitation.agency for invitation in invitations]
    agencies = {agency.id: agency for agency in means.store.people.agencies()}
    order = dict.fromkeys([*asked, *(seat.agency for seat in seats)])
    return tuple(
        AgencySeats(
            agencies[id],
            tuple(seat for seat in seats if seat.agency == id),
            answers_said(invitation for invitation in invitations if invitation.agency == id),
        )
        for id in order
        if id in agencies
    )


def people_known(
    means: Means, discussion: Discussion, invitations: Sequence[Invitation], attendance: Iterable[Attendance]
) -> Mapping[PersonId, Person]:
    """The directory's people who were asked, by name or through their desk, who came, and the table itself."""
    ids: list[PersonId | None] = [invitation.person for invitation in invitations]
    for invitation in invitations:
        rota = means.store.people.at_desk(invitation.desk) if invitation.desk else ()
        ids += [person.id for person in rota]
    ids += [discussion.chair, discussion.minute_taker, discussion.booker, *(one.person for one in attendance)]
    wanted = list(dict.fromkeys(id for id in ids if id is not None))
    found = means.store.people.people(wanted)
    return {id: found[id] for id in wanted if id in found}


def seats_of_people(people: Mapping[PersonId, Person], attendance: Sequence[Attendance]) -> list[Seat]:
    newest = {one.person: one for one in attendance if one.person is not None}
    return [
        Seat(person.id, f"{person.name}, {person.role_name}", agency_at(person, newest.get(person.id)), newest.get(id))
        for id, person in people.items()
    ]


def agency_at(person: Person, attendance: Attendance | None) -> AgencyId:
    return attendance.agency if attendance else person.agency


def seats_of_guests(attendance: Iterable[Attendance]) -> list[Seat]:
    guests = [one for one in attendance if one.person is None]
    newest = {(one.agency, one.name): one for one in guests}
    return [Seat(f"{GUEST}{one.id}", one.name or "Name not given", one.agency, one) for one in newest.values()]


def seats_of_deputies(invitations: Iterable[Invitation], guests: Sequence[Seat]) -> list[Seat]:
    """Those whom agencies said they send, until somebody of that name has come."""
    came = {(guest.agency, as_spoken(guest.name)) for guest in guests}
    return [
        Seat(f"{DEPUTY}{one.id}", one.words[:LONGEST_NAME], one.agency, None)
        for one in invitations
        if one.answer is InvitationAnswer.DEPUTY
        and one.words
        and one.deputy is None
        and (one.agency, as_spoken(one.words[:LONGEST_NAME])) not in came
    ]


def answers_said(invitations: Iterable[Invitation]) -> tuple[str, ...]:
    absent = (one for one in invitations if one.answer.is_absent)
    return tuple(f"{ABSENT[one.answer]}: {one.words}" if one.words else ABSENT[one.answer] for one in absent)


def seat_with(table: Iterable[AgencySeats], key: str) -> Seat | None:
    return next((seat for agency in table for seat in agency.seats if seat.key == key), None)
