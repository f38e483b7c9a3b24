"""Two replicas of the service in one process on one database; each activity goes to the one it is sent to."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import aiohttp
from aiohttp import web

from bot.app import Chairside, Given
from bot.identifiers import ids_from
from bot.settings import read_settings
from discussions.needs import Means
from discussions.people import PersonId
from storage.database import Database, TransactionsInSql, open_database
from storage.keyring import Keyring
from tests.scenarios.life.trouble import Moment, Trouble
from tests.scenarios.people import DIRECTORY, person_id
from tests.scenarios.serve_for_tests import CALENDAR, PRACTICE
from tests.scenarios.world import KEYS, World
from tests.teams.channel import Channel
from tests.teams.faults import Fault, FaultQueue
from tests.teams.rooms import Event

DEPUTIES = {"Helen Marsh": "Kit Rowe", "Priya Nair": "Joan Priest"}
TO: ContextVar[int] = ContextVar("the replica that an activity goes to", default=0)


@dataclass(frozen=True, slots=True)
class Met:
    """A fault that somebody met."""

    at: datetime
    conversation: str | None
    method: str
    fault: Fault


class WatchedFaults(FaultQueue):
    def __init__(self, now: Any) -> None:
        super().__init__()
        self._now = now
        self.met: list[Met] = []

    def take(self, method: str, conversation: str | None) -> Fault | None:
        fault = super().take(method, conversation)
        if fault is not None:
            self.met.append(Met(self._now(), conversation, method, fault))
        return fault


class TimedRecord(list[Event]):
    """Everything that was said, each with its moment in `at`."""

    def __init__(self, now: Any) -> None:
        super().__init__()
        self._now = now
        self.at: list[datetime] = []

    def append(self, event: Event) -> None:
        super().append(event)
        self.at.append(self._now())


class RoutedChannel(Channel):
    """Hands an activity to the replica that TO names; what is cut off there is delivered again to the other one, and if
    that is dead too, to whoever is up next."""

    urls: list[str]
    when_cut_off: Callable[[], Awaitable[None]]
    cut_off = 0

    async def post_raw(self, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
        for number in (TO.get(), 1 - TO.get()):
            try:
                return await self._post_to(number, body, headers)
            except aiohttp.ClientError:
                self.cut_off += 1
        await self.when_cut_off()
        return await self._post_to(TO.get(), body, headers)

    async def _post_to(self, number: int, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
        self.bot_url = f"{self.urls[number]}/api/messages"
        return await super().post_raw(body, headers)


@dataclass(slots=True)
class Replica:
    service: Chairside
    database: Database
    trouble: Trouble
    runner: web.AppRunner

    async def stop(self) -> None:
        await self.runner.cleanup()
        self.database.close()


class TwoReplicas(World):
    """`async with TwoReplicas(url)`: two of them are up. Whatever looks into what is kept goes past both."""

    def __init__(self, database_url: str, *, at: datetime, settings: Mapping[str, str] | None = None) -> None:
        super().__init__(database_url, at=at, settings=settings)
        self.channel: RoutedChannel = RoutedChannel(self.clock.now)
        self.faults = WatchedFaults(self.clock.now)
        self.channel.faults = self.channel.connector.faults = self.faults
        self.record = TimedRecord(self.clock.now)
        self.channel.rooms.record = self.record
        self.replicas: list[Replica] = []
        self._burying = asyncio.Lock()
        self.channel.when_cut_off = self.bury_the_dead
        self.deaths = 0
        self.fell: list[Moment] = []
        """What those who are buried have met."""

    async def start_service(self) -> None:
        self.database = open_database(self.database_url, Keyring.from_setting(KEYS))
        new_id = ids_from(self.clock.now, os.urandom)
        self._looking = TransactionsInSql(self.database, PRACTICE, CALENDAR, self.clock.now, new_id)
        self.channel.urls = ["", ""]
        self.replicas = [await self._start(number) for number in range(2)]

    async def stop_service(self) -> None:
        for one in self.replicas:
            await one.stop()
        self.database.close()

    async def _start(self, number: int) -> Replica:
        database = open_database(self.database_url, Keyring.from_setting(KEYS))
        service = Chairside(
            Given(
                settings=read_settings(self.environment()),
                database=database,
                practice=PRACTICE,
                calendar=CALENDAR,
                now=self.clock.now,
                new_id=ids_from(self.clock.now, os.urandom),
                random_bytes=os.urandom,
                ticks_by_hand=True,
            )
        )
        trouble = Trouble(self.database_url)
        vars(service.transactions)["run"] = trouble.around(service.transactions.run)
        runner = web.AppRunner(service.web_app(), access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.channel.urls[number] = f"http://127.0.0.1:{runner.addresses[0][1]}"
        return Replica(service, database, trouble, runner)

    async def restart(self, number: int) -> None:
        await self.replicas[number].stop()
        self.replicas[number] = await self._start(number)

    async def bury_the_dead(self) -> None:
        """Whoever has died is up again when this returns, as a new one that knows nothing of the old."""
        async with self._burying:
            for number, one in enumerate(self.replicas):
                if one.trouble.is_dead:
                    self.deaths += 1
                    self.fell += one.trouble.met
                    await self.restart(number)

    async def tick_on(self, number: int) -> bool:
        """Whether it came to its end; a tick that fails is logged, and the next one tries again."""
        ticks = self.replicas[number].service.ticks
        ticks.last_at = None
        try:
            await ticks.tick_safely()
        except asyncio.CancelledError:
            assert self.replicas[number].trouble.is_dead
        return ticks.last_at is not None

    async def deliver_on(self, number: int) -> None:
        await self.replicas[number].service.outbox.deliver_due()

    async def through(self, number: int, doing: Awaitable[Any]) -> Any:
        """Does something whose activity goes to this replica."""

        async def do() -> Any:
            TO.set(number)
            return await doing

        return await asyncio.create_task(do())

    async def settle(self) -> None:
        await self.deliver_on(0)

    async def tick(self, **span: float) -> None:
        self.clock.pass_by(**span)
        await self.tick_on(0)

    async def run(self, use_case: Any, *arguments: object) -> Any:
        return await self._looking.run(use_case, *arguments)

    def look(self, at: Any) -> Any:
        def looked(means: Means) -> Any:
            return at(means.store)

        return self._looking.run_now(looked)

    @property
    def addresses(self) -> Mapping[PersonId, str]:
        """Everybody's mail address, those of the desks too."""
        _, desks, people = DIRECTORY(self.channel.tenant)
        boxes = {PersonId(f"mailbox:{desk.id}"): desk.mail for desk in desks}
        return {id: mail for id, mail in (boxes | {one.id: one.mail for one in people}).items() if mail}

    def _fill(self) -> None:
        agencies, desks, people = DIRECTORY(self.channel.tenant)
        deputised = [
            replace(one, deputy=person_id(DEPUTIES[one.name])) if one.name in DEPUTIES else one for one in people
        ]
        with self.database.transaction() as store:
            store.people.replace_all(agencies, desks, deputised)
