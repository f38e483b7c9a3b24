"""Facts in SQL: one row a fact, kept when superseded."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, exists

from discussions.agenda.facts import Fact
from discussions.ids import DiscussionId
from discussions.refusals import Stale
from storage.rows import Rows, Transaction, Upserts
from storage.tables import fact

FACTS = Rows(fact, Fact)
_ADD = Upserts(fact, by=["discussion", "field", "subject", "sequence", "version"])
_OF = FACTS.select.where(fact.c.discussion == bindparam("discussion")).order_by(fact.c.place)
_newer = fact.alias("newer")
_CURRENT = _OF.where(
    ~exists().where(
        _newer.c.discussion == fact.c.discussion,
        _newer.c.field == fact.c.field,
        _newer.c.subject == fact.c.subject,
        _newer.c.sequence == fact.c.sequence,
        _newer.c.version > fact.c.version,
    )
)


class FactsInSql:
    __slots__ = ("_tx",)

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def add(self, fact: Fact) -> None:
        if not _ADD.add(self._tx, FACTS.values(self._tx, fact)):
            raise Stale("this entry")

    def current(self, discussion: DiscussionId) -> Sequence[Fact]:
        return FACTS.all(self._tx, _CURRENT, discussion=discussion)

    def history(self, discussion: DiscussionId) -> Sequence[Fact]:
        return FACTS.all(self._tx, _OF, discussion=discussion)
