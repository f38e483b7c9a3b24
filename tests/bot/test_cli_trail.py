"""`chairside trail check`: a whole trail, a forged one, and one whose end was cut off."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from bot.command_line.cli import chairside
from bot.world import World
from discussions.trail import Deed, Entry
from storage.database import Database, open_database
from storage.trail import FIRST_HASH
from tests.scenarios.world import KEYS

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


class Kept:
    """A database on either engine, and the command line that is set up for it."""

    def __init__(self, url: str) -> None:
        self.database: Database = open_database(url, KEYS)
        self.environment = {
            "CHAIRSIDE_APP_ID": "aaaaaaaa-1111-4222-8333-bbbbbbbbbbbb",
            "CHAIRSIDE_APP_SECRET": "never-to-be-seen",
            "CHAIRSIDE_TENANT_ID": "cccccccc-1111-4222-8333-dddddddddddd",
            "CHAIRSIDE_ENCRYPTION_KEYS": KEYS,
            "CHAIRSIDE_PUBLIC_URL": "https://chairside.example.org",
            # a server of the tests is reached by its socket; the host that a setting must have is not looked at
            "CHAIRSIDE_DATABASE_URL": url.replace("@/", "@localhost/"),
        }

    def say(self, *words: str) -> Result:
        return CliRunner().invoke(chairside, words, obj=World(self.environment, lambda: NOW, os.urandom))

    def write(self, *deeds: Deed) -> None:
        with self.database.transaction() as store:
            for deed in deeds:
                store.trail.write(Entry(deed, NOW, None))

    def go_round_the_refusal(self, change: str) -> None:
        """As whoever owns the database could."""
        sqlite = ["DROP TRIGGER trail_refuses_update", "DROP TRIGGER trail_refuses_delete"]
        ways = sqlite if self.database.is_sqlite else ["SET LOCAL session_replication_role = replica"]
        with self.database.begin() as tx:
            for statement in (*ways, change):
                tx.connection.execute(text(statement))

    def newest_hash(self) -> str:
        return self.say("trail", "check").stdout.splitlines()[1].removeprefix("Newest hash: ")


@pytest.fixture
def kept(make_url: Callable[[], str]) -> Iterator[Kept]:
    made = Kept(make_url())
    yield made
    made.database.close()


def test_a_whole_trail_is_counted_and_its_newest_hash_printed(kept: Kept) -> None:
    kept.write(Deed.BOOKED, Deed.READ, Deed.ANSWERED)

    checked = kept.say("trail", "check")

    with kept.database.transaction() as store:
        newest = store._trail.last_hash()
    assert (checked.exit_code, checked.stderr) == (0, "")
    assert checked.stdout == f"The trail is whole: 3 lines.\nNewest hash: {newest}\n"


def test_a_hash_kept_elsewhere_is_found_among_the_lines_that_came_since(kept: Kept) -> None:
    kept.write(Deed.BOOKED, Deed.READ)
    noted = kept.newest_hash()
    kept.write(Deed.ANSWERED)

    checked = kept.say("trail", "check", "--expect", noted)

    assert checked.exit_code == 0
    assert checked.stdout.endswith("The hash that you expect is that of line 2; 1 line since then.\n")


def test_lines_cut_off_at_the_end_show_by_the_hash_kept_elsewhere_alone(kept: Kept) -> None:
    kept.write(Deed.BOOKED, Deed.READ, Deed.ANSWERED)
    noted = kept.newest_hash()
    kept.go_round_the_refusal("DELETE FROM trail WHERE place = 3")
    kept.write(Deed.READ)

    without, with_it = kept.say("trail", "check"), kept.say("trail", "check", "--expect", noted)

    assert without.exit_code == 0
    assert with_it.exit_code == 1
    assert with_it.stderr.startswith("No line carries the hash that you expect. Lines were cut off at the end since")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE trail SET deed = 'approved' WHERE place = 2",
        "DELETE FROM trail WHERE place = 2",
        "UPDATE trail SET who = 'somebody' WHERE place >= 2",
    ],
)
def test_the_first_broken_place_is_named(kept: Kept, change: str) -> None:
    kept.write(Deed.BOOKED, Deed.READ, Deed.ANSWERED, Deed.READ)
    kept.go_round_the_refusal(change)

    checked = kept.say("trail", "check")

    assert (checked.exit_code, checked.stdout) == (1, "")
    assert checked.stderr.startswith("The trail is broken at line 2. Up to line 1 it is whole.")


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_moment_that_is_none_is_a_broken_place_and_no_fault_of_the_program(kept: Kept) -> None:
    kept.write(Deed.BOOKED, Deed.READ, Deed.ANSWERED)
    kept.go_round_the_refusal("UPDATE trail SET at = 'yesterday' WHERE place = 3")

    checked = kept.say("trail", "check")

    assert checked.exit_code == 1
    assert checked.stderr.startswith("The trail is broken at line 3. Up to line 2 it is whole.")


def test_an_empty_trail_is_whole_and_its_beginning_can_be_expected(kept: Kept) -> None:
    checked = kept.say("trail", "check", "--expect", FIRST_HASH)

    assert checked.exit_code == 0
    assert checked.stdout.startswith(f"The trail is whole: 0 lines.\nNewest hash: {FIRST_HASH}\n")


def test_what_is_no_hash_is_a_wrong_command_line(kept: Kept) -> None:
    checked = kept.say("trail", "check", "--expect", "abc")

    assert checked.exit_code == 2
    assert checked.stderr.startswith("--expect takes the 64 letters and digits")
