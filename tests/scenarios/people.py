"""The fictitious people of the scenarios."""

from __future__ import annotations

from discussions.people import (
    Account,
    Agency,
    AgencyId,
    Desk,
    DeskId,
    ObjectId,
    Person,
    PersonId,
    TenantId,
)
from storage.practice_file import standard_practice

AGENCIES = {
    "csc": ("Children's social care", "CSC"),
    "police": ("Avon and Somerset Police", "POLICE"),
    "health": ("Sirona Health", "HEALTH"),
    "school": ("Hillside Primary School", "EDUCATION"),
}
DESKS = {
    "assessment": ("csc", "Assessment team", "Mon-Fri 08:00-18:00"),
    "edt": ("csc", "Emergency Duty Team", "24/7"),
    "lighthouse": ("police", "Safeguarding unit", "Mon-Sun 07:00-22:00"),
    "nurses": ("health", "Safeguarding nurses", "Mon-Fri 08:00-17:00"),
    "office": ("school", "School office", "Mon-Fri 08:00-16:00"),
}
ROWS = (
    ("Priya Nair", "csc", "assessment", "Team manager", "01"),
    ("Sam Okoro", "csc", "assessment", "Social worker", "02"),
    ("Helen Marsh", "police", "lighthouse", "Detective sergeant", "03"),
    ("Tom Bexley", "health", "nurses", "Named nurse", "04"),
    ("Ruth Adeyemi", "csc", "assessment", "Business support", "05"),
    ("Grace Lindo", "school", "office", "Designated safeguarding lead", "06"),
    ("Omar Haddad", "csc", "edt", "EDT social worker", "07"),
    ("Joan Priest", "csc", None, "Service manager", "08"),
    ("Kit Rowe", "police", "lighthouse", "Detective constable", "09"),
)
PEOPLE = {name: f"00000000-0000-4000-8000-0000000000{number}" for name, _, _, _, number in ROWS}
MANAGERS = {"Sam Okoro": "Priya Nair", "Kit Rowe": "Helen Marsh", "Priya Nair": "Joan Priest"}


def DIRECTORY(tenant: str) -> tuple[list[Agency], list[Desk], list[Person]]:
    agencies = [Agency(AgencyId(id), name, category) for id, (name, category) in AGENCIES.items()]
    desks = [
        Desk(DeskId(id), AgencyId(agency), name, f"{id}@desk.example", "0117 496 0100", hours)
        for id, (agency, name, hours) in DESKS.items()
    ]
    return agencies, desks, [person(tenant, *row) for row in ROWS]


def person(tenant: str, name: str, agency: str, desk: str | None, role: str, number: str) -> Person:
    known = standard_practice().role_called(role)
    manager = MANAGERS.get(name)
    return Person(
        id=person_id(name),
        agency=AgencyId(agency),
        desk=DeskId(desk) if desk else None,
        name=name,
        role=known.code,
        role_name=role,
        rights=known.rights,
        mail=f"{name.lower().replace(' ', '.')}@{agency}.example",
        phone=f"0117 496 01{number}",
        account=Account(TenantId(tenant), ObjectId(PEOPLE[name])),
        manager=person_id(manager) if manager else None,
        deputy=None,
        hours=None,
    )


def person_id(name: str) -> PersonId:
    return PersonId(f"person-{name.lower().replace(' ', '-')}")
