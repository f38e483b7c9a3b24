"""How a command ends when it can't do its work: one plain sentence and an exit code, never a traceback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum

import click

from bot.settings import BadSettings


class Exit(IntEnum):
    REFUSED = 1
    """What was asked can't be done as things are: a bad file, something to mend."""
    SETTINGS = 2
    """Settings or the command line are wrong; click uses it too."""
    NOT_READY = 3
    """Something that must be there is not: the database, its migration, the port."""
    FAULT = 70
    """A mistake of the program, as sysexits.h has it."""


class Stop(Exception):
    """Ends the command with this sentence."""

    def __init__(self, sentence: str, code: Exit = Exit.REFUSED) -> None:
        super().__init__(sentence)
        self.code = code


@contextmanager
def saying_plainly() -> Iterator[None]:
    """All that can go wrong outside of the program, as a sentence. Raises click's Exit; or a fault, as it is."""
    try:
        yield
    except (click.exceptions.Exit, click.Abort):
        raise
    except Exception as fault:
        stop = _find_stop(fault)
        if stop is None:
            raise
        click.echo(str(stop), err=True)
        raise click.exceptions.Exit(stop.code) from None


def _find_stop(fault: Exception) -> Stop | None:
    """None for a fault of the program itself."""
    if isinstance(fault, BadSettings):
        return Stop(_say_settings(fault), Exit.SETTINGS)
    if isinstance(fault, Stop):
        return fault
    # Imported here, so that `chairside --help` need not wait for the database's library.
    from bot.command_line.local_keys import LostKeys
    from storage.csv_lines import BadFile
    from storage.engines import BadDatabaseUrl
    from storage.health import DATABASE_FAULTS
    from storage.keyring import BadKeys, CannotOpen
    from storage.practice_file import BadPracticeFile
    from storage.upkeep import BadBackup, NotEmpty

    if isinstance(fault, BadPracticeFile | BadFile | BadBackup | NotEmpty | LostKeys):
        return Stop(str(fault))
    if isinstance(fault, BadKeys | BadDatabaseUrl):
        return Stop(str(fault), Exit.SETTINGS)
    if isinstance(fault, CannotOpen):
        return Stop(f"{fault} Put the missing key back at the end of CHAIRSIDE_ENCRYPTION_KEYS.")
    if isinstance(fault, DATABASE_FAULTS):
        return Stop(_say_database(fault), Exit.NOT_READY)
    if isinstance(fault, OSError):
        return Stop(f"{fault.filename or 'A file'}: {fault.strerror or type(fault).__name__}.")
    return None


def _say_database(fault: Exception) -> str:
    """The driver's own words may hold the address with its password, or what was to be stored."""
    return (
        f"The database can't be used ({type(fault).__name__}). "
        "Check CHAIRSIDE_DATABASE_URL, that the database runs, and that its user may write."
    )


def _say_settings(bad: BadSettings) -> str:
    count = len(bad.problems)
    heading = f"Chairside can't start: {count} setting{' is' if count == 1 else 's are'} missing or wrong."
    lines = [f"  {problem.name}: {problem.what}.\n    → {problem.mend}" for problem in bad.problems]
    return "\n".join([heading, *lines])
