"""Buttons that are always there: help, booking, what is mine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


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
class ShowMyActions:
    verb: ClassVar[str] = "actions.mine"
    page: int = 0


MenuButton = ShowHelp | StartBooking | ShowMyDiscussions | ShowMyActions
