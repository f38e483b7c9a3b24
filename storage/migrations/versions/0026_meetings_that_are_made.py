"""A Teams meeting can be made for a discussion."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import Moment

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "meeting",
        sa.Column("discussion", sa.String(length=500), nullable=False),
        sa.Column("state", sa.String(length=500), nullable=False),
        sa.Column("wanted_at", Moment(), nullable=False),
        sa.Column("event", sa.String(length=500), nullable=True),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("chat", sa.Text(), nullable=True),
        sa.Column("starts_at", Moment(), nullable=True),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("has_bot", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("discussion", name=op.f("pk_meeting")),
    )


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only: restore a backup instead.")
