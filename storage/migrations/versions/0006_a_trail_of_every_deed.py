"""A trail is kept of every deed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "trail",
        sa.Column("place", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("deed", sa.String(length=500), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.String(length=500), nullable=True),
        sa.Column("discussion", sa.String(length=500), nullable=True),
        sa.Column("what", sa.String(length=500), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("why", sa.String(length=500), nullable=True),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_trail")),
    )
    op.create_index("ix_trail_discussion", "trail", ["discussion"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only: restore a backup instead.")
