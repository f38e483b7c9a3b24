"""One-time links, and practices kept whole."""

from __future__ import annotations

from dataclasses import replace

from discussions.needs import OneTimeLink
from storage.database import Database
from tests.storage.samples import HOUR, NOW

LINK = OneTimeLink("digest", "d1", "jane", NOW + HOUR)


def test_a_link_is_used_once(database: Database) -> None:
    with database.transaction() as store:
        store.links.add(LINK)
        assert store.links.find("digest") == LINK
        assert store.links.use("digest", NOW)
        assert not store.links.use("digest", NOW)

        assert store.links.find("digest") == replace(LINK, used_at=NOW)


def test_a_link_that_ran_out_or_never_was_is_not_used(database: Database) -> None:
    with database.transaction() as store:
        store.links.add(LINK)

        assert not store.links.use("digest", NOW + HOUR)
        assert not store.links.use("forged", NOW)
        assert store.links.find("forged") is None


def test_a_practice_is_kept_whole_under_its_digest(database: Database) -> None:
    with database.transaction() as store:
        store.practices.keep("digest", "[practice]\nname = 'Bristol'\n")
        store.practices.keep("digest", "[practice]\nname = 'Bristol'\n")

        assert store.practices.text("digest") == "[practice]\nname = 'Bristol'\n"
        assert store.practices.text("other") is None
