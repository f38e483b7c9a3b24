"""Actions are kept, and the promises to nudge about them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "action",
        sa.Column("id", sa.String(length=500), nullable=False),
        sa.Column("discussion", sa.String(length=500), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=500), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(length=500), nullable=True),
        sa.Column("desk", sa.String(length=500), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("feedback_to", sa.Text(), nullable=False),
        sa.Column("practice", sa.String(length=500), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=500), nullable=False),
        sa.Column("child", sa.String(length=500), nullable=True),
        sa.Column("measure", sa.Text(), nullable=True),
        sa.Column("feedback_how", sa.Text(), nullable=True),
        sa.Column("contingency", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=500), nullable=False),
        sa.Column("state_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state_by", sa.String(length=500), nullable=True),
        sa.Column("on_behalf", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("blocked", sa.Text(), nullable=True),
        sa.Column("asked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_why", sa.Text(), nullable=True),
        sa.Column("handed_to", sa.String(length=500), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["desk"], ["desk.id"], name=op.f("fk_action_desk")),
        sa.ForeignKeyConstraint(["discussion"], ["discussion.id"], name=op.f("fk_action_discussion")),
        sa.ForeignKeyConstraint(["owner"], ["person.id"], name=op.f("fk_action_owner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
        sa.UniqueConstraint("discussion", "number", name="uq_action_number"),
    )
    op.create_index(
        "ix_action_desk",
        "action",
        ["desk"],
        unique=False,
        sqlite_where=sa.text("state IN ('proposed', 'accepted', 'declined')"),
        postgresql_where=sa.text("state IN ('proposed', 'accepted', 'declined')"),
    )
    op.create_index(
        "ix_action_handed_to",
        "action",
        ["handed_to"],
        unique=False,
        sqlite_where=sa.text("state IN ('proposed', 'accepted', 'declined')"),
        postgresql_where=sa.text("state IN ('proposed', 'accepted', 'declined')"),
    )
    op.create_index(
        "ix_action_owner",
        "action",
        ["owner"],
        unique=False,
        sqlite_where=sa.text("state IN ('proposed', 'accepted', 'declined')"),
        postgresql_where=sa.text("state IN ('proposed', 'accepted', 'declined')"),
    )
    op.create_table(
        "promise",
        sa.Column("id", sa.String(length=500), nullable=False),
        sa.Column("action", sa.String(length=500), nullable=False),
        sa.Column("step", sa.String(length=500), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("audience", sa.String(length=500), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=500), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("anchor", sa.String(length=500), nullable=False),
        sa.Column("after", sa.String(length=500), nullable=True),
        sa.Column("repeat_every", sa.String(length=500), nullable=True),
        sa.ForeignKeyConstraint(["action"], ["action.id"], name=op.f("fk_promise_action")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise")),
    )
    op.create_index("ix_promise_action", "promise", ["action"], unique=False)
    op.create_index(
        "ix_promise_due",
        "promise",
        ["urgent", "due_at"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only: restore a backup instead.")
