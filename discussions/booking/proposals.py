"""Who is proposed for a discussion, each with the reason: the practice's rules on what the booker said."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Protocol
from zlib import crc32

from discussions.booking.desks import desk_to_ask, say_desk_hours
from discussions.clocks import Calendar
from discussions.people import Agency, AgencyId, Desk, DeskId, Person, PersonId
from discussions.practice.types import InviteRule, Practice, Weight, as_spoken

MOST_SCHOOLS = 12
SCHOOL_CATEGORY_WORDS = frozenset({"school", "nursery", "primary", "secondary", "college", "academy", "the"})


class Concerned(Protocol):
    """A child as far as proposals look at it."""

    @property
    def born(self) -> date | None: ...


class Directory(Protocol):
    """What is read of agencies, desks and people; the people store is one."""

    def agencies(self) -> Sequence[Agency]: ...
    def desks(self, agency: AgencyId) -> Sequence[Desk]: ...
    def of_agency(self, agency: AgencyId) -> Sequence[Person]: ...


@dataclass(frozen=True, slots=True)
class ReadOnce:
    """A directory whose answers are remembered: several rules look at the same agencies, and there are many schools."""

    directory: Directory
    desks_of: dict[AgencyId, Sequence[Desk]] = field(default_factory=dict)
    people_of: dict[AgencyId, Sequence[Person]] = field(default_factory=dict)

    def agencies(self) -> Sequence[Agency]:
        return self.directory.agencies()

    def desks(self, agency: AgencyId) -> Sequence[Desk]:
        if agency not in self.desks_of:
            self.desks_of[agency] = self.directory.desks(agency)
        return self.desks_of[agency]

    def of_agency(self, agency: AgencyId) -> Sequence[Person]:
        if agency not in self.people_of:
            self.people_of[agency] = self.directory.of_agency(agency)
        return self.people_of[agency]


@dataclass(frozen=True, slots=True)
class BookingFacts:
    """What the booker said. Children in the order of their letters; `starts_at` decides whose desk is open."""

    children: Sequence[Concerned]
    harms: Collection[str]
    ticked: Collection[str]
    schools: Sequence[str]
    today: date
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class Proposal:
    """Somebody to ask. `key` stays the same while the facts do. A desk or a person, or neither where the directory has
    nobody: then it is for the telephone. `hours` says so where the desk is closed then, with the way out of hours.
    """

    key: str
    rules: tuple[str, ...]
    category: str
    name: str
    because: tuple[str, ...]
    weight: Weight
    desk: DeskId | None = None
    person: PersonId | None = None
    hours: str | None = None
    is_question: bool = False
    """A school that is not named yet: to be asked about, not to be rung."""

    @property
    def is_reachable(self) -> bool:
        return self.desk is not None or self.person is not None


@dataclass(frozen=True, slots=True)
class Found:
    name: str
    desk: DeskId | None = None
    person: PersonId | None = None
    hours: str | None = None


def propose(facts: BookingFacts, practice: Practice, directory: Directory, calendar: Calendar) -> tuple[Proposal, ...]:
    """Core first, then expected, then consider; whoever several rules mean is proposed once, with all the reasons."""
    looked = Looked(directory.agencies(), ReadOnce(directory), calendar, facts.starts_at)
    proposed: dict[str, Proposal] = {}
    for rule in practice.invite_rules:
        for proposal in by_rule(rule, facts, practice, looked):
            place = proposal.desk or proposal.person or proposal.key
            proposed[place] = merged(proposed[place], proposal) if place in proposed else proposal
    order = list(Weight)
    return tuple(sorted(proposed.values(), key=lambda proposal: order.index(proposal.weight)))


def merged(first: Proposal, second: Proposal) -> Proposal:
    stronger = min(first.weight, second.weight, key=list(Weight).index)
    because = tuple(dict.fromkeys((*first.because, *second.because)))
    return replace(first, rules=(*first.rules, *second.rules), because=because, weight=stronger)


@dataclass(frozen=True, slots=True)
class Looked:
    """The directory, looked into for one start."""

    agencies: Sequence[Agency]
    directory: Directory
    calendar: Calendar
    starts_at: datetime

    def of(self, category: str) -> list[Agency]:
        return [agency for agency in self.agencies if agency.category == category]

    def desk(self, agency: Agency, desks: Sequence[Desk], colleagues: Sequence[Desk] = ()) -> Found | None:
        """`colleagues` are desks that can be asked while this one is closed."""
        desk = desk_to_ask(desks, self.starts_at, self.calendar)
        if desk is None:
            return None
        hours = say_desk_hours(desk, colleagues, self.starts_at, self.calendar)
        return Found(f"{agency.name}: {desk.name}" if desk.name != agency.name else desk.name, desk.id, None, hours)


def by_rule(rule: InviteRule, facts: BookingFacts, practice: Practice, looked: Looked) -> Iterator[Proposal]:
    letters = [
        chr(ord("A") + place) for place, one in enumerate(facts.children) if rule.when.fits(one.born, facts.today)
    ]
    if rule.each_school and schools_in(facts):
        yield from (school(rule, name, looked) for name in schools_in(facts))
        return
    if not rule.when.is_said(facts.ticked, facts.harms) or (rule.when.is_about_age and not letters):
        return
    because = rule.because.replace("{children}", ", ".join(letters))
    if rule.each_school:
        asks = f"a child is of school age ({', '.join(letters)})"
        which = made(rule, rule.code, Found(practice.agency(rule.propose.agency).name), asks)
        yield replace(which, is_question=True)
        return
    yield made(rule, rule.code, find(rule, practice, looked), because)


def schools_in(facts: BookingFacts) -> list[str]:
    named = (" ".join(name.split()) for name in facts.schools)
    return list({as_spoken(name): name for name in named if name}.values())[:MOST_SCHOOLS]


def made(rule: InviteRule, key: str, found: Found, because: str) -> Proposal:
    return Proposal(
        key=key,
        rules=(rule.code,),
        category=rule.propose.agency,
        name=found.name,
        because=(because,),
        weight=rule.weight,
        desk=found.desk,
        person=found.person,
        hours=found.hours,
    )


def find(rule: InviteRule, practice: Practice, looked: Looked) -> Found:
    """The desk first, a named person second; else the name alone, for the telephone."""
    wanted, agencies = rule.propose, looked.of(rule.propose.agency)
    name = practice.agency(wanted.agency).name
    if wanted.desk is not None:
        named = [(agency, desk) for agency in agencies for desk in looked.directory.desks(agency.id)]
        for agency, desk in named:
            if as_spoken(desk.name) == as_spoken(wanted.desk):
                return looked.desk(agency, [desk], looked.directory.desks(agency.id)) or Found(name)
    if wanted.role is not None:
        found = holders(wanted.role, agencies, looked)
        if found is not None or not wanted.or_desk:
            return found or Found(f"{name}: {practice.role(wanted.role).name}")
    return of_agencies(agencies, looked) or Found(name)


def holders(role: str, agencies: Sequence[Agency], looked: Looked) -> Found | None:
    """The desk at which somebody of this role works, else the first such person."""
    people = [(agency, one) for agency in agencies for one in looked.directory.of_agency(agency.id) if one.role == role]
    for agency, one in people:
        desks = looked.directory.desks(agency.id)
        if found := looked.desk(agency, [desk for desk in desks if desk.id == one.desk], desks):
            return found
    return person_found(*people[0]) if people else None


def of_agencies(agencies: Sequence[Agency], looked: Looked) -> Found | None:
    for agency in agencies:
        desks = looked.directory.desks(agency.id)
        if found := looked.desk(agency, desks, desks):
            return found
    for agency in agencies:
        for one in looked.directory.of_agency(agency.id):
            return person_found(agency, one)
    return None


def person_found(agency: Agency, one: Person) -> Found:
    return Found(f"{agency.name}: {one.name}, {one.role_name}", None, one.id)


def school(rule: InviteRule, name: str, looked: Looked) -> Proposal:
    """A school is an agency of its own or a desk of one; found by its name if that fits only one."""
    agencies = looked.of(rule.propose.agency)
    whole = [agency for agency in agencies if is_called(agency.name, name)]
    desks = [(agency, desk) for agency in agencies for desk in looked.directory.desks(agency.id)]
    part = [(agency, desk) for agency, desk in desks if is_called(desk.name, name) and agency not in whole]
    found: Found | None = None
    if len(whole) == 1 and not part:
        found = of_agencies(whole, looked)
    elif len(part) == 1 and not whole:
        found = looked.desk(part[0][0], [part[0][1]])
    key = f"{rule.code}.{crc32(as_spoken(name).encode()):08x}"
    return made(rule, key, found or Found(name), rule.because)


def is_called(name: str, words: str) -> bool:
    """ "Hillside Primary" is "Hillside Primary School", but "Primary School" is nobody."""
    wanted, known = set(as_spoken(words).split()), set(as_spoken(name).split())
    return wanted <= known and bool(wanted - SCHOOL_CATEGORY_WORDS)
