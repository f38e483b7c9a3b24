"""A card on its way to somebody, and why there may be none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cards.render import Card
from discussions.needs import Reference
from discussions.post import Claimed, DeliveryState


@dataclass(frozen=True, slots=True)
class Letter:
    """`replaces` is the message to put the card in place of; None says something new. `about` is what it shows.

    `carries` are the other messages that are said with the same card.
    """

    to: Reference
    card: Card
    about: str
    replaces: str | None
    is_instead: bool = False
    """The message that was to be replaced is gone, and this stands in its stead."""
    carries: tuple[Claimed, ...] = ()


@dataclass(frozen=True, slots=True)
class NotSent:
    """Why there is nothing to send: no longer entitled or nothing to replace, or nowhere to send it."""

    state: DeliveryState
    code: str


NO_INSTALLATION = NotSent(DeliveryState.NOT_INSTALLED, "no personal installation")
"""Known before anything is tried."""


@dataclass(frozen=True, slots=True)
class NotNow:
    """It may not disturb them before then."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Carried:
    """It goes on the card of another message."""


Written = Letter | NotSent | NotNow | Carried
