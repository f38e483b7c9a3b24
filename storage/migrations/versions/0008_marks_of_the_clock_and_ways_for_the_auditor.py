"""Ticks leave a mark that every replica sees, and the auditor finds what it re-reads through indexes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ACTION_IS_OPEN = "state IN ('proposed', 'accepted', 'declined')"
PROMISE_IS_SAID = "state = 'said'"


def upgrade() -> None:
    op.create_table(
        "mark",
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_mark")),
    )
    op.create_index(
        "ix_action_open",
        "action",
        ["id"],
        unique=False,
        sqlite_where=sa.text(ACTION_IS_OPEN),
        postgresql_where=sa.text(ACTION_IS_OPEN),
    )
    op.create_index(
        "ix_promise_said",
        "promise",
        ["said_at"],
        unique=False,
        sqlite_where=sa.text(PROMISE_IS_SAID),
        postgresql_where=sa.text(PROMISE_IS_SAID),
    )


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only: restore a backup instead.")
