"""Statements of ours go to SQLite past SQLAlchemy, and must come to the same; what was read is read once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import Select, bindparam, select
from sqlalchemy.exc import IntegrityError

from discussions.actions.action import ActionState
from discussions.actions.promises import PromiseState
from storage.actions import ACTIONS
from storage.columns import METADATA
from storage.database import Database
from storage.people import PEOPLE
from storage.rows import Transaction
from storage.store import StoreInSql
from storage.tables import action, mark, person
from tests.storage.full_house import fill
from tests.storage.samples import NOW, VISIT, fill_directory

AMONG = select(person.c.id).where(person.c.id.in_(bindparam("ids", expanding=True))).order_by(person.c.id)
CLOSED = [state.value for state in ActionState if not state.is_open]


@pytest.mark.parametrize("table", METADATA.sorted_tables, ids=str)
def test_every_kind_of_value_comes_back_as_sqlalchemy_gives_it(database: Database, table: object) -> None:
    fill(database)
    everything: Select[tuple[object, ...]] = select(table)  # type: ignore[call-overload]
    with database.begin() as tx:
        expected = [tuple(row) for row in tx.connection.execute(everything)]

        assert [tuple(row) for row in tx.do(everything)] == expected


@pytest.mark.parametrize("ids", [[], ["ali"], ["ali", "jane", "nobody"]])
def test_a_list_may_have_any_length(database: Database, ids: list[str]) -> None:
    fill(database)
    with database.begin() as tx:
        assert tx.do(AMONG, ids=ids).column() == [id for id in ids if id != "nobody"]


def test_a_statement_may_bring_its_own_lists_and_names(database: Database) -> None:
    fill(database)
    open_ones = select(action.c.state.label("name"), action.c.id, action.c.id).where(action.c.state.not_in(CLOSED))
    with database.begin() as tx:
        assert [tuple(row) for row in tx.do(open_ones)] == [("accepted", "a1", "a1")]


def test_nothing_found_is_none(database: Database) -> None:
    with database.begin() as tx:
        found = tx.do(AMONG, ids=["nobody"])

        assert (found.first(), found.value(), found.column()) == (None, None, [])


def test_a_fault_is_told_as_sqlalchemy_tells_it(database: Database) -> None:
    fill(database)
    adding = mark.insert().inline()
    row = {"name": "tick", "at": NOW}
    with pytest.raises(IntegrityError), database.begin() as tx:
        tx.do_for_each(adding, [row, row])


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_fault_on_sqlite_repeats_no_value(database: Database) -> None:
    adding = mark.insert().inline()
    row = {"name": "secret", "at": NOW}
    with pytest.raises(IntegrityError) as told, database.begin() as tx:
        tx.do_for_each(adding, [row, row])
    assert "secret" not in str(told.value)


def test_what_was_read_is_not_read_again(database: Database) -> None:
    fill(database)
    with database.begin() as tx:
        first = PEOPLE.find(tx, "ali")
        tx.connection.execute(person.update().values(role="changed behind its back"))

        assert PEOPLE.find(tx, "ali") is first
        assert StoreInSql(tx).people.people(["ali"]) == {"ali": first}


def test_what_belongs_to_one_thing_is_read_once_until_it_changes(database: Database) -> None:
    fill(database)
    with database.transaction() as store:
        first = store.actions.promises("a1")
        assert store.actions.promises("a1") is first

        store.actions.void_promises("a1")

        assert [one.state for one in first] == [PromiseState.WAITING]
        assert [one.state for one in store.actions.promises("a1")] == [PromiseState.VOID]


def change_all(tx: Transaction) -> None:
    tx.do(action.update().values(number=9))


def change_one(tx: Transaction) -> None:
    found = ACTIONS.find(tx, "a1")
    assert found is not None
    ACTIONS.save(tx, replace(found, number=9), found.version, "this action")


@pytest.mark.parametrize("change", [change_all, change_one])
def test_what_was_changed_is_known_as_it_stands_now(database: Database, change: Callable[[Transaction], None]) -> None:
    fill(database)
    with database.begin() as tx:
        ACTIONS.find(tx, "a1")
        change(tx)
        known = ACTIONS.find(tx, "a1")
    with database.begin() as tx:
        assert ACTIONS.find(tx, "a1") == known
    assert known is not None
    assert known.number == 9


def test_what_does_not_exist_yet_is_found_once_it_does(database: Database) -> None:
    fill(database)
    with database.begin() as tx:
        assert ACTIONS.find(tx, "a2") is None
        ACTIONS.add(tx, [replace(VISIT, id="a2", number=2)])

        assert ACTIONS.find(tx, "a2") is not None


def test_another_transaction_knows_nothing(database: Database) -> None:
    with database.transaction() as store:
        fill_directory(store)
        assert store.people.person("ali") is not None
    with database.begin() as tx:
        assert tx.known == {}
