"""Why a discussion is more or less urgent than asked, police protection, and telephone discussions entered late."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("discussion", sa.Column("urgency_asked", sa.String(length=500), nullable=True))
    op.add_column("discussion", sa.Column("urgency_reason", sa.Text(), nullable=True))
    op.add_column("discussion", sa.Column("protection_since", sa.Text(), nullable=True))
    op.add_column("discussion", sa.Column("entered_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("discussion", sa.Column("follows", sa.String(length=500), nullable=True))
    op.create_index("ix_discussion_follows", "discussion", ["follows"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only: restore a backup instead.")
