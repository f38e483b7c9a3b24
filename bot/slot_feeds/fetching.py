"""Fetches a calendar from its server: never more than so much, never for longer, and no redirect leads inside.

The address may hold a secret, so neither it nor anything the server says enters a log or an error.
"""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from socket import AF_UNSPEC, AddressFamily
from typing import Final
from urllib.parse import urljoin, urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

from bot.slot_feeds.fault import FeedFault
from discussions.slots.feed import FeedProblem

MOST_BYTES = 5 * 1024 * 1024
TIMEOUT = aiohttp.ClientTimeout(total=30, connect=10, sock_read=10)
MOST_REDIRECTS = 3
REDIRECTS = (301, 302, 303, 307, 308)
CALENDAR_TYPES = ("text/calendar", "text/plain", "application/octet-stream", "application/ics")
LONGEST_TAG = 200
HEADERS = {
    "Accept": "text/calendar, text/plain;q=0.5",
    # what is packed could be small on its way and huge here
    "Accept-Encoding": "identity",
    "User-Agent": "Chairside",
}

IsAllowed = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Fetched:
    """`content` None: it has not changed since the tag that was sent. The tags are for the next time."""

    content: bytes | None
    etag: str | None = None
    modified: str | None = None


NAT64: Final = IPv6Network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Nothing of this machine or of the network around it, also where an old address stands inside a new one."""
    known = ip_address(address)
    inner = inner_address(known) if isinstance(known, IPv6Address) else None
    return known.is_global and not known.is_multicast and (inner is None or inner.is_global)


def inner_address(known: IPv6Address) -> IPv4Address | None:
    if known in NAT64:
        return IPv4Address(int(known) & 0xFFFFFFFF)
    return known.ipv4_mapped or known.sixtofour


class ResolverOfAllowed(AbstractResolver):
    """Gives only addresses that are allowed, at the moment when they are connected to: a name can't change between."""

    def __init__(self, is_allowed: IsAllowed) -> None:
        self._is_allowed = is_allowed
        self._resolver = ThreadedResolver()

    async def resolve(self, host: str, port: int = 0, family: AddressFamily | int = AF_UNSPEC) -> list[ResolveResult]:
        found = await self._resolver.resolve(host, port, AddressFamily(family))
        allowed = [one for one in found if self._is_allowed(one["host"])]
        if not allowed:
            raise FeedFault(FeedProblem.NOT_ALLOWED_ADDRESS)
        return allowed

    async def close(self) -> None:
        await self._resolver.close()


class FeedClient:
    """`tls` None: plain http is allowed too, as in local mode. `is_allowed` says where a redirect may lead.

    The address of the settings itself may lie inside: a council's own calendar server does.
    """

    def __init__(
        self,
        tls: Callable[[], ssl.SSLContext],
        is_local: bool = False,
        is_allowed: IsAllowed = is_public,
        timeout: aiohttp.ClientTimeout = TIMEOUT,
    ) -> None:
        self._tls = tls
        self._is_local = is_local
        self._is_allowed = is_allowed
        self._timeout = timeout

    async def fetch(self, url: str, etag: str | None = None, modified: str | None = None) -> Fetched:
        """Raises FeedFault."""
        headers = dict(HEADERS)
        headers |= {"If-None-Match": etag} if etag else {}
        headers |= {"If-Modified-Since": modified} if modified else {}
        try:
            return await self._follow(url, headers)
        except FeedFault:
            raise
        except TimeoutError:
            raise FeedFault(FeedProblem.TOO_SLOW) from None
        except aiohttp.ClientPayloadError:
            raise FeedFault(FeedProblem.CUT_OFF) from None
        except (aiohttp.ClientError, OSError, ValueError) as fault:
            cause = fault.__context__ if isinstance(fault.__context__, FeedFault) else None
            raise cause or FeedFault(FeedProblem.NO_CONNECTION) from None

    async def _follow(self, url: str, headers: dict[str, str]) -> Fetched:
        for hop in range(MOST_REDIRECTS + 1):
            self._check(url, is_redirect=hop > 0)
            async with self._session(is_redirect=hop > 0) as session:
                async with session.get(url, headers=headers, allow_redirects=False) as response:
                    if response.status not in REDIRECTS:
                        return await take(response)
                    url = urljoin(url, response.headers.get("Location", ""))
        raise FeedFault(FeedProblem.NOT_ALLOWED_ADDRESS)

    def _check(self, url: str, is_redirect: bool) -> None:
        """A host that is written as a number never comes to the resolver."""
        parts = urlsplit(url)
        if parts.scheme != "https" and not (self._is_local and parts.scheme == "http"):
            raise FeedFault(FeedProblem.NOT_ALLOWED_ADDRESS)
        try:
            written = str(ip_address(parts.hostname or ""))
        except ValueError:
            return
        if is_redirect and not self._is_allowed(written):
            raise FeedFault(FeedProblem.NOT_ALLOWED_ADDRESS)

    @asynccontextmanager
    async def _session(self, is_redirect: bool) -> AsyncIterator[aiohttp.ClientSession]:
        """One for each look: there are few, hours may pass between two, and none may learn another's cookies."""
        resolver = ResolverOfAllowed(self._is_allowed) if is_redirect else None
        connector = aiohttp.TCPConnector(ssl=self._tls(), resolver=resolver, force_close=True)
        async with aiohttp.ClientSession(
            connector=connector, cookie_jar=aiohttp.DummyCookieJar(), timeout=self._timeout, auto_decompress=False
        ) as session:
            yield session


async def take(response: aiohttp.ClientResponse) -> Fetched:
    """Raises FeedFault."""
    etag, modified = tag(response, "ETag"), tag(response, "Last-Modified")
    if response.status == 304:
        return Fetched(None, etag, modified)
    if response.status != 200:
        raise FeedFault(problem_of(response.status))
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise FeedFault(FeedProblem.WRONG_TYPE)
    if "Content-Type" in response.headers and response.content_type not in CALENDAR_TYPES:
        raise FeedFault(FeedProblem.WRONG_TYPE)
    return Fetched(await read_all(response), etag, modified)


async def read_all(response: aiohttp.ClientResponse) -> bytes:
    held = bytearray()
    async for chunk in response.content.iter_any():
        held += chunk
        if len(held) > MOST_BYTES:
            raise FeedFault(FeedProblem.TOO_LARGE)
    return bytes(held)


def tag(response: aiohttp.ClientResponse, name: str) -> str | None:
    found = response.headers.get(name)
    return found if found and len(found) <= LONGEST_TAG and found.isprintable() else None


def problem_of(status: int) -> FeedProblem:
    if status in (401, 403, 407):
        return FeedProblem.REFUSED
    if status in (404, 410):
        return FeedProblem.NOT_THERE
    return FeedProblem.SERVER_FAULT
