"""Which message shows the newest state of something."""

from __future__ import annotations

from discussions.needs import LiveCard
from storage.database import Database
from tests.storage.samples import NOW


def test_the_newest_message_about_something_is_the_live_one(database: Database) -> None:
    with database.transaction() as store:
        assert store.cards.live("a:jane", "action:a1") is None
        store.cards.remember("a:jane", "action:a1", "first", NOW)
        store.cards.remember("a:jane", "action:a1", "second", NOW)
        store.cards.remember("a:jane", "action:a2", "other", NOW)

        assert store.cards.live("a:jane", "action:a1") == LiveCard("a:jane", "second")


def test_everybody_who_holds_a_card_is_known(database: Database) -> None:
    with database.transaction() as store:
        store.cards.remember("a:sam", "action:a1", "2", NOW)
        store.cards.remember("a:jane", "action:a1", "1", NOW)
        assert store.cards.holders("action:a1") == [LiveCard("a:jane", "1"), LiveCard("a:sam", "2")]

        store.cards.forget("a:jane", "action:a1")

        assert store.cards.holders("action:a1") == [LiveCard("a:sam", "2")]
        assert store.cards.live("a:jane", "action:a1") is None
