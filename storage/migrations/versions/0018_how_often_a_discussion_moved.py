"""A discussion counts how often it was moved: the sequence of its calendar entries."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("discussion", sa.Column("moved", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only: restore a backup instead.")
