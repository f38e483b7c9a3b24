"""Buttons that change a booking. `seen` is how often it had been moved when the card was made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from discussions.ids import DiscussionId


@dataclass(frozen=True, slots=True)
class OpenChanges:
    verb: ClassVar[str] = "booking.changes"
    discussion: DiscussionId


@dataclass(frozen=True, slots=True)
class StartMove:
    """Opens the form; what is moved is said there."""

    verb: ClassVar[str] = "booking.move"
    discussion: DiscussionId


@dataclass(frozen=True, slots=True)
class CancelDiscussion:
    """Reason, words and what keeps the children safe are inputs."""

    verb: ClassVar[str] = "booking.cancel"
    discussion: DiscussionId
    seen: int


@dataclass(frozen=True, slots=True)
class HeldByPhone:
    """It was held all the same; when, is an input."""

    verb: ClassVar[str] = "booking.held_by_phone"
    discussion: DiscussionId
    seen: int


ChangeButton = OpenChanges | StartMove | CancelDiscussion | HeldByPhone
