"""Secure links and visits in SQL: digests are kept, never a secret, and a code is encrypted besides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, update

from discussions.ids import SecureLinkId
from discussions.needs.secure import PageVisit, SecureLink
from discussions.people import PersonId
from storage.rows import Rows, Transaction
from storage.tables import page_visit, secure_link

LINKS = Rows(secure_link, SecureLink)
VISITS = Rows(page_visit, PageVisit, key="digest")
_CHANGING = ("ended_at", "ended_why", "codes_since", "codes_made", "code", "code_expires_at", "tries")
_FIND = LINKS.select.where(secure_link.c.digest == bindparam("digest"))
_NOT_ENDED = LINKS.select.where(secure_link.c.ended_at.is_(None)).order_by(secure_link.c.made_at, secure_link.c.id)
_OF_SUBJECT = _NOT_ENDED.where(secure_link.c.subject == bindparam("subject"))
_LIVE = _NOT_ENDED.where(secure_link.c.expires_at > bindparam("now"))
_SAVE = (
    update(secure_link)
    .where(secure_link.c.id == bindparam("its_id"))
    .values({name: bindparam(f"new_{name}") for name in _CHANGING})
)
_SAY = update(page_visit).where(page_visit.c.digest == bindparam("its_digest")).values(said=bindparam("person"))
_LEAVE = page_visit.delete().where(page_visit.c.digest == bindparam("its_digest"))


class SecureLinksInSql:
    __slots__ = ("_tx",)

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def add(self, link: SecureLink) -> None:
        LINKS.add(self._tx, [link])

    def find(self, digest: str) -> SecureLink | None:
        return LINKS.one(self._tx, _FIND, digest=digest)

    def link(self, id: SecureLinkId) -> SecureLink | None:
        return LINKS.find(self._tx, id)

    def save(self, link: SecureLink) -> None:
        row = LINKS.values(self._tx, link)
        self._tx.do(_SAVE, its_id=link.id, **{f"new_{name}": row[name] for name in _CHANGING})

    def of_subject(self, subject: str) -> Sequence[SecureLink]:
        return LINKS.all(self._tx, _OF_SUBJECT, subject=subject)

    def live(self, now: datetime) -> Sequence[SecureLink]:
        return LINKS.all(self._tx, _LIVE, now=now)

    def begin(self, visit: PageVisit) -> None:
        VISITS.add(self._tx, [visit])

    def visit(self, digest: str) -> PageVisit | None:
        return VISITS.find(self._tx, digest)

    def say_who(self, digest: str, person: PersonId) -> None:
        self._tx.do(_SAY, its_digest=digest, person=person)

    def leave(self, digest: str) -> None:
        self._tx.do(_LEAVE, its_digest=digest)
