"""Worlds whose service runs in a process of its own, is killed with SIGKILL as often as you like, and starts again."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

import aiohttp

from bot.identifiers import ids_from
from bot.sending.outbox import LEASE
from discussions.needs import Means
from storage.database import TransactionsInSql, open_database
from storage.keyring import Keyring
from tests.scenarios.serve_for_tests import CALENDAR, PRACTICE, Life, live
from tests.scenarios.world import KEYS, Clock, World
from tests.teams.channel import Channel

STARTS_WITHIN_SECONDS = 30
KILLED = -9
MOMENT = timedelta(microseconds=1)

# The fork server has imported everything once; each start is a new process of its own that costs no imports.
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["__main__", "tests.scenarios.serve_for_tests"])


class ClockInFile(Clock):
    """One clock that several processes look at."""

    def __init__(self, now: datetime, file: Path) -> None:
        super().__init__(now)
        self.file = file
        self._show()

    def pass_by(self, **span: float) -> None:
        super().pass_by(**span)
        self._show()

    def _show(self) -> None:
        unfinished = self.file.with_suffix(".unfinished")
        unfinished.write_text(self.at.isoformat())
        unfinished.rename(self.file)


class RedeliveringChannel(Channel):
    """With `when_cut_off` it does as Teams: what got no answer is delivered again, once that has returned."""

    when_cut_off: Callable[[], Awaitable[None]] | None = None

    async def post_raw(self, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
        try:
            return await super().post_raw(body, headers)
        except aiohttp.ClientError:
            if self.when_cut_off is None:
                raise
            await self.when_cut_off()
            return await super().post_raw(body, headers)


class KilledWorld(World):
    """`dies` is the moment at which the next process kills itself: see serve_for_tests."""

    def __init__(self, database_url: str, folder: Path, *, dies: str | None = None) -> None:
        super().__init__(database_url)
        self.clock: ClockInFile = ClockInFile(self.clock.at, folder / "clock")
        self.channel: RedeliveringChannel = RedeliveringChannel(self.clock.now)
        self.dies = dies
        self.lease = LEASE
        # one at a time, so that which message a kill meets, and the order of what is seen, are no matter of chance
        self.at_once = 1
        self.kills = 0
        self._process: ForkServerProcess

    async def start_service(self) -> None:
        self.database = open_database(self.database_url, Keyring.from_setting(KEYS))
        new_id = ids_from(self.clock.now, os.urandom)
        self._looking = TransactionsInSql(self.database, PRACTICE, CALENDAR, self.clock.now, new_id)
        await self._start()

    async def stop_service(self) -> None:
        self._kill()
        self.database.close()

    def environment(self) -> Mapping[str, str]:
        """Without the database's address: a test's PostgreSQL listens on a socket, which the settings do not take."""
        given = super().environment()
        return {name: value for name, value in given.items() if name != "CHAIRSIDE_DATABASE_URL"}

    async def _start(self) -> None:
        self._pipe, theirs = PROCESSES.Pipe()
        life = Life(self.database_url, self.environment(), self.clock.file, self.dies, self.lease, self.at_once)
        self._process = PROCESSES.Process(target=live, args=(life, theirs), daemon=True)
        self._process.start()
        theirs.close()
        # in a thread, since what it asks at its start (keys, a token) is answered by the channel, here
        port = await asyncio.to_thread(self._hear_port)
        self.web_base = f"http://127.0.0.1:{port}"
        self.channel.bot_url = f"{self.web_base}/api/messages"

    def _hear_port(self) -> int:
        assert self._pipe.poll(STARTS_WITHIN_SECONDS), "the service did not start"
        return int(self._pipe.recv())

    def _kill(self) -> None:
        self._process.kill()
        self._process.join()
        self._pipe.close()

    async def kill_and_start(self) -> None:
        self._kill()
        assert self._process.exitcode == KILLED
        self.kills += 1
        await self._start()

    async def start_again(self, *, dies: str | None = None) -> None:
        """After a process has killed itself."""
        await asyncio.to_thread(self._process.join, STARTS_WITHIN_SECONDS)
        assert self._process.exitcode == KILLED, "it lives on, or died of something else"
        self.dies = dies
        await self.kill_and_start()

    async def dies_at(self, moment: str, step: Callable[[], Awaitable[object]]) -> None:
        """Does the step with a process that kills itself at this moment; the next one is up when this returns."""
        self.dies = moment
        await self.kill_and_start()
        try:
            await step()
        except aiohttp.ClientError:
            await self.start_again()
        else:
            raise AssertionError(f"nothing died {moment}")

    async def settle(self) -> None:
        await self._tell("settle")

    async def tick(self, **span: float) -> None:
        self.clock.pass_by(**span)
        await self._tell("tick")

    async def _tell(self, what: str) -> None:
        async with aiohttp.ClientSession() as session:
            async with session.post(f"{self.web_base}/control/{what}") as answer:
                assert answer.status == 200

    async def run(self, use_case: Any, *arguments: object) -> Any:
        return await self._looking.run(use_case, *arguments)

    def look(self, at: Any) -> Any:
        def looked(means: Means) -> Any:
            return at(means.store)

        return self._looking.run_now(looked)


class EveryTurnCutOff(KilledWorld):
    """Each turn is killed when it is committed and not answered yet; Teams delivers it again to the next process."""

    def __init__(self, database_url: str, folder: Path) -> None:
        super().__init__(database_url, folder, dies="after take_turn 1")
        self.channel.when_cut_off = self._answer_that_and_die_of_the_next

    async def _answer_that_and_die_of_the_next(self) -> None:
        await self.start_again(dies="after take_turn 2")


class EverySendingCutOff(KilledWorld):
    """Each message of the outbox is killed when Teams has taken it and that is not recorded yet."""

    def __init__(self, database_url: str, folder: Path) -> None:
        super().__init__(database_url, folder, dies="before note_all 1")
        # so short that no time passes in the story
        self.lease = MOMENT

    async def _tell(self, what: str) -> None:
        try:
            await super()._tell(what)
        except aiohttp.ClientError:
            self.clock.pass_by(microseconds=1)
            await self.start_again(dies=self.dies)
            await self._tell(what)
