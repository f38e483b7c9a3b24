"""What a request to the secure page brings, and whether it may be taken at all: where from, how big, how many."""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from collections import OrderedDict, deque
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from ipaddress import IPv4Network, IPv6Network, ip_address
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, MultipartReader, web

LARGEST_FORM_BYTES = 16 * 1024
MOST_FIELDS = 40
FORM = "application/x-www-form-urlencoded"
WITH_FILE = "multipart/form-data"
LARGEST_PART_BYTES = 32 * 1024
CHUNK_BYTES = 64 * 1024
BEFORE_IT_IS_CUT_OFF = 4
"""So many times as long as may be, a file is still read to its end, so that its sender is told in words."""
WITHIN_SECONDS = 600.0
MOST_OF_ONE_CLIENT = 60
MOST_OF_ALL = 1200
MOST_CLIENTS = 10_000

Network = IPv4Network | IPv6Network


class Refused(StrEnum):
    """Why a form was not taken; counted."""

    FOREIGN = "foreign"
    NO_FORM = "no form"
    TOO_BIG = "too big"
    NO_TOKEN = "no token"
    TOO_MANY = "too many"


class NotTaken(Exception):
    def __init__(self, why: Refused) -> None:
        super().__init__(why.value)
        self.why = why


async def read_form(request: web.Request) -> dict[str, str]:
    """The fields of a small form; of a field that comes twice the first. Raises NotTaken."""
    if request.content_type != FORM:
        raise NotTaken(Refused.NO_FORM)
    if (request.content_length or 0) > LARGEST_FORM_BYTES:
        raise NotTaken(Refused.TOO_BIG)
    body = b""
    while chunk := await request.content.read(LARGEST_FORM_BYTES + 1 - len(body)):
        body += chunk
        if len(body) > LARGEST_FORM_BYTES:
            raise NotTaken(Refused.TOO_BIG)
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
    except ValueError:
        raise NotTaken(Refused.NO_FORM) from None
    return dict(reversed(pairs))


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A file that came with a form; one that is too big is not kept in memory. Its name is never read."""

    content: bytes
    is_too_big: bool = False


async def read_any_form(request: web.Request, largest_file: int) -> tuple[dict[str, str], Uploaded | None]:
    """A small form, or one that brings a file of at most `largest_file` bytes. Raises NotTaken."""
    if request.content_type != WITH_FILE:
        return await read_form(request), None
    most = 2 * LARGEST_PART_BYTES + BEFORE_IT_IS_CUT_OFF * largest_file
    if (request.content_length or 0) > most:
        raise NotTaken(Refused.TOO_BIG)
    try:
        return await read_parts(await request.multipart(), largest_file, most)
    except (ValueError, KeyError, AssertionError, UnicodeError, web.HTTPException):
        raise NotTaken(Refused.NO_FORM) from None


async def read_parts(parts: MultipartReader, largest_file: int, most: int) -> tuple[dict[str, str], Uploaded | None]:
    form: dict[str, str] = {}
    file: Uploaded | None = None
    taken = 0
    async for part in parts:
        if not isinstance(part, BodyPartReader) or len(form) >= MOST_FIELDS:
            raise NotTaken(Refused.NO_FORM)
        is_file = part.filename is not None
        content, length = await read_part(part, largest_file if is_file else LARGEST_PART_BYTES, most - taken)
        taken += length
        if is_file:
            file = file or (Uploaded(content, length > largest_file) if length else None)
        elif length > LARGEST_PART_BYTES:
            raise NotTaken(Refused.TOO_BIG)
        else:
            form.setdefault(part.name or "", content.decode("utf-8").replace("\r\n", "\n"))
    return form, file


async def read_part(part: BodyPartReader, keeps: int, most: int) -> tuple[bytes, int]:
    """What is in it as far as it is kept, and how long it is. What is longer than `keeps` is read and let go."""
    content, length = b"", 0
    while chunk := await part.read_chunk(CHUNK_BYTES):
        length += len(chunk)
        if length > most:
            raise NotTaken(Refused.TOO_BIG)
        content = content + chunk if length <= keeps else b""
    return content, length


def form_token(secret: str) -> str:
    """Goes into a form, and comes back with it: no other site can know it. Made of what only the visitor has."""
    return (
        urlsafe_b64encode(hmac.new(secret.encode("utf-8", "replace"), b"form", sha256).digest()).rstrip(b"=").decode()
    )


def holds_token(form: dict[str, str], secret: str) -> bool:
    return hmac.compare_digest(form.get("token", "").encode("utf-8", "replace"), form_token(secret).encode())


@dataclass(slots=True)
class Limits:
    """How many forms may come within ten minutes: from one client, and from all together. Kept in memory, by process.

    `time` gives seconds that only grow.
    """

    time: Callable[[], float]
    of_one: int = MOST_OF_ONE_CLIENT
    of_all: int = MOST_OF_ALL
    _clients: OrderedDict[str, deque[float]] = field(default_factory=OrderedDict)
    _all: deque[float] = field(default_factory=deque)

    def take(self, client: str) -> bool:
        """Counts it, and says whether it may be taken."""
        now = self.time()
        mine = self._clients.setdefault(client, deque())
        self._clients.move_to_end(client)
        while len(self._clients) > MOST_CLIENTS:
            self._clients.popitem(last=False)
        forget(mine, now)
        forget(self._all, now)
        if len(mine) >= self.of_one or len(self._all) >= self.of_all:
            return False
        mine.append(now)
        self._all.append(now)
        return True


def forget(moments: deque[float], now: float) -> None:
    while moments and moments[0] <= now - WITHIN_SECONDS:
        moments.popleft()


def client_of(request: web.Request, proxies: Collection[Network]) -> str:
    """The address that the request came from; where that is one of our proxies, the last one that it vouches for.

    Of IPv6 the network of a household or an office: each has more addresses than anybody could count.
    """
    said = [part.strip() for line in request.headers.getall("X-Forwarded-For", ()) for part in line.split(",")]
    client = request.remote or ""
    while said and is_among(client, proxies):
        client = said.pop()
    return network_of(client)


def is_among(address: str, networks: Collection[Network]) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return any(found in network for network in networks)


def network_of(address: str) -> str:
    try:
        found = ip_address(address)
    except ValueError:
        return "unknown"
    return address if found.version == 4 else str(IPv6Network((int(found) >> 64 << 64, 64)))
