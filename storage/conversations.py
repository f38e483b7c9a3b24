"""Conversations in SQL: where people and chats are reached, and where the bot is installed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, exists, select

from discussions.ids import DiscussionId
from discussions.needs import Reference
from discussions.people import PersonId
from storage.rows import Rows, Transaction, Upserts, Values
from storage.tables import conversation, meeting_chat, person

REFERENCES = Rows(conversation, Reference, key="conversation")
_SEE = Upserts(conversation, by=["conversation"], leaves=["welcomed"])
_TIE = Upserts(meeting_chat, by=["discussion"])

# Whoever has left the directory hears nothing more, though the app may still be in their chat.
_has_left = exists().where(person.c.id == conversation.c.person, person.c.active.is_(False))
_PERSONAL = (
    REFERENCES.select.where(conversation.c.person == bindparam("person"), conversation.c.installed, ~_has_left)
    .order_by(conversation.c.seen_at.desc())
    .limit(1)
)
_ALL_PERSONAL = (
    select(*REFERENCES.columns, conversation.c.person)
    .where(conversation.c.person.in_(bindparam("people", expanding=True)), conversation.c.installed, ~_has_left)
    .order_by(conversation.c.seen_at)
)
_REACHABLE = select(conversation.c.person).where(
    conversation.c.person.in_(bindparam("people", expanding=True)), conversation.c.installed, ~_has_left
)
_CHAT = REFERENCES.select.where(conversation.c.conversation == bindparam("conversation"), conversation.c.installed)
_WELCOME = (
    conversation.update()
    .where(conversation.c.conversation == bindparam("its_id"), conversation.c.welcomed.is_(False))
    .values(welcomed=True)
)
_REMOVE = (
    conversation.update()
    .where(conversation.c.conversation == bindparam("its_id"))
    .values(installed=False, welcomed=False, seen_at=bindparam("now"))
)
_STOP = (
    conversation.update()
    .where(conversation.c.conversation == bindparam("its_id"))
    .values(installed=False, seen_at=bindparam("now"))
)
_MEETING_CHAT = REFERENCES.select.join(meeting_chat, meeting_chat.c.conversation == conversation.c.conversation).where(
    meeting_chat.c.discussion == bindparam("discussion"), conversation.c.installed
)
_TIED_TO = select(meeting_chat.c.discussion).where(meeting_chat.c.conversation == bindparam("conversation"))


class ConversationsInSql:
    __slots__ = ("_tx",)

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def installed_for(self, person: PersonId) -> Reference | None:
        return REFERENCES.one(self._tx, _PERSONAL, person=person)

    def installed_for_all(self, people: Collection[PersonId]) -> Mapping[PersonId, Reference]:
        """As `installed_for`, of many: those who have no installation are not in it."""
        if not people:
            return {}
        # the last seen wins
        return {row[-1]: REFERENCES.thing(self._tx, row) for row in self._tx.do(_ALL_PERSONAL, people=list(people))}

    def reachable(self, people: Collection[PersonId]) -> frozenset[PersonId]:
        if not people:
            return frozenset()
        return frozenset(self._tx.do(_REACHABLE, people=list(people)).column())

    def chat(self, conversation: str) -> Reference | None:
        """None also for a chat that the bot was removed from."""
        return REFERENCES.one(self._tx, _CHAT, conversation=conversation)

    def see(self, reference: Reference, person: PersonId | None, kind: str, now: datetime) -> None:
        _SEE.put(self._tx, self._row(reference, person, kind, now))

    def install(self, reference: Reference, person: PersonId | None, kind: str, now: datetime) -> bool:
        self.see(reference, person, kind, now)
        return self._tx.do(_WELCOME, its_id=reference.conversation).changed == 1

    def remove(self, conversation: str, now: datetime) -> None:
        self._tx.do(_REMOVE, its_id=conversation, now=now)

    def stop(self, conversation: str, now: datetime) -> None:
        self._tx.do(_STOP, its_id=conversation, now=now)

    def meeting_chat(self, discussion: DiscussionId) -> Reference | None:
        return REFERENCES.one(self._tx, _MEETING_CHAT, discussion=discussion)

    def tie_meeting(self, discussion: DiscussionId, conversation: str) -> None:
        _TIE.put(self._tx, {"discussion": discussion, "conversation": conversation})

    def tied_to(self, conversation: str) -> Sequence[DiscussionId]:
        return [DiscussionId(id) for id in self._tx.do(_TIED_TO, conversation=conversation).column()]

    def _row(self, reference: Reference, person: PersonId | None, kind: str, now: datetime) -> Values:
        more = {"person": person, "kind": kind, "seen_at": now, "installed": True, "welcomed": False}
        return REFERENCES.values(self._tx, reference) | more
