"""Guided conversations in SQL, kept as they were left."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam

from discussions.needs import KeptDialog
from discussions.people import PersonId
from storage.rows import Rows, Transaction, Upserts
from storage.tables import dialog

DIALOGS = Rows(dialog, KeptDialog)
_KEEP = Upserts(dialog, by=["id"])
_NEWEST_FIRST = (dialog.c.updated_at.desc(), dialog.c.id.desc())
_OPEN = (
    DIALOGS.select.where(
        dialog.c.person == bindparam("person"), dialog.c.conversation == bindparam("conversation"), dialog.c.open
    )
    .order_by(*_NEWEST_FIRST)
    .limit(1)
)
_SAVED = DIALOGS.select.where(dialog.c.person == bindparam("person"), dialog.c.open.is_(False)).order_by(*_NEWEST_FIRST)
_DROP = dialog.delete().where(dialog.c.id == bindparam("its_id"))


class DialogsInSql:
    __slots__ = ("_tx",)

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def open(self, conversation: str, person: PersonId) -> KeptDialog | None:
        return DIALOGS.one(self._tx, _OPEN, conversation=conversation, person=person)

    def dialog(self, id: str) -> KeptDialog | None:
        return DIALOGS.find(self._tx, id)

    def saved(self, person: PersonId) -> Sequence[KeptDialog]:
        return DIALOGS.all(self._tx, _SAVED, person=person)

    def keep(self, dialog: KeptDialog) -> None:
        _KEEP.put(self._tx, DIALOGS.values(self._tx, dialog))

    def drop(self, id: str) -> None:
        self._tx.do(_DROP, its_id=id)
