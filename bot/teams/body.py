"""From bytes to a JSON object that nothing behind can choke on: capped, shallow, clean text."""

from __future__ import annotations

import asyncio
import json
from http import HTTPStatus
from typing import Any, NoReturn

import aiohttp
from aiohttp import web

from bot.teams.turned_away import TurnedAway, bad_shape

MOST_BYTES = 256 * 1024
DEEPEST = 40
SLOWEST_SECONDS = 10


async def read_body(request: web.Request) -> dict[str, Any]:
    """Raises TurnedAway: 413, 415 or 400."""
    if (request.content_length or 0) > MOST_BYTES:
        raise _too_big()
    if request.content_type != "application/json":
        raise TurnedAway(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "content type")
    return parse(await _read(request))


def parse(raw: bytes) -> dict[str, Any]:
    try:
        document = json.loads(raw, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise bad_shape("not JSON") from None
    if not isinstance(document, dict):
        raise bad_shape("not an object")
    # Counting is quick and most bodies are small: only those that could be deep are walked.
    if raw.count(b"{") + raw.count(b"[") > DEEPEST and _is_deeper(document, DEEPEST):
        raise bad_shape("too deep")
    if b"\\u" not in raw:
        return document
    return {_clean(name): _clean(value) for name, value in document.items()}


async def _read(request: web.Request) -> bytes:
    held = bytearray()
    try:
        async with asyncio.timeout(SLOWEST_SECONDS):
            async for chunk in request.content.iter_any():
                held += chunk
                if len(held) > MOST_BYTES:
                    raise _too_big()
    except (aiohttp.ClientError, web.RequestPayloadError, TimeoutError, OSError, ValueError):
        raise bad_shape("body cannot be read") from None
    return bytes(held)


def _too_big() -> TurnedAway:
    return TurnedAway(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "body too big")


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _is_deeper(document: object, deepest: int) -> bool:
    level: list[object] = [document]
    for _ in range(deepest):
        level = [inner for outer in level for inner in _children(outer)]
        if not level:
            return False
    return True


def _children(value: object) -> list[object]:
    if isinstance(value, dict):
        return list(value.values())
    return list(value) if isinstance(value, list) else []


def _clean(value: Any) -> Any:
    """Half a surrogate pair cannot be written as UTF-8, and PostgreSQL keeps no NUL: both become U+FFFD."""
    if isinstance(value, str):
        return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").replace("\0", "\ufffd")
    if isinstance(value, list):
        return [_clean(inner) for inner in value]
    if isinstance(value, dict):
        return {_clean(name): _clean(inner) for name, inner in value.items()}
    return value
