"""Where people and chats are reached, and where the bot is installed."""

from __future__ import annotations

from dataclasses import replace

from discussions.needs import Reference
from storage.database import Database
from tests.storage.samples import HOUR, NOW

PERSONAL = Reference("a:jane", "https://smba.example/uk/", "tenant-1", "29:jane")
CHAT = Reference("19:meeting@thread.v2", "https://smba.example/uk/", "tenant-1", None)


def test_installing_welcomes_once_until_the_bot_is_removed(database: Database) -> None:
    with database.transaction() as store:
        assert store.conversations.install(PERSONAL, "jane", "personal", NOW)
        assert not store.conversations.install(PERSONAL, "jane", "personal", NOW)
        store.conversations.remove("a:jane", NOW)
        assert store.conversations.install(PERSONAL, "jane", "personal", NOW + HOUR)


def test_a_message_before_the_installation_event_does_not_use_up_the_welcome(database: Database) -> None:
    with database.transaction() as store:
        store.conversations.see(PERSONAL, "jane", "personal", NOW)

        assert store.conversations.reachable(["jane"]) == {"jane"}
        assert store.conversations.install(PERSONAL, "jane", "personal", NOW)


def test_who_removed_the_bot_is_not_reachable(database: Database) -> None:
    with database.transaction() as store:
        store.conversations.install(PERSONAL, "jane", "personal", NOW)
        assert store.conversations.installed_for("jane") == PERSONAL
        assert store.conversations.reachable(["jane", "sam"]) == {"jane"}

        store.conversations.remove("a:jane", NOW)

        assert store.conversations.installed_for("jane") is None
        assert store.conversations.reachable(["jane", "sam"]) == frozenset()
        assert store.conversations.reachable([]) == frozenset()


def test_each_arrival_refreshes_the_address(database: Database) -> None:
    moved = replace(PERSONAL, service_url="https://smba.example/emea/")
    with database.transaction() as store:
        store.conversations.install(PERSONAL, "jane", "personal", NOW)
        store.conversations.see(moved, "jane", "personal", NOW + HOUR)

        assert store.conversations.installed_for("jane") == moved


def test_of_two_personal_chats_the_one_last_seen_counts(database: Database) -> None:
    newer = replace(PERSONAL, conversation="a:jane-2")
    with database.transaction() as store:
        store.conversations.see(newer, "jane", "personal", NOW + HOUR)
        store.conversations.see(PERSONAL, "jane", "personal", NOW)

        assert store.conversations.installed_for("jane") == newer


def test_a_discussion_is_tied_to_one_meeting_chat(database: Database) -> None:
    other = replace(CHAT, conversation="19:other@thread.v2")
    with database.transaction() as store:
        for chat in (CHAT, other):
            store.conversations.install(chat, None, "groupChat", NOW)
        assert store.conversations.meeting_chat("d1") is None
        store.conversations.tie_meeting("d1", CHAT.conversation)
        assert store.conversations.meeting_chat("d1") == CHAT
        store.conversations.tie_meeting("d1", other.conversation)
        assert store.conversations.meeting_chat("d1") == other
        assert store.conversations.tied_to(other.conversation) == ["d1"]
        assert store.conversations.tied_to(CHAT.conversation) == []

        store.conversations.remove(other.conversation, NOW)

        assert store.conversations.meeting_chat("d1") is None
        assert store.conversations.chat(other.conversation) is None
        assert store.conversations.chat(CHAT.conversation) == CHAT
