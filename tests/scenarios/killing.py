"""A world whose service runs in a process of its own, is killed with SIGKILL as often as you like, and starts again."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp

from bot.identifiers import ids_from
from bot.outbox import LEASE
from discussions.needs import Means
from storage.database import TransactionsInSql, open_database
from storage.keyring import Keyring
from tests.scenarios.serve_for_tests import CALENDAR, PRACTICE, Life, live
from tests.scenarios.world import KEYS, Clock, World
from tests.teams.channel import Channel

STARTS_WITHIN_SECONDS = 30
KILLED = -9

# The fork server has imported everything once; each start is a new process of its own that costs no imports.
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["__main__", "tests.scenarios.serve_for_tests"])


class ClockInFile(Clock):
    """Several processes look at the same clock."""

    def __init__(self, file: Path, clock: Clock) -> None:
        super().__init__(clock.now())
        self.file = file
        self._write()

    def pass_by(self, **span: float) -> None:
        super().pass_by(**span)
        self._write()

    def _write(self) -> None:
        unfinished = self.file.with_suffix(".unfinished")
        unfinished.write_text(self.at.isoformat())
        unfinished.rename(self.file)


class RedeliveringChannel(Channel):
    """As Teams does: what got no answer is delivered again, the same activity, once the bot is up again."""

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
    """`dies` is the moment at which each process kills itself, until it is set to None: see serve_for_tests."""

    channel: RedeliveringChannel

    def __init__(
        self, database_url: str, folder: Path, *, dies: str | None = None, lease: timedelta = LEASE
    ) -> None:
        super().__init__(database_url)
        self.clock: ClockInFile = ClockInFile(folder / "clock", self.clock)
        self.channel = RedeliveringChannel(self.clock.now)
        self.dies = dies
        self.lease = lease
        self.kills = 0

    async def start_service(self) -> None:
        self.database = open_database(self.database_url, Keyring.from_setting(KEYS))
        new_id = ids_from(self.clock.now, lambda count: bytes(count))
        self._looking = TransactionsInSql(self.database, PRACTICE, CALENDAR, self.clock.now, new_id)
        await self._start_process()

    def environment(self) -> Mapping[str, str]:
        """Without the database's address: a test's PostgreSQL listens on a socket, which the settings do not take."""
        given = super().environment()
        return {name: value for name, value in given.items() if name != "CHAIRSIDE_DATABASE_URL"}

    async def stop_service(self) -> None:
        self._kill()
        self.database.close()

    async def _start_process(self) -> None:
        self._pipe, theirs = PROCESSES.Pipe()
        life = Life(self.database_url, self.environment(), self.clock.file, self.dies, self.lease)
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
        await self._start_process()

    async def start_again(self) -> None:
        """After a process has killed itself."""
        await asyncio.to_thread(self._process.join, STARTS_WITHIN_SECONDS)
        assert self._process.exitcode == KILLED, "it should have been dead"
        await self.kill_and_start()

    async def is_cut_off(self, step: Awaitable[object]) -> bool:
        """Whether the process killed itself during the step. It is up again afterwards, and dies no more."""
        try:
            await step
        except aiohttp.ClientError:
            self.dies = None
            await self.start_again()
            return True
        return False

    async def settle(self) -> None:
        await self._control("settle")

    async def tick(self, **span: float) -> None:
        self.clock.pass_by(**span)
        await self._control("tick")

    async def _control(self, what: str) -> None:
        async with aiohttp.ClientSession() as session:
            async with session.post(f"{self.web_base}/control/{what}") as answer:
                assert answer.status == 200

    async def run(self, use_case: Any, *arguments: object) -> Any:
        return await self._looking.run(use_case, *arguments)

    def look(self, at: Any) -> Any:
        def looked(means: Means) -> Any:
            return at(means.store)

        return self._looking.run_now(looked)
