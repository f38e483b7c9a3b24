"""Buttons that are always there: help, booking, what is mine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from discussions.ids import MessageId


@dataclass(frozen=True, slots=True)
class ShowHelp:
    verb: ClassVar[str] = "help.show"


@dataclass(frozen=True, slots=True)
class StartBooking:
    verb: ClassVar[str] = "booking.start"


@dataclass(frozen=True, slots=True)
class ShowMyDiscussions:
    verb: ClassVar[str] = "discussions.mine"
    page: int = 0


@dataclass(frozen=True, slots=True)
class ShowDiary:
    """`days`: today, tomorrow, week, or a day as 2026-11-24. `agency` is a category's code, empty for all."""

    verb: ClassVar[str] = "diary.show"
    days: str = "today"
    agency: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class ShowMyActions:
    verb: ClassVar[str] = "actions.mine"
    page: int = 0


@dataclass(frozen=True, slots=True)
class ShowChairedActions:
    """`standing`, `agency` and `child` narrow it; what is chosen in the card's form wins over them."""

    verb: ClassVar[str] = "actions.chaired"
    page: int = 0
    standing: str = "all"
    agency: str = "all"
    child: str = "all"


@dataclass(frozen=True, slots=True)
class FetchChairedActions:
    """A link, good once, to all open actions of those one chairs as a file of comma-separated values."""

    verb: ClassVar[str] = "actions.chaired.fetch"


@dataclass(frozen=True, slots=True)
class OpenBelow:
    """Opens the card of one thing as a new message, and leaves the list that it stands in as it is."""

    verb: ClassVar[str] = "digest.open"
    kind: Literal["action", "discussion", "record", "preparation", "invitation", "ring"]
    id: str


@dataclass(frozen=True, slots=True)
class ShowDigest:
    """`digest` is the id of the first message that went on it."""

    verb: ClassVar[str] = "digest.show"
    digest: MessageId
    page: int = 0


@dataclass(frozen=True, slots=True)
class ShowCapacity:
    """`first` and `last` are days as ISO 8601 writes them."""

    verb: ClassVar[str] = "capacity.show"
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class FetchCapacity:
    """A link, good once, to the same with its hours as a file of comma-separated values."""

    verb: ClassVar[str] = "capacity.fetch"
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class SetRhythm:
    """How often the list of the morning comes, and when: both are inputs."""

    verb: ClassVar[str] = "rhythm.set"


@dataclass(frozen=True, slots=True)
class SayBack:
    """Whoever was away is back."""

    verb: ClassVar[str] = "away.back"


MenuButton = (
    ShowHelp
    | StartBooking
    | ShowMyDiscussions
    | ShowDiary
    | ShowMyActions
    | ShowChairedActions
    | FetchChairedActions
    | OpenBelow
    | ShowDigest
    | ShowCapacity
    | FetchCapacity
    | SetRhythm
    | SayBack
)
