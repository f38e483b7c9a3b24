"""Rows and objects: the one place where what is kept is encrypted, written, read and opened again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, Generic, TypeVar

from sqlalchemy import Column, Connection, Executable, Select, Table, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from discussions.refusals import Stale
from storage.columns import Codec, is_secret
from storage.keyring import Keyring
from storage.statements import Found, Prepared, prepared

T = TypeVar("T")
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Transaction:
    """What every repository works with: one open transaction, the keys, and what it has read of it already.

    `do` is for statements that are made once and used many times; whatever is made for one question is asked through
    `connection`.
    """

    connection: Connection
    keyring: Keyring
    known: dict[Table, dict[Any, Any]] = field(default_factory=dict)

    @property
    def is_postgresql(self) -> bool:
        return self.connection.dialect.name == "postgresql"

    def say(self, sql: str) -> None:
        """A word to the engine itself, past everything that prepares statements and reads rows."""
        self._driver.execute(sql)

    def do(self, statement: Executable, **values: object) -> Found:
        return self.do_with(statement, values)

    def do_with(self, statement: Executable, values: Values) -> Found:
        self._forget_what_changes(statement)
        ready = self._prepared(statement, values)
        if ready is None:
            return Found.by_sqlalchemy(self.connection.execute(statement, values))
        return ready.run(self._driver, values)

    def do_for_each(self, statement: Executable, rows: Sequence[Values]) -> None:
        if not rows:
            return
        self._forget_what_changes(statement)
        ready = self._prepared(statement, rows[0])
        if ready is None:
            self.connection.execute(statement, rows)
        else:
            ready.run_for_each(self._driver, rows)

    def forget(self) -> None:
        """Something was taken back: what was read may not be so any more."""
        self.known.clear()

    def _prepared(self, statement: Executable, values: Values) -> Prepared | None:
        return None if self.is_postgresql else prepared(statement, tuple(values))

    def _forget_what_changes(self, statement: Executable) -> None:
        if statement.is_dml:
            self.known.pop(statement.table, None)  # type: ignore[attr-defined]

    @property
    def _driver(self) -> Any:
        driver = self.connection.connection.dbapi_connection
        assert driver is not None, "an open transaction has its connection"
        return driver


class Upserts:
    """`INSERT … ON CONFLICT` of one table, spelt for both engines, built once."""

    def __init__(self, table: Table, by: Sequence[str], leaves: Sequence[str] = ()) -> None:
        """`by` names the key. `leaves` are columns that keep their old value when the row is there already."""
        changed = [c.name for c in table.c if c.name not in (*by, *leaves) and not c.primary_key]
        self._adding = {e: i.on_conflict_do_nothing(index_elements=by) for e, i in _inserts(table)}
        self._putting = {
            e: i.on_conflict_do_update(index_elements=by, set_={name: i.excluded[name] for name in changed})
            for e, i in _inserts(table)
            if changed
        }

    def add(self, tx: Transaction, values: Values) -> bool:
        """False if the row was there already; then nothing was written."""
        return tx.do_with(self._adding[tx.connection.dialect.name], values).changed == 1

    def put(self, tx: Transaction, values: Values) -> None:
        tx.do_with(self._putting[tx.connection.dialect.name], values)

    def put_all(self, tx: Transaction, rows: Sequence[Values]) -> None:
        tx.do_for_each(self._putting[tx.connection.dialect.name], rows)


def _inserts(table: Table) -> list[tuple[str, Any]]:
    plain = [("sqlite", sqlite.insert(table)), ("postgresql", postgresql.insert(table))]
    return [(engine, insert.inline().execution_options(preserve_rowcount=True)) for engine, insert in plain]


class Rows(Generic[T]):
    """The rows of one table as objects of one kind, whose fields are columns of the same names."""

    def __init__(
        self,
        table: Table,
        kind: Callable[..., T],
        names: Sequence[str] | None = None,
        key: str = "id",
        are_known: bool = False,
    ):
        """`are_known`: what was read is remembered until the transaction ends or changes the table."""
        names = names or [field.name for field in fields(kind)]  # type: ignore[arg-type]
        self.table = table
        self.columns: list[Column[Any]] = [table.c[name] for name in names]
        self.select: Select[Any] = select(*self.columns)
        self._make = kind
        self._key = key
        self._are_known = are_known
        self._key_index = names.index(key) if key in names else -1
        self._writing = [(c.name, c.info.get("codec"), is_secret(c)) for c in self.columns]
        self._reading = [
            (index, name, codec, secret)
            for index, (name, codec, secret) in enumerate(self._writing)
            if codec is not None or secret
        ]
        self.by_key = self.select.where(table.c[key] == bindparam("key"))
        self._insert = table.insert().inline()
        self._saving = self._versioned_update(names) if "version" in names else None

    def values(self, tx: Transaction, thing: T) -> Values:
        """The object as a row, with its secrets sealed."""
        return self.sealed(tx, {name: getattr(thing, name) for name, _, _ in self._writing})

    def sealed(self, tx: Transaction, values: Mapping[str, Any]) -> Values:
        row, key = {}, values[self._key]
        for name, codec, secret in self._writing:
            value = values[name]
            if value is not None:
                value = _written(codec, value)
                value = tx.keyring.seal(value, self.table.name, name, key) if secret else value
            row[name] = value
        return row

    def thing(self, tx: Transaction, row: Sequence[Any]) -> T:
        """The row as an object. Raises keyring.CannotOpen when a secret was moved here from another row."""
        values = list(row[: len(self.columns)])
        for index, name, codec, secret in self._reading:
            value = values[index]
            if value is None:
                continue
            if secret:
                value = tx.keyring.open(value, self.table.name, name, values[self._key_index])
            values[index] = codec.read(value) if codec else value
        thing = self._make(*values)
        if self._are_known:
            self._know(tx, values[self._key_index], thing)
        return thing

    def one(self, tx: Transaction, statement: Select[Any], **values: object) -> T | None:
        row = tx.do_with(statement, values).first()
        return None if row is None else self.thing(tx, row)

    def all(self, tx: Transaction, statement: Select[Any], **values: object) -> list[T]:
        return [self.thing(tx, row) for row in tx.do_with(statement, values)]

    def of(self, tx: Transaction, statement: Select[Any], **its: object) -> Sequence[T]:
        """All that belong to one thing, by a statement that looks into this table alone: read once."""
        known = tx.known.setdefault(self.table, {})
        asked = (statement, *its.values())
        if asked not in known:
            known[asked] = self.all(tx, statement, **its)
        found: Sequence[T] = known[asked]
        return found

    def find(self, tx: Transaction, key: str) -> T | None:
        """None also for an id with characters that no id of ours has, such as a forged card may carry."""
        known = self.known(tx)
        if key in known:
            return known[key]
        return self.one(tx, self.by_key, key=key) if key.isprintable() else None

    def known(self, tx: Transaction) -> Mapping[str, T]:
        """By key, what this transaction has read and not changed since."""
        return tx.known.get(self.table, {})

    def _know(self, tx: Transaction, key: str, thing: T) -> None:
        tx.known.setdefault(self.table, {})[key] = thing

    def add(self, tx: Transaction, things: Iterable[T], more: Callable[[T], Values] | None = None) -> None:
        """`more` gives the columns that are no fields of the object."""
        rows = [self.values(tx, thing) | (more(thing) if more else {}) for thing in things]
        tx.do_for_each(self._insert, rows)

    def save(self, tx: Transaction, thing: T, version: int, what: str) -> T:
        """Writes version + 1 over `version`, and gives it so. Raises Stale, naming `what`, when another is there."""
        assert self._saving is not None, "only what has a version can be saved"
        row = self.values(tx, thing) | {"version": version + 1}
        row |= {"old_key": row[self._key], "old_version": version}
        if tx.do_with(self._saving, row).changed != 1:
            raise Stale(what)
        saved: T = replace(thing, version=version + 1)  # type: ignore[type-var]
        if self._are_known:
            self._know(tx, row[self._key], saved)
        return saved

    def _versioned_update(self, names: Sequence[str]) -> Any:
        table = self.table
        return (
            table.update()
            .where(table.c[self._key] == bindparam("old_key"), table.c.version == bindparam("old_version"))
            .values({name: bindparam(name) for name in names if name != self._key})
        )


def _written(codec: Codec | None, value: Any) -> Any:
    return codec.write(value) if codec else value
