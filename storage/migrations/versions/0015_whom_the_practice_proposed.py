"""What the booker was asked, and whom the practice proposed: taken, left out and why."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("discussion", sa.Column("context", sa.Text(), nullable=True))
    op.add_column("discussion", sa.Column("schools", sa.Text(), nullable=True))
    op.create_table(
        "proposal",
        sa.Column("place", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", sa.String(length=500), nullable=False),
        sa.Column("discussion", sa.String(length=500), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("weight", sa.String(length=500), nullable=False),
        sa.Column("outcome", sa.String(length=500), nullable=False),
        sa.Column("rules", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("because", sa.Text(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("invitation", sa.String(length=500), nullable=True),
        sa.ForeignKeyConstraint(["discussion"], ["discussion.id"], name=op.f("fk_proposal_discussion")),
        sa.ForeignKeyConstraint(["invitation"], ["invitation.id"], name=op.f("fk_proposal_invitation")),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_proposal")),
        sa.UniqueConstraint("id", name=op.f("uq_proposal_id")),
    )
    op.create_index("ix_proposal_discussion", "proposal", ["discussion"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only: restore a backup instead.")
