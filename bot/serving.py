"""The start of the service: everything looked at first, then made ready, then it listens until it is told to stop."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

from aiohttp import web

from bot.app import Chairside, Given
from bot.command_line.opening import make_calendar, opened_database, read_practice_in_use
from bot.command_line.stopping import Exit, Stop
from bot.demonstration import fictitious_directory
from bot.demonstration.slots import keep_fictitious_slots
from bot.identifiers import ids_from
from bot.sending.budgets import Budgets
from bot.settings import Settings
from bot.world import World
from discussions.directory import import_directory, is_directory_empty
from discussions.directory_rows import Row
from discussions.needs import Means
from storage.database import TransactionsInSql
from storage.feed_file import WantedFeed, read_feed_file

# What an orchestrator waits before it kills is usually 30 seconds.
STOPS_WITHIN_SECONDS = 20.0

Say = Callable[[str], None]


def serve(settings: Settings, world: World, say: Say) -> None:
    """Returns after SIGTERM or SIGINT. Raises Stop, and whatever `saying_plainly` knows."""
    practice, text = read_practice_in_use(settings.practice)
    with opened_database(settings, world) as database:
        given = Given(
            settings=settings,
            database=database,
            practice=practice,
            calendar=make_calendar(world.now()),
            now=world.now,
            new_id=ids_from(world.now, world.random_bytes),
            random_bytes=world.random_bytes,
            feeds=_find_feeds(settings),
            budgets=Budgets(settings.sends_a_second),
        )
        chairside = Chairside(given)
        chairside.transactions.run_now(keep_practice, text)
        _import_first_directory(chairside.transactions, settings, say)
        if settings.is_local:
            chairside.transactions.run_now(keep_fictitious_slots)
        _listen(chairside, settings, say)


def keep_practice(means: Means, text: str) -> None:
    means.store.practices.keep(means.practice.digest, text)


def _import_first_directory(transactions: TransactionsInSql, settings: Settings, say: Say) -> None:
    if not transactions.run_now(is_directory_empty):
        return
    rows, whose = _find_first_directory(settings.directory, settings.is_local)
    if not rows:
        say("The directory is empty, so the bot answers nobody yet. Run: chairside directory import FILE.csv")
        return
    imported = transactions.run_now(import_directory, rows)
    say(f"Imported {whose}: {imported.people} people of {imported.agencies} agencies.")


def _find_first_directory(file: Path | None, is_local: bool) -> tuple[list[Row], str]:
    # loaded at the very first start alone
    from storage.directory_file import parse_directory, read_directory_file

    if file is not None:
        return read_directory_file(file), "CHAIRSIDE_DIRECTORY"
    if is_local:
        return parse_directory(fictitious_directory()), "the fictitious directory"
    return [], ""


def _find_feeds(settings: Settings) -> list[WantedFeed]:
    return read_feed_file(settings.slot_feeds, settings.is_local) if settings.slot_feeds else []


def _listen(chairside: Chairside, settings: Settings, say: Say) -> None:
    def say_where(*_: object) -> None:
        mode = ", in local mode: no tokens, this machine only" if settings.is_local else ""
        say(f"Chairside is listening on {address_of(settings)}{mode}. Press Ctrl+C to stop.")

    try:
        web.run_app(
            chairside.web_app(),
            host=settings.host,
            port=settings.port,
            shutdown_timeout=STOPS_WITHIN_SECONDS,
            access_log=None,
            print=say_where,
        )
    except OSError as fault:
        raise _explain(fault, settings) from None


def address_of(settings: Settings) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{host}:{settings.port}"


def _explain(fault: OSError, settings: Settings) -> Stop:
    if fault.errno == errno.EADDRINUSE:
        why, mend = "something else listens there already", "Stop it, or set CHAIRSIDE_PORT to another port"
    else:
        why, mend = fault.strerror or type(fault).__name__, "Check CHAIRSIDE_HOST and CHAIRSIDE_PORT"
    return Stop(f"Chairside can't listen on {address_of(settings)}: {why}. {mend}.", Exit.NOT_READY)
