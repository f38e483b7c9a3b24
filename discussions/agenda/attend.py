"""Marking who is here: ticked on the card or typed while people arrive; also people whom the directory lacks."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from discussions.access import Can, discussion_for
from discussions.actions.named import Named, as_named, at_the_table, meanings, tidied, who_is_meant
from discussions.agenda.attendance import Attendance
from discussions.agenda.refusals import NotTheMoment
from discussions.agenda.session import current_discussion
from discussions.agenda.table import AgencySeats, Seat, seat_with, table_of
from discussions.booking.discussion import Discussion, DiscussionState
from discussions.ids import AttendanceId, DiscussionId
from discussions.needs import Means
from discussions.people import Agency, Person, PersonId
from discussions.practice.types import OTHER_AGENCY, as_spoken
from discussions.recent import read_recent_moment
from discussions.refusals import Refusal, TooLong, WrongAnswer
from discussions.trail import Deed, Entry

GUEST_EXAMPLE = "Kim Lee, school nurse, health"
MOST_GUESTS = 10
MOST_LETTERS = 200


@dataclass(frozen=True, slots=True)
class Marks:
    """What one saving of the card ticked: each is an event, so that two people ticking at once lose nothing.

    The keys are those of seats. `time` is when it happened, as typed, if not now; `guests` one line a person.
    """

    came: Collection[str] = ()
    left: Collection[str] = ()
    may_decide: Collection[str] = ()
    may_not_decide: Collection[str] = ()
    time: str | None = None
    guests: str | None = None


def save_attendance(means: Means, who: Person, id: DiscussionId, marks: Marks) -> int:
    """How many things changed. All of it or, when something can't be read, nothing."""
    discussion = discussion_for(means, who, id, Can.CAPTURE)
    require_attendable(discussion)
    table = table_of(means, discussion)
    at = read_time(means, marks.time)
    guests = [read_guest(means, line, table) for line in lines_in(marks.guests)]
    changed = [mark_came(means, who, discussion, seat, at) for seat in seats_in(table, marks.came)]
    changed += [mark_left(means, who, seat, at) for seat in seats_in(table, marks.left)]
    changed += [decides(means, who, seat, True) for seat in seats_in(table, marks.may_decide)]
    changed += [decides(means, who, seat, False) for seat in seats_in(table, marks.may_not_decide)]
    changed += [add_guest(means, who, discussion, guest, at, table) for guest in guests]
    return sum(changed)


@dataclass(frozen=True, slots=True)
class Marked:
    """`changed` is False when it stood so already."""

    discussion: Discussion
    name: str
    agency: str
    changed: bool


def mark_all_named_here(means: Means, who: Person, words: str) -> list[Marked]:
    """Several at once, "Helen Marsh, Tom Bexley; Kim Lee, school nurse, health": all of them, or nothing and why."""
    discussion = current_discussion(means, who)
    known = at_the_table(means, who, discussion)
    return [mark_named_here(means, who, name) for name in names_in(means, words, known)]


def names_in(means: Means, words: str, known: Sequence[Named]) -> list[str]:
    """A comma parts two people where both sides are known; else it parts a guest's name, role and agency."""
    names: list[str] = []
    for part in re.split(r"[;\n]", words):
        single = [bit.strip() for bit in re.split(r",|\band\b", part) if bit.strip()]
        are_all_known = len(single) > 1 and all(known_as(means, bit, known) for bit in single)
        names += single if are_all_known else [part.strip()] if part.strip() else []
    return names


def mark_named_here(means: Means, who: Person, words: str) -> Marked:
    """ "Helen Marsh", or "Kim Lee, school nurse, health" for somebody who is not in the directory."""
    discussion = current_discussion(means, who)
    require_attendable(discussion)
    table = table_of(means, discussion)
    seat = seat_named(means, who, discussion, table, words)
    if seat is None:
        guest = read_guest(means, words, table)
        changed = add_guest(means, who, discussion, guest, means.now, table)
        return Marked(discussion, guest.name, guest.agency.name, changed)
    changed = mark_came(means, who, discussion, seat, means.now)
    return Marked(discussion, seat.name, means.store.people.agency(seat.agency).name, changed)


def mark_named_left(means: Means, who: Person, words: str) -> Marked:
    discussion = current_discussion(means, who)
    require_attendable(discussion)
    here = [seat for agency in table_of(means, discussion) for seat in agency.seats if seat.here]
    spoken = set(as_spoken(words).replace(",", " ").split())
    meant = [seat for seat in here if spoken and spoken <= set(as_spoken(seat.name).replace(",", " ").split())]
    if len(meant) != 1:
        names = "; ".join(seat.name for seat in meant or here) or "nobody yet"
        raise WrongAnswer(f"Not saved: please type the name of one of those who are here: {names}.")
    changed = mark_left(means, who, meant[0], means.now)
    return Marked(discussion, meant[0].name, means.store.people.agency(meant[0].agency).name, changed)


def require_attendable(discussion: Discussion) -> None:
    """Also before it starts: people gather early."""
    if discussion.state in (DiscussionState.APPROVED, DiscussionState.CANCELLED):
        raise NotTheMoment(f"Not saved: {discussion.reference} does not change any more.")


def seats_in(table: Sequence[AgencySeats], keys: Collection[str]) -> list[Seat]:
    """Raises WrongAnswer for what the card never offered."""
    found = [seat_with(table, key) for key in dict.fromkeys(keys)]
    seats = [seat for seat in found if seat is not None]
    if len(seats) < len(found):
        raise WrongAnswer("Not saved: somebody you ticked is no longer on the list. Please look at it again.")
    return seats


def read_time(means: Means, typed: str | None) -> datetime:
    if not typed or not typed.strip():
        return means.now
    try:
        return read_recent_moment(typed, means.now, means.calendar)
    except Refusal as refusal:
        raise WrongAnswer(f"Not saved: {refusal.sentence}", "time", "10:05") from refusal


def mark_came(means: Means, who: Person, discussion: Discussion, seat: Seat, at: datetime) -> bool:
    """Somebody who left and comes back gets a line of their own, so that both stays are on record."""
    if seat.here is not None:
        return False
    came = Attendance(
        id=AttendanceId(means.new_id()),
        discussion=discussion.id,
        agency=seat.agency,
        person=None if seat.is_guest else PersonId(seat.key),
        name=seat.name if seat.is_guest else None,
        may_decide=seat.newest.may_decide if seat.newest else True,
        came_at=at,
        left_at=None,
        recorded_by=who.id,
    )
    means.store.discussions.add_attendance(came)
    note_attendance(means, who, came, "here")
    return True


def mark_left(means: Means, who: Person, seat: Seat, at: datetime) -> bool:
    if seat.here is None:
        return False
    left = means.store.discussions.save_attendance(
        replace(seat.here, left_at=max(at, seat.here.came_at), recorded_by=who.id)
    )
    note_attendance(means, who, left, "left")
    return True


def decides(means: Means, who: Person, seat: Seat, may: bool) -> bool:
    """Whether they can commit their agency; for those who are here and did not leave in the same saving."""
    kept = {one.id: one for one in means.store.discussions.attendance(seat.newest.discussion)} if seat.newest else {}
    attendance = kept.get(seat.newest.id) if seat.newest else None
    if attendance is None or not attendance.is_here or attendance.may_decide == may:
        return False
    saved = means.store.discussions.save_attendance(replace(attendance, may_decide=may))
    note_attendance(means, who, saved, "decides" if may else "does not decide")
    return True


def note_attendance(means: Means, who: Person, one: Attendance, why: str) -> None:
    means.store.trail.write(Entry(Deed.ATTENDANCE, means.now, who.id, one.discussion, one.id, one.version, why))


@dataclass(frozen=True, slots=True)
class Guest:
    name: str
    agency: Agency


def lines_in(text: str | None) -> list[str]:
    lines = [line.strip() for line in (text or "").splitlines() if line.strip()]
    if len(lines) > MOST_GUESTS:
        raise WrongAnswer(f"Not saved: please add at most {MOST_GUESTS} people at once.", "guests")
    return lines


def read_guest(means: Means, line: str, table: Sequence[AgencySeats]) -> Guest:
    """Name, role and agency with commas between them; the agency is the last. Raises WrongAnswer."""
    if len(line) > MOST_LETTERS:
        raise TooLong("one person", MOST_LETTERS, "guests")
    name, comma, spoken = line.rpartition(",")
    if not comma or not name.strip(" ,") or not spoken.strip():
        raise WrongAnswer(
            "Not saved: I don't know everybody you named. For somebody who is not in the directory, please type "
            f"name, role and agency: {GUEST_EXAMPLE}",
            "guests",
            GUEST_EXAMPLE,
        )
    return Guest(name.strip(" ,"), agency_called(means, spoken, table))


def agency_called(means: Means, words: str, table: Sequence[AgencySeats]) -> Agency:
    """By its own name, else by what the practice calls its kind; then one at the table is meant first."""
    everywhere = means.store.people.agencies()
    exact = next((one for one in everywhere if as_spoken(one.name) == as_spoken(words)), None)
    if exact is not None:
        return exact
    category = means.practice.agency_called(words.strip()).code
    of_kind = [one for one in (*(seats.agency for seats in table), *everywhere) if one.category == category]
    if not of_kind or (category == OTHER_AGENCY and as_spoken(words) != as_spoken(OTHER_AGENCY)):
        names = "; ".join(one.name for one in everywhere[:12])
        raise WrongAnswer(f"Not saved: I don't know that agency. I know: {names}.", "guests", GUEST_EXAMPLE)
    return of_kind[0]


def add_guest(
    means: Means, who: Person, discussion: Discussion, guest: Guest, at: datetime, table: Sequence[AgencySeats]
) -> bool:
    """Somebody with the same name of the same agency who is here already is the same person."""
    same = [seat for seats in table for seat in seats.seats if is_same_guest(seat, guest)]
    if same:
        return mark_came(means, who, discussion, same[0], at)
    id = AttendanceId(means.new_id())
    came = Attendance(id, discussion.id, guest.agency.id, None, guest.name, True, at, None, who.id)
    means.store.discussions.add_attendance(came)
    note_attendance(means, who, came, "here")
    return True


def is_same_guest(seat: Seat, guest: Guest) -> bool:
    return seat.is_guest and seat.agency == guest.agency.id and as_spoken(seat.name) == as_spoken(guest.name)


def seat_named(
    means: Means, who: Person, discussion: Discussion, table: Sequence[AgencySeats], words: str
) -> Seat | None:
    """One person of the directory, or a guest known already; None where the words read like a new guest's."""
    name = words.partition(",")[0]
    known = at_the_table(means, who, discussion)
    if not known_as(means, name, known):
        if "," in words:
            return None
        if guest := guest_called(table, name):
            return guest
    named = who_is_meant(means, name, known, "name")
    person = means.store.people.person(named.person) if named.person else None
    if person is None:
        raise WrongAnswer(f"Not saved: {named.label} is a desk. Please type the name of the person who is here.")
    return seat_with(table, person.id) or Seat(person.id, f"{person.name}, {person.role_name}", person.agency, None)


def guest_called(table: Sequence[AgencySeats], name: str) -> Seat | None:
    """The one guest or announced deputy whose words hold the whole name."""
    spoken = set(tidied(name).split())
    guests = [seat for agency in table for seat in agency.seats if seat.is_guest]
    meant = [seat for seat in guests if spoken and spoken <= set(as_spoken(seat.name).replace(",", " ").split())]
    return meant[0] if len(meant) == 1 else None


def known_as(means: Means, name: str, table: Sequence[Named]) -> bool:
    spoken = tidied(name)
    elsewhere = [as_named(means, person) for person in means.store.people.named(spoken)]
    return bool(meanings(spoken, table) or meanings(spoken, elsewhere))
