"""Discussions are kept, with their children, invitations and attendance, and each fact in its own row."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "counter",
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_counter")),
    )
    op.create_table(
        "discussion",
        sa.Column("id", sa.String(length=500), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=500), nullable=False),
        sa.Column("urgency", sa.String(length=500), nullable=False),
        sa.Column("harms", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("window_ends", sa.DateTime(timezone=True), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("form", sa.String(length=500), nullable=False),
        sa.Column("chair", sa.String(length=500), nullable=False),
        sa.Column("booker", sa.String(length=500), nullable=False),
        sa.Column("practice", sa.String(length=500), nullable=False),
        sa.Column("minute_taker", sa.String(length=500), nullable=True),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=500), nullable=False),
        sa.Column("join_details", sa.Text(), nullable=True),
        sa.Column("quorum_reason", sa.Text(), nullable=True),
        sa.Column("late_reason", sa.Text(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("current_item", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("purged_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["booker"], ["person.id"], name=op.f("fk_discussion_booker")),
        sa.ForeignKeyConstraint(["chair"], ["person.id"], name=op.f("fk_discussion_chair")),
        sa.ForeignKeyConstraint(["minute_taker"], ["person.id"], name=op.f("fk_discussion_minute_taker")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_discussion")),
        sa.UniqueConstraint("reference", name=op.f("uq_discussion_reference")),
    )
    op.create_index("ix_discussion_starts_at", "discussion", ["starts_at"], unique=False)
    op.create_index(
        "ix_discussion_to_purge",
        "discussion",
        ["state", "starts_at"],
        unique=False,
        sqlite_where=sa.text("purged_at IS NULL"),
        postgresql_where=sa.text("purged_at IS NULL"),
    )
    op.create_table(
        "attendance",
        sa.Column("place", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", sa.String(length=500), nullable=False),
        sa.Column("discussion", sa.String(length=500), nullable=False),
        sa.Column("agency", sa.String(length=500), nullable=False),
        sa.Column("person", sa.String(length=500), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("may_decide", sa.Boolean(), nullable=False),
        sa.Column("came_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_by", sa.String(length=500), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency"], ["agency.id"], name=op.f("fk_attendance_agency")),
        sa.ForeignKeyConstraint(["discussion"], ["discussion.id"], name=op.f("fk_attendance_discussion")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_attendance_person")),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_attendance")),
        sa.UniqueConstraint("id", name=op.f("uq_attendance_id")),
    )
    op.create_index("ix_attendance_discussion", "attendance", ["discussion"], unique=False)
    op.create_table(
        "child",
        sa.Column("id", sa.String(length=500), nullable=False),
        sa.Column("discussion", sa.String(length=500), nullable=False),
        sa.Column("letter", sa.String(length=500), nullable=False),
        sa.Column("initials", sa.Text(), nullable=True),
        sa.Column("born", sa.Text(), nullable=True),
        sa.Column("expected", sa.Text(), nullable=True),
        sa.Column("fingerprint", sa.String(length=500), nullable=True),
        sa.ForeignKeyConstraint(["discussion"], ["discussion.id"], name=op.f("fk_child_discussion")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_child")),
    )
    op.create_index("ix_child_discussion", "child", ["discussion"], unique=False)
    op.create_index("ix_child_fingerprint", "child", ["fingerprint"], unique=False)
    op.create_table(
        "current_discussion",
        sa.Column("person", sa.String(length=500), nullable=False),
        sa.Column("discussion", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["discussion"], ["discussion.id"], name=op.f("fk_current_discussion_discussion")),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_current_discussion")),
    )
    op.create_table(
        "fact",
        sa.Column("place", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", sa.String(length=500), nullable=False),
        sa.Column("discussion", sa.String(length=500), nullable=False),
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=500), nullable=False),
        sa.Column("subject", sa.String(length=500), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("practice", sa.String(length=500), nullable=False),
        sa.Column("who", sa.String(length=500), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["discussion"], ["discussion.id"], name=op.f("fk_fact_discussion")),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_fact")),
        sa.UniqueConstraint("discussion", "field", "subject", "sequence", "version", name="uq_fact_version"),
        sa.UniqueConstraint("id", name=op.f("uq_fact_id")),
    )
    op.create_table(
        "invitation",
        sa.Column("place", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", sa.String(length=500), nullable=False),
        sa.Column("discussion", sa.String(length=500), nullable=False),
        sa.Column("agency", sa.String(length=500), nullable=False),
        sa.Column("desk", sa.String(length=500), nullable=True),
        sa.Column("person", sa.String(length=500), nullable=True),
        sa.Column("answer", sa.String(length=500), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.String(length=500), nullable=True),
        sa.Column("on_behalf", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency"], ["agency.id"], name=op.f("fk_invitation_agency")),
        sa.ForeignKeyConstraint(["desk"], ["desk.id"], name=op.f("fk_invitation_desk")),
        sa.ForeignKeyConstraint(["discussion"], ["discussion.id"], name=op.f("fk_invitation_discussion")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_invitation_person")),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_invitation")),
        sa.UniqueConstraint("id", name=op.f("uq_invitation_id")),
    )
    op.create_index("ix_invitation_discussion", "invitation", ["discussion"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only: restore a backup instead.")
