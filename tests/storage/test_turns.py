"""What an arrival was answered with, so that the same arrival again gets the same answer."""

from __future__ import annotations

from dataclasses import replace

from discussions.needs import KeptAnswer
from storage.database import Database
from tests.storage.samples import NOW

ANSWER = KeptAnswer('{"type":"AdaptiveCard","body":["Zoë"]}', "Your actions", None, said=False)


def test_an_answer_is_kept_for_the_same_arrival(database: Database) -> None:
    with database.transaction() as store:
        store.turns.take("a:jane")
        assert store.turns.seen("activity 1") is None
        store.turns.remember("activity 1", ANSWER, NOW)

        assert store.turns.seen("activity 1") == ANSWER
        assert store.turns.seen("activity 2") is None


def test_an_answer_of_nothing_is_an_answer_too(database: Database) -> None:
    nothing = KeptAnswer(None, None, None, said=True)
    with database.transaction() as store:
        store.turns.remember("activity 1", nothing, NOW)

        assert store.turns.seen("activity 1") == nothing


def test_answers_that_went_out_are_marked(database: Database) -> None:
    with database.transaction() as store:
        for key in ("one", "two", "three"):
            store.turns.remember(key, ANSWER, NOW)
        store.turns.mark_said(["one", "two"])
        store.turns.mark_said([])

        assert store.turns.seen("one") == replace(ANSWER, said=True)
        assert store.turns.seen("two") == replace(ANSWER, said=True)
        assert store.turns.seen("three") == ANSWER
