"""The stage on which lives are lived, one after the other, each on an empty database."""

from __future__ import annotations

import asyncio
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import aiohttp
import pytest

from bot.teams import connector
from cards.repeat import MAY_BE_A_REPEAT
from discussions.post import MessageKind
from tests.conftest import Cupboard
from tests.mail_server import MailServerInTests
from tests.scenarios.life.books import Books
from tests.scenarios.life.living import Living
from tests.scenarios.life.replicas import TwoReplicas
from tests.scenarios.life.steps import NEVER_ANSWERS_SECONDS, Plan
from tests.scenarios.reading import lines
from tests.scenarios.year.reckoning import is_open_then

R = TypeVar("R")


class Stage:
    """`live` gives what somebody made of the books of a life, while its world is still there."""

    def __init__(self, engine: str, request: pytest.FixtureRequest, folder: Path) -> None:
        self._engine, self._request, self._folder = engine, request, folder
        self._runner = asyncio.Runner()
        self._taken: list[str] = []
        self.lived = 0
        self.happened: Counter[str] = Counter()

    def empty_database(self) -> str:
        self.lived += 1
        if self._engine == "sqlite":
            file = self._folder / f"{self.lived}.db"
            shutil.copyfile(self._request.getfixturevalue("migrated_file"), file)
            return f"sqlite:///{file}"
        cupboard: Cupboard = self._request.getfixturevalue("cupboard")
        while self._taken:
            cupboard.put_back(self._taken.pop())
        return cupboard.take(self._taken)

    def live(self, plan: Plan, reckon: Callable[[Books], R]) -> R:
        return self._runner.run(self._live(plan, self.empty_database(), reckon))

    async def _live(self, plan: Plan, url: str, reckon: Callable[[Books], R]) -> R:
        async with MailServerInTests() as mail:
            smtp = {"CHAIRSIDE_SMTP_URL": mail.url} if plan.has_mail else {}
            async with TwoReplicas(url, at=plan.begins, settings=smtp) as world:
                books = await Living(world, plan, Books(world, plan.has_mail, mail.recipients)).live()
                self.count(books)
                return reckon(books)

    def count(self, books: Books) -> None:
        """What there was to go wrong: a life in which nothing happens is always right."""
        kinds = [one.message for one in books.end.outbox.values() if one.message.kind is MessageKind.NUDGE]
        cards = [event.activity["attachments"][0]["content"] for event in books.world.record]
        self.happened["nudges"] += len(kinds)
        self.happened["nudges by night"] += sum(not is_open_then(one.due_at) for one in kinds)
        self.happened["changes"] += sum(one.version - 1 for one in books.end.actions.values())
        self.happened["deaths"] += books.world.deaths
        self.happened["faults"] += len(books.world.faults.met)
        self.happened["repeats"] += sum(MAY_BE_A_REPEAT in lines(card) for card in cards)
        self.happened["pages"] += len(books.pages)

    def be_impatient(self, patch: pytest.MonkeyPatch) -> None:
        """With Teams: what is never answered would keep each life waiting for eight seconds."""
        patch.setattr(connector, "CALL_TIMEOUT", aiohttp.ClientTimeout(total=NEVER_ANSWERS_SECONDS - 0.1))

    def close(self) -> None:
        if self._taken:
            self.empty_database()
        self._runner.close()
