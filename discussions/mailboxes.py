"""A desk's mailbox as somebody who can be told: it has an id of its own, and nobody's rights or account."""

from __future__ import annotations

from typing import Final

from discussions.people import Desk, DeskId, Person, PersonId

MAILBOX: Final = "mailbox:"
ROLE: Final = "MAILBOX"


def mailbox_id(desk: DeskId) -> PersonId:
    return PersonId(f"{MAILBOX}{desk}")


def desk_of_mailbox(id: PersonId) -> DeskId | None:
    return DeskId(id.removeprefix(MAILBOX)) if id.startswith(MAILBOX) else None


def mailbox(desk: Desk) -> Person:
    """Whoever reads it speaks for the desk, and says who they are."""
    return Person(
        id=mailbox_id(desk.id),
        agency=desk.agency,
        desk=desk.id,
        name=desk.name,
        role=ROLE,
        role_name="Desk",
        rights=frozenset(),
        mail=desk.mail,
        phone=desk.phone,
        hours=desk.hours,
    )
