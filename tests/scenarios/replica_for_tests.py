"""A replica in a process of its own, as it runs in production: it ticks, sends and audits by itself, in real time."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing.connection import Connection

from aiohttp import web

from bot import front_door
from bot.app import Chairside, Given
from bot.identifiers import ids_from
from bot.sending import budgets, outbox
from bot.sending.budgets import Budgets
from bot.settings import read_settings
from storage.database import open_database
from tests.scenarios.serve_for_tests import CALENDAR, PRACTICE
from tests.scenarios.world import TUESDAY, Clock


class RunningClock(Clock):
    """It was Tuesday at `since` of the machine's monotonic clock, which all its processes share."""

    def __init__(self, since: float) -> None:
        super().__init__(TUESDAY)
        self.since = since

    def now(self) -> datetime:
        return TUESDAY + timedelta(seconds=time.monotonic() - self.since)


@dataclass(frozen=True, slots=True)
class ReplicaLife:
    """What one replica is given. `lease` and `a_second` as in bot.sending; `patience` is how many seconds anybody is
    kept waiting for the database.
    """

    database_url: str
    environment: Mapping[str, str]
    since: float
    lease: timedelta
    a_second: int
    patience: float


def run_replica(life: ReplicaLife, parent: Connection) -> None:
    """Tells the parent its port, then serves until it is killed, or the parent has gone."""
    asyncio.run(_serve(life, parent))


async def _serve(life: ReplicaLife, parent: Connection) -> None:
    # news is gathered for no longer either, or all would wait for that
    outbox.LEASE = budgets.WITHIN = life.lease
    front_door.WAITS_WITH_A_PRESS_SECONDS = front_door.WAITS_WITH_WORDS_SECONDS = life.patience
    runner = web.AppRunner(_build(life).web_app(), access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    parent.send(runner.addresses[0][1])
    orphaned = asyncio.Event()
    asyncio.get_running_loop().add_reader(parent.fileno(), orphaned.set)
    await orphaned.wait()
    os._exit(0)


def _build(life: ReplicaLife) -> Chairside:
    now = RunningClock(life.since).now
    return Chairside(
        Given(
            settings=read_settings(life.environment),
            database=open_database(life.database_url, life.environment["CHAIRSIDE_ENCRYPTION_KEYS"]),
            practice=PRACTICE,
            calendar=CALENDAR,
            now=now,
            new_id=ids_from(now, os.urandom),
            random_bytes=os.urandom,
            budgets=Budgets(life.a_second),
        )
    )
