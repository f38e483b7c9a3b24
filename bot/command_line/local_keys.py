"""The key file of local mode: made once beside the SQLite database, for this user alone."""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

from bot.setting_values import ENCRYPTION_KEY_BYTES


class LostKeys(Exception):
    """The database holds what only the missing key file opens; a new key would hide that."""

    def __init__(self, key_file: Path, database_file: Path) -> None:
        super().__init__(
            f"The database {database_file} is encrypted, and its key file {key_file} is not there. "
            "Put it back, or move the database away to begin with an empty one."
        )


def key_file_of(database_file: Path) -> Path:
    return database_file.with_name(f"{database_file.name}.keys")


def read_local_keys(database_file: Path) -> str | None:
    """As in CHAIRSIDE_ENCRYPTION_KEYS; None where there is no key file yet. Raises OSError."""
    try:
        return key_file_of(database_file).read_text("ascii", errors="replace").strip()
    except FileNotFoundError:
        return None


def make_local_keys(database_file: Path, random_bytes: Callable[[int], bytes]) -> str:
    """Makes the key file, unless another process was quicker, and gives what it holds. Raises OSError."""
    key_file = key_file_of(database_file)
    key_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = key_file.with_name(f"{key_file.name}.{os.getpid()}")
    _write_privately(unfinished, f"local:{b64encode(random_bytes(ENCRYPTION_KEY_BYTES)).decode()}\n")
    _put_in_place(unfinished, key_file)
    return key_file.read_text("ascii").strip()


def _write_privately(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w", encoding="ascii") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())


def _put_in_place(unfinished: Path, key_file: Path) -> None:
    """Whole or not at all, and never over a file that is there."""
    try:
        os.link(unfinished, key_file)
    except FileExistsError:
        pass
    except OSError:  # a file system without links
        os.replace(unfinished, key_file)
    unfinished.unlink(missing_ok=True)
