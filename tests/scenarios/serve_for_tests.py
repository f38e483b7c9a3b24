"""The service in a process of its own that really dies: its clock is a file, and it ticks when it is told to.

Nothing of this is in the product. Two routes on loopback stand in for the timer, and `dies` names a moment around a
use-case at which the process kills itself with SIGKILL, so that a test can choose between which two steps that is.
"""

from __future__ import annotations

import asyncio
import gc
import os
import signal
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeVar

from aiohttp import web

from bot.app import Chairside, Given
from bot.bank_holidays import EnglandBankHolidays
from bot.identifiers import ids_from
from bot.sending import outbox
from bot.sending.endings import Said, note_all
from bot.settings import read_settings
from cards.render import environment
from discussions.post import Claimed
from storage.database import open_database
from storage.engines import make_engine
from storage.practice_file import standard_practice
from tests.scenarios.world import TUESDAY

T = TypeVar("T")
Run = Callable[..., Awaitable[Any]]

# Read, imported and compiled once, before the processes part: only what is the same for all of them.
PRACTICE = standard_practice()
CALENDAR = EnglandBankHolidays()
CALENDAR.prepare([TUESDAY.year, TUESDAY.year + 1])
for template in environment().list_templates():
    environment().get_template(template)
make_engine("postgresql://nobody@nowhere/nothing").dispose()
# what is never looked at for garbage stays one copy for all
gc.freeze()


@dataclass(frozen=True, slots=True)
class Life:
    """What one process is given. `dies` is a moment: "before", "in" (all done, nothing committed yet) or "after", a
    use-case, the how manyeth time, e.g. "after take_turn 2"; None lives until it is killed. `lease` and `at_once` as
    in bot.sending.outbox.
    """

    database_url: str
    environment: Mapping[str, str]
    clock: Path
    dies: str | None
    lease: timedelta
    at_once: int


class Death:
    """Comes at the named moment. It spares what is repeated, so that no message is cut off twice by one `dies`, and the
    noting of what was not sent."""

    def __init__(self, dies: str) -> None:
        self._when, self._use_case, number = dies.split()
        self._to_spare = int(number) - 1

    def around(self, run: Run) -> Run:
        async def run_until_death(use_case: Callable[..., Any], *arguments: object) -> Any:
            self._come("before", use_case, arguments)
            answer = await run(self._within(use_case), *arguments)
            self._come("after", use_case, arguments)
            return answer

        return run_until_death

    def _within(self, use_case: Callable[..., Any]) -> Callable[..., Any]:
        def use_until_death(means: Any, *arguments: object) -> Any:
            answer = use_case(means, *arguments)
            self._come("in", use_case, arguments)
            return answer

        return use_until_death

    def _come(self, when: str, use_case: Callable[..., Any], arguments: tuple[object, ...]) -> None:
        if (when, use_case.__name__) != (self._when, self._use_case):
            return
        if any(one.maybe_sent for one in all_of(Claimed, arguments)):
            return
        if use_case is note_all and not list(all_of(Said, arguments)):
            return
        if self._to_spare:
            self._to_spare -= 1
            return
        os.kill(os.getpid(), signal.SIGKILL)


def all_of(kind: type[T], argument: object) -> Iterator[T]:
    """Those that a use-case is about, alone or among others, or as part of an ending."""
    if isinstance(argument, kind):
        yield argument
    elif isinstance(argument, list | tuple):
        for one in argument:
            yield from all_of(kind, one)
    elif hasattr(argument, "claimed"):
        yield from all_of(kind, argument.claimed)


def live(life: Life, parent: Connection) -> None:
    """Tells the parent its port, then serves until it is killed, or the parent has gone."""
    asyncio.run(_serve(life, parent))


async def _serve(life: Life, parent: Connection) -> None:
    outbox.LEASE, outbox.AT_ONCE = life.lease, life.at_once
    runner = web.AppRunner(_with_control(_build(life)), access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    parent.send(runner.addresses[0][1])
    orphaned = asyncio.Event()
    asyncio.get_running_loop().add_reader(parent.fileno(), orphaned.set)
    await orphaned.wait()
    os._exit(0)


def _build(life: Life) -> Chairside:
    def now() -> datetime:
        return datetime.fromisoformat(life.clock.read_text())

    given = Given(
        settings=read_settings(life.environment),
        database=open_database(life.database_url, life.environment["CHAIRSIDE_ENCRYPTION_KEYS"]),
        practice=PRACTICE,
        calendar=CALENDAR,
        now=now,
        new_id=ids_from(now, os.urandom),
        random_bytes=os.urandom,
        ticks_by_hand=True,
    )
    chairside = Chairside(given)
    if life.dies is not None:
        vars(chairside.transactions)["run"] = Death(life.dies).around(chairside.transactions.run)
    return chairside


def _with_control(chairside: Chairside) -> web.Application:
    async def tick(_: web.Request) -> web.Response:
        await chairside.ticks.tick()
        return web.Response()

    async def settle(_: web.Request) -> web.Response:
        await chairside.outbox.deliver_due()
        return web.Response()

    app = chairside.web_app()
    app.add_routes([web.post("/control/tick", tick), web.post("/control/settle", settle)])
    return app
