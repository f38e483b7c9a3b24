"""What was agreed, and the promises to nudge."""

from __future__ import annotations

from sqlalchemy import Index, Table, UniqueConstraint

from discussions.actions.action import ActionState
from discussions.actions.promises import PromiseState
from storage.columns import (
    CODES,
    METADATA,
    code,
    coded,
    key,
    moment,
    of,
    secret,
    text,
)
from storage.tables.kinds import number, partial, yes_no

action = Table(
    "action",
    METADATA,
    key(),
    of("discussion"),
    number("number"),
    code("kind"),
    secret("wording", nullable=False),
    of("person", "owner", nullable=True),
    of("desk", nullable=True),
    moment("due_at"),
    text("feedback_to", CODES),
    code("practice"),
    moment("created_at"),
    code("created_by"),
    code("child", nullable=True),
    secret("measure"),
    secret("feedback_how"),
    secret("contingency"),
    code("state", coded(ActionState)),
    moment("state_at", nullable=True),
    code("state_by", nullable=True),
    yes_no("on_behalf"),
    secret("note"),
    secret("blocked"),
    moment("asked_until", nullable=True),
    secret("asked_why"),
    code("handed_to", nullable=True),
    number("version"),
    text("feedback_desks", CODES),
    moment("offered_until", nullable=True),
    code("waits_for", nullable=True),
    code("replaces", nullable=True),
    code("contingency_of", nullable=True),
    yes_no("unheard"),
    UniqueConstraint("discussion", "number", name="uq_action_number"),
)
# Spelt out: a partial index is only used by a query that says the very same words.
ACTION_IS_OPEN = "state IN ('proposed', 'accepted', 'declined')"
partial("ix_action_owner", action.c.owner, only=ACTION_IS_OPEN)
partial("ix_action_desk", action.c.desk, only=ACTION_IS_OPEN)
partial("ix_action_handed_to", action.c.handed_to, only=ACTION_IS_OPEN)
partial("ix_action_open", action.c.id, only=ACTION_IS_OPEN)
partial("ix_action_open_discussion", action.c.discussion, only=ACTION_IS_OPEN)
ACTION_IS_UNHEARD = "unheard"
partial("ix_action_unheard", action.c.discussion, only=ACTION_IS_UNHEARD)

receipt = Table(
    "receipt",
    METADATA,
    key(),
    of("action"),
    moment("of"),
    code("whom"),
    moment("at"),
    code("by"),
    yes_no("on_behalf"),
    UniqueConstraint("action", "of", "whom", name="uq_receipt_whom"),
)

promise = Table(
    "promise",
    METADATA,
    key(),
    of("action"),
    code("step"),
    number("round"),
    code("audience"),
    moment("due_at"),
    yes_no("urgent"),
    code("state", coded(PromiseState)),
    moment("said_at", nullable=True),
    code("anchor"),
    code("after", nullable=True),
    code("repeat_every", nullable=True),
    Index("ix_promise_action", "action"),
)
PROMISE_IS_WAITING = "state = 'waiting'"
partial("ix_promise_due", promise.c.urgent, promise.c.due_at, only=PROMISE_IS_WAITING)
PROMISE_IS_SAID = "state = 'said'"
partial("ix_promise_said", promise.c.said_at, only=PROMISE_IS_SAID)
