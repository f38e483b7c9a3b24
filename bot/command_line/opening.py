"""From settings to what a command works with: the keys, the practice, and the database at its newest migration."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from bot.bank_holidays import EnglandBankHolidays
from bot.command_line.local_keys import LostKeys, key_file_of, make_local_keys, read_local_keys
from bot.command_line.stopping import Exit, Stop
from bot.identifiers import ids_from
from bot.settings import Settings
from bot.world import World
from discussions.practice.types import Practice
from storage.database import Database, TransactionsInSql, open_database
from storage.health import count_unreadable
from storage.keyring import Keyring
from storage.practice_file import practice_text, read_practice, standard_text
from storage.schema import migrate, newest_revision, revision_of


def read_practice_in_use(path: Path | None) -> tuple[Practice, str]:
    """The practice with its text, which is kept as long as records made under it. Raises BadPracticeFile, OSError."""
    text = standard_text() if path is None else practice_text(path)
    return read_practice(text), text


def find_keyring(settings: Settings) -> Keyring | None:
    """The keys of the settings, or of the key file of local mode; None where that is not made yet. Raises BadKeys."""
    if settings.encryption_keys is not None:
        return Keyring({key.id: key.secret for key in settings.encryption_keys})
    assert settings.database_file is not None, "without a SQLite file the settings must hold keys"
    kept = read_local_keys(settings.database_file)
    return None if kept is None else Keyring.from_setting(kept)


def make_ready(settings: Settings, world: World) -> Keyring:
    """Migrates, and makes the key file where local mode needs one. Raises LostKeys, BadKeys."""
    keyring = find_keyring(settings)
    migrate(settings.database_url)
    if keyring is not None:
        return keyring
    file = settings.database_file
    assert file is not None, "a key file belongs to a SQLite file"
    if count_unreadable(settings.database_url, None):
        raise LostKeys(key_file_of(file), file)
    return Keyring.from_setting(make_local_keys(file, world.random_bytes))


def read_revision(settings: Settings) -> str | None:
    """None for a database that is not there or was never migrated. Makes no file."""
    file = settings.database_file
    return None if file is not None and not file.exists() else revision_of(settings.database_url)


@contextmanager
def opened_database(settings: Settings, world: World) -> Iterator[Database]:
    """The database, migrated: by itself in local mode, otherwise by whoever deploys. Raises Stop, LostKeys, BadKeys."""
    if settings.is_local:
        keyring = make_ready(settings, world)
    else:
        refuse_unmigrated(settings)
        found = find_keyring(settings)
        assert found is not None, "production does not start without keys"
        keyring = found
    database = open_database(settings.database_url, keyring)
    try:
        yield database
    finally:
        database.close()


def refuse_unmigrated(settings: Settings) -> None:
    found, needed = read_revision(settings), newest_revision()
    if found != needed:
        stands = "was never migrated" if found is None else f"stands at migration {found}"
        raise Stop(f"The database {stands}; this Chairside needs {needed}. Run: chairside migrate", Exit.NOT_READY)


def make_calendar(now: datetime) -> EnglandBankHolidays:
    """With last year, this one and the next worked out, so that no turn waits for them."""
    calendar = EnglandBankHolidays()
    calendar.prepare(range(now.year - 1, now.year + 2))
    return calendar


def make_transactions(database: Database, practice: Practice, world: World) -> TransactionsInSql:
    calendar = EnglandBankHolidays()
    return TransactionsInSql(database, practice, calendar, world.now, ids_from(world.now, world.random_bytes))
