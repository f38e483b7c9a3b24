"""Who is who: agencies, desks and people of the directory, and the accounts by which Teams knows them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

TenantId = NewType("TenantId", str)
ObjectId = NewType("ObjectId", str)
PersonId = NewType("PersonId", str)
DeskId = NewType("DeskId", str)
AgencyId = NewType("AgencyId", str)


@dataclass(frozen=True, slots=True)
class Account:
    """A person as Teams knows them: home tenant and Entra object id, both lower case. Never a display name."""

    tenant: TenantId
    object_id: ObjectId


class Right(StrEnum):
    """What a role of the practice file lets its holder do anywhere; the rest is decided per discussion by `access`."""

    BOOK = "book"
    CHAIR = "chair"
    MINUTE = "minute"
    OVERSEE = "oversee"
    ADMINISTER = "administer"
    LEAD = "lead"
    """Says when their own desk can come. The directory gives it to a person, since it goes with the rota."""


@dataclass(frozen=True, slots=True)
class Agency:
    """`category` is the practice file's agency code that quorum counts by: CSC, POLICE, HEALTH, EDUCATION, …"""

    id: AgencyId
    name: str
    category: str


@dataclass(frozen=True, slots=True)
class Desk:
    """A rota with a mailbox: addressed before any named person. `hours` as written, e.g. "Mon-Fri 08:00-17:00"."""

    id: DeskId
    agency: AgencyId
    name: str
    mail: str | None
    phone: str | None
    hours: str | None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the directory. `role` is the practice file's role code, `role_name` what their agency calls it."""

    id: PersonId
    agency: AgencyId
    desk: DeskId | None
    name: str
    role: str
    role_name: str
    rights: frozenset[Right]
    mail: str | None = None
    phone: str | None = None
    account: Account | None = None
    manager: PersonId | None = None
    deputy: PersonId | None = None
    hours: str | None = None

    def may(self, right: Right) -> bool:
        return right in self.rights
