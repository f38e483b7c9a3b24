"""The one HTTP session of the Teams edge, and small JSON documents fetched through it."""

from __future__ import annotations

import json
import ssl
from pathlib import Path
from typing import Any

import aiohttp

from bot.teams.addresses import is_safe_url

FETCH_TIMEOUT = aiohttp.ClientTimeout(total=10, connect=5)
MOST_BYTES_READ = 1024 * 1024


class FetchFailed(Exception):
    """The document could not be had. `status` is None if the host did not answer at all."""

    def __init__(self, reason: str, status: int | None = None) -> None:
        super().__init__(reason)
        self.status = status


def make_ssl_context(ca_bundle: str | None) -> ssl.SSLContext:
    """`ca_bundle` is a file or a folder of certificates; None means the system's own. Slow (30 ms): make it once."""
    if ca_bundle is None:
        return ssl.create_default_context()
    if Path(ca_bundle).is_dir():
        return ssl.create_default_context(capath=ca_bundle)
    return ssl.create_default_context(cafile=ca_bundle)


def open_session(ca_bundle: str | None) -> aiohttp.ClientSession:
    connector = aiohttp.TCPConnector(ssl=make_ssl_context(ca_bundle), limit=100, keepalive_timeout=15)
    return aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar(), timeout=FETCH_TIMEOUT)


async def fetch_document(session: aiohttp.ClientSession, url: str) -> dict[str, Any]:
    """A JSON object by GET; no redirects are followed, since trust hangs on the address. Raises FetchFailed."""
    if not is_safe_url(url):
        raise FetchFailed("address is neither https nor on this machine")
    try:
        async with session.get(url, allow_redirects=False, timeout=FETCH_TIMEOUT) as response:
            if response.status != 200:
                raise FetchFailed("document not served", response.status)
            return as_object(await read_at_most(response, MOST_BYTES_READ), response.status)
    except (aiohttp.ClientError, TimeoutError, OSError) as fault:
        raise FetchFailed(type(fault).__name__) from fault


async def read_at_most(response: aiohttp.ClientResponse, most: int) -> bytes:
    """What is beyond is not read: no honest answer of these services is that long."""
    held = bytearray()
    async for chunk in response.content.iter_any():
        held += chunk
        if len(held) > most:
            return bytes(held[:most])
    return bytes(held)


def as_object(body: bytes, status: int) -> dict[str, Any]:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError) as fault:
        raise FetchFailed("not JSON", status) from fault
    if not isinstance(document, dict):
        raise FetchFailed("not a JSON object", status)
    return document
