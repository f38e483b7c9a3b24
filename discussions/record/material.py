"""What the minutes are made from, with the lookups that turn ids and codes into words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from discussions.actions.action import Action
from discussions.agenda.attendance import Attendance
from discussions.agenda.facts import Fact
from discussions.booking.discussion import Child, Discussion
from discussions.booking.invitations import Invitation
from discussions.booking.views import age_in_words
from discussions.clocks import Calendar
from discussions.ids import ChildId
from discussions.london import say_date, say_day, say_moment, to_london
from discussions.needs import Means
from discussions.people import Agency, AgencyId, Desk, DeskId, Person, PersonId
from discussions.practice.types import Field, FieldKind, Practice

GONE = "no longer in the directory"


@dataclass(frozen=True, slots=True)
class Material:
    """One discussion whole. `facts` are the current ones; `practice` is the one the discussion was booked under."""

    discussion: Discussion
    children: Sequence[Child]
    facts: Sequence[Fact]
    attendance: Sequence[Attendance]
    invitations: Sequence[Invitation]
    actions: Sequence[Action]
    people: Mapping[PersonId, Person]
    agencies: Mapping[AgencyId, Agency]
    desks: Mapping[DeskId, Desk]
    practice: Practice
    calendar: Calendar
    now: datetime

    @property
    def held_on(self) -> date:
        return to_london(self.discussion.started_at or self.discussion.starts_at).date()

    def facts_of(self, field: str, subject: str | None = None) -> Iterator[Fact]:
        """What stands under a field, for one subject or for all; what was taken back or left empty doesn't."""
        for fact in self.facts:
            if fact.field == field and subject in (None, fact.subject) and fact.value and fact.value.strip():
                yield fact

    def fact(self, field: str, subject: str, sequence: int = 0) -> Fact | None:
        return next((fact for fact in self.facts_of(field, subject) if fact.sequence == sequence), None)

    def values_of(self, child: ChildId) -> dict[str, str]:
        """Field code to value for one child, as outcomes and gate tests ask for it."""
        return {fact.field: fact.value for fact in self.facts if fact.subject == child and fact.value}

    def name_person(self, id: PersonId | None) -> str:
        person = self.people.get(id) if id else None
        return person.name if person else GONE

    def introduce(self, id: PersonId | None) -> str:
        """Name and role: "Priya Example, Team manager"."""
        person = self.people.get(id) if id else None
        return f"{person.name}, {person.role_name}" if person else GONE

    def name_agency(self, id: AgencyId) -> str:
        agency = self.agencies.get(id)
        return agency.name if agency else GONE

    def name_desk(self, id: DeskId) -> str:
        desk = self.desks.get(id)
        return desk.name if desk else GONE

    def name_child(self, child: Child) -> str:
        """The letter and two identifiers: "A (J.S., born 03/04/2019, 7)"."""
        return f"{child.letter} ({self.identify(child)})"

    def identify(self, child: Child) -> str:
        if child.born is not None:
            known = [child.initials, f"born {say_date(child.born)}", age_in_words(child.born, self.held_on)]
        else:
            known = ["unborn", child.initials, f"expected {say_date(child.expected)}" if child.expected else None]
        return ", ".join(part for part in known if part)

    def name_subject(self, subject: str) -> str | None:
        """The child or agency a fact is about; None for the discussion as a whole."""
        for child in self.children:
            if child.id == subject:
                return self.name_child(child)
        return self.agencies[AgencyId(subject)].name if subject in self.agencies else None

    def say_value(self, field: Field, value: str) -> str:
        match field.kind:
            case FieldKind.DATE | FieldKind.MOMENT:
                return say_time_value(value)
            case FieldKind.PERSON:
                return self.introduce(PersonId(value)) if value in self.people else value
            case FieldKind.AGENCY:
                return self.say_agency(value)
            case _ if field.kind.is_yes_no and not field.choices:
                return value.capitalize()
            case _:
                return field.label_of(value)

    def say_agency(self, value: str) -> str:
        """An agency is written down by its id, by the practice's code for its kind, or in words."""
        if value in self.agencies:
            return self.agencies[AgencyId(value)].name
        return next((agency.name for agency in self.practice.agencies if agency.code == value), value)


def say_time_value(value: str) -> str:
    """A date or a moment as it was written down; what is neither stays as it is, since a record loses nothing."""
    try:
        return say_moment(datetime.fromisoformat(value)) if "T" in value else say_day(date.fromisoformat(value))
    except ValueError:
        return value


def material_for(means: Means, discussion: Discussion, practice: Practice) -> Material:
    """Everything of one discussion, read inside the transaction. Who may have it is for the caller to ask."""
    store = means.store
    agencies = store.people.agencies()
    material = Material(
        discussion=discussion,
        children=store.discussions.children(discussion.id),
        facts=store.facts.current(discussion.id),
        attendance=store.discussions.attendance(discussion.id),
        invitations=store.discussions.invitations(discussion.id),
        actions=[one for one in store.actions.of_discussion(discussion.id) if is_of_the_record(one, discussion)],
        people={},
        agencies={agency.id: agency for agency in agencies},
        desks={desk.id: desk for agency in agencies for desk in store.people.desks(agency.id)},
        practice=practice,
        calendar=means.calendar,
        now=means.now,
    )
    return replace(material, people=store.people.people(people_named_in(material)))


def is_of_the_record(action: Action, discussion: Discussion) -> bool:
    """What came up once the record was approved, in place of another or as its contingency, is no part of it."""
    return discussion.approved_at is None or action.created_at <= discussion.approved_at


def people_named_in(material: Material) -> frozenset[PersonId]:
    discussion = material.discussion
    named: set[PersonId | None] = {discussion.chair, discussion.minute_taker, discussion.booker}
    for attendance in material.attendance:
        named |= {attendance.person, attendance.recorded_by}
    for invitation in material.invitations:
        named |= {invitation.person, invitation.answered_by}
    for action in material.actions:
        named |= {action.owner, action.state_by, *action.feedback_to}
    for fact in material.facts:
        named |= {fact.who, person_in(material.practice, fact)}
    return frozenset(id for id in named if id is not None)


def person_in(practice: Practice, fact: Fact) -> PersonId | None:
    is_person = any(field.code == fact.field and field.kind is FieldKind.PERSON for field in practice.fields)
    return PersonId(fact.value) if is_person and fact.value else None
