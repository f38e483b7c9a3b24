"""The directory in SQL: agencies, desks and people."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, func, select

from discussions.mailboxes import desk_of_mailbox, mailbox
from discussions.people import Account, Agency, AgencyId, Desk, DeskId, ObjectId, Person, PersonId, Right, TenantId
from discussions.refusals import NotFound
from storage.rows import Rows, Transaction, Upserts, Values
from storage.tables import agency, desk, person

MOST_FOUND = 20
_MAIL = "mail"
_NAMES = [
    *("id", "agency", "desk", "name", "role", "role_name", "rights", "mail", "phone"),
    *("tenant", "object_id", "manager", "deputy", "hours"),
]


def _person(*columns: Any) -> Person:
    fields = dict(zip(_NAMES, columns, strict=True))
    tenant, object_id = fields.pop("tenant"), fields.pop("object_id")
    return Person(**fields, account=Account(tenant, object_id) if object_id else None)


def _fields(them: Person, account: Account | None) -> Values:
    fields = {name: getattr(them, name) for name in _NAMES if name not in ("tenant", "object_id")}
    return fields | _account(account)


def _account(account: Account | None) -> Values:
    if account is None:
        return {"tenant": None, "object_id": None}
    return {"tenant": TenantId(account.tenant.lower()), "object_id": ObjectId(account.object_id.lower())}


def _plain(mail: str) -> str:
    return mail.strip().casefold()


def mail_fingerprint(tx: Transaction, mail: str | None) -> str | None:
    return tx.keyring.fingerprint(_MAIL, _plain(mail)) if mail else None


def _by_name(people: Iterable[Person]) -> list[Person]:
    return sorted(people, key=lambda them: (them.name.casefold(), them.id))


AGENCIES = Rows(agency, Agency, are_known=True)
DESKS = Rows(desk, Desk, are_known=True)
PEOPLE = Rows(person, _person, _NAMES, are_known=True)
_PUT_AGENCY = Upserts(agency, by=["id"])
_PUT_DESK = Upserts(desk, by=["id"])
_PUT_PERSON = Upserts(person, by=["id"])

_ALL_AGENCIES = AGENCIES.select.where(agency.c.active).order_by(agency.c.name)
_DESKS = DESKS.select.where(desk.c.agency == bindparam("agency"), desk.c.active).order_by(desk.c.name)
_AT_DESK = PEOPLE.select.where(person.c.desk == bindparam("desk"), person.c.active)
_OF_AGENCY = PEOPLE.select.where(person.c.agency == bindparam("agency"), person.c.active)
_AMONG = PEOPLE.select.where(person.c.id.in_(bindparam("ids", expanding=True)))
_EVERYBODY = PEOPLE.select.where(person.c.active)
_NAMES_ALONE = select(person.c.id, person.c.name).where(person.c.active)
_BY_ACCOUNT = PEOPLE.select.where(
    person.c.tenant == bindparam("tenant"), person.c.object_id == bindparam("object_id"), person.c.active
)
_BY_MAIL = PEOPLE.select.where(
    person.c.mail_fingerprint.in_(bindparam("fingerprints", expanding=True)), person.c.active
).limit(2)
_HOLDING = PEOPLE.select.where(person.c.active, person.c.rights.contains(bindparam("quoted"), autoescape=False))
_LISTED = select(person.c.id).where(person.c.id == bindparam("person"), person.c.active)
_OPEN_MAILBOX = select(desk.c.id).where(desk.c.id == bindparam("desk"), desk.c.active, desk.c.mail.is_not(None))
_COUNT = select(func.count()).select_from(person)

_LINK = (
    person.update()
    .where(person.c.id == bindparam("them"), person.c.active)
    .values(tenant=bindparam("tenant"), object_id=bindparam("object_id"))
)
# Who has left keeps the name for old records, but has no right and no way in.
_RETIRE = person.update().values(active=False, rights="[]", tenant=None, object_id=None, mail_fingerprint=None)
_CLOSE_DESKS = desk.update().values(active=False)
_CLOSE_AGENCIES = agency.update().values(active=False)


class PeopleInSql:
    __slots__ = ("_tx",)

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def agencies(self) -> Sequence[Agency]:
        return AGENCIES.all(self._tx, _ALL_AGENCIES)

    def desks(self, agency: AgencyId) -> Sequence[Desk]:
        return DESKS.all(self._tx, _DESKS, agency=agency)

    def at_desk(self, desk: DeskId) -> Sequence[Person]:
        return _by_name(PEOPLE.all(self._tx, _AT_DESK, desk=desk))

    def of_agency(self, agency: AgencyId) -> Sequence[Person]:
        return _by_name(PEOPLE.all(self._tx, _OF_AGENCY, agency=agency))

    def agency(self, id: AgencyId) -> Agency:
        """Raises NotFound for an id that no agency ever had."""
        found = AGENCIES.find(self._tx, id)
        if found is None:
            raise NotFound("agency")
        return found

    def desk(self, id: DeskId) -> Desk:
        """Raises NotFound for an id that no desk ever had."""
        found = DESKS.find(self._tx, id)
        if found is None:
            raise NotFound("desk")
        return found

    def person(self, id: PersonId) -> Person | None:
        box = desk_of_mailbox(id)
        return self._mailbox(box) if box else PEOPLE.find(self._tx, id)

    def people(self, ids: Collection[PersonId]) -> Mapping[PersonId, Person]:
        known = PEOPLE.known(self._tx)
        found = {id: known[id] for id in ids if id in known}
        unknown = [id for id in ids if id not in known and desk_of_mailbox(id) is None]
        read = PEOPLE.all(self._tx, _AMONG, ids=unknown) if unknown else []
        boxes = [self._mailbox(box) for id in ids if (box := desk_of_mailbox(id))]
        return found | {them.id: them for them in (*read, *boxes) if them is not None}

    def _mailbox(self, id: DeskId) -> Person | None:
        found = DESKS.find(self._tx, id)
        return None if found is None else mailbox(found)

    def is_listed(self, id: PersonId) -> bool:
        box = desk_of_mailbox(id)
        if box is not None:
            return self._tx.do(_OPEN_MAILBOX, desk=box).first() is not None
        return self._tx.do(_LISTED, person=id).first() is not None

    def by_account(self, account: Account) -> Person | None:
        return PEOPLE.one(self._tx, _BY_ACCOUNT, **_account(account))

    def by_mail(self, mail: str) -> Person | None:
        fingerprints = self._tx.keyring.fingerprints(_MAIL, _plain(mail))
        found = PEOPLE.all(self._tx, _BY_MAIL, fingerprints=fingerprints)
        return found[0] if len(found) == 1 else None

    def named(self, words: str) -> Sequence[Person]:
        """Names are kept encrypted, so this opens all of them: some 10 ms for two thousand people."""
        wanted = words.casefold().split()
        if not wanted:
            return []
        found = [
            id
            for id, sealed in self._tx.do(_NAMES_ALONE)
            if _holds_all(self._tx.keyring.open(sealed, "person", "name", id), wanted)
        ]
        return _by_name(self.people(found).values())[:MOST_FOUND]

    def holding(self, right: Right) -> Sequence[Person]:
        return _by_name(PEOPLE.all(self._tx, _HOLDING, quoted=f'"{right.value}"'))

    def link(self, person: PersonId, account: Account) -> None:
        self._tx.do(_LINK, them=person, **_account(account))

    def note_said(self, person: Person) -> None:
        more = {"active": False, "mail_fingerprint": None}
        _PUT_PERSON.put(self._tx, PEOPLE.sealed(self._tx, _fields(person, None)) | more)

    def is_empty(self) -> bool:
        return bool(self._tx.do(_COUNT).value() == 0)

    def replace_all(self, agencies: Sequence[Agency], desks: Sequence[Desk], people: Sequence[Person]) -> None:
        linked = {them.id: them for them in PEOPLE.all(self._tx, _EVERYBODY) if them.account}
        for statement in (_RETIRE, _CLOSE_DESKS, _CLOSE_AGENCIES):
            self._tx.do(statement)
        _PUT_AGENCY.put_all(self._tx, [AGENCIES.values(self._tx, each) | {"active": True} for each in agencies])
        _PUT_DESK.put_all(self._tx, [DESKS.values(self._tx, each) | {"active": True} for each in desks])
        given = {them.account for them in people if them.account}
        _PUT_PERSON.put_all(self._tx, [self._row(them, linked.get(them.id), given) for them in people])

    def _row(self, them: Person, before: Person | None, given: Collection[Account]) -> Values:
        account = them.account or _kept_account(them, before, given)
        more = {"active": True, "mail_fingerprint": mail_fingerprint(self._tx, them.mail)}
        return PEOPLE.sealed(self._tx, _fields(them, account)) | more


def _kept_account(them: Person, before: Person | None, given: Collection[Account]) -> Account | None:
    """The account that was linked by mail, as long as the mail is the same and nobody else brings that account."""
    if before is None or before.account in given or not them.mail or not before.mail:
        return None
    return before.account if _plain(them.mail) == _plain(before.mail) else None


def _holds_all(name: str, wanted: Sequence[str]) -> bool:
    plain = name.casefold()
    return all(word in plain for word in wanted)
