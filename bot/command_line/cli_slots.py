"""`chairside slots`: when desks can come, from a file; and what was needed and what was there, as a report."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from bot.command_line.stopping import saying_plainly
from bot.settings import read_settings
from bot.world import World

EXISTING_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.group("slots")
def slots_group() -> None:
    """When agencies' desks can come to strategy discussions."""


@slots_group.command("import")
@click.argument("file", type=EXISTING_FILE)
@click.option("--desk", help='The desk of all lines, as "agency, desk"; then they need not name it.')
@click.option("--by", metavar="EMAIL", help="In whose name, for the trail; they must lead each desk, or administer.")
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@click.pass_obj
def import_command(world: World, file: Path, desk: str | None, by: str | None, dry_run: bool) -> None:
    """Take slots from a CSV file: the whole file, or nothing of it.

    Columns: agency, desk, date (dd/mm/yyyy), start (London time), length (minutes), and, where wanted, capacity and
    reserved (places kept for urgent discussions). From then on the desks named in it have these slots and no others
    from a file: what is gone is withdrawn, but whoever has a place keeps it, and that is said.
    """
    with saying_plainly():
        settings = read_settings(world.environment)
        from bot.command_line.slots_commands import import_file

        import_file(settings, world, file, desk, by, dry_run, click.echo)


@slots_group.command("show")
@click.option("--desk", help='Only this one, as "agency, desk".')
@click.option("--csv", "as_csv", is_flag=True, help="As a file that can be changed and imported.")
@click.pass_obj
def show_command(world: World, desk: str | None, as_csv: bool) -> None:
    """Show the slots to come: free, taken and kept for urgent discussions. Names no discussion."""
    with saying_plainly():
        settings = read_settings(world.environment)
        from bot.command_line.slots_commands import show

        click.echo(show(settings, world, desk, as_csv), nl=False)


@slots_group.command("report")
@click.option("--from", "first", required=True, type=click.DateTime(["%d/%m/%Y"]), metavar="DD/MM/YYYY")
@click.option("--to", "last", required=True, type=click.DateTime(["%d/%m/%Y"]), metavar="DD/MM/YYYY")
@click.pass_obj
def report_command(world: World, first: datetime, last: datetime) -> None:
    """Write as CSV what was needed of agencies and what they had.

    By hour of the day: discussions by how soon they had to be, places offered, taken, joined and kept; and which
    windows were missed, by reason. Numbers alone, of agencies that keep slots; both days are whole. Small numbers are
    not left out.
    """
    with saying_plainly():
        settings = read_settings(world.environment)
        from bot.command_line.slots_commands import report

        click.echo(report(settings, world, first.date(), last.date()), nl=False)


@slots_group.command("feeds")
@click.pass_obj
def feeds_command(world: World) -> None:
    """Try each calendar of CHAIRSIDE_SLOT_FEEDS, and say what would come of it. Nothing is kept."""
    with saying_plainly():
        settings = read_settings(world.environment)
        from bot.command_line.feeds_trial import try_feeds

        if not try_feeds(settings, world, click.echo):
            raise click.exceptions.Exit(1)
