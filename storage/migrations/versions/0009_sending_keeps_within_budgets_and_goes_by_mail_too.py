"""Sending keeps within the published limits, hosts that ask for rest get it, and what fails in Teams goes by mail."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("next_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("outbox", sa.Column("by_mail", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "spent",
        sa.Column("place", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_spent")),
    )
    op.create_index("ix_spent_name", "spent", ["name", "at"], unique=False)
    op.create_table(
        "rest",
        sa.Column("host", sa.String(length=500), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("host", name=op.f("pk_rest")),
    )


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only: restore a backup instead.")
