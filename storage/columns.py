"""The kinds of column: moments in UTC, codes, lists of codes, days, and secrets that are kept encrypted."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Column, DateTime, ForeignKey, Integer, MetaData, String, Table, Text
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
METADATA = MetaData(naming_convention=NAMING)

# Room for an id: those that Teams gives to conversations run to some hundred characters.
ROOM = 500

# SQLite counts up only a column that is spelt INTEGER; PostgreSQL needs the room of BIGINT.
PLACE = BigInteger().with_variant(Integer, "sqlite")


class _Text(sqlite.DATETIME):
    """SQLite keeps moments as text; we write and read it ourselves, which is four times as quick."""

    def bind_processor(self, dialect: Dialect) -> None:
        return None

    def result_processor(self, dialect: Dialect, coltype: object) -> None:
        return None


_TEXT = _Text()  # type: ignore[no-untyped-call]


class Moment(TypeDecorator[datetime]):
    """A moment in UTC. A naive datetime is refused, since nobody could say which moment it is."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(_TEXT if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment must say its time zone.")
        moment = value if value.tzinfo is UTC else value.astimezone(UTC)
        return moment.replace(tzinfo=None).isoformat(" ", "microseconds") if dialect.name == "sqlite" else moment

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if isinstance(value, str):
            return datetime.fromisoformat(value).replace(tzinfo=UTC)
        moment: datetime = value
        return moment.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Codec:
    """How a value becomes text for its column, and back."""

    write: Callable[[Any], str]
    read: Callable[[str], Any]


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


MOMENT = Codec(lambda moment: moment.astimezone(UTC).isoformat(), datetime.fromisoformat)
BYTES = Codec(lambda content: b64encode(content).decode(), b64decode)
DAY = Codec(date.isoformat, date.fromisoformat)
CODES = Codec(lambda codes: _compact(list(codes)), lambda text: tuple(json.loads(text)))
MAPPING = Codec(lambda mapping: _compact(dict(mapping)), json.loads)


def coded(kind: type[StrEnum]) -> Codec:
    # looked up, since making one from its value takes ten times as long
    by_value = {member.value: member for member in kind}
    return Codec(lambda code: str(code.value), by_value.__getitem__)


def set_of(kind: type[StrEnum]) -> Codec:
    return Codec(
        lambda codes: _compact(sorted(code.value for code in codes)),
        lambda text: frozenset(kind(code) for code in json.loads(text)),
    )


def key(name: str = "id") -> Column[Any]:
    return Column(name, String(ROOM), primary_key=True)


def code(name: str, codec: Codec | None = None, nullable: bool = False) -> Column[Any]:
    """A short word that is no secret: an id, a state, a kind."""
    return Column(name, String(ROOM), nullable=nullable, info={"codec": codec})


def text(name: str, codec: Codec | None = None, nullable: bool = False) -> Column[Any]:
    return Column(name, Text, nullable=nullable, info={"codec": codec})


def place() -> Column[Any]:
    """The order in which rows were written."""
    return Column("place", PLACE, primary_key=True, autoincrement=True)


def own_id() -> Column[Any]:
    """The id of a row whose primary key is its place."""
    return Column("id", String(ROOM), nullable=False, unique=True)


def of(target: str, name: str | None = None, nullable: bool = False) -> Column[Any]:
    """The id of a row in another table."""
    return Column(name or target, String(ROOM), ForeignKey(f"{target}.id"), nullable=nullable)


def moment(name: str, nullable: bool = False) -> Column[Any]:
    return Column(name, Moment, nullable=nullable)


def secret(name: str, codec: Codec | None = None, nullable: bool = True) -> Column[Any]:
    """Encrypted before it is kept; the column holds the key ring's token."""
    return Column(name, Text, nullable=nullable, info={"codec": codec, "secret": True})


def fingerprint(name: str) -> Column[Any]:
    """A keyed hash, by which an encrypted value is found again by equality."""
    return Column(name, String(ROOM), nullable=True, info={"fingerprint": True})


def is_secret(column: Column[Any]) -> bool:
    return bool(column.info.get("secret"))


def row_id(table: Table) -> Column[Any]:
    """The id that a row's secrets are bound to: `id` where there is one, else the primary key."""
    return table.c["id"] if "id" in table.c else next(iter(table.primary_key.columns))
