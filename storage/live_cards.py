"""Live cards in SQL: which message shows somebody the newest state of something."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam

from discussions.needs import LiveCard
from storage.rows import Rows, Transaction, Upserts
from storage.tables import live_card

CARDS = Rows(live_card, LiveCard, key="conversation")
_PUT = Upserts(live_card, by=["conversation", "about"])
_IS_IT = (live_card.c.conversation == bindparam("its_chat"), live_card.c.about == bindparam("its_subject"))
_LIVE = CARDS.select.where(*_IS_IT)
_HOLDERS = CARDS.select.where(live_card.c.about == bindparam("about")).order_by(live_card.c.conversation)
_FORGET = live_card.delete().where(*_IS_IT)


class CardsInSql:
    __slots__ = ("_tx",)

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def live(self, conversation: str, about: str) -> LiveCard | None:
        return CARDS.one(self._tx, _LIVE, its_chat=conversation, its_subject=about)

    def remember(self, conversation: str, about: str, activity: str, now: datetime) -> None:
        _PUT.put(self._tx, {"conversation": conversation, "about": about, "activity": activity, "at": now})

    def remember_all(self, cards: Sequence[tuple[LiveCard, str]], now: datetime) -> None:
        rows = [
            {"conversation": card.conversation, "about": about, "activity": card.activity, "at": now}
            for card, about in cards
        ]
        _PUT.put_all(self._tx, rows)

    def holders(self, about: str) -> Sequence[LiveCard]:
        return CARDS.all(self._tx, _HOLDERS, about=about)

    def forget(self, conversation: str, about: str) -> None:
        self._tx.do(_FORGET, its_chat=conversation, its_subject=about)
