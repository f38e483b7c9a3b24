"""Guided conversations as they were left."""

from __future__ import annotations

from dataclasses import replace

from discussions.needs import KeptDialog
from storage.database import Database
from tests.storage.samples import HOUR, NOW

BOOKING = KeptDialog("g1", "booking", 1, "a:jane", "jane", {"step": 2, "children": [{"initials": "ZQ"}]}, 1, True, NOW)


def test_an_open_dialog_is_found_by_chat_and_person(database: Database) -> None:
    with database.transaction() as store:
        store.dialogs.keep(BOOKING)

        assert store.dialogs.open("a:jane", "jane") == BOOKING
        assert store.dialogs.dialog("g1") == BOOKING
        assert store.dialogs.open("a:jane", "sam") is None
        assert store.dialogs.open("19:x", "jane") is None


def test_a_dialog_goes_on_where_it_was_left(database: Database) -> None:
    next_step = replace(BOOKING, state={"step": 3}, seen=2, updated_at=NOW + HOUR)
    with database.transaction() as store:
        store.dialogs.keep(BOOKING)
        store.dialogs.keep(next_step)

        assert store.dialogs.open("a:jane", "jane") == next_step


def test_what_was_saved_for_later_is_listed_newest_first(database: Database) -> None:
    older = replace(BOOKING, open=False)
    newer = replace(BOOKING, id="g2", open=False, updated_at=NOW + HOUR)
    with database.transaction() as store:
        for dialog in (newer, older, replace(BOOKING, id="g3")):
            store.dialogs.keep(dialog)

        assert store.dialogs.saved("jane") == [newer, older]
        assert store.dialogs.saved("sam") == []


def test_a_dropped_dialog_is_gone(database: Database) -> None:
    with database.transaction() as store:
        store.dialogs.keep(BOOKING)
        store.dialogs.drop("g1")

        assert store.dialogs.dialog("g1") is None
        assert store.dialogs.open("a:jane", "jane") is None
