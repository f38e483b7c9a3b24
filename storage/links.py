"""One-time links in SQL: the digest of the secret is kept, never the secret."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, update

from discussions.needs import OneTimeLink
from storage.rows import Rows, Transaction
from storage.tables import link

LINKS = Rows(link, OneTimeLink, key="digest")
_USE = (
    update(link)
    .where(link.c.digest == bindparam("its_digest"), link.c.used_at.is_(None), link.c.expires_at > bindparam("now"))
    .values(used_at=bindparam("now"))
)


class LinksInSql:
    __slots__ = ("_tx",)

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def add(self, link: OneTimeLink) -> None:
        LINKS.add(self._tx, [link])

    def find(self, digest: str) -> OneTimeLink | None:
        return LINKS.find(self._tx, digest)

    def use(self, digest: str, now: datetime) -> bool:
        """True once, and only before it expires."""
        return self._tx.do(_USE, its_digest=digest, now=now).changed == 1
