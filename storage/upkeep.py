"""Backup and restore: one file holds every table, still encrypted, and goes back into either engine."""

from __future__ import annotations

import gzip
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, func, select, text

from storage.columns import METADATA, Moment
from storage.engines import make_engine
from storage.schema import migrate, newest_revision, revision_on

FORM = "chairside backup 1"
BATCH = 500


class BadBackup(Exception):
    """A backup can't be made or restored; the sentence says why and what to do."""


class NotEmpty(Exception):
    """Restoring would mix two databases, so it is refused."""

    def __init__(self) -> None:
        super().__init__("There is something in this database already. Restore into an empty one.")


def backup(url: str, file: Path) -> Counter[str]:
    """Writes every table, as it stood at one moment, and gives the number of rows of each. Work goes on meanwhile.

    Encrypted values stay so: the file opens only with the key ring, which must be kept elsewhere.
    """
    unfinished = file.with_name(f"{file.name}.unfinished")
    engine = make_engine(url, keep_connections=False, reads_only=True)
    with engine.begin() as connection, _private_gzip(unfinished) as out:
        if revision_on(connection) != newest_revision():
            raise BadBackup("The database is not at the newest revision. Migrate it first, then back it up.")
        counted = _write(connection, out)
    os.replace(unfinished, file)
    return counted


def restore(file: Path, url: str) -> Counter[str]:
    """Fills an empty database, migrating it first, and gives the number of rows of each table; all or nothing.

    The file must be of this version's revision of the schema: restore an older one with the version that wrote it, and
    migrate then. Raises BadBackup, NotEmpty.
    """
    counted = verify(file)
    migrate(url)
    with make_engine(url, keep_connections=False).begin() as connection:
        if any(connection.execute(select(table).limit(1)).first() for table in METADATA.sorted_tables):
            raise NotEmpty
        _fill(connection, file)
    return counted


def verify(file: Path) -> Counter[str]:
    """Reads the whole file. Raises BadBackup when it is not whole, was changed, or is of another revision."""
    digest, counted, line = sha256(), Counter[str](), ""
    lines = _lines(file)
    _check_head(next(lines, ""), digest)
    for line in lines:
        if line.startswith("["):
            digest.update(line.encode())
            counted[json.loads(line)[0]] += 1
    end = json.loads(line) if line.startswith("{") else {}
    if end.get("sha256") != digest.hexdigest() or end.get("rows") != dict(counted):
        raise BadBackup("The backup is not whole, or was changed. Nothing was restored.")
    return counted


def _check_head(line: str, digest: Any) -> None:
    head = json.loads(line) if line.startswith("{") else {}
    if head.get("form") != FORM:
        raise BadBackup("This is not a backup of Chairside.")
    if head["revision"] != newest_revision():
        raise BadBackup(
            f"The backup is of revision {head['revision']}, this version restores {newest_revision()}. "
            "Restore it with the version that wrote it, and migrate then."
        )
    digest.update(line.encode())


def _private_gzip(path: Path) -> gzip.GzipFile:
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
    return gzip.open(path, "wb")


def _write(connection: Connection, out: gzip.GzipFile) -> Counter[str]:
    digest, counted = sha256(), Counter[str]()
    for line in _all_lines(connection, counted):
        digest.update(line)
        out.write(line)
    out.write(_line({"rows": dict(counted), "sha256": digest.hexdigest()}))
    return counted


def _all_lines(connection: Connection, counted: Counter[str]) -> Iterator[bytes]:
    yield _line({"form": FORM, "revision": newest_revision()})
    for table in METADATA.sorted_tables:
        rows = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=BATCH)
        for row in connection.execute(rows).mappings():
            counted[table.name] += 1
            yield _line([table.name, dict(row)])


def _line(value: object) -> bytes:
    return (json.dumps(value, default=datetime.isoformat, separators=(",", ":")) + "\n").encode()


def _lines(file: Path) -> Iterator[str]:
    try:
        with gzip.open(file, "rt", encoding="utf-8") as source:
            yield from source
    except (EOFError, gzip.BadGzipFile, UnicodeDecodeError) as error:
        raise BadBackup("The backup is not whole, or is no backup. Nothing was restored.") from error


def _fill(connection: Connection, file: Path) -> None:
    rows = (json.loads(line) for line in _lines(file) if line.startswith("["))
    for name, its_rows in groupby(rows, key=lambda row: str(row[0])):
        table = METADATA.tables[name]
        for batch in _in_batches(_read(table, row) for _, row in its_rows):
            connection.execute(table.insert(), batch)
        _count_on(connection, table)


def _read(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    moments = [column.name for column in table.c if isinstance(column.type, Moment)]
    return row | {name: datetime.fromisoformat(row[name]) for name in moments if row[name] is not None}


def _in_batches(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    source = iter(rows)
    while batch := list(islice(source, BATCH)):
        yield batch


def _count_on(connection: Connection, table: Table) -> None:
    """PostgreSQL counts places in a sequence beside the table, which must go on after the last one restored."""
    if connection.dialect.name == "postgresql" and table.autoincrement_column is not None:
        last = connection.execute(select(func.max(table.c.place))).scalar_one()
        sequence = text("SELECT setval(pg_get_serial_sequence(:name, 'place'), :last)")
        connection.execute(sequence, {"name": table.name, "last": last})
