"""Checks that the migrations lead to the tables as declared: on SQLite, and on PostgreSQL where it can be had."""

from __future__ import annotations

import sys
import tempfile
from contextlib import AbstractContextManager
from importlib import import_module
from pathlib import Path

from alembic.util import CommandError

from storage.schema import check, migrate


def main() -> int:
    """Gives 1 when tables and migrations have drifted apart, else 0."""
    with tempfile.TemporaryDirectory() as folder:
        is_right = _is_right("SQLite", f"sqlite:///{folder}/check.db")
    server = _private_postgres()
    if server is None:
        sys.stdout.write("PostgreSQL: not checked, no binaries are here.\n")
    else:
        with server as home:
            is_right &= _is_right("PostgreSQL", f"postgresql://chairside@/postgres?host={home}")
    return 0 if is_right else 1


def _is_right(engine: str, url: str) -> bool:
    try:
        migrate(url)
        check(url)
    except CommandError as drift:
        sys.stdout.write(f"{engine}: {drift}\n")
        return False
    sys.stdout.write(f"{engine}: the migrations lead to the tables as declared.\n")
    return True


def _private_postgres() -> AbstractContextManager[Path] | None:
    """The tests' own server. They are not part of the wheel, so it is there in a checkout only."""
    try:
        postgres = import_module("tests.postgres")
    except ModuleNotFoundError:
        return None
    binaries = postgres.find_binaries()
    return None if binaries is None else postgres.private_server(binaries)


if __name__ == "__main__":
    sys.exit(main())
