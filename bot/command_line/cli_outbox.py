"""The outbox on the command line: what was sent and what became of it, and saying again what did not arrive."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import click

from bot.command_line.stopping import Exit, Stop, saying_plainly
from bot.settings import read_settings
from bot.world import World

SHOWN_AT_MOST = 200


class Standing(click.ParamType[str]):
    """How a message stands, with blanks, hyphens or underscores between the words."""

    name = "state"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from discussions.delivery_lines import STANDINGS

        meant = " ".join(value.casefold().replace("_", " ").replace("-", " ").split())
        if meant not in STANDINGS:
            self.fail(f"There is no state '{value}'. There are: {', '.join(STANDINGS)}.", param, ctx)
        return meant


def narrowing(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say which messages are meant."""
    day = click.DateTime(formats=["%d/%m/%Y"])
    options = (
        click.option("--state", type=Standing(), help="How they stand: gave_up, retrying, sending …"),
        click.option("--person", metavar="ID", help="To this person, by their id."),
        click.option("--discussion", metavar="REFERENCE", help="About this discussion."),
        click.option("--since", type=day, metavar="DD/MM/YYYY", help="Ended since that day, or not ended yet."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.group("outbox")
def outbox_group() -> None:
    """What is to be said, and what became of it."""


@outbox_group.command("show")
@narrowing
@click.option("--stuck", is_flag=True, help="Due for a quarter of an hour and not ended.")
@click.option("--most", type=click.IntRange(1), help=f"The newest so many; of the table {SHOWN_AT_MOST} by itself.")
@click.option("--json", "form", flag_value="json", help="As JSON, moments in UTC.")
@click.option("--csv", "form", flag_value="csv", help="As a table for other programs, moments in UTC.")
@click.pass_obj
def show_command(
    world: World, form: str | None, stuck: bool, most: int | None,
    state: str | None, person: str | None, discussion: str | None, since: datetime | None,
) -> None:  # fmt: skip
    """Show messages and how far each has come, newest first.

    Ids only, no names and no content. Times are London's. The service may run on meanwhile.
    """
    with saying_plainly():
        settings = read_settings(world.environment)
        from bot.command_line.outbox_commands import Asked, say_as_csv, say_as_json, say_as_table, show

        asked = Asked.typed(state, person, discussion, since, is_stuck=stuck)
        log = show(settings, world, asked, most or (None if form else SHOWN_AT_MOST))
        say = {"json": say_as_json, "csv": say_as_csv}.get(form or "", say_as_table)
        click.echo(say(log), nl=False)


@outbox_group.command("resend")
@click.argument("ids", nargs=-1, metavar="[ID]…")
@narrowing
@click.option("--even-if-sent", is_flag=True, help="Also what was sent, mailed or withdrawn.")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@click.pass_obj
def resend_command(
    world: World, ids: tuple[str, ...], even_if_sent: bool, yes: bool,
    state: str | None, person: str | None, discussion: str | None, since: datetime | None,
) -> None:  # fmt: skip
    """Say messages again: those named by ID, or all of a --state.

    Each is written anew, under an id of its own; what was written about the old one stays as it is. The card is made
    when it is sent, under the recipient's access then. Refused are those that are still being tried, and, without
    --even-if-sent, those that were sent, mailed, withdrawn, or said again already.
    """
    with saying_plainly():
        settings = read_settings(world.environment)
        from bot.command_line.outbox_commands import Asked, choose, resend

        if bool(ids) == bool(state or person or discussion or since) or not (ids or state):
            raise Stop("Name the messages by their ids, or say which with --state, but not both.", Exit.SETTINGS)
        meant = choose(settings, world, ids, Asked.typed(state, person, discussion, since))
        if not meant:
            raise Stop("There is no such message.")
        if not yes:
            how_many = f"{len(meant)} message{'' if len(meant) == 1 else 's'}"
            click.confirm(f"Say {how_many} again, where that is not refused?", abort=True)
        if resend(settings, world, meant, even_if_sent, click.echo):
            raise click.exceptions.Exit(Exit.REFUSED)
