"""What a process reaches for outside of itself, handed in by `bot.__main__` alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class World:
    """The environment, the clock and chance."""

    environment: Mapping[str, str]
    now: Callable[[], datetime]
    random_bytes: Callable[[int], bytes]
