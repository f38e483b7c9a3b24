"""The directory on the command line: imported from a file, shown for people or as a file again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from bot.command_line.opening import make_transactions, opened_database, read_practice_in_use
from bot.settings import Settings
from bot.world import World
from discussions.directory import Listing, import_directory, read_directory
from discussions.people import Desk, Person
from storage.directory_file import read_directory_file, write_directory


def import_file(settings: Settings, world: World, file: Path, say: Callable[[str], None]) -> None:
    """Raises BadFile, and then nothing was imported."""
    rows = read_directory_file(file)
    practice, _ = read_practice_in_use(settings.practice)
    with opened_database(settings, world) as database:
        imported = make_transactions(database, practice, world).run_now(import_directory, rows)
    for remark in imported.remarks:
        say(str(remark))
    say(f"The directory holds {imported.people} people, {imported.desks} desks and {imported.agencies} agencies.")
    if imported.left:
        say(f"{imported.left} people of the directory before are not in it: they can do nothing any more.")


def show(settings: Settings, world: World, as_csv: bool) -> str:
    practice, _ = read_practice_in_use(settings.practice)
    with opened_database(settings, world) as database:
        directory = make_transactions(database, practice, world).run_now(read_directory)
    if as_csv:
        return write_directory(directory)
    return "".join(f"{line}\n" for listing in directory for line in _say(listing)) or "The directory is empty.\n"


def _say(listing: Listing) -> Iterator[str]:
    yield f"{listing.agency.name} ({listing.agency.category})"
    for desk in listing.desks:
        yield f"  {_say_desk(desk)}"
        yield from (f"    {_say_person(person)}" for person in listing.people if person.desk == desk.id)
    yield from (f"  {_say_person(person)}" for person in listing.people if person.desk is None)


def _say_desk(desk: Desk) -> str:
    return " · ".join(part for part in (f"[{desk.name}]", desk.mail, desk.phone, desk.hours) if part)


def _say_person(person: Person) -> str:
    teams = "Teams" if person.account else "not linked to Teams"
    rights = ", ".join(sorted(person.rights)) or None
    parts = (person.name, person.role_name, rights, person.mail, person.phone, person.hours, teams)
    return " · ".join(part for part in parts if part)
