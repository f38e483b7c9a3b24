"""The schema: which revision a database is at, and how it is brought to the newest.

Whoever only asks where it stands, as every start does, loads nothing of what migrates.
"""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from storage.engines import make_engine
from storage.turns import lock_number

if TYPE_CHECKING:
    from alembic.config import Config

_MIGRATIONS = Path(__file__).parent / "migrations"
_KEPT_IN = "alembic_version"


def migrate(url: str) -> None:
    """Brings the database to the newest revision, whole or not at all; replicas that start together wait in turn."""
    from alembic import command

    engine = make_engine(url, keep_connections=False)
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": lock_number("migrations")})
        command.upgrade(_config(connection), "head")


def check(url: str) -> None:
    """Raises alembic's CommandError when the migrations do not lead to the tables as they are declared."""
    from alembic import command

    engine = make_engine(url, keep_connections=False)
    with engine.begin() as connection:
        command.check(_config(connection))


def newest_revision() -> str:
    """Migrations are numbered, and their files begin with the number."""
    return max(file.name.partition("_")[0] for file in (_MIGRATIONS / "versions").glob("[0-9]*.py"))


def revision_of(url: str) -> str | None:
    """None for a database that was never migrated."""
    engine = make_engine(url, keep_connections=False)
    with engine.begin() as connection:
        return revision_on(connection)


def revision_on(connection: Connection) -> str | None:
    if not inspect(connection).has_table(_KEPT_IN):
        return None
    found: str | None = connection.execute(text(f"SELECT version_num FROM {_KEPT_IN}")).scalar_one_or_none()
    return found


def is_newest(url: str) -> bool:
    return revision_of(url) == newest_revision()


def _config(connection: Connection) -> Config:
    from alembic.config import Config

    # What alembic would print is said by whoever calls.
    config = Config(stdout=StringIO())
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
