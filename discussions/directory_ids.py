"""Whom of a new directory we know already: ids stay, since actions and invitations of years hang on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID, uuid5

from discussions.directory_rows import PersonRow
from discussions.needs import NewId, PeopleStore
from discussions.people import AgencyId, DeskId, Person, PersonId
from discussions.practice.types import as_spoken

# Whatever else changes, this must not: ids are derived from it.
_NAMESPACE = UUID("6f2c1b7e-5a0d-4c39-9d3e-2b8f7a41c6d0")


def agency_id(agency: str) -> AgencyId:
    return AgencyId(_derive("agency", as_spoken(agency)))


def desk_id(agency: str, desk: str) -> DeskId:
    return DeskId(_derive("desk", as_spoken(agency), as_spoken(desk)))


def find_ids(
    rows: Sequence[PersonRow], before: Sequence[Person], store: PeopleStore, new_id: NewId
) -> dict[int, PersonId]:
    """The id for each person's line; `before` are the people of the directory so far.

    The same account is the same person. So is the same mail address, unless account or name speak against it (an
    address may be passed on), and the same agency and name of somebody of whom nothing else was known.
    """
    known = _Known(before)
    ids: dict[int, PersonId] = {}
    for find in (known.by_account, known.by_mail, known.by_name):
        for row in rows:
            if row.line not in ids and (them := find(row)):
                ids[row.line] = known.claim(them)
    taken = {them.id for them in before}
    for row in rows:
        if row.line not in ids:
            ids[row.line] = _find_new_id(row, taken, store) or PersonId(new_id())
            taken.add(ids[row.line])
    return ids


class _Known:
    """The people of the directory so far, each of whom can be claimed by one line."""

    def __init__(self, before: Sequence[Person]) -> None:
        self._left = {them.id for them in before}
        self._by_account = {them.account: them for them in before if them.account}
        self._by_mail = {them.mail.casefold(): them for them in before if them.mail}
        bare = (them for them in before if not them.mail and not them.account)
        self._by_name = {(them.agency, as_spoken(them.name)): them for them in bare}

    def by_account(self, row: PersonRow) -> Person | None:
        return self._if_left(self._by_account.get(row.account)) if row.account else None

    def by_mail(self, row: PersonRow) -> Person | None:
        found = self._if_left(self._by_mail.get(row.mail.casefold())) if row.mail else None
        return found if found and _may_be(row, found) else None

    def by_name(self, row: PersonRow) -> Person | None:
        return self._if_left(self._by_name.get((agency_id(row.agency), as_spoken(row.name))))

    def claim(self, them: Person) -> PersonId:
        self._left.remove(them.id)
        return them.id

    def _if_left(self, them: Person | None) -> Person | None:
        return them if them and them.id in self._left else None


def _may_be(row: PersonRow, them: Person) -> bool:
    """A name may change in part, by marriage or correction; a name without one word in common is another's."""
    contradicts = row.account and them.account and row.account != them.account
    return not contradicts and not set(as_spoken(row.name).split()).isdisjoint(as_spoken(them.name).split())


def _find_new_id(row: PersonRow, taken: set[PersonId], store: PeopleStore) -> PersonId | None:
    """The first derived id that is nobody else's, also of none who left: who comes back finds their own again."""
    for id in _derive_person_ids(row):
        kept = None if id in taken else store.person(id)
        if id not in taken and (kept is None or _may_be(row, kept)):
            return id
    return None


def _derive_person_ids(row: PersonRow) -> Iterator[PersonId]:
    if row.mail:
        yield PersonId(_derive("mail", row.mail.casefold()))
    if row.account:
        yield PersonId(_derive("account", row.account.tenant, row.account.object_id))
    yield PersonId(_derive("name", as_spoken(row.agency), as_spoken(row.name)))


def _derive(*parts: str) -> str:
    # A cell holds no line break, so it keeps the parts apart.
    return str(uuid5(_NAMESPACE, "\n".join(parts)))
