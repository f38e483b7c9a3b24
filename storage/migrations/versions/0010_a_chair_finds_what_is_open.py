"""A chair finds all open actions of their discussions, without reading those that ended."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ACTION_IS_OPEN = "state IN ('proposed', 'accepted', 'declined')"


def upgrade() -> None:
    op.create_index("ix_discussion_chair", "discussion", ["chair"], unique=False)
    op.create_index(
        "ix_action_open_discussion",
        "action",
        ["discussion"],
        unique=False,
        sqlite_where=sa.text(ACTION_IS_OPEN),
        postgresql_where=sa.text(ACTION_IS_OPEN),
    )


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only: restore a backup instead.")
