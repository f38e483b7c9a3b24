"""The reckoning of a life: everything that is not as it was promised, in plain sentences."""

from __future__ import annotations

from tests.scenarios.life.books import Books
from tests.scenarios.life.deeds_done import wrong_deeds
from tests.scenarios.life.fates import untrue_lines
from tests.scenarios.life.promises_kept import broken_promises
from tests.scenarios.life.said_in_chats import wrong_in_chats


def everything_wrong(books: Books) -> list[str]:
    return [*broken_promises(books), *wrong_in_chats(books), *untrue_lines(books), *wrong_deeds(books)]
