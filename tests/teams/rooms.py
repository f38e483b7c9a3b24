"""Conversations and what stands in them: every message that was sent, as it is now, and what it was before."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

ADAPTIVE_CARD = "application/vnd.microsoft.card.adaptive"
Json = dict[str, Any]


@dataclass(slots=True)
class Message:
    """A message of the bot's. `activity` is what it says now; `earlier` what it said before it was updated."""

    id: str
    conversation: str
    activity: Json
    earlier: list[Json] = field(default_factory=list)
    is_deleted: bool = False

    @property
    def card(self) -> Json:
        for attachment in self.activity.get("attachments") or []:
            if attachment.get("contentType") == ADAPTIVE_CARD:
                content: Json = attachment["content"]
                return content
        raise LookupError("the message holds no card")

    @property
    def summary(self) -> str | None:
        summary: str | None = self.activity.get("summary")
        return summary

    @property
    def text(self) -> str:
        """All words that can be read on the card, in order, a line each."""
        return "\n".join(words_of(self.card))


@dataclass(slots=True)
class Room:
    """`kind` is personal, groupChat or channel. `has_bot` says whether the app is installed there."""

    id: str
    kind: str
    tenant: str
    members: list[str] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    has_bot: bool = False
    is_blocked: bool = False
    meeting: str | None = None

    def find(self, activity_id: str) -> Message | None:
        return next((held for held in self.messages if held.id == activity_id and not held.is_deleted), None)


@dataclass(frozen=True, slots=True)
class Event:
    """`kind` is sent, updated or deleted."""

    kind: str
    conversation: str
    message: str
    activity: Json


class Rooms:
    """All conversations, and `record`: everything that was said in any of them, in order."""

    def __init__(self) -> None:
        self._rooms: dict[str, Room] = {}
        self._count = 0
        self.record: list[Event] = []

    def add(self, room: Room) -> Room:
        return self._rooms.setdefault(room.id, room)

    def find(self, conversation: str) -> Room | None:
        """A thread of a channel is a conversation of its own, made when somebody first speaks in it."""
        room = self._rooms.get(conversation)
        root = self._rooms.get(conversation.partition(";messageid=")[0])
        if room is None and root is not None:
            room = self._rooms[conversation] = Room(conversation, root.kind, root.tenant, root.members, has_bot=True)
        return room

    def all(self) -> list[Room]:
        return list(self._rooms.values())

    def personal_of(self, address: str) -> Room | None:
        rooms = self._rooms.values()
        return next((room for room in rooms if room.kind == "personal" and address in room.members), None)

    def next_id(self) -> str:
        self._count += 1
        return str(1_780_000_000_000 + self._count)

    def post(self, room: Room, activity: Json) -> Message:
        message = Message(self.next_id(), room.id, activity)
        room.messages.append(message)
        self.record.append(Event("sent", room.id, message.id, activity))
        return message

    def update(self, message: Message, activity: Json) -> None:
        message.earlier.append(message.activity)
        message.activity = activity
        self.record.append(Event("updated", message.conversation, message.id, activity))

    def delete(self, message: Message) -> None:
        message.is_deleted = True
        self.record.append(Event("deleted", message.conversation, message.id, message.activity))


def words_of(element: object) -> list[str]:
    """Everything a card shows in words: texts, facts, labels, titles, what stands in inputs."""
    words: list[str] = []
    if isinstance(element, list):
        for inner in element:
            words.extend(words_of(inner))
    elif isinstance(element, dict):
        for name in ("text", "title", "label", "value", "placeholder", "errorMessage"):
            if isinstance(element.get(name), str):
                words.append(element[name])
        for name in ("body", "items", "columns", "facts", "inlines", "choices", "rows", "cells", "actions", "card"):
            words.extend(words_of(element.get(name)))
    return words
