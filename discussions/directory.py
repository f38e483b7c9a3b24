"""The directory of agencies, desks and people: a new one takes the place of the one before; and how it is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from discussions.attention.absence import end_of, note_away
from discussions.directory_ids import agency_id, desk_id, find_ids
from discussions.directory_rows import DeskRow, PersonRow, Row
from discussions.needs import Means, PeopleStore
from discussions.people import Agency, AgencyId, Desk, DeskId, Person, PersonId, Right
from discussions.practice.types import OTHER_AGENCY, PARTICIPANT, Practice, Role, as_spoken
from discussions.secure.links import end_links_of_those_who_left
from discussions.trail import Deed, Entry

COUNCIL = "CSC"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something in a line that was taken, but perhaps not as it was meant. Repeats nothing of the line."""

    line: int
    words: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.words}"


@dataclass(frozen=True, slots=True)
class Imported:
    """How many of each the directory holds now; `left` counts the people who are no longer in it."""

    agencies: int
    desks: int
    people: int
    left: int
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """An agency with all that belongs to it."""

    agency: Agency
    desks: tuple[Desk, ...]
    people: tuple[Person, ...]


def import_directory(means: Means, rows: Sequence[Row]) -> Imported:
    """From now on the directory is these rows: who is not among them is kept for old records and can do nothing."""
    store, practice = means.store.people, means.practice
    before = [person for listing in _list_all(store) for person in listing.people]
    people_rows = [row for row in rows if isinstance(row, PersonRow)]
    ids = find_ids(people_rows, before, store, means.new_id)
    agencies = _make_agencies(rows, practice)
    desks = _make_desks(rows)
    people = [_make_person(row, ids, practice) for row in people_rows]
    store.replace_all(list(agencies.values()), list(desks.values()), people)
    _note_leave(means, people_rows, people)
    end_links_of_those_who_left(means)
    means.store.trail.write(Entry(Deed.IMPORTED, means.now, None, what=f"{len(people)} people"))
    left = {them.id for them in before} - {them.id for them in people}
    remarks = tuple(_make_remarks(rows, agencies, practice))
    return Imported(len(agencies), len(desks), len(people), len(left), remarks)


def _note_leave(means: Means, rows: Sequence[PersonRow], people: Sequence[Person]) -> None:
    """A day that is over, or empty, changes nothing that was said in Teams."""
    for row, person in zip(rows, people, strict=True):
        until = end_of(row.away_until) if row.away_until else None
        if until is not None and until > means.now:
            note_away(means, person, person, until)


def read_directory(means: Means) -> Sequence[Listing]:
    """The whole directory, for whoever runs the service. The trail says that it was read."""
    means.store.trail.write(Entry(Deed.READ, means.now, None, what="directory"))
    return list(_list_all(means.store.people))


def is_directory_empty(means: Means) -> bool:
    return means.store.people.is_empty()


def _list_all(store: PeopleStore) -> Iterator[Listing]:
    for agency in store.agencies():
        yield Listing(agency, tuple(store.desks(agency.id)), tuple(store.of_agency(agency.id)))


def _make_agencies(rows: Sequence[Row], practice: Practice) -> dict[AgencyId, Agency]:
    """Spelt as where they stand first."""
    by_roles = _find_categories_by_roles(rows, practice)
    agencies: dict[AgencyId, Agency] = {}
    for row in rows:
        id = agency_id(row.agency)
        if id not in agencies:
            category = _find_named_category(row.agency, practice) or by_roles.get(id, OTHER_AGENCY)
            agencies[id] = Agency(id, row.agency, category)
    return agencies


def _find_named_category(agency: str, practice: Practice) -> str | None:
    """The category that the practice knows by this name; None when it knows none."""
    found = practice.agency_called(agency)
    is_meant = as_spoken(agency) in map(as_spoken, (found.name, found.code, *found.aliases))
    return found.code if is_meant else None


def _find_categories_by_roles(rows: Sequence[Row], practice: Practice) -> Mapping[AgencyId, str]:
    """What the people of each agency mostly are: a school whose people are DSLs is education, whatever its name."""
    seen: dict[AgencyId, Counter[str]] = {}
    for row in rows:
        role = practice.role_called(row.role) if isinstance(row, PersonRow) else PARTICIPANT
        if role.agency is not None and not role.rights:
            seen.setdefault(agency_id(row.agency), Counter())[role.agency] += 1
    return {id: counted.most_common(1)[0][0] for id, counted in seen.items()}


def _make_desks(rows: Sequence[Row]) -> dict[DeskId, Desk]:
    """A desk's own line says how it is reached; a desk that only stands beside people is there all the same."""
    desks: dict[DeskId, Desk] = {}
    for row in rows:
        if row.desk is None:
            continue
        id = desk_id(row.agency, row.desk)
        if isinstance(row, DeskRow):
            desks[id] = Desk(id, agency_id(row.agency), row.desk, row.mail, row.phone, row.hours)
        else:
            desks.setdefault(id, Desk(id, agency_id(row.agency), row.desk, None, None, None))
    return desks


def _make_person(row: PersonRow, ids: Mapping[int, PersonId], practice: Practice) -> Person:
    role = practice.role_called(row.role)
    rights = role.rights if _holds_here(role, row.agency, practice) else frozenset()
    return Person(
        id=ids[row.line],
        agency=agency_id(row.agency),
        desk=None if row.desk is None else desk_id(row.agency, row.desk),
        name=row.name,
        role=role.code,
        role_name=row.role or role.name,
        rights=rights | {Right.LEAD} if row.leads_desk else rights,
        mail=row.mail,
        phone=row.phone,
        account=row.account,
        manager=None if row.manager is None else ids[row.manager],
        deputy=None if row.deputy is None else ids[row.deputy],
        hours=row.hours,
    )


def _holds_here(role: Role, agency: str, practice: Practice) -> bool:
    """A service manager of the probation service is not the one who oversees: rights come with role and agency.
    Children's social care is where others of the council (LADO, partnership) may be listed too."""
    return role.agency is None or _find_named_category(agency, practice) in (role.agency, COUNCIL)


def _make_remarks(rows: Sequence[Row], agencies: Mapping[AgencyId, Agency], practice: Practice) -> Iterator[Remark]:
    seen: set[AgencyId] = set()
    for row in rows:
        id = agency_id(row.agency)
        if id not in seen and _find_named_category(row.agency, practice) is None:
            yield Remark(row.line, _say_category(agencies[id], practice))
        seen.add(id)
        if isinstance(row, PersonRow):
            yield from _remark_on_role(row, practice)


def _say_category(agency: Agency, practice: Practice) -> str:
    if agency.category == OTHER_AGENCY:
        return (
            "the practice knows no agency of this name, so nobody of it counts towards quorum. "
            "Write the name as the practice has it, or add it there as an alias."
        )
    return (
        f"the practice knows no agency of this name; by its people's roles it counts as "
        f"{practice.agency(agency.category).name}."
    )


def _remark_on_role(row: PersonRow, practice: Practice) -> Iterator[Remark]:
    role = practice.role_called(row.role)
    if role is PARTICIPANT and as_spoken(row.role) != as_spoken(PARTICIPANT.name):
        yield Remark(row.line, "the practice knows no such role, so this person takes part without further rights.")
    elif role.rights and not _holds_here(role, row.agency, practice):
        where = practice.agency(role.agency).name if role.agency else ""
        yield Remark(row.line, f"this role has its rights in {where} only, so this person takes part without them.")
