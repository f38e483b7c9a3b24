"""Migrations: from nothing to the tables as declared, on both engines, and again without harm."""

from __future__ import annotations

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.util import CommandError
from sqlalchemy import text

from storage import schema
from storage.engines import make_engine
from storage.schema import check, is_newest, migrate, newest_revision, revision_of

FILES = sorted(path.name for path in (Path(schema.__file__).parent / "migrations" / "versions").glob("*.py"))


def test_migrations_lead_from_nothing_to_the_tables_as_declared(blank_url: str) -> None:
    assert revision_of(blank_url) is None
    assert not is_newest(blank_url)

    migrate(blank_url)

    assert revision_of(blank_url) == newest_revision()
    assert is_newest(blank_url)
    check(blank_url)


def test_migrating_again_changes_nothing(blank_url: str) -> None:
    migrate(blank_url)
    migrate(blank_url)
    check(blank_url)


def test_two_that_start_together_migrate_once(blank_url: str) -> None:
    with ThreadPoolExecutor(2) as threads:
        for started in [threads.submit(_in_a_process_of_its_own, blank_url) for _ in range(2)]:
            started.result()
    check(blank_url)


def _in_a_process_of_its_own(url: str) -> None:
    # Alembic keeps its context in globals, so two threads of one process cannot stand for two replicas.
    subprocess.run([sys.executable, "-c", f"from storage.schema import migrate; migrate({url!r})"], check=True)


def test_drift_between_tables_and_migrations_is_seen(blank_url: str) -> None:
    migrate(blank_url)
    with make_engine(blank_url, keep_connections=False).begin() as connection:
        connection.execute(text("ALTER TABLE link ADD COLUMN forgotten TEXT"))

    with pytest.raises(CommandError, match="forgotten"):
        check(blank_url)


@pytest.mark.parametrize("name", FILES)
def test_migrations_are_numbered_and_named_by_what_they_do(name: str) -> None:
    assert re.fullmatch(r"\d{4}(_[a-z]+){3,}\.py", name)
    assert name.startswith(f"{FILES.index(name) + 1:04}")
