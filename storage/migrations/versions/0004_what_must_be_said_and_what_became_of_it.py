"""Messages wait in an outbox, and a ledger keeps what became of each attempt."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "delivery",
        sa.Column("place", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("message", sa.String(length=500), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=500), nullable=False),
        sa.Column("code", sa.String(length=500), nullable=True),
        sa.Column("activity", sa.String(length=500), nullable=True),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_delivery")),
    )
    op.create_index("ix_delivery_message", "delivery", ["message"], unique=False)
    op.create_table(
        "message_about",
        sa.Column("message", sa.String(length=500), nullable=False),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("value", sa.String(length=500), nullable=False),
        sa.PrimaryKeyConstraint("message", "name", name=op.f("pk_message_about")),
    )
    op.create_index("ix_message_about_value", "message_about", ["value", "name"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("place", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", sa.String(length=500), nullable=False),
        sa.Column("kind", sa.String(length=500), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("recipient", sa.String(length=500), nullable=True),
        sa.Column("conversation", sa.String(length=500), nullable=True),
        sa.Column("key", sa.String(length=500), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("replaces_card", sa.Boolean(), nullable=False),
        sa.Column("lane", sa.String(length=500), nullable=False),
        sa.Column("state", sa.String(length=500), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("maybe_sent", sa.Boolean(), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("token", sa.String(length=500), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_outbox")),
        sa.UniqueConstraint("id", name=op.f("uq_outbox_id")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
    )
    op.create_index(
        "ix_outbox_due",
        "outbox",
        ["urgent", "due_at"],
        unique=False,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index(
        "ix_outbox_ended_at",
        "outbox",
        ["ended_at"],
        unique=False,
        sqlite_where=sa.text("ended_at IS NOT NULL"),
        postgresql_where=sa.text("ended_at IS NOT NULL"),
    )
    op.create_index(
        "ix_outbox_lane",
        "outbox",
        ["lane", "place"],
        unique=False,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only: restore a backup instead.")
