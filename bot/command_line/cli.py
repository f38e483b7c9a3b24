"""The command line: what whoever runs Chairside can say to it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bot.command_line.cli_outbox import outbox_group
from bot.command_line.cli_slots import slots_group
from bot.command_line.cli_trail import trail_group
from bot.command_line.stopping import Exit, Stop, saying_plainly
from bot.settings import read_settings
from bot.world import World

# Everything heavier is imported inside the commands: `chairside --help` is there at once.

FILE = click.Path(path_type=Path, dir_okay=False)
EXISTING_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)

EPILOG = """Settings are read from the environment; .env.example lists them all. To try Chairside on this machine,
without a Microsoft account: CHAIRSIDE_MODE=local chairside serve

Exit codes: 0 done, 1 refused (a bad file, something to mend), 2 wrong settings or command line, 3 not ready (database,
migration, port), 70 a fault of the program."""


@click.group(epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="chairside", prog_name="chairside")
def chairside() -> None:
    """Chairside, a Microsoft Teams assistant for multi-agency child-protection strategy discussions."""


@chairside.command("serve")
@click.pass_obj
def serve_command(world: World) -> None:
    """Start the service; it runs until it is told to stop."""
    with saying_plainly():
        settings = read_settings(world.environment)
        from bot.logs import set_up_logging
        from bot.serving import serve

        set_up_logging(sys.stderr)
        serve(settings, world, say_at_once)


@chairside.command("migrate")
@click.pass_obj
def migrate_command(world: World) -> None:
    """Bring the database to the newest migration.

    Make a backup first, if there is data in it.
    """
    with saying_plainly():
        settings = read_settings(world.environment)
        from bot.command_line.opening import make_ready, read_revision

        before = read_revision(settings)
        make_ready(settings, world)
        after = read_revision(settings)
        click.echo(f"The database is at migration {after}{' already' if before == after else ''}.")


@chairside.group("directory")
def directory_group() -> None:
    """Agencies, desks and people."""


@directory_group.command("import")
@click.argument("file", type=EXISTING_FILE)
@click.pass_obj
def import_command(world: World, file: Path) -> None:
    """Take the directory from a CSV file.

    Columns: agency, desk, name, role, mail, phone, tenant, object id, manager, deputy, hours. A line with a desk and
    no name says how the desk is reached. The file is the whole directory: who is not in it can do nothing any more.
    """
    with saying_plainly():
        settings = read_settings(world.environment)
        from bot.command_line.directory_commands import import_file

        import_file(settings, world, file, click.echo)


@directory_group.command("show")
@click.option("--csv", "as_csv", is_flag=True, help="As a file that can be changed and imported again.")
@click.pass_obj
def show_command(world: World, as_csv: bool) -> None:
    """Show the directory. The trail says that it was read."""
    with saying_plainly():
        settings = read_settings(world.environment)
        from bot.command_line.directory_commands import show

        click.echo(show(settings, world, as_csv), nl=False)


@chairside.group("practice")
def practice_group() -> None:
    """The local practice file."""


@practice_group.command("check")
@click.argument("file", type=EXISTING_FILE, required=False)
@click.pass_obj
def check_command(world: World, file: Path | None) -> None:
    """Read a practice file whole and name everything that is wrong in it.

    Without FILE: the one of CHAIRSIDE_PRACTICE, or the standard practice.
    """
    with saying_plainly():
        path = file or read_settings(world.environment).practice
        from bot.command_line.opening import read_practice_in_use

        practice, _ = read_practice_in_use(path)
        whose = "The standard practice" if path is None else str(path)
        click.echo(
            f"{whose} is in order: {practice.name}, version {practice.version}, "
            f"{len(practice.items)} agenda items, {len(practice.fields)} fields."
        )


@chairside.command("backup")
@click.argument("file", type=FILE)
@click.pass_obj
def backup_command(world: World, file: Path) -> None:
    """Write all that is kept into one file.

    The service may run on meanwhile. Personal data stays encrypted in it: it opens only with the encryption keys,
    which are to be kept elsewhere.
    """
    with saying_plainly():
        settings = read_settings(world.environment)
        from bot.command_line.opening import refuse_unmigrated
        from storage.upkeep import backup

        if file.exists():
            raise Stop(f"{file} is there already. Choose another name, so that no backup is lost.")
        refuse_unmigrated(settings)
        rows = backup(settings.database_url, file)
        click.echo(f"Wrote {sum(rows.values())} rows into {file}. Keep the encryption keys elsewhere, and keep them.")


@chairside.command("restore")
@click.argument("file", type=EXISTING_FILE)
@click.pass_obj
def restore_command(world: World, file: Path) -> None:
    """Fill an empty database from a backup."""
    with saying_plainly():
        settings = read_settings(world.environment)
        from storage.upkeep import restore

        rows = restore(file, settings.database_url)
        click.echo(f"Restored {sum(rows.values())} rows. Run `chairside doctor` to see that the keys open them.")


@chairside.command("purge")
@click.pass_obj
def purge_command(world: World) -> None:
    """Delete what is needed no more.

    docs/data-protection.md says what goes when; run it daily.
    """
    with saying_plainly():
        settings = read_settings(world.environment)
        from bot.command_line.opening import opened_database
        from storage.purge import purge

        with opened_database(settings, world) as database:
            gone = purge(database, world.now())
        click.echo(
            f"Blanked {gone.discussions} discussions; deleted {gone.answers} kept answers, {gone.dialogs} dialogs, "
            f"{gone.links} links, {gone.messages} messages."
        )


@chairside.group("keys")
def keys_group() -> None:
    """The encryption keys."""


@keys_group.command("rotate")
@click.pass_obj
def rotate_command(world: World) -> None:
    """Encrypt everything with the newest key, so that the older ones can be dropped.

    Put the new key before the others in CHAIRSIDE_ENCRYPTION_KEYS first, and restart the service.
    """
    with saying_plainly():
        settings = read_settings(world.environment)
        from bot.command_line.opening import opened_database
        from storage.rotation import rotate

        with opened_database(settings, world) as database:
            turned, newest = rotate(database, world.now()), database.keyring.newest
        click.echo(f"Turned {turned} rows to the key {newest}. Older keys can leave CHAIRSIDE_ENCRYPTION_KEYS now.")


@chairside.command("doctor")
@click.option("--offline", is_flag=True, help="Leave Microsoft and the mail server out.")
@click.pass_obj
def doctor_command(world: World, offline: bool) -> None:
    """Name each thing that is wrong, with its mend.

    Looks at the settings and at what they point to: files, database, Microsoft, mail server.
    """
    with saying_plainly():
        import asyncio

        from bot.command_line.doctor import Outside, examine, report
        from bot.command_line.doctor_network import Network
        from bot.command_line.doctor_probes import DatabaseInUse, FilesHere

        network = None if offline else Network(world.now)
        outside = Outside(database=DatabaseInUse(), files=FilesHere(), network=network)
        findings = asyncio.run(examine(world.environment, outside, world.now()))
        raise click.exceptions.Exit(report(findings, click.echo))


chairside.add_command(outbox_group)
chairside.add_command(slots_group)
chairside.add_command(trail_group)


def say_at_once(words: str) -> None:
    """Into a file or a pipe too, so that whoever started it can wait for the line."""
    click.echo(words)
    sys.stdout.flush()


def run(world: World) -> None:
    """Runs the command of `sys.argv` and exits."""
    try:
        chairside.main(prog_name="chairside", obj=world)
    except Exception as fault:
        from bot.logs import describe_without_words

        click.echo(f"A fault of the program: {describe_without_words(fault)}. Nothing half done is kept.", err=True)
        sys.exit(Exit.FAULT)
