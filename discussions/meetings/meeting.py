"""The Teams meeting of one discussion, as far as it has come, and what is to be done about it next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from discussions.ids import DiscussionId


class MeetingState(StrEnum):
    WANTED = "wanted"
    MADE = "made"
    REFUSED = "refused"
    """It could not be made; the chair was asked for a link."""
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Meeting:
    """`event` is its id in the organiser's calendar, `starts_at` the start that it has there. `generation` counts how
    often it was made, for a name that is new each time and the same for every repeat.
    """

    discussion: DiscussionId
    state: MeetingState
    wanted_at: datetime
    event: str | None = None
    link: str | None = None
    chat: str | None = None
    starts_at: datetime | None = None
    generation: int = 0
    has_bot: bool = False


@dataclass(frozen=True, slots=True)
class Make:
    """`transaction` is the same for every repeat, so that a repeat makes no second one."""

    transaction: str
    title: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Move:
    event: str
    title: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Remove:
    event: str


@dataclass(frozen=True, slots=True)
class JoinChat:
    """Chairside itself comes into the meeting's chat."""

    chat: str


Order = Make | Move | Remove | JoinChat


@dataclass(frozen=True, slots=True)
class Made:
    """`starts_at` is the start that it has there: a repeat is answered with what was made first, perhaps at another."""

    event: str
    link: str
    chat: str | None
    starts_at: datetime | None = None
