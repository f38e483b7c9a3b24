"""Turns and their answers, dialogs, one-time links and practice files are kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dialog",
        sa.Column("id", sa.String(length=500), nullable=False),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("dialog_version", sa.Integer(), nullable=False),
        sa.Column("conversation", sa.String(length=500), nullable=False),
        sa.Column("person", sa.String(length=500), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dialog")),
    )
    op.create_index("ix_dialog_person", "dialog", ["person", "conversation"], unique=False)
    op.create_index("ix_dialog_updated_at", "dialog", ["updated_at"], unique=False)
    op.create_table(
        "link",
        sa.Column("digest", sa.String(length=500), nullable=False),
        sa.Column("discussion", sa.String(length=500), nullable=False),
        sa.Column("person", sa.String(length=500), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_link")),
    )
    op.create_table(
        "practice",
        sa.Column("digest", sa.String(length=500), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_practice")),
    )
    op.create_table(
        "turn",
        sa.Column("key", sa.String(length=500), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("said", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_turn")),
    )
    op.create_index("ix_turn_at", "turn", ["at"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only: restore a backup instead.")
