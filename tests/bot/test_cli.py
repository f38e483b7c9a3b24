"""The command line: what each command says and does, and with which exit code."""

from __future__ import annotations

import base64
import os
import re
import stat
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.command_line.cli import chairside
from bot.demonstration import fictitious_directory
from bot.world import World
from storage.schema import newest_revision

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SMALL = "agency,name,role,mail\nPolice,Ann Lee,DS,ann@p.example\nPolice,Bob Ray,DC,bob@p.example\n"
PRODUCTION = {
    "CHAIRSIDE_APP_ID": "aaaaaaaa-1111-4222-8333-bbbbbbbbbbbb",
    "CHAIRSIDE_APP_SECRET": "never-to-be-seen",
    "CHAIRSIDE_TENANT_ID": "cccccccc-1111-4222-8333-dddddddddddd",
    "CHAIRSIDE_ENCRYPTION_KEYS": "k1:" + base64.b64encode(b"k" * 32).decode(),
    "CHAIRSIDE_PUBLIC_URL": "https://chairside.example.org",
}


class Terminal:
    """Says commands to Chairside within this process; the database lies in a folder of its own."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.folder = folder
        self.database = folder / "kept" / "chairside.db"
        self.environment = {**environment, "CHAIRSIDE_DATABASE_URL": f"sqlite:///{self.database}"}

    def say(self, *words: str | Path) -> Result:
        world = World(self.environment, lambda: NOW, os.urandom)
        return CliRunner().invoke(chairside, [str(word) for word in words], obj=world)

    def succeed(self, *words: str | Path) -> str:
        result = self.say(*words)
        assert (result.exit_code, result.stderr) == (0, ""), result.output
        return result.stdout

    def fail(self, code: int, *words: str | Path) -> str:
        result = self.say(*words)
        assert (result.exit_code, result.stdout) == (code, ""), result.output
        assert isinstance(result.exception, SystemExit)
        return result.stderr

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(text, "utf-8")
        return path


@pytest.fixture
def local(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path, {"CHAIRSIDE_MODE": "local"})


@pytest.fixture
def production(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path, PRODUCTION)


# Settings


@pytest.mark.parametrize(
    "words",
    [
        ["serve"],
        ["migrate"],
        ["directory", "show"],
        ["practice", "check"],
        ["backup", "b"],
        ["purge"],
        ["keys", "rotate"],
    ],
    ids=" ".join,
)
def test_every_command_names_all_wrong_settings_at_once(tmp_path: Path, words: list[str]) -> None:
    said = Terminal(tmp_path, {"CHAIRSIDE_PORT": "high"}).fail(2, *words)

    assert said.startswith("Chairside can't start: 6 settings are missing or wrong.")
    assert re.findall(r"^  (CHAIRSIDE_\w+): .+\.\n    → .+\.$", said, re.MULTILINE) == [
        "CHAIRSIDE_APP_ID",
        "CHAIRSIDE_APP_SECRET",
        "CHAIRSIDE_TENANT_ID",
        "CHAIRSIDE_PORT",
        "CHAIRSIDE_PUBLIC_URL",
        "CHAIRSIDE_ENCRYPTION_KEYS",
    ]


def test_the_doctor_names_each_wrong_setting_with_its_mend(tmp_path: Path) -> None:
    result = Terminal(tmp_path, {"CHAIRSIDE_MODE": "locale"}).say("doctor", "--offline")

    assert result.exit_code == 1
    assert "WRONG  CHAIRSIDE_MODE: it is neither production nor local\n       → Write one of the two" in result.stdout
    assert result.stdout.endswith("1 thing to mend.\n")


def test_the_doctor_finds_nothing_to_mend_before_the_first_local_start_and_leaves_nothing(local: Terminal) -> None:
    assert local.succeed("doctor", "--offline").endswith("All is well.\n")
    assert list(local.folder.iterdir()) == []


def test_the_doctor_looks_at_a_real_database(production: Terminal) -> None:
    never = production.say("doctor", "--offline")
    production.succeed("migrate")
    empty = production.say("doctor", "--offline")
    production.succeed("directory", "import", production.write("d.csv", SMALL))
    well = production.say("doctor", "--offline")

    assert (never.exit_code, empty.exit_code, well.exit_code) == (1, 1, 0)
    assert "WRONG  database: reachable, but never migrated\n       → Run `chairside migrate`" in never.stdout
    assert "WRONG  directory: nobody is in it" in empty.stdout
    assert "ok     directory: 2 people" in well.stdout


def test_the_doctor_counts_what_a_missing_key_leaves_unreadable(production: Terminal) -> None:
    production.succeed("migrate")
    production.succeed("directory", "import", production.write("d.csv", SMALL))
    production.environment["CHAIRSIDE_ENCRYPTION_KEYS"] = "k1:" + base64.b64encode(b"z" * 32).decode()

    result = production.say("doctor", "--offline")

    assert result.exit_code == 1
    assert "WRONG  encryption keys: 4 stored values" in result.stdout


# The database and its keys


def test_a_production_database_that_is_not_migrated_is_refused_with_the_mend(production: Terminal) -> None:
    said = production.fail(3, "directory", "show")

    assert (
        said == f"The database was never migrated; this Chairside needs {newest_revision()}. Run: chairside migrate\n"
    )
    assert not production.database.exists()


def test_migrating_twice_says_so(production: Terminal) -> None:
    newest = newest_revision()

    assert production.succeed("migrate") == f"The database is at migration {newest}.\n"
    assert production.succeed("migrate") == f"The database is at migration {newest} already.\n"


def test_local_mode_migrates_by_itself_and_keeps_its_keys_for_this_user_alone(local: Terminal) -> None:
    assert local.succeed("directory", "show") == "The directory is empty.\n"
    key_file = local.database.with_name("chairside.db.keys")
    first = key_file.read_text()

    local.succeed("directory", "import", local.write("d.csv", SMALL))

    assert key_file.read_text() == first
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert "Ann Lee" in local.succeed("directory", "show")


def test_a_lost_key_file_is_missed_as_soon_as_something_is_encrypted(local: Terminal) -> None:
    key_file = local.database.with_name("chairside.db.keys")
    local.succeed("migrate")
    key_file.unlink()
    local.succeed("directory", "import", local.write("d.csv", SMALL))
    key_file.unlink()

    said = local.fail(1, "directory", "show")

    assert "its key file" in said
    assert "Put it back" in said
    assert not key_file.exists()


def test_a_broken_key_file_is_told_without_what_is_in_it(local: Terminal) -> None:
    local.succeed("migrate")
    local.database.with_name("chairside.db.keys").write_text("local:secretsecret")

    said = local.fail(2, "directory", "show")

    assert said.startswith("Key 'local' ")
    assert "secretsecret" not in said


def test_a_database_that_cannot_be_reached_is_told_without_its_password(
    production: Terminal, unused_tcp_port: int
) -> None:
    production.environment["CHAIRSIDE_DATABASE_URL"] = (
        f"postgresql://me:hush-hush@127.0.0.1:{unused_tcp_port}/chairside"
    )

    said = production.fail(3, "migrate")

    assert said.startswith("The database can't be used (OperationalError). Check CHAIRSIDE_DATABASE_URL")
    assert "hush" not in said


def test_a_file_that_is_no_database_is_told(production: Terminal) -> None:
    production.database.parent.mkdir()
    production.database.write_text("not a database at all, but long enough to be looked at as if it were one" * 20)

    assert production.fail(3, "purge").startswith("The database can't be used")


# The directory


def test_a_directory_goes_in_and_comes_out_again_as_it_was(local: Terminal) -> None:
    said = local.succeed("directory", "import", local.write("d.csv", fictitious_directory()))
    shown = local.succeed("directory", "show", "--csv")

    assert said == "The directory holds 34 people, 14 desks and 14 agencies.\n"
    assert sorted(shown.splitlines()) == sorted(fictitious_directory().splitlines())
    again = local.succeed("directory", "import", local.write("again.csv", shown))
    assert again == said


def test_people_see_the_directory_by_agency_and_desk(local: Terminal) -> None:
    local.succeed("directory", "import", local.write("d.csv", fictitious_directory()))
    lines = local.succeed("directory", "show").splitlines()

    at = lines.index(
        "  [Safeguarding nurses] · safeguarding.nurses@health.example · 0117 496 0300 · Mon-Fri 08:30-17:00"
    )
    assert lines[at + 1].startswith("    Grace Oduya · Named nurse · lead · grace.oduya@health.example")
    assert lines[at + 1].endswith(" · Teams")


def test_an_import_says_what_it_remarks_and_who_is_no_longer_there(local: Terminal) -> None:
    local.succeed("directory", "import", local.write("d.csv", SMALL))
    said = local.succeed(
        "directory", "import", local.write("d.csv", SMALL.replace("DS", "Wizard").replace("Police,Bob", "Police,Rob"))
    )

    assert said.splitlines() == [
        "line 2: the practice knows no such role, so this person takes part without further rights.",
        "The directory holds 2 people, 0 desks and 1 agencies.",
    ]
    said = local.succeed("directory", "import", local.write("d.csv", "agency,name,role\nPolice,Zed,DS\n"))
    assert said.splitlines()[-1].startswith("2 people of the directory before are not in it")


def test_a_bad_directory_file_is_refused_with_every_mistake_and_nothing_is_imported(local: Terminal) -> None:
    local.succeed("directory", "import", local.write("d.csv", SMALL))

    said = local.fail(1, "directory", "import", local.write("bad.csv", SMALL.replace("@", " ").replace("Ann", "Eve")))

    assert [line.partition(".")[0] for line in said.splitlines()] == [
        "The directory file can't be used: 2 problems",
        "  line 2, mail: This is not a mail address",
        "  line 3, mail: This is not a mail address",
    ]
    assert "Eve" not in local.succeed("directory", "show")


def test_a_file_that_is_not_there_is_told(local: Terminal) -> None:
    assert "does not exist" in local.fail(2, "directory", "import", local.folder / "none.csv")


# The practice


def test_the_standard_practice_is_in_order(local: Terminal) -> None:
    said = local.succeed("practice", "check")

    assert said.startswith("The standard practice is in order: ")
    assert "13 agenda items" in said


def test_a_bad_practice_file_is_refused_with_its_place(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, {})

    said = terminal.fail(1, "practice", "check", terminal.write("p.toml", "version = 1\n"))

    assert said.startswith("The practice file can't be used: ")
    assert "line 1, version: " in said


# What is kept


def test_a_backup_fills_an_empty_database_and_no_other(production: Terminal) -> None:
    production.succeed("migrate")
    production.succeed("directory", "import", production.write("d.csv", SMALL))
    file = production.folder / "chairside.backup"
    assert production.succeed("backup", file).startswith("Wrote ")

    assert "is there already" in production.fail(1, "backup", file)
    assert production.fail(1, "restore", file).startswith("There is something in this database already.")
    other = Terminal(production.folder, {**production.environment})
    other.environment["CHAIRSIDE_DATABASE_URL"] = f"sqlite:///{production.folder}/other.db"
    assert other.succeed("restore", file).startswith("Restored ")
    assert other.succeed("directory", "show") == production.succeed("directory", "show")


def test_what_is_no_backup_is_refused(production: Terminal) -> None:
    assert "no backup" in production.fail(1, "restore", production.write("b", "hello"))


def test_keys_are_turned_so_that_the_older_one_can_go(production: Terminal) -> None:
    old = production.environment["CHAIRSIDE_ENCRYPTION_KEYS"]
    new = "k2:" + base64.b64encode(b"n" * 32).decode()
    production.succeed("migrate")
    production.succeed("directory", "import", production.write("d.csv", SMALL))

    production.environment["CHAIRSIDE_ENCRYPTION_KEYS"] = f"{new},{old}"
    assert production.succeed("keys", "rotate").startswith("Turned 2 rows to the key k2.")

    production.environment["CHAIRSIDE_ENCRYPTION_KEYS"] = new
    assert "Ann Lee" in production.succeed("directory", "show")
    production.environment["CHAIRSIDE_ENCRYPTION_KEYS"] = old
    assert "is not on the ring. Put the missing key back" in production.fail(1, "directory", "show")


def test_purging_says_what_went(production: Terminal) -> None:
    production.succeed("migrate")

    assert production.succeed("purge").startswith("Blanked 0 discussions; deleted 0 kept answers")
