"""What is asked every few seconds, or at every press, goes through an index, however many years are kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from discussions.needs import Store
from discussions.people import Account
from storage.database import Database
from tests.storage.full_house import fill
from tests.storage.samples import NOW, VISIT

LEASE = timedelta(minutes=1)
# Tables that stay small, or of which only what is alive is in the index that is read from end to end.
MAY_BE_SCANNED = (
    *("USING INDEX ix_outbox_due", "USING COVERING INDEX ix_outbox_due", "USING INDEX ix_action_unheard"),
    *("SCAN trail", "CONSTANT ROW"),
)

ASKED: dict[str, Callable[[Store], object]] = {
    "promises due": lambda store: store.actions.due(NOW, 50),
    "messages to claim": lambda store: store.outbox.claim(NOW, 20, LEASE, "token"),
    "messages waiting": lambda store: store.outbox.waiting(),
    "the ledger of an action": lambda store: store.outbox.ledger({"action": "a1"}),
    "what was told of an action": lambda store: store.told.about("action", "a1"),
    "my actions": lambda store: store.actions.of_person("ali", "lighthouse"),
    "actions of those I chair": lambda store: store.actions.of_chair("jane"),
    "what I must hear": lambda store: store.actions.unheard_by("ali", "lighthouse"),
    "what those I chair must hear": lambda store: store.actions.unheard_of_chair("jane"),
    "what turned out otherwise": lambda store: store.actions.turned_of_chair("jane"),
    "who has heard of it": lambda store: store.actions.receipts("a1"),
    "discussions held of late": lambda store: store.discussions.held_since(NOW),
    "discussions that did not begin": lambda store: store.discussions.not_begun(NOW - LEASE, NOW),
    "discussions held by telephone": lambda store: store.discussions.telephoned(NOW - LEASE, NOW),
    "my discussions": lambda store: store.discussions.of_person("ali", "lighthouse", NOW),
    "all discussions": lambda store: store.discussions.visible(NOW),
    "a discussion's facts": lambda store: store.facts.current("d1"),
    "a discussion's actions": lambda store: store.actions.of_discussion("d1"),
    "who waits for an action": lambda store: store.actions.waiting_on(VISIT),
    "a discussion's trail": lambda store: store.trail.entries("d1"),
    "an action's promises": lambda store: store.actions.promises("a1"),
    "who it is": lambda store: store.people.by_account(Account("tenant-1", "object-jane")),
    "whose mail it is": lambda store: store.people.by_mail("jane.oneill@example.org"),
    "the open dialog": lambda store: store.dialogs.open("a:jane", "jane"),
    "the same arrival": lambda store: store.turns.seen("activity 1"),
    "who holds a card": lambda store: store.cards.holders("action:a1"),
    "promises unsaid": lambda store: store.audit.unsaid(NOW, 50),
    "promises without a message": lambda store: store.audit.unwritten(NOW - LEASE, NOW, 50),
    "messages nobody tried": lambda store: store.audit.queued(NOW, 50),
    "messages nobody took over": lambda store: store.audit.claimed(NOW, 50),
    "messages tried for long": lambda store: store.audit.retried(NOW, 50),
    "messages unaccounted for": lambda store: store.audit.unaccounted(NOW - LEASE, 50),
    "chases due": lambda store: store.chases.due(NOW, 50),
    "a discussion's chases": lambda store: store.chases.of_discussion("d1"),
    "discussions without a chase": lambda store: store.audit.unchased(NOW, 50),
    "open actions without a promise": lambda store: store.audit.open_actions("a0", 50),
    "what waits and since when": lambda store: store.audit.backlog(NOW),
    "when it last ticked": lambda store: store.marks.find("tick"),
    "slots in a window": lambda store: store.slots.between(["lighthouse", "hub"], NOW, NOW + LEASE),
    "first slots": lambda store: store.slots.first_starts(["lighthouse", "hub"], NOW, NOW + LEASE),
    "whether slots are kept": lambda store: store.slots.are_kept(NOW),
    "who has a place in a window": lambda store: store.slots.takings_between(["lighthouse"], NOW, NOW + LEASE),
    "slots with room": lambda store: store.slots.with_room(["lighthouse", "hub"], NOW, NOW + LEASE, NOW, "dialog"),
    "who has a place": lambda store: store.slots.takings(["sl1", "sl2"]),
    "what a booking holds": lambda store: store.slots.of_holder("dialog"),
    "the places of a discussion": lambda store: store.slots.of_discussion("d1"),
    "who keeps slots": lambda store: store.slots.keeping(["lighthouse", "hub"], NOW),
    "who is reachable": lambda store: store.conversations.reachable(["jane", "sam"]),
}


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize("question", ASKED)
def test_a_question_is_answered_through_an_index(database: Database, question: str) -> None:
    fill(database)
    asked: list[tuple[str, Any]] = []
    listen(database, asked)
    with database.transaction() as store:
        ASKED[question](store)

    plans = [line for statement, values in asked for line in _plan(database, statement, values)]

    assert any(line.startswith("SEARCH") or "ix_outbox_due" in line for line in plans)
    scans = [line for line in plans if line.startswith("SCAN")]
    assert [line for line in scans if not any(allowed in line for allowed in MAY_BE_SCANNED)] == []


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize("question", ["discussions that did not begin", "discussions held by telephone"])
def test_what_each_tick_looks_for_is_found_by_its_moment(database: Database, question: str) -> None:
    fill(database)
    asked: list[tuple[str, Any]] = []
    listen(database, asked)
    with database.transaction() as store:
        ASKED[question](store)

    plans = [line for statement, values in asked for line in _plan(database, statement, values)]

    assert any("SEARCH discussion" in line and "starts_at>? AND starts_at<?" in line for line in plans), plans


def listen(database: Database, asked: list[tuple[str, Any]]) -> None:
    """To what goes straight to the driver, and to what SQLAlchemy hands it."""

    class Listening(sqlite3.Connection):
        def execute(self, statement: str, values: Any = (), /) -> sqlite3.Cursor:
            asked.append((statement, tuple(values)))
            return super().execute(statement, values)

    database.engine.dispose()
    event.listen(
        database.engine,
        "do_connect",
        lambda _dialect, _record, given, named: sqlite3.connect(*given, factory=Listening, **named),
    )
    event.listen(
        database.engine,
        "before_cursor_execute",
        lambda _c, _cursor, statement, values, _context, _many: asked.append((statement, values)),
    )


def _plan(database: Database, statement: str, values: Any) -> list[str]:
    if not statement.startswith(("SELECT", "UPDATE", "DELETE")):
        return []
    with database.engine.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        return [str(row[3]) for row in plan]
