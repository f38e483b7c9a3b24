"""The key file of local mode: made once, whole or not at all, for this user alone."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from bot.command_line.local_keys import key_file_of, make_local_keys, read_local_keys
from storage.keyring import Keyring


def test_before_it_is_made_there_are_no_keys_and_no_file(tmp_path: Path) -> None:
    assert read_local_keys(tmp_path / "a.db") is None
    assert list(tmp_path.iterdir()) == []


def test_what_is_made_is_read_again_and_is_a_key(tmp_path: Path) -> None:
    database = tmp_path / "new" / "a.db"
    made = make_local_keys(database, os.urandom)

    assert read_local_keys(database) == made
    assert Keyring.from_setting(made).newest == "local"
    assert stat.S_IMODE(key_file_of(database).stat().st_mode) == 0o600
    assert [file.name for file in database.parent.iterdir()] == ["a.db.keys"]


def test_keys_that_are_there_are_never_replaced(tmp_path: Path) -> None:
    first = make_local_keys(tmp_path / "a.db", os.urandom)

    assert make_local_keys(tmp_path / "a.db", os.urandom) == first


def test_what_an_interrupted_start_left_behind_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / f"a.db.keys.{os.getpid()}").write_text("loc")

    assert make_local_keys(tmp_path / "a.db", lambda count: b"k" * count).startswith("local:a2tr")
    assert [file.name for file in tmp_path.iterdir()] == ["a.db.keys"]


def test_databases_beside_each_other_have_keys_of_their_own(tmp_path: Path) -> None:
    made = {make_local_keys(tmp_path / name, os.urandom) for name in ("a.db", "b.db")}

    assert len(made) == 2
