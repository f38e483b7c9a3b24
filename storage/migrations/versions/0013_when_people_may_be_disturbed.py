"""Leave, reminders put off and how often the list of the morning comes: as people say it themselves."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import Moment

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    word = sa.String(length=500)
    op.create_table(
        "absence",
        sa.Column("place", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
        sa.Column("id", word, nullable=False),
        sa.Column("person", word, nullable=False),
        sa.Column("since", Moment(), nullable=False),
        sa.Column("until", Moment(), nullable=False),
        sa.Column("noted_by", word, nullable=False),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("place", name="pk_absence"),
        sa.UniqueConstraint("id", name="uq_absence_id"),
    )
    op.create_index("ix_absence_person", "absence", ["person"])
    op.create_table(
        "snooze",
        sa.Column("action", word, nullable=False),
        sa.Column("person", word, nullable=False),
        sa.Column("id", word, nullable=False),
        sa.Column("until", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("action", "person", name="pk_snooze"),
    )
    op.create_table(
        "rhythm",
        sa.Column("person", word, nullable=False),
        sa.Column("often", word, nullable=False),
        sa.Column("at", word, nullable=True),
        sa.PrimaryKeyConstraint("person", name="pk_rhythm"),
    )


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only: restore a backup instead.")
