"""What the house needs to know about sending a card: where to, and what became of it. No SDK type passes this file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bot.arrivals import Place
from cards.render import Card
from discussions.people import ObjectId, TenantId


class OutcomeKind(StrEnum):
    SENT = "sent"
    """Teams took it."""
    THROTTLED = "throttled"
    """Certainly not delivered, and may be said again later: 412, 429, 503, no token to be had, host not reachable.

    Not an attempt; whoever waits must still bound the waiting by time, and then take another way.
    """
    UNKNOWN = "unknown"
    """It may have arrived: 502, 504, other 5xx, a timeout, a reset. A repeat must say that it may be one."""
    BLOCKED = "blocked"
    """The person has blocked us. Stop until they speak first."""
    NOT_INSTALLED = "not installed"
    """The app is not, or no longer, where we wanted to speak. Stop until an installation is seen."""
    GONE = "gone"
    """The conversation or the message does not exist any more."""
    TOO_BIG = "too big"
    REFUSED = "refused"
    """Our own fault or a wrong set-up; repeating is useless and somebody should look."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one request. `activity` is the id Teams gave a message, `conversation` the one it opened.

    `code` is Teams' own word for the refusal, `retry_after` seconds.
    """

    kind: OutcomeKind
    activity: str | None = None
    status: int | None = None
    code: str | None = None
    retry_after: float | None = None
    conversation: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A conversation we may speak in later. `address` (29:…) is the person's, for a personal conversation."""

    service_url: str
    conversation: str
    tenant: TenantId
    address: str | None


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of a conversation's roster, as Teams answers for them. Ids are lower case."""

    address: str
    object_id: ObjectId | None
    upn: str | None
    tenant: TenantId | None


class Post(Protocol):
    """Speaking outside a turn. Nothing is repeated within: what a repeat would mean is the caller's to decide."""

    async def send(self, to: Place | Reference, card: Card) -> Outcome: ...

    async def send_targeted(self, to: Place | Reference, member: str, card: Card) -> Outcome:
        """To be seen by this one member of a group, meeting chat or channel."""

    async def update(self, to: Place | Reference, activity: str, card: Card) -> Outcome: ...

    async def create_personal(self, service_url: str, tenant: TenantId, member: str) -> Outcome: ...

    async def get_member(self, service_url: str, conversation: str, member: str) -> Member | None: ...
