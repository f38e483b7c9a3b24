"""What is personal is never kept in plain words, and does not open in another row."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest
from sqlalchemy import select, text

from storage.actions import ACTIONS, PROMISES
from storage.columns import METADATA, is_secret
from storage.database import Database
from storage.dialogs import DIALOGS
from storage.discussions import ATTENDANCES, CHILDREN, DISCUSSIONS, INVITATIONS, PROPOSALS
from storage.facts import FACTS
from storage.feeds import FEEDS
from storage.keyring import CannotOpen
from storage.outbox import DELIVERIES, MESSAGES
from storage.slots import SLOTS, TAKINGS
from tests.storage.full_house import SECRETS, fill
from tests.storage.samples import EVERYBODY


def everything_kept(database: Database) -> dict[str, list[dict[str, Any]]]:
    with database.begin() as tx:
        return {
            table.name: sorted((dict(row) for row in tx.connection.execute(select(table)).mappings()), key=repr)
            for table in METADATA.sorted_tables
        }


def test_every_table_holds_a_row_and_none_holds_a_secret_in_plain_words(database: Database) -> None:
    fill(database)
    kept = everything_kept(database)

    assert [name for name, rows in kept.items() if not rows] == []
    written = repr(kept).casefold()
    assert [word for word in SECRETS if word.casefold() in written] == []


def test_what_must_be_secret_is_declared_so() -> None:
    secret = {table.name: {c.name for c in table.c if is_secret(c)} for table in METADATA.sorted_tables}

    assert {name: columns for name, columns in secret.items() if columns} == {
        "person": {"name", "mail", "phone"},
        "discussion": {"harms", "join_details", "quorum_reason", "late_reason"}
        | {"context", "schools", "urgency_reason", "protection_since"},
        "proposal": {"category", "rules", "name", "because", "words"},
        "child": {"initials", "born", "expected"},
        "invitation": {"words", "former_words"},
        "meeting": {"link", "chat"},
        "booking_change": {"join_details", "words", "safety"},
        "attendance": {"name"},
        "fact": {"value"},
        "action": {"wording", "measure", "feedback_how", "contingency", "note", "blocked", "asked_why"},
        "dialog": {"state"},
        "turn": {"answer"},
        "secure_link": {"code"},
        "taking": {"reason"},
        "report": {"words"},
        "report_file": {"content"},
    }


@pytest.mark.parametrize(
    "rows",
    [
        DISCUSSIONS,
        CHILDREN,
        INVITATIONS,
        PROPOSALS,
        ATTENDANCES,
        FACTS,
        ACTIONS,
        PROMISES,
        MESSAGES,
        DELIVERIES,
        DIALOGS,
        FEEDS,
        SLOTS,
        TAKINGS,
    ],
)
def test_rows_hold_every_field_of_their_objects(rows: Any) -> None:
    assert [column.name for column in rows.columns] == [field.name for field in fields(rows._make)]


def test_a_secret_that_was_moved_to_another_row_does_not_open(database: Database) -> None:
    fill(database)
    with database.begin() as tx:
        tx.connection.execute(
            text("UPDATE person SET name = (SELECT name FROM person WHERE id = 'jane') WHERE id = 'sam'")
        )

    with database.transaction() as store:
        assert store.people.person("jane") == EVERYBODY[0]
        with pytest.raises(CannotOpen):
            store.people.person("sam")
