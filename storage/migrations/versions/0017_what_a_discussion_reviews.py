"""A discussion may be the review of another about the same child."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("discussion", sa.Column("reviews", sa.String(length=500), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only: restore a backup instead.")
