"""Makes ids: time first, so that rows made together lie together, then chance."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from discussions.needs import NewId


def ids_from(now: Callable[[], datetime], random_bytes: Callable[[int], bytes]) -> NewId:
    """UUIDs of version 7 (RFC 9562): 48 bits of milliseconds, 74 bits of chance."""

    def new_id() -> str:
        milliseconds = int(now().timestamp() * 1000) & (2**48 - 1)
        chance = int.from_bytes(random_bytes(10), "big")
        high, low = chance >> 68 & 0xFFF, chance & (2**62 - 1)
        return str(UUID(int=milliseconds << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low))

    return new_id
