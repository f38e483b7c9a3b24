"""Whoever is not reached in Teams gets a secure link by mail, a code for it, and a visit to its page."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "secure_link",
        sa.Column("id", sa.String(length=500), nullable=False),
        sa.Column("digest", sa.String(length=500), nullable=False),
        sa.Column("purpose", sa.String(length=500), nullable=False),
        sa.Column("subject", sa.String(length=500), nullable=False),
        sa.Column("discussion", sa.String(length=500), nullable=False),
        sa.Column("addressee", sa.String(length=500), nullable=False),
        sa.Column("message", sa.String(length=500), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_why", sa.String(length=500), nullable=True),
        sa.Column("codes_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("codes_made", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("code_expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_secure_link")),
    )
    op.create_index("ix_secure_link_expires_at", "secure_link", ["expires_at"], unique=False)
    op.create_index("uq_secure_link_digest", "secure_link", ["digest"], unique=True)
    only = sa.text("ended_at IS NULL")
    op.create_index(
        "ix_secure_link_subject", "secure_link", ["subject"], unique=False, sqlite_where=only, postgresql_where=only
    )
    op.create_table(
        "page_visit",
        sa.Column("digest", sa.String(length=500), nullable=False),
        sa.Column("link", sa.String(length=500), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said", sa.String(length=500), nullable=True),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_page_visit")),
    )
    op.create_index("ix_page_visit_ends_at", "page_visit", ["ends_at"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only: restore a backup instead.")
