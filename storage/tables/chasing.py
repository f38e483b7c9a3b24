"""What will be said about discussions that have not started yet."""

from __future__ import annotations

from sqlalchemy import Index, Table

from discussions.actions.promises import PromiseState
from storage.columns import METADATA, code, coded, key, moment, of
from storage.tables.kinds import partial, yes_no

chase = Table(
    "chase",
    METADATA,
    key(),
    of("discussion"),
    of("invitation", nullable=True),
    code("step"),
    code("to"),
    moment("starts_at"),
    moment("due_at"),
    yes_no("urgent"),
    code("state", coded(PromiseState)),
    moment("said_at", nullable=True),
    Index("ix_chase_discussion", "discussion"),
)
CHASE_IS_WAITING = "state = 'waiting'"
partial("ix_chase_due", chase.c.due_at, only=CHASE_IS_WAITING)
CHASE_IS_SAID = "state = 'said'"
partial("ix_chase_said", chase.c.said_at, only=CHASE_IS_SAID)
