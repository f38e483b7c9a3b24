"""Backup and restore: what goes into the file comes out of it, on either engine, and nothing else does."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from discussions.trail import Deed, Entry
from storage.database import Database, open_database
from storage.keyring import Keyring
from storage.upkeep import BadBackup, NotEmpty, backup, restore
from tests.storage.full_house import SECRETS, SENT, fill
from tests.storage.samples import HOUR, JANE, NOTED, NOW, message
from tests.storage.test_secrets import everything_kept


@pytest.fixture
def file(database: Database, tmp_path: Path) -> Path:
    fill(database)
    path = tmp_path / "chairside.backup"
    backup(database.url, path)
    return path


def test_a_restored_database_is_the_one_that_was_backed_up(
    database: Database, file: Path, blank_url: str, keyring: Keyring
) -> None:
    counted = restore(file, blank_url)

    restored = open_database(blank_url, keyring)
    assert everything_kept(restored) == everything_kept(database)
    assert counted["person"] == 3
    with restored.transaction() as store:
        assert store.people.by_mail("jane.oneill@example.org") == JANE
        assert store.trail.is_unbroken()
        assert store.outbox.ledger({"action": "a1"}) == [SENT]
    restored.close()


def test_work_goes_on_in_a_restored_database(file: Path, blank_url: str, keyring: Keyring) -> None:
    restore(file, blank_url)

    restored = open_database(blank_url, keyring)
    with restored.transaction() as store:
        store.facts.add(NOTED.__class__("f9", "d1", 3, "note", "", 1, "More", 1, "digest-1", "jane", NOW))
        store.outbox.put(message("m2"))
        store.trail.write(Entry(Deed.CAPTURED, NOW, "jane", "d1"))
        assert store.discussions.next_reference(2026) == "SD-26-0002"
        assert [fact.id for fact in store.facts.history("d1")] == ["f1", "f2", "f9"]
        assert [each.message.id for each in store.outbox.claim(NOW, 9, HOUR, "token")] == ["m2"]
        assert store.trail.is_unbroken()
    restored.close()


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_a_backup_moves_from_one_engine_to_the_other(file: Path, database: Database, tmp_path: Path) -> None:
    moved = f"sqlite:///{tmp_path}/moved.db"
    restore(file, moved)

    with_sqlite = open_database(moved, database.keyring)
    assert everything_kept(with_sqlite) == everything_kept(database)
    with with_sqlite.transaction() as store:
        assert store.trail.is_unbroken()
    with_sqlite.close()


def test_a_database_with_something_in_it_is_not_restored_into(file: Path, database: Database) -> None:
    before = everything_kept(database)
    with pytest.raises(NotEmpty):
        restore(file, database.url)
    assert everything_kept(database) == before


def test_the_file_is_private_and_holds_no_secret_in_plain_words(file: Path) -> None:
    written = gzip.decompress(file.read_bytes()).decode().casefold()

    assert [word for word in SECRETS if word.casefold() in written] == []
    assert file.stat().st_mode & 0o077 == 0


def lose_a_line(lines: list[bytes]) -> list[bytes]:
    return [*lines[:3], *lines[4:]]


def lose_the_end(lines: list[bytes]) -> list[bytes]:
    return lines[:-1]


def change_a_word(lines: list[bytes]) -> list[bytes]:
    return [line.replace(b"Avon", b"Kent") for line in lines]


def be_of_another_revision(lines: list[bytes]) -> list[bytes]:
    return [lines[0].replace(b'"00', b'"99'), *lines[1:]]


def be_something_else(lines: list[bytes]) -> list[bytes]:
    return [b"hello\n"]


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize("harm", [lose_a_line, lose_the_end, change_a_word, be_of_another_revision, be_something_else])
def test_a_harmed_file_is_refused_before_anything_is_written(
    file: Path, blank_url: str, harm: Callable[[list[bytes]], list[bytes]]
) -> None:
    lines = gzip.decompress(file.read_bytes()).splitlines(keepends=True)
    file.write_bytes(gzip.compress(b"".join(harm(lines))))

    with pytest.raises(BadBackup):
        restore(file, blank_url)
    assert not Path(blank_url.removeprefix("sqlite:///")).exists()


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_file_that_was_cut_off_is_refused(file: Path, blank_url: str) -> None:
    file.write_bytes(file.read_bytes()[:-200])
    with pytest.raises(BadBackup):
        restore(file, blank_url)


def test_a_database_that_was_never_migrated_is_not_backed_up(blank_url: str, tmp_path: Path) -> None:
    with pytest.raises(BadBackup, match="Migrate it first"):
        backup(blank_url, tmp_path / "never.backup")
    assert not (tmp_path / "never.backup").exists()
