"""The trail on the command line: whether it is whole, and whether lines were cut off since one looked last."""

from __future__ import annotations

import re

import click

from bot.command_line.stopping import Exit, Stop, saying_plainly
from bot.settings import read_settings
from bot.world import World

HASH_FORM = re.compile(r"[0-9a-f]{64}")


@click.group("trail")
def trail_group() -> None:
    """The trail of what was read and changed."""


@trail_group.command("check")
@click.option("--expect", metavar="HASH", help="The newest hash of an earlier check: is its line still there?")
@click.pass_obj
def check_command(world: World, expect: str | None) -> None:
    """Follow the trail from its first line to its newest and name the first place where it is broken.

    The newest hash that it prints is to be kept somewhere else: with --expect the next check tells whether lines were
    cut off at the end since. The service may run on meanwhile.
    """
    with saying_plainly():
        settings = read_settings(world.environment)
        expected = None if expect is None else _read_hash(expect)
        from bot.command_line.opening import opened_database
        from storage.health import reading
        from storage.trail import walk

        with opened_database(settings, world), reading(settings.database_url) as connection:
            walked = walk(connection, expected)
        if walked.broken_at is not None:
            raise Stop(_say_broken(walked.broken_at))
        click.echo(f"The trail is whole: {_count(walked.lines)}.\nNewest hash: {walked.newest}")
        if expected is not None and walked.expected_at is None:
            raise Stop(
                "No line carries the hash that you expect. Lines were cut off at the end since it was noted, or the "
                "database is another one, or was restored from an older backup."
            )
        if walked.expected_at is not None:
            since = walked.lines - walked.expected_at
            click.echo(f"The hash that you expect is that of line {walked.expected_at}; {_count(since)} since then.")


def _read_hash(typed: str) -> str:
    found = typed.strip().lower()
    if not HASH_FORM.fullmatch(found):
        raise Stop(
            "--expect takes the 64 letters and digits of a newest hash, as an earlier check printed it.", Exit(2)
        )
    return found


def _say_broken(place: int) -> str:
    whole = "No line before it is whole" if place == 1 else f"Up to line {place - 1} it is whole"
    return (
        f"The trail is broken at line {place}. {whole}. Somebody who went round the database's refusal changed a line "
        "there, put one in, or took one out. Keep the database as it is now, and find out who could do that."
    )


def _count(lines: int) -> str:
    return f"{lines} line{'' if lines == 1 else 's'}"
