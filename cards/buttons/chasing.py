"""Buttons before a discussion starts: whom to ring and what they said, and how to join."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from discussions.ids import DiscussionId


@dataclass(frozen=True, slots=True)
class GiveLink:
    """How to join, as an input. `seen` is how often it had been changed."""

    verb: ClassVar[str] = "link.give"
    discussion: DiscussionId
    seen: int


@dataclass(frozen=True, slots=True)
class OpenToRing:
    """Who has not answered, with their numbers."""

    verb: ClassVar[str] = "ring.open"
    discussion: DiscussionId


@dataclass(frozen=True, slots=True)
class RecordTold:
    """What somebody said by telephone: who (with the version that was seen) and what are inputs."""

    verb: ClassVar[str] = "ring.record"
    discussion: DiscussionId


ChasingButton = GiveLink | OpenToRing | RecordTold
