"""The schema: which revision a database is at, and how it is brought to the newest."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from storage.engines import make_engine
from storage.turns import lock_number

_MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(url: str) -> None:
    """Brings the database to the newest revision, whole or not at all; replicas that start together wait in turn."""
    engine = make_engine(url, keep_connections=False)
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": lock_number("migrations")})
        command.upgrade(_config(connection), "head")


def check(url: str) -> None:
    """Raises alembic's CommandError when the migrations do not lead to the tables as they are declared."""
    engine = make_engine(url, keep_connections=False)
    with engine.begin() as connection:
        command.check(_config(connection))


def newest_revision() -> str:
    revision = ScriptDirectory.from_config(_config()).get_current_head()
    assert revision is not None
    return revision


def revision_of(url: str) -> str | None:
    """None for a database that was never migrated."""
    engine = make_engine(url, keep_connections=False)
    with engine.begin() as connection:
        return revision_on(connection)


def revision_on(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def is_newest(url: str) -> bool:
    return revision_of(url) == newest_revision()


def _config(connection: Connection | None = None) -> Config:
    # What alembic would print is said by whoever calls.
    config = Config(stdout=StringIO())
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
