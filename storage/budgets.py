"""Budgets in SQL: what was sent lately, and which hosts have asked for rest, shared by all replicas."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select

from storage.rows import Transaction, Upserts
from storage.tables import rest, spent
from storage.turns import lock_number

_LOCK = select(func.pg_advisory_xact_lock(bindparam("number")))
_names: Any = bindparam("names", expanding=True)
_SPENT = (
    select(spent.c.name, spent.c.at)
    .where(spent.c.name.in_(_names), spent.c.at > bindparam("since", type_=spent.c.at.type))
    .order_by(spent.c.name, spent.c.at.desc())
)
_SPEND = spent.insert().inline()
_FORGET = spent.delete().where(spent.c.name.in_(_names), spent.c.at <= bindparam("before", type_=spent.c.at.type))
_RESTS = select(rest.c.host, rest.c.until).where(rest.c.until > bindparam("now", type_=rest.c.until.type))
_REST = Upserts(rest, by=["host"])
_UNTIL = select(rest.c.until).where(rest.c.host == bindparam("host"))


class BudgetsInSql:
    """Moments are those of whoever sends: the clocks of replicas must agree within a second or so."""

    __slots__ = ("_tx",)

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def lock(self) -> None:
        """SQLite has one writer at a time anyway."""
        if self._tx.is_postgresql:
            self._tx.do(_LOCK, number=lock_number("budgets"))

    def spent(self, names: Collection[str], since: datetime) -> Mapping[str, Sequence[datetime]]:
        found: dict[str, list[datetime]] = {name: [] for name in names}
        for name, at in self._tx.do(_SPENT, names=list(found), since=since):
            found[name].append(at)
        return found

    def spend(self, names: Sequence[str], now: datetime, forget: datetime) -> None:
        self._tx.do_for_each(_SPEND, [{"name": name, "at": now} for name in names])
        self._tx.do(_FORGET, names=list(set(names)), before=forget)

    def rest(self, host: str, until: datetime) -> None:
        known: datetime | None = self._tx.do(_UNTIL, host=host).value()
        if known is None or known < until:
            _REST.put(self._tx, {"host": host, "until": until})

    def rests(self, now: datetime) -> Mapping[str, datetime]:
        return {str(host): until for host, until in self._tx.do(_RESTS, now=now)}
