"""Turning keys: everything sealed with an older key is sealed again with the newest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Column, Table, and_, bindparam, or_, select

from discussions.booking.discussion import Child
from discussions.trail import Deed, Entry
from storage.columns import METADATA, is_secret, row_id
from storage.database import Database
from storage.discussions import CHILDREN, child_fingerprint
from storage.people import PEOPLE, mail_fingerprint
from storage.rows import Transaction, Values
from storage.tables import child, person

BATCH = 500


def rotate(database: Database, now: datetime, batch: int = BATCH) -> int:
    """Gives the number of rows that were turned. Each batch is a transaction of its own and rows that are done are
    passed over, so after an interruption it is simply run again. Afterwards the older keys may leave the ring."""
    turned = 0
    for table in METADATA.sorted_tables:
        if any(is_secret(column) for column in table.c):
            turned += _rotate_table(database, table, batch)
    with database.transaction() as store:
        store.trail.write(Entry(Deed.KEYS_ROTATED, now, None, what=database.keyring.newest))
    return turned


def _rotate_table(database: Database, table: Table, batch: int) -> int:
    turned = 0
    while True:
        with database.begin() as tx:
            rows = tx.connection.execute(_old_rows(table, database.keyring.newest, batch)).mappings().all()
            tx.do_for_each(_update(table), [_turned(tx, table, dict(row)) for row in rows])
        turned += len(rows)
        if len(rows) < batch:
            return turned


def _sealed_columns(table: Table) -> list[Column[Any]]:
    return [column for column in table.c if is_secret(column)]


def _fingerprints(table: Table) -> list[Column[Any]]:
    return [column for column in table.c if column.info.get("fingerprint")]


def _old_rows(table: Table, newest: str, batch: int) -> Any:
    def is_old(column: Column[Any], prefix: str) -> Any:
        return and_(column.is_not(None), ~column.startswith(prefix, autoescape=True))

    old = [is_old(column, f"v1.{newest}.") for column in _sealed_columns(table)]
    old += [is_old(column, f"{newest}.") for column in _fingerprints(table)]
    return select(table).where(or_(*old)).order_by(row_id(table)).limit(batch).with_for_update()


@cache
def _update(table: Table) -> Any:
    changed = [*_sealed_columns(table), *_fingerprints(table)]
    return (
        table.update()
        .where(row_id(table) == bindparam("its_id"))
        .values({column.name: bindparam(f"new_{column.name}") for column in changed})
    )


def _turned(tx: Transaction, table: Table, row: Mapping[str, Any]) -> Values:
    id = row[row_id(table).name]
    new: Values = {"its_id": id}
    for column in _sealed_columns(table):
        token = row[column.name]
        plain = None if token is None else tx.keyring.open(token, table.name, column.name, id)
        new[f"new_{column.name}"] = None if plain is None else tx.keyring.seal(plain, table.name, column.name, id)
    for column in _fingerprints(table):
        found = None if row[column.name] is None else _FINGERPRINT[table.name](tx, row)
        new[f"new_{column.name}"] = found
    return new


def _of_person(tx: Transaction, row: Mapping[str, Any]) -> str | None:
    them = PEOPLE.thing(tx, [row[column.name] for column in PEOPLE.columns])
    return mail_fingerprint(tx, them.mail)


def _of_child(tx: Transaction, row: Mapping[str, Any]) -> str | None:
    its: Child = CHILDREN.thing(tx, [row[column.name] for column in CHILDREN.columns])
    return child_fingerprint(tx, its)


_FINGERPRINT: Mapping[str, Callable[[Transaction, Mapping[str, Any]], str | None]] = {
    person.name: _of_person,
    child.name: _of_child,
}
