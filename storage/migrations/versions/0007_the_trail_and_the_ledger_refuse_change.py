"""The database itself refuses to change or delete a line of the trail or of the ledger of deliveries."""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

APPEND_ONLY = ("trail", "delivery")


def upgrade() -> None:
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for table in APPEND_ONLY:
        for statement in _on_postgresql(table) if is_postgresql else _on_sqlite(table):
            op.execute(statement)


def _on_sqlite(table: str) -> list[str]:
    return [
        f"CREATE TRIGGER {table}_refuses_{deed.lower()} BEFORE {deed} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'lines of the {table} are never changed'); END"
        for deed in ("UPDATE", "DELETE")
    ]


def _on_postgresql(table: str) -> list[str]:
    return [
        f"CREATE FUNCTION {table}_refuses_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION 'lines of the {table} are never changed'; END $$",
        f"CREATE TRIGGER {table}_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuses_change()",
    ]


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only: restore a backup instead.")
