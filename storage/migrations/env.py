"""Alembic's entry: migrates over the connection that storage.schema hands in."""

from __future__ import annotations

from alembic import context

import storage.tables  # noqa: F401  (declares the tables on the metadata)
from storage.columns import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    compare_type=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
