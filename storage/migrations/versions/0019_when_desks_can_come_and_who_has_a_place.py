"""Slots of the desks, and the places of them that bookings hold and discussions take."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "slot",
        sa.Column("id", sa.String(length=500), nullable=False),
        sa.Column("desk", sa.String(length=500), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("reserved", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.Column("source_key", sa.String(length=500), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["desk"], ["desk.id"], name=op.f("fk_slot_desk_desk")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slot")),
    )
    op.create_index("ix_slot_desk", "slot", ["desk", "starts_at"], unique=False)
    op.create_index("ix_slot_starts_at", "slot", ["starts_at"], unique=False)
    _create_partial_index("uq_slot_source_key", "slot", ["desk", "source_key"], "source_key IS NOT NULL", unique=True)
    op.create_table(
        "taking",
        sa.Column("id", sa.String(length=500), nullable=False),
        sa.Column("slot", sa.String(length=500), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("who", sa.String(length=500), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("holder", sa.String(length=500), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("discussion", sa.String(length=500), nullable=True),
        sa.Column("joined", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["slot"], ["slot.id"], name=op.f("fk_taking_slot_slot")),
        sa.ForeignKeyConstraint(["discussion"], ["discussion.id"], name=op.f("fk_taking_discussion_discussion")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taking")),
        sa.UniqueConstraint("slot", "number", name="uq_taking_number"),
    )
    op.create_index("ix_taking_discussion", "taking", ["discussion"], unique=False)
    _create_partial_index("ix_taking_holder", "taking", ["holder"], "holder IS NOT NULL")
    _create_partial_index("ix_taking_until", "taking", ["until"], "until IS NOT NULL")


def _create_partial_index(name: str, table: str, columns: list[str], only: str, unique: bool = False) -> None:
    where = sa.text(only)
    op.create_index(name, table, columns, unique=unique, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only: restore a backup instead.")
