"""The code under which it is counted that an agency had no place inside the window."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("discussion", sa.Column("breach", sa.String(length=500), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only: restore a backup instead.")
