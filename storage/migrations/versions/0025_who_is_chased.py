"""Who is asked to a discussion and does not answer is chased."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.columns import Moment

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "chase",
        sa.Column("id", sa.String(length=500), nullable=False),
        sa.Column("discussion", sa.String(length=500), nullable=False),
        sa.Column("invitation", sa.String(length=500), nullable=True),
        sa.Column("step", sa.String(length=500), nullable=False),
        sa.Column("to", sa.String(length=500), nullable=False),
        sa.Column("starts_at", Moment(), nullable=False),
        sa.Column("due_at", Moment(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=500), nullable=False),
        sa.Column("said_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["discussion"], ["discussion.id"], name=op.f("fk_chase_discussion")),
        sa.ForeignKeyConstraint(["invitation"], ["invitation.id"], name=op.f("fk_chase_invitation")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chase")),
    )
    op.create_index("ix_chase_discussion", "chase", ["discussion"], unique=False)
    waiting, said = sa.text("state = 'waiting'"), sa.text("state = 'said'")
    op.create_index("ix_chase_due", "chase", ["due_at"], sqlite_where=waiting, postgresql_where=waiting)
    op.create_index("ix_chase_said", "chase", ["said_at"], sqlite_where=said, postgresql_where=said)


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only: restore a backup instead.")
