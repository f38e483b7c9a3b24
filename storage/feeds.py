"""How the calendar feeds of desks stand, in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime

from sqlalchemy import bindparam, or_, update

from discussions.people import DeskId
from discussions.slots.feed import Feed
from storage.rows import Rows, Transaction, Upserts
from storage.tables import feed

FEEDS = Rows(feed, Feed, key="desk")
_ADD = Upserts(feed, by=["desk"])
_CLAIM = (
    update(feed)
    .where(
        feed.c.desk == bindparam("its_desk"),
        or_(feed.c.next_at <= bindparam("now"), feed.c.digest != bindparam("its_digest")),
        or_(feed.c.leased_until.is_(None), feed.c.leased_until <= bindparam("now")),
    )
    .values(token=bindparam("its_token"), leased_until=bindparam("until"))
)
_CHANGING = [field.name for field in fields(Feed) if field.name not in ("desk", "token")]
_SAVE = (
    update(feed)
    .where(feed.c.desk == bindparam("its_desk"), feed.c.token == bindparam("its_token"))
    .values({name: bindparam(f"new_{name}") for name in _CHANGING})
)
_FAILING = FEEDS.select.where(feed.c.failures >= bindparam("least")).order_by(feed.c.desk)


class FeedsInSql:
    __slots__ = ("_tx",)

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def feed(self, desk: DeskId) -> Feed | None:
        return FEEDS.find(self._tx, desk)

    def add(self, feed: Feed) -> bool:
        return _ADD.add(self._tx, FEEDS.values(self._tx, feed))

    def claim(self, desk: DeskId, digest: str, now: datetime, until: datetime, token: str) -> bool:
        mine = {"its_digest": digest, "until": until, "its_token": token}
        return self._tx.do(_CLAIM, its_desk=desk, now=now, **mine).changed == 1

    def save(self, feed: Feed) -> bool:
        row = FEEDS.values(self._tx, feed)
        changing = {f"new_{name}": row[name] for name in _CHANGING}
        return self._tx.do(_SAVE, its_desk=feed.desk, its_token=feed.token, **changing).changed == 1

    def failing(self, least: int) -> Sequence[Feed]:
        return FEEDS.all(self._tx, _FAILING, least=least)
