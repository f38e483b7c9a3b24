"""What arrives at the house and how it is answered, in our own words: no SDK type passes this file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from cards.render import Card
from discussions.people import Account, TenantId


class Kind(StrEnum):
    MESSAGE = "message"
    PRESS = "press"
    INSTALLED = "installed"
    REMOVED = "removed"
    MEETING_STARTED = "meeting started"
    MEETING_ENDED = "meeting ended"
    OTHER = "other"


class PlaceKind(StrEnum):
    PERSONAL = "personal"
    GROUP = "groupChat"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Place:
    """A conversation in Teams. `conversation` is the id as Teams wrote it, a thread's `;messageid=` included."""

    tenant: TenantId
    conversation: str
    kind: PlaceKind
    service_url: str


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sent it: `address` (29:…) says where to answer, `account` who it is; anonymous guests have no account."""

    address: str
    account: Account | None


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button as it came back from a client: nothing in it is trusted."""

    verb: str
    data: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Incoming:
    """One thing that happened in Teams. `text` has the bot's own mention taken out and is stripped; None if none.

    `card` is the id of the message that holds the pressed card. `meeting` is Teams' meeting id, where there is one.
    `may_answer_in_place` is True for a press whose HTTP answer replaces the card (Action.Execute), False for a
    press that came as a message (Action.Submit, the fallback).
    """

    kind: Kind
    activity: str
    place: Place
    sender: Sender
    text: str | None = None
    press: Press | None = None
    card: str | None = None
    meeting: str | None = None
    may_answer_in_place: bool = False
    members_added: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class PressAnswer:
    """The answer to a press: a card that replaces the pressed one, or one sentence shown under it."""

    card: Card | None = None
    sentence: str | None = None


class Doorway(Protocol):
    """The way back to the conversation the incoming thing came from, for as long as its turn lasts."""

    async def say(self, card: Card) -> str | None:
        """Sends a card as a new message; the id Teams gave it, or None if Teams gave none."""

    async def replace(self, activity: str, card: Card) -> bool:
        """Puts a card in place of an earlier message; False if that message is gone."""


class FrontDoor(Protocol):
    """What the Teams edge hands an incoming thing to. Faults are answered within; nothing is raised."""

    async def receive(self, incoming: Incoming, doorway: Doorway) -> PressAnswer | None: ...
