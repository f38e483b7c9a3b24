"""Faults on order: what the connector shall answer to the next requests instead of doing its work."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Fault:
    """`resets` does the work and then breaks the connection, so the bot cannot know. `method` None means any."""

    status: int = 200
    code: str | None = None
    retry_after: str | None = None
    body: str | None = None
    delay_seconds: float = 0.0
    resets: bool = False
    method: str | None = None
    conversation: str | None = None

    def fits(self, method: str, conversation: str | None) -> bool:
        return self.method in (None, method) and self.conversation in (None, conversation)

    @property
    def does_the_work(self) -> bool:
        return self.resets or self.status == 200

    def text(self) -> str:
        if self.body is not None:
            return self.body
        error: dict[str, Any] = {"error": {"code": self.code, "message": "as ordered"}}
        return json.dumps(error if self.code else {})


def writes_blocked() -> Fault:
    """As Teams says it to a bot that a person has blocked: JSON within a string within JSON."""
    inner = json.dumps({"subCode": "MessageWritesBlocked", "details": "thread is blocked"})
    return Fault(status=403, body=json.dumps({"errorCode": 209, "message": inner}))


class FaultQueue:
    def __init__(self) -> None:
        self._queue: list[Fault] = []

    def add(self, *faults: Fault) -> None:
        self._queue.extend(faults)

    def take(self, method: str, conversation: str | None) -> Fault | None:
        for fault in self._queue:
            if fault.fits(method, conversation):
                self._queue.remove(fault)
                return fault
        return None

    def clear(self) -> None:
        self._queue.clear()

    @property
    def is_empty(self) -> bool:
        return not self._queue
