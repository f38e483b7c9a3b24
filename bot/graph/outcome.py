"""What became of one request to Microsoft Graph."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from discussions.meetings.meeting import Made, Order


class GraphKind(StrEnum):
    DONE = "done"
    THROTTLED = "throttled"
    """Certainly not done, and may be tried again later."""
    UNKNOWN = "unknown"
    """It may have been done. A repeat is known by its transaction, so it is tried again."""
    LOST = "lost"
    """The event is not there any more."""
    REFUSED = "refused"
    """Consent is missing, or something is set up wrongly; repeating is useless."""


@dataclass(frozen=True, slots=True)
class GraphOutcome:
    """`code` is Graph's own word, else the status; `retry_after` seconds."""

    kind: GraphKind
    made: Made | None = None
    code: str | None = None
    retry_after: float | None = None


class MeetingService(Protocol):
    @property
    def host(self) -> str: ...
    @property
    def joins_chats(self) -> bool: ...
    async def do(self, order: Order) -> GraphOutcome:
        """Nothing is repeated within, but for a token that is taken no more."""
