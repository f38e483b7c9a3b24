"""An invitation can be answered with a deputy of the directory or a report, and be withdrawn."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

ID = sa.String(length=500)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("invitation", sa.Column("deputy", ID, nullable=True))
    op.add_column("invitation", sa.Column("may_decide", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("invitation", sa.Column("stands_for", ID, nullable=True))
    op.add_column("invitation", sa.Column("withdrawn_at", MOMENT, nullable=True))
    op.create_table(
        "report",
        sa.Column("place", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("discussion", ID, nullable=False),
        sa.Column("invitation", ID, nullable=False),
        sa.Column("agency", ID, nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("kind", ID, nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=False),
        sa.Column("sent_by", ID, nullable=False),
        sa.Column("on_behalf", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["discussion"], ["discussion.id"], name=op.f("fk_report_discussion")),
        sa.ForeignKeyConstraint(["invitation"], ["invitation.id"], name=op.f("fk_report_invitation")),
        sa.ForeignKeyConstraint(["agency"], ["agency.id"], name=op.f("fk_report_agency")),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_report")),
        sa.UniqueConstraint("id", name=op.f("uq_report_id")),
    )
    op.create_index("ix_report_discussion", "report", ["discussion"])
    op.create_table(
        "report_file",
        sa.Column("id", ID, nullable=False),
        sa.Column("discussion", ID, nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["discussion"], ["discussion.id"], name=op.f("fk_report_file_discussion")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_file")),
    )


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only: restore a backup instead.")
