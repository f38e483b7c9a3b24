"""A booking is moved, cancelled and handed over; what was so before is kept, and what people had answered to it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    place = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "booking_change",
        sa.Column("place", place, autoincrement=True, nullable=False),
        sa.Column("id", sa.String(length=500), nullable=False),
        sa.Column("discussion", sa.String(length=500), nullable=False),
        sa.Column("kind", sa.String(length=500), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.String(length=500), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("form", sa.String(length=500), nullable=False),
        sa.Column("join_details", sa.Text(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("person", sa.String(length=500), nullable=True),
        sa.Column("safety", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["discussion"], ["discussion.id"], name=op.f("fk_booking_change_discussion_discussion")
        ),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_booking_change")),
        sa.UniqueConstraint("id", name=op.f("uq_booking_change_id")),
    )
    op.create_index("ix_booking_change_discussion", "booking_change", ["discussion"], unique=False)
    op.add_column("invitation", sa.Column("former", sa.String(length=500), nullable=True))
    op.add_column("invitation", sa.Column("former_words", sa.Text(), nullable=True))
    with op.batch_alter_table("discussion") as table:
        for name, target in (("chair_asked", "person"), ("booker_asked", "person"), ("duty_desk", "desk")):
            table.add_column(sa.Column(name, sa.String(length=500), nullable=True))
            table.create_foreign_key(op.f(f"fk_discussion_{name}_{target}"), target, [name], ["id"])
    only = sa.text("state = 'booked'")
    op.create_index(
        "ix_discussion_booked", "discussion", ["starts_at"], unique=False, sqlite_where=only, postgresql_where=only
    )


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only: restore a backup instead.")
