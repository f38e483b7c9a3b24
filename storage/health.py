"""Looks at a database without changing it: who is in the directory, and what can't be opened with the keys at hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy import Connection, Table, func, select
from sqlalchemy.exc import SQLAlchemyError

from storage.columns import METADATA, is_secret, row_id
from storage.engines import make_engine
from storage.keyring import CannotOpen, Keyring
from storage.tables import person

BATCH: Final = 500

DATABASE_FAULTS: Final = (SQLAlchemyError,)
"""What any statement may raise when the database is away, full, locked or not ours."""


def count_people(url: str) -> int:
    with reading(url) as connection:
        counting = select(func.count()).select_from(person).where(person.c.active)
        return int(connection.execute(counting).scalar_one())


def count_unreadable(url: str, keyring: Keyring | None) -> int:
    """How many encrypted values do not open; without a key ring that is all of them. Opens every one: some µs each."""
    with reading(url) as connection:
        return sum(_count_unreadable_in(connection, table, keyring) for table in METADATA.sorted_tables)


@contextmanager
def reading(url: str) -> Iterator[Connection]:
    """One moment of the database; nobody who writes meanwhile waits."""
    with make_engine(url, keep_connections=False, reads_only=True).begin() as connection:
        yield connection


def _count_unreadable_in(connection: Connection, table: Table, keyring: Keyring | None) -> int:
    columns = [column for column in table.c if is_secret(column)]
    if not columns:
        return 0
    rows = connection.execute(select(row_id(table), *columns).execution_options(yield_per=BATCH))
    return sum(
        not _opens(keyring, token, table.name, column.name, row)
        for row, *tokens in rows
        for column, token in zip(columns, tokens, strict=True)
        if token is not None
    )


def _opens(keyring: Keyring | None, token: str, table: str, column: str, row: str) -> bool:
    if keyring is None:
        return False
    try:
        keyring.open(token, table, column, row)
    except CannotOpen:
        return False
    return True
