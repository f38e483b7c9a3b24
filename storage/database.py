"""The database: use-cases as transactions in threads, and the way from an asynchronous roof into them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from discussions.clocks import Calendar
from discussions.needs import Means, NewId, OutOfReach
from discussions.practice.types import Practice
from storage.engines import POOL_SIZE, make_engine, read_url
from storage.keyring import Keyring
from storage.rows import Transaction
from storage.shared_commits import SharedCommits
from storage.store import StoreInSql

R = TypeVar("R")
TRIES = 5
# PostgreSQL's words for "others were in the way, try again": serialisation failure, deadlock.
_TRY_AGAIN = ("40001", "40P01")


class Database:
    """SQLite gets one thread and so one writer in this process; PostgreSQL gets as many threads as connections."""

    def __init__(self, url: str, keyring: Keyring, pool_size: int = POOL_SIZE) -> None:
        self.url = url
        self.keyring = keyring
        self.is_sqlite = read_url(url).drivername == "sqlite"
        self.engine = make_engine(url, pool_size)
        self.threads = ThreadPoolExecutor(1 if self.is_sqlite else pool_size, thread_name_prefix="storage")
        self.shared_commits = SharedCommits(self.begin, self.threads) if self.is_sqlite else None

    @contextmanager
    def transaction(self) -> Iterator[StoreInSql]:
        """Everything kept, until the block ends: then it is committed, or rolled back if it raised."""
        with self.begin() as tx:
            store = StoreInSql(tx)
            yield store
            store.finish()

    @contextmanager
    def begin(self) -> Iterator[Transaction]:
        with self.engine.begin() as connection:
            yield Transaction(connection, self.keyring)

    def is_answering(self) -> bool:
        """Whether a statement gets through: for the readiness check. False, never an exception of the driver."""
        try:
            with self.engine.connect() as connection:
                return bool(connection.execute(text("SELECT 1")).scalar_one() == 1)
        except DBAPIError:
            return False

    def close(self) -> None:
        self.threads.shutdown()
        self.engine.dispose()


def open_database(url: str, keys: Keyring | str) -> Database:
    """`url` as in the settings; `keys` a ring or its setting. Raises BadDatabaseUrl, BadKeys; does not migrate."""
    return Database(url, keys if isinstance(keys, Keyring) else Keyring.from_setting(keys))


class TransactionsInSql:
    """Runs use-cases. They are plain functions over their means, so one that lost a race can be run again."""

    def __init__(
        self,
        database: Database,
        practice: Practice,
        calendar: Calendar,
        now: Callable[[], datetime],
        new_id: NewId,
        makes_meetings: bool = False,
    ) -> None:
        self._makes_meetings = makes_meetings
        self.database = database
        self._practice = practice
        self._calendar = calendar
        self._now = now
        self._new_id = new_id

    async def run(self, use_case: Callable[..., R], *arguments: object) -> R:
        shared = self.database.shared_commits
        if shared is not None:
            return await shared.run(lambda tx: self._use(tx, use_case, arguments))
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.database.threads, self._run, use_case, arguments)

    def run_now(self, use_case: Callable[..., R], *arguments: object) -> R:
        """The same without a loop, for the command line; in the same thread as all others, so that none is passed."""
        shared = self.database.shared_commits
        if shared is not None:
            return shared.run_now(lambda tx: self._use(tx, use_case, arguments))
        return self.database.threads.submit(self._run, use_case, arguments).result()

    def _run(self, use_case: Callable[..., R], arguments: tuple[object, ...]) -> R:
        for tries_left in reversed(range(TRIES)):
            try:
                return self._run_once(use_case, arguments)
            except DBAPIError as error:
                if not tries_left or not _is_lost_race(error):
                    raise
        raise AssertionError("the last try returns or raises")

    def _run_once(self, use_case: Callable[..., R], arguments: tuple[object, ...]) -> R:
        is_ready = False
        try:
            with self.database.begin() as tx:
                result = self._use(tx, use_case, arguments)
                is_ready = True
            return result
        except (OperationalError, InterfaceError) as error:
            if _is_lost_race(error):
                raise
            # what broke while it was being committed may be there or not
            raise OutOfReach(is_in_doubt=is_ready) from error

    def _use(self, tx: Transaction, use_case: Callable[..., R], arguments: tuple[object, ...]) -> R:
        store = StoreInSql(tx)
        now, makes_meetings = self._now(), self._makes_meetings
        result = use_case(Means(store, self._practice, self._calendar, now, self._new_id, makes_meetings), *arguments)
        store.finish()
        return result


def _is_lost_race(error: DBAPIError) -> bool:
    """PostgreSQL alone says so; on SQLite there is one writer, and the others wait."""
    return getattr(error.orig, "sqlstate", None) in _TRY_AGAIN
