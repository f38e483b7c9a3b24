"""What can go wrong within a replica: it dies at a named moment, or its database fails it once."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import psycopg
from sqlalchemy.exc import OperationalError

Run = Callable[..., Awaitable[Any]]
DIES, FAILS, LOSES = "dies", "fails", "loses a race"


class Killed(BaseException):
    """Nothing in the product may catch it, as nothing can catch a SIGKILL."""


@dataclass(frozen=True, slots=True)
class Moment:
    """`when`: before, in (all done, nothing committed yet) or after a use-case; `effect` other than DIES only in."""

    when: str
    use_case: str
    effect: str = DIES


class Trouble:
    """Stands around the transactions of one replica. Once it has died, nothing more is done by it."""

    def __init__(self, database_url: str) -> None:
        self._database_url = database_url
        self.planned: Moment | None = None
        self.met: list[Moment] = []
        self.is_dead = False

    def around(self, run: Run) -> Run:
        async def run_in_trouble(use_case: Callable[..., Any], *arguments: object) -> Any:
            self._still_lives()
            moment = self._take(use_case.__name__)
            if moment is not None and moment.when == "before":
                self._die()
            try:
                answer = await run(use_case if moment is None else self._within(moment, use_case), *arguments)
            except Killed:
                raise asyncio.CancelledError from None
            if moment is not None and moment.when == "after":
                self._die()
            self._still_lives()
            return answer

        return run_in_trouble

    def _take(self, name: str) -> Moment | None:
        moment = self.planned
        if moment is None or moment.use_case != name:
            return None
        self.planned = None
        self.met.append(moment)
        return moment

    def _within(self, moment: Moment, use_case: Callable[..., Any]) -> Callable[..., Any]:
        if moment.when != "in":
            return use_case
        tries = iter(range(1))

        def use_in_trouble(means: Any, *arguments: object) -> Any:
            answer = use_case(means, *arguments)
            if next(tries, None) is None:
                return answer
            if moment.effect == DIES:
                self.is_dead = True
                raise Killed
            self._fail(moment.effect)
            return answer

        return use_in_trouble

    def _fail(self, effect: str) -> None:
        """On PostgreSQL the connection really breaks, so that the commit fails; on SQLite it finds the file locked."""
        if self._database_url.startswith("sqlite"):
            raise OperationalError("", None, sqlite3.OperationalError("database is locked"))
        if effect == LOSES:
            raise OperationalError("", None, psycopg.errors.DeadlockDetected())
        with psycopg.connect(self._database_url, autocommit=True) as other:
            other.execute(
                "SELECT pg_terminate_backend(pid, 1000) FROM pg_stat_activity"
                " WHERE datname = current_database() AND state = 'idle in transaction'"
            )

    def _die(self) -> None:
        self.is_dead = True
        raise asyncio.CancelledError

    def _still_lives(self) -> None:
        if self.is_dead:
            raise asyncio.CancelledError
