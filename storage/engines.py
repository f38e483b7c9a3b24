"""Engines: a plain database address becomes a SQLite or PostgreSQL engine that is set up as the house wants it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool

BUSY_MILLISECONDS = 30_000
POOL_SIZE = 8
# Seconds, and milliseconds for the user timeout: a server that is gone without a word is given up this soon, not after
# a quarter of an hour. libpq's own names; whoever writes one into the address decides it.
NOTICED_WHEN_GONE = {
    "connect_timeout": "5",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "20000",
}


class BadDatabaseUrl(ValueError):
    """The address can't be used. The sentence never repeats it, since it may hold a password."""


def read_url(url: str) -> URL:
    """Takes `sqlite:///path` and `postgresql://user@host/name`, and adds the driver. Raises BadDatabaseUrl."""
    try:
        read = make_url(url)
    except ArgumentError:
        raise BadDatabaseUrl(_EXAMPLES) from None
    if read.drivername == "sqlite" and read.database and read.database != ":memory:":
        return read
    if read.drivername in ("postgresql", "postgres", "postgresql+psycopg") and read.database:
        return read.set(drivername="postgresql+psycopg")
    raise BadDatabaseUrl(_EXAMPLES)


_EXAMPLES = "A database address reads sqlite:///var/chairside.db or postgresql://user@host/name."


def make_engine(
    url: str, pool_size: int = POOL_SIZE, keep_connections: bool = True, reads_only: bool = False
) -> Engine:
    """`reads_only` gives transactions that see one moment of the database and keep no writer waiting."""
    read = read_url(url)
    pool: dict[str, Any] = {"poolclass": NullPool}
    if keep_connections:
        pool = {"pool_size": pool_size, "max_overflow": 2, "pool_pre_ping": read.drivername != "sqlite"}
    return (_sqlite if read.drivername == "sqlite" else _postgresql)(read, pool, reads_only)


def _sqlite(url: URL, pool: dict[str, Any], reads_only: bool) -> Engine:
    _make_private_file(Path(str(url.database)))
    engine = create_engine(url, connect_args={"cached_statements": 256}, **pool)
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_reading if reads_only else _begin_writing)
    return engine


def _postgresql(url: URL, pool: dict[str, Any], reads_only: bool) -> Engine:
    isolation = "REPEATABLE READ" if reads_only else "READ COMMITTED"
    given = {name: value for name, value in NOTICED_WHEN_GONE.items() if name not in url.query}
    connect_args = {"options": "-c timezone=UTC", **given}
    return create_engine(url, connect_args=connect_args, isolation_level=isolation, **pool)


def _make_private_file(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _set_up_sqlite(connection: Any, _: object) -> None:
    # Python's sqlite3 would begin transactions late and by itself; we say when.
    connection.isolation_level = None
    for setting in (
        f"busy_timeout = {BUSY_MILLISECONDS}",
        "journal_mode = WAL",
        # FULL: what the chair was told is saved outlives a power cut too.
        "synchronous = FULL",
        "foreign_keys = ON",
        "secure_delete = ON",
    ):
        connection.execute(f"PRAGMA {setting}")


def _begin_reading(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN")


def _begin_writing(connection: Any) -> None:
    # Taking the write lock first keeps a transaction from failing half-way because another was quicker.
    connection.exec_driver_sql("BEGIN IMMEDIATE")
