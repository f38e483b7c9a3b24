"""A one-time link may open a report: what it opens, where that is neither a record nor a list of actions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("link", sa.Column("what", sa.String(length=500), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only: restore a backup instead.")
