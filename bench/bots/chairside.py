"""Chairside as it is served in production, with two routes more: by hand, its clock ticks and its outbox delivers."""

from __future__ import annotations

import asyncio
import os
from dataclasses import replace
from datetime import UTC, datetime, time

from aiohttp import web

from bench.bots.serving import serve
from bot.app import Chairside, Given
from bot.command_line.opening import find_keyring, make_calendar
from bot.identifiers import ids_from
from bot.sending.budgets import Budgets
from bot.settings import read_settings
from discussions.practice.types import Practice, QuietHours
from storage.database import open_database
from storage.practice_file import standard_practice


def now() -> datetime:
    return datetime.now(UTC)


def practice() -> Practice:
    """BENCH_NO_NIGHT: reminders at any hour, so that it does not matter when one measures."""
    standard = standard_practice()
    if "BENCH_NO_NIGHT" not in os.environ:
        return standard
    return replace(standard, quiet_hours=QuietHours(time(0), time(23, 59), "bench", on_every_day=True))


def make_chairside() -> Chairside:
    """BENCH_BUDGET: sends no faster than in production. Otherwise the fastest is what is measured."""
    settings = read_settings(os.environ)
    keyring = find_keyring(settings)
    assert keyring is not None, "the measurements' settings hold a key"
    given = Given(
        settings=settings,
        database=open_database(settings.database_url, keyring),
        practice=practice(),
        calendar=make_calendar(now()),
        now=now,
        new_id=ids_from(now, os.urandom),
        random_bytes=os.urandom,
        ticks_by_hand="BENCH_BY_HAND" in os.environ,
        budgets=Budgets() if "BENCH_BUDGET" in os.environ else None,
    )
    return Chairside(given)


def make_app(chairside: Chairside) -> web.Application:
    async def deliver(_: web.Request) -> web.Response:
        return web.json_response({"sent": await chairside.outbox.deliver_due()})

    async def tick(request: web.Request) -> web.Response:
        for _ in range((await request.json())["count"]):
            await chairside.ticks.tick()
        return web.json_response({})

    async def sweep(_: web.Request) -> web.Response:
        said = await chairside.ticks.sweep()
        return web.json_response({"said": said})

    app = chairside.web_app()
    app.router.add_post("/bench/deliver", deliver)
    app.router.add_post("/bench/tick", tick)
    app.router.add_post("/bench/sweep", sweep)
    return app


if __name__ == "__main__":
    asyncio.run(serve(make_app(make_chairside())))
