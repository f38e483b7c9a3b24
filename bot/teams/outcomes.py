"""From the channel's answer to what it means for a message: one table of statuses and Teams' own words."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

from bot.sending.post import Outcome, OutcomeKind

_BY_CODE = {
    "ConversationBlockedByUser": OutcomeKind.BLOCKED,
    "MessageWritesBlocked": OutcomeKind.BLOCKED,
    "BotNotInConversationRoster": OutcomeKind.NOT_INSTALLED,
    "BotDisabledByAdmin": OutcomeKind.NOT_INSTALLED,
    "MessageSizeTooBig": OutcomeKind.TOO_BIG,
    "RequestEntityTooLarge": OutcomeKind.TOO_BIG,
}
_BY_STATUS = {
    404: OutcomeKind.GONE,
    412: OutcomeKind.THROTTLED,
    413: OutcomeKind.TOO_BIG,
    429: OutcomeKind.THROTTLED,
    503: OutcomeKind.THROTTLED,
}
_STATUSES_THAT_NEED_A_CODE = frozenset({400, 403, 404})
LONGEST_WAIT_SECONDS = 3600.0


def classify(status: int, headers: Mapping[str, str], body: bytes) -> Outcome:
    answer = _as_object(body)
    if 200 <= status < 300:
        return Outcome(OutcomeKind.SENT, activity=_text(answer.get("id")), status=status)
    code = find_code(answer)
    kind = _BY_STATUS.get(status)
    if status in _STATUSES_THAT_NEED_A_CODE and code in _BY_CODE:
        kind = _BY_CODE[code]
    if kind is None:
        kind = OutcomeKind.UNKNOWN if status >= 500 else OutcomeKind.REFUSED
    wait = read_retry_after(headers.get("Retry-After")) if kind is OutcomeKind.THROTTLED else None
    return Outcome(kind, status=status, code=code, retry_after=wait)


def find_code(answer: Mapping[str, Any]) -> str | None:
    """`error.code`, or the `subCode` inside `message`, which Teams sends as JSON within a string."""
    inner = answer.get("message")
    sub_code = _text(_as_object(inner).get("subCode")) if isinstance(inner, str) else None
    error = answer.get("error")
    code = _text(error.get("code")) if isinstance(error, dict) else None
    return sub_code or code or _text(answer.get("code"))


def read_retry_after(value: str | None) -> float | None:
    """Seconds; a date or nonsense counts as not said."""
    try:
        seconds = float(value) if value is not None else math.nan
    except ValueError:
        return None
    return None if math.isnan(seconds) or seconds < 0 else min(seconds, LONGEST_WAIT_SECONDS)


def _as_object(body: bytes | str) -> dict[str, Any]:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return document if isinstance(document, dict) else {}


def _text(value: object) -> str | None:
    """Codes and ids end up in logs and tables: only short plain words pass."""
    return value if isinstance(value, str) and 0 < len(value) <= 500 and value.isprintable() else None
