"""A whole world for scenarios: the channel, the service over real HTTP, a clock moved by hand, and people."""

from __future__ import annotations

import itertools
import os
from base64 import b64encode
from collections.abc import Mapping
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from bot.app import Chairside, Given
from bot.bank_holidays import EnglandBankHolidays
from bot.identifiers import ids_from
from bot.sending.budgets import Budgets
from bot.settings import read_settings
from discussions.needs import Means
from storage.database import Database, open_database
from storage.keyring import Keyring
from storage.practice_file import standard_practice
from tests.scenarios.people import DIRECTORY, PEOPLE
from tests.teams.channel import Channel
from tests.teams.people import Answer, Chat
from tests.teams.rooms import Message

KEYS = "first:" + b64encode(bytes(range(32))).decode()
TUESDAY = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


class Clock:
    """Time stands still until somebody moves it."""

    def __init__(self, now: datetime) -> None:
        self.at = now

    def now(self) -> datetime:
        return self.at

    def pass_by(self, **span: float) -> None:
        self.at += timedelta(**span)

    def move_to(self, moment: datetime) -> None:
        assert moment >= self.at, "time does not run backwards"
        self.at = moment


class World:
    """`async with World(url)`: everything is up; `chat("Priya Nair")` is that person's chat with Chairside."""

    def __init__(
        self,
        database_url: str,
        *,
        at: datetime = TUESDAY,
        settings: Mapping[str, str] | None = None,
        budgets: Budgets | None = None,
        limits: bool = False,
    ) -> None:
        """`limits` makes the channel enforce those that Teams publishes; `budgets` keeps the service within them."""
        self.clock = Clock(at)
        self.channel = Channel(self.clock.now, limits=limits)
        self.budgets = budgets
        self._settings = settings or {}
        self.database_url = database_url
        self.service: Chairside
        self.database: Database
        self.web_base = ""
        self._chats: dict[str, Chat] = {}
        self._service_stack = AsyncExitStack()
        self._numbers = itertools.count(1)

    async def __aenter__(self) -> Self:
        await self.channel.start()
        await self.start_service()
        self.database.threads.submit(self._fill).result()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop_service()
        await self.channel.stop()

    async def start_service(self) -> None:
        self.database = open_database(self.database_url, Keyring.from_setting(KEYS))
        given = Given(
            settings=read_settings(self.environment()),
            database=self.database,
            practice=standard_practice(),
            calendar=EnglandBankHolidays(),
            now=self.clock.now,
            new_id=ids_from(self.clock.now, os.urandom),
            random_bytes=os.urandom,
            ticks_by_hand=True,
            budgets=self.budgets,
        )
        self.service = Chairside(given)
        runner = web.AppRunner(self.service.web_app(), access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        self._service_stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.web_base = f"http://127.0.0.1:{runner.addresses[0][1]}"
        self.channel.bot_url = f"{self.web_base}/api/messages"

    async def stop_service(self) -> None:
        await self._service_stack.aclose()
        self._service_stack = AsyncExitStack()
        self.database.close()

    def environment(self) -> Mapping[str, str]:
        return {
            **self.channel.environment_for_bot(),
            "CHAIRSIDE_MODE": "production",
            # what is read here is only looked at; a server of the tests is reached by its socket, which has no name
            "CHAIRSIDE_DATABASE_URL": self.database_url if "@/" not in self.database_url else "postgresql://it@here/db",
            "CHAIRSIDE_ENCRYPTION_KEYS": KEYS,
            "CHAIRSIDE_PUBLIC_URL": "http://127.0.0.1:3978",
            **self._settings,
        }

    def _fill(self) -> None:
        with self.database.transaction() as store:
            store.people.replace_all(*DIRECTORY(self.channel.tenant))

    def chat(self, name: str) -> Chat:
        """The person's chat with Chairside; they have an account from the start, the app only once they install it."""
        if name not in self._chats:
            person = self.channel.person(name, object_id=PEOPLE.get(name, ""))
            self._chats[name] = self.channel.personal_chat(person)
        return self._chats[name]

    async def install(self, *names: str) -> None:
        for name in names:
            await self.chat(name).install()

    async def settle(self) -> None:
        """Sends whatever waits in the outbox now."""
        await self.service.outbox.deliver_due()

    async def tick(self, **span: float) -> None:
        """Lets time pass, then one tick."""
        self.clock.pass_by(**span)
        await self.service.ticks.tick()

    async def run(self, use_case: Any, *arguments: object) -> Any:
        return await self.service.transactions.run(use_case, *arguments)

    def look(self, at: Any) -> Any:
        """Looks into what is kept: `at` is a function of the store."""

        def looked(means: Means) -> Any:
            return at(means.store)

        return self.service.transactions.run_now(looked)

    def whose(self, conversation: str) -> str:
        """Whose chat this is."""
        room = self.channel.rooms.find(conversation)
        assert room is not None
        return self.channel.people[room.members[0]].name

    def heard(self, name: str) -> list[Message]:
        """Every message in the person's chat, oldest first."""
        return self.chat(name).messages


__all__ = ["TUESDAY", "Answer", "World"]
