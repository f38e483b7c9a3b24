"""Buttons that change a booking. `seen` is how often it had been moved when the card was made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

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


@dataclass(frozen=True, slots=True)
class OfferPart:
    """Hand over the chair or the booking: which, to whom and what is said with it are inputs."""

    verb: ClassVar[str] = "booking.offer"
    discussion: DiscussionId


@dataclass(frozen=True, slots=True)
class TakeOver:
    verb: ClassVar[str] = "booking.take_over"
    discussion: DiscussionId
    part: Literal["chair", "booking"]


@dataclass(frozen=True, slots=True)
class RefuseTakeOver:
    verb: ClassVar[str] = "booking.refuse_take_over"
    discussion: DiscussionId
    part: Literal["chair", "booking"]


@dataclass(frozen=True, slots=True)
class TellDutyDesk:
    """Why, and what is planned, are inputs."""

    verb: ClassVar[str] = "booking.tell_duty"
    discussion: DiscussionId


@dataclass(frozen=True, slots=True)
class TakeDuty:
    verb: ClassVar[str] = "booking.take_duty"
    discussion: DiscussionId


@dataclass(frozen=True, slots=True)
class StartAdjourning:
    """Opens the form for the new time of a discussion in progress."""

    verb: ClassVar[str] = "booking.adjourn"
    discussion: DiscussionId


@dataclass(frozen=True, slots=True)
class AddChild:
    """Opens the form for a brother or sister."""

    verb: ClassVar[str] = "booking.add_child"
    discussion: DiscussionId


ChangeButton = (
    AddChild
    | StartAdjourning
    | OpenChanges
    | StartMove
    | CancelDiscussion
    | HeldByPhone
    | OfferPart
    | TakeOver
    | RefuseTakeOver
    | TellDutyDesk
    | TakeDuty
)
