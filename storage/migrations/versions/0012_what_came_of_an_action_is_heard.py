"""What came of an action is received by each who must hear of it; actions wait for, replace and follow each other."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ROOM = 500


def upgrade() -> None:
    with op.batch_alter_table("action") as table:
        # what ended before this was told without receipts, and nobody is chased for it now
        table.add_column(sa.Column("feedback_desks", sa.Text(), nullable=False, server_default="[]"))
        table.add_column(sa.Column("offered_until", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("waits_for", sa.String(length=ROOM), nullable=True))
        table.add_column(sa.Column("replaces", sa.String(length=ROOM), nullable=True))
        table.add_column(sa.Column("contingency_of", sa.String(length=ROOM), nullable=True))
        table.add_column(sa.Column("unheard", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index(
        "ix_action_unheard",
        "action",
        ["discussion"],
        unique=False,
        sqlite_where=sa.text("unheard"),
        postgresql_where=sa.text("unheard"),
    )
    op.create_table(
        "receipt",
        sa.Column("id", sa.String(length=ROOM), nullable=False),
        sa.Column("action", sa.String(length=ROOM), nullable=False),
        sa.Column("of", sa.DateTime(timezone=True), nullable=False),
        sa.Column("whom", sa.String(length=ROOM), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=ROOM), nullable=False),
        sa.Column("on_behalf", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["action"], ["action.id"], name=op.f("fk_receipt_action")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt")),
        sa.UniqueConstraint("action", "of", "whom", name="uq_receipt_whom"),
    )


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only: restore a backup instead.")
