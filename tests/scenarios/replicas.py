"""Worlds served by several processes on one database, which may be killed with SIGKILL at any moment."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from datetime import timedelta
from multiprocessing.context import ForkServerProcess
from random import Random
from threading import Lock
from typing import Any

import aiohttp

from bot import front_door
from bot.identifiers import ids_from
from discussions.needs import Means
from storage.database import TransactionsInSql, open_database
from storage.keyring import Keyring
from tests.scenarios.killing import KILLED, PROCESSES, STARTS_WITHIN_SECONDS
from tests.scenarios.replica_for_tests import ReplicaLife, RunningClock, run_replica
from tests.scenarios.serve_for_tests import CALENDAR, PRACTICE
from tests.scenarios.world import KEYS, World
from tests.teams.channel import Channel

DELIVERS_FOR_SECONDS = 60

# Starting a process asks the others whether they have ended. How one ended can be read once, so whoever waits for it
# meanwhile would read nothing.
ENDINGS = Lock()


class Replica:
    """One process. `url` is where it listens now; None while it is not up."""

    def __init__(self, life: ReplicaLife) -> None:
        self._life = life
        self._process: ForkServerProcess
        self.url: str | None = None

    async def start(self) -> None:
        # in a thread, since what it asks at its start (keys, a token) is answered by the channel, here
        self.url = await asyncio.to_thread(self._start)

    def _start(self) -> str:
        self._pipe, theirs = PROCESSES.Pipe()
        self._process = PROCESSES.Process(target=run_replica, args=(self._life, theirs), daemon=True)
        with ENDINGS:
            self._process.start()
        theirs.close()
        assert self._pipe.poll(STARTS_WITHIN_SECONDS), "the replica did not start"
        return f"http://127.0.0.1:{self._pipe.recv()}"

    async def kill(self) -> None:
        self.url = None
        await asyncio.to_thread(self._kill)
        self._pipe.close()
        assert self._process.exitcode == KILLED, f"it died of something else: {self._process.exitcode}"

    def _kill(self) -> None:
        with ENDINGS:
            self._process.kill()
            self._process.join()


class BalancedChannel(Channel):
    """Hands each activity to some replica, and as Teams does again, to another one, where there came no answer."""

    replicas: list[Replica]
    random: Random
    cut_off = 0

    async def post_raw(self, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
        ends = time.monotonic() + DELIVERS_FOR_SECONDS
        while True:
            up = [one.url for one in self.replicas if one.url is not None]
            try:
                if up:
                    self.bot_url = f"{self.random.choice(up)}/api/messages"
                    return await super().post_raw(body, headers)
            except aiohttp.ClientError:
                self.cut_off += 1
            assert time.monotonic() < ends, "no replica answers"
            await asyncio.sleep(0.05)


class ReplicatedWorld(World):
    """Time runs by itself. All that is left to chance follows from `seed`, but for the machine's own pace."""

    def __init__(
        self,
        database_url: str,
        replicas: int,
        *,
        seed: int,
        lease: timedelta,
        a_second: int,
        limits: bool = False,
        patience: float = front_door.WAITS_WITH_A_PRESS_SECONDS,
    ) -> None:
        super().__init__(database_url)
        self.random = Random(seed)
        self.clock: RunningClock = RunningClock(time.monotonic())
        self.channel: BalancedChannel = BalancedChannel(self.clock.now, limits=limits)
        self.channel.random = self.random
        self._count = replicas
        self._limits = (lease, a_second, patience)
        self.kills = 0

    @property
    def replicas(self) -> list[Replica]:
        return self.channel.replicas

    async def start_service(self) -> None:
        self.database = open_database(self.database_url, Keyring.from_setting(KEYS))
        new_id = ids_from(self.clock.now, self.random.randbytes)
        self._looking = TransactionsInSql(self.database, PRACTICE, CALENDAR, self.clock.now, new_id)
        life = ReplicaLife(self.database_url, self.environment(), self.clock.since, *self._limits)
        self.channel.replicas = [Replica(life) for _ in range(self._count)]
        await asyncio.gather(*(one.start() for one in self.replicas))

    async def stop_service(self) -> None:
        await asyncio.gather(*(one.kill() for one in self.replicas))
        self.database.close()

    def environment(self) -> Mapping[str, str]:
        """Without the database's address: a test's PostgreSQL listens on a socket, which the settings do not take."""
        given = {**super().environment(), "CHAIRSIDE_TICK_SECONDS": "1"}
        return {name: value for name, value in given.items() if name != "CHAIRSIDE_DATABASE_URL"}

    async def kill(self, victim: Replica) -> None:
        """At this very moment; it is up again when this returns."""
        await victim.kill()
        self.kills += 1
        await victim.start()

    async def readiness(self) -> list[int]:
        """What each replica's /readyz says."""
        async with aiohttp.ClientSession() as client:
            return [await self._status(client, f"{one.url}/readyz") for one in self.replicas]

    async def _status(self, client: aiohttp.ClientSession, url: str) -> int:
        async with client.get(url) as answer:
            return answer.status

    async def run(self, use_case: Any, *arguments: object) -> Any:
        return await self._looking.run(use_case, *arguments)

    def look(self, at: Any) -> Any:
        def looked(means: Means) -> Any:
            return at(means.store)

        return self._looking.run_now(looked)
