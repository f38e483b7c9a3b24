"""A one-time link may open the list of all open actions that somebody chairs, which belongs to no one discussion."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("link") as table:
        table.alter_column("discussion", existing_type=sa.String(length=500), nullable=True)


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only: restore a backup instead.")
