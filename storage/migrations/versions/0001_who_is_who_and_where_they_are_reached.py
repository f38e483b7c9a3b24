"""Agencies, desks and people are kept, and where they are reached."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agency",
        sa.Column("id", sa.String(length=500), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("category", sa.String(length=500), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency")),
    )
    op.create_table(
        "conversation",
        sa.Column("conversation", sa.String(length=500), nullable=False),
        sa.Column("kind", sa.String(length=500), nullable=False),
        sa.Column("person", sa.String(length=500), nullable=True),
        sa.Column("service_url", sa.Text(), nullable=False),
        sa.Column("tenant", sa.String(length=500), nullable=False),
        sa.Column("address", sa.String(length=500), nullable=True),
        sa.Column("installed", sa.Boolean(), nullable=False),
        sa.Column("welcomed", sa.Boolean(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("conversation", name=op.f("pk_conversation")),
    )
    op.create_index("ix_conversation_person", "conversation", ["person"], unique=False)
    op.create_table(
        "live_card",
        sa.Column("conversation", sa.String(length=500), nullable=False),
        sa.Column("about", sa.String(length=500), nullable=False),
        sa.Column("activity", sa.String(length=500), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("conversation", "about", name=op.f("pk_live_card")),
    )
    op.create_index("ix_live_card_about", "live_card", ["about"], unique=False)
    op.create_table(
        "meeting_chat",
        sa.Column("discussion", sa.String(length=500), nullable=False),
        sa.Column("conversation", sa.String(length=500), nullable=False),
        sa.PrimaryKeyConstraint("discussion", name=op.f("pk_meeting_chat")),
    )
    op.create_index("ix_meeting_chat_conversation", "meeting_chat", ["conversation"], unique=False)
    op.create_table(
        "desk",
        sa.Column("id", sa.String(length=500), nullable=False),
        sa.Column("agency", sa.String(length=500), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("mail", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("hours", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["agency"], ["agency.id"], name=op.f("fk_desk_agency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk")),
    )
    op.create_index("ix_desk_agency", "desk", ["agency"], unique=False)
    op.create_table(
        "person",
        sa.Column("id", sa.String(length=500), nullable=False),
        sa.Column("agency", sa.String(length=500), nullable=False),
        sa.Column("desk", sa.String(length=500), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=500), nullable=False),
        sa.Column("role_name", sa.Text(), nullable=False),
        sa.Column("rights", sa.Text(), nullable=False),
        sa.Column("mail", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("tenant", sa.String(length=500), nullable=True),
        sa.Column("object_id", sa.String(length=500), nullable=True),
        sa.Column("manager", sa.String(length=500), nullable=True),
        sa.Column("deputy", sa.String(length=500), nullable=True),
        sa.Column("hours", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("mail_fingerprint", sa.String(length=500), nullable=True),
        sa.ForeignKeyConstraint(["agency"], ["agency.id"], name=op.f("fk_person_agency")),
        sa.ForeignKeyConstraint(["desk"], ["desk.id"], name=op.f("fk_person_desk")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_index("ix_person_agency", "person", ["agency"], unique=False)
    op.create_index("ix_person_desk", "person", ["desk"], unique=False)
    op.create_index("ix_person_mail_fingerprint", "person", ["mail_fingerprint"], unique=False)
    op.create_index(
        "uq_person_account",
        "person",
        ["tenant", "object_id"],
        unique=True,
        sqlite_where=sa.text("object_id IS NOT NULL"),
        postgresql_where=sa.text("object_id IS NOT NULL"),
    )


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only: restore a backup instead.")
