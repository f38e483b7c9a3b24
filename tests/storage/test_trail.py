"""The trail: append-only, and a forged line shows."""

from __future__ import annotations

from datetime import timedelta, timezone

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from discussions.trail import Deed, Entry
from storage.database import Database
from storage.rows import Transaction
from storage.tables import trail
from storage.trail import TrailInSql
from tests.storage.samples import NOW

BOOKED = Entry(Deed.BOOKED, NOW, "sam", "d1", "d1", 1)
READ = Entry(Deed.READ, NOW, "jane", "d1", why="chair")
IMPORTED = Entry(Deed.IMPORTED, NOW, None)


@pytest.fixture(autouse=True)
def _three_lines(database: Database) -> None:
    with database.transaction() as store:
        store.trail.write(BOOKED)
        store.trail.write(IMPORTED)
    with database.transaction() as store:
        store.trail.write(READ)


def test_lines_come_back_in_their_order(database: Database) -> None:
    with database.transaction() as store:
        assert store.trail.entries() == [BOOKED, IMPORTED, READ]
        assert store.trail.entries("d1") == [BOOKED, READ]
        assert store.trail.is_unbroken()


def test_a_line_is_seen_within_its_own_transaction(database: Database) -> None:
    with database.transaction() as store:
        store.trail.write(READ)
        assert store.trail.entries("d1") == [BOOKED, READ, READ]


def test_a_line_in_another_time_zone_leaves_the_trail_whole(database: Database) -> None:
    with database.transaction() as store:
        store.trail.write(Entry(Deed.READ, NOW.astimezone(timezone(timedelta(hours=1))), "jane"))
        assert store.trail.is_unbroken()
    with database.transaction() as store:
        assert store.trail.is_unbroken()


def test_what_is_rolled_back_leaves_no_line(database: Database) -> None:
    def write_and_fail() -> None:
        with database.transaction() as store:
            store.trail.write(READ)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_fail()

    with database.transaction() as store:
        assert len(store.trail.entries()) == 3


@pytest.mark.parametrize("table", ["trail", "delivery"])
@pytest.mark.parametrize("change", ["UPDATE {} SET at = at", "DELETE FROM {}", "UPDATE {} SET place = 99"])
def test_the_database_refuses_to_change_a_line(database: Database, table: str, change: str) -> None:
    with database.begin() as tx:
        if table == "delivery":
            tx.connection.execute(
                text("INSERT INTO delivery (message, at, state) VALUES ('m1', :now, 'sent')"),
                {"now": NOW if not database.is_sqlite else NOW.isoformat()},
            )
    with pytest.raises(DBAPIError, match="never changed"), database.begin() as tx:
        tx.connection.execute(text(change.format(table)))


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_postgresql_refuses_to_empty_the_trail(database: Database) -> None:
    with pytest.raises(DBAPIError, match="never changed"), database.begin() as tx:
        tx.connection.execute(text("TRUNCATE trail"))


@pytest.mark.parametrize(
    "forged",
    [
        {"place": 4, "previous": "0" * 64, "hash": "f" * 64},
        {"place": 9, "previous": None, "hash": "f" * 64},
    ],
)
def test_a_forged_line_shows(database: Database, forged: dict[str, object]) -> None:
    with database.begin() as tx:
        last = tx.connection.execute(text("SELECT hash FROM trail ORDER BY place DESC LIMIT 1")).scalar_one()
        row = forged | {"previous": forged["previous"] or last, "deed": "read", "at": NOW}
        tx.connection.execute(trail.insert(), row)

    with database.transaction() as store:
        assert not store.trail.is_unbroken()


@pytest.mark.parametrize("change", ["who = 'sam'", "why = NULL", "deed = 'approved'", "discussion = 'd2'"])
def test_a_changed_line_shows_though_the_refusal_was_taken_away(database: Database, change: str) -> None:
    with database.engine.connect() as connection:
        trigger = "trail_refuses_update" if database.is_sqlite else "trail_refuses_change ON trail"
        connection.execute(text(f"DROP TRIGGER {trigger}"))
        connection.execute(text(f"UPDATE trail SET {change} WHERE place = 3"))

        assert not TrailInSql(Transaction(connection, database.keyring)).is_unbroken()
        connection.rollback()
