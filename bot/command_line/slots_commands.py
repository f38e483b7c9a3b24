"""Slots on the command line: imported from a file, shown, and the report on what was needed and what was there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from bot.command_line.opening import make_transactions, opened_database, read_practice_in_use
from bot.command_line.stopping import Stop
from bot.settings import Settings
from bot.world import World
from discussions.london import say_short
from discussions.needs import Means
from discussions.people import DeskId, Person
from discussions.practice.types import as_spoken
from discussions.refusals import Refusal
from discussions.slots.capacity import COLUMNS, capacity_file, see_capacity
from discussions.slots.follow import Followed, import_slots
from discussions.slots.leading import all_desks
from discussions.slots.rows import SlotRow
from discussions.slots.seeing import SlotSeen, slots_of
from documents.table import write_table
from storage.database import TransactionsInSql
from storage.slot_file import NamedDesk, parse_slots, write_slots

FARTHEST_SHOWN = 50


class Tried(Exception):
    """Undoes a trial; carries what would have become of it."""

    def __init__(self, followed: Sequence[Followed]) -> None:
        self.followed = followed


def import_file(
    settings: Settings,
    world: World,
    file: Path,
    desk: str | None,
    by: str | None,
    is_trial: bool,
    say: Callable[[str], None],
) -> None:
    """Raises BadFile or Stop, and then nothing was imported."""
    practice, _ = read_practice_in_use(settings.practice)
    with opened_database(settings, world) as database:
        transactions = make_transactions(database, practice, world)
        desks = transactions.run_now(name_desks)
        only = find_desk(desks, desk) if desk else None
        read = parse_slots(file.read_bytes(), desks, world.now(), only.desk.id if only else None)
        followed = try_import(transactions, by, read.rows, [only.desk.id] if only else [], is_trial)
    names = {named.desk.id: named for named in desks}
    for one in followed:
        for line in say_followed(one, names[one.desk]):
            say(line)
    if read.passed:
        say(f"{read.passed} line{'' if read.passed == 1 else 's'} left out, since the time has passed.")
    if is_trial:
        say("This was a trial: nothing was changed.")
    elif not followed:
        say("There are no slots to come in this file, so nothing was changed.")
    else:
        say(f"The slots of {len(followed)} desk{'' if len(followed) == 1 else 's'} are as in the file.")


def try_import(
    transactions: TransactionsInSql, by: str | None, rows: Sequence[SlotRow], desks: Sequence[DeskId], is_trial: bool
) -> Sequence[Followed]:
    def run(means: Means) -> Sequence[Followed]:
        followed = import_slots(means, find_person(means, by) if by else None, rows, desks)
        if is_trial:
            raise Tried(followed)
        return followed

    try:
        return transactions.run_now(run)
    except Tried as tried:
        return tried.followed
    except Refusal as refusal:
        raise Stop(refusal.sentence) from None


def find_person(means: Means, mail: str) -> Person:
    person = means.store.people.by_mail(mail)
    if person is None:
        raise Stop("The directory has nobody with that mail address. Nothing was changed.")
    return person


def name_desks(means: Means) -> list[NamedDesk]:
    return [NamedDesk(agency, desk) for agency, desk in all_desks(means)]


def find_desk(desks: Sequence[NamedDesk], words: str) -> NamedDesk:
    """By its own name where that is no other desk's, else as "agency, desk"."""
    spoken = as_spoken(words)
    whole = [named for named in desks if as_spoken(str(named)) == spoken]
    found = whole or [named for named in desks if as_spoken(named.desk.name) == spoken]
    if len(found) == 1:
        return found[0]
    if found:
        raise Stop(f"{len(found)} desks have that name. Write the agency before it: agency, desk.")
    raise Stop('The directory knows no such desk. Write it as "agency, desk"; chairside directory show lists them.')


def say_followed(one: Followed, named: NamedDesk) -> Iterator[str]:
    yield f"{named}: {one}."
    if one.elsewhere:
        yield f"  {one.elsewhere} left alone: the desk has a slot then from a calendar, or changed by hand."
    for slot in one.taken[:FARTHEST_SHOWN]:
        gone = "is not in the file" if slot.withdrawn else f"has {slot.capacity} places in the file"
        yield f"  {say_short(slot.starts_at)} is taken and {gone}: whoever has it keeps it. Please look."


def show(settings: Settings, world: World, desk: str | None, as_csv: bool) -> str:
    practice, _ = read_practice_in_use(settings.practice)
    with opened_database(settings, world) as database:
        transactions = make_transactions(database, practice, world)
        desks = transactions.run_now(name_desks)
        wanted = [find_desk(desks, desk)] if desk else desks
        seen = [(named, one) for named in wanted for one in transactions.run_now(slots_of, named.desk.id)]
    if as_csv:
        # one that is gone but taken would come back with the file
        return write_slots((named, one.row) for named, one in seen if not one.slot.withdrawn)
    return "".join(f"{line}\n" for line in say_slots(seen)) or "There are no slots to come.\n"


def say_slots(seen: Sequence[tuple[NamedDesk, SlotSeen]]) -> Iterator[str]:
    last: NamedDesk | None = None
    for named, one in seen:
        if named != last:
            yield str(named)
            last = named
        yield f"  {one}"


def report(settings: Settings, world: World, first: date, last: date) -> bytes:
    practice, _ = read_practice_in_use(settings.practice)
    with opened_database(settings, world) as database:
        try:
            found = make_transactions(database, practice, world).run_now(see_capacity, None, first, last)
        except Refusal as refusal:
            raise Stop(refusal.sentence) from None
    return write_table(COLUMNS, capacity_file(found).rows)
