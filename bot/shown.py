"""What a turn comes to: the card to show, what it is about, and how it is shown."""

from __future__ import annotations

from dataclasses import dataclass

from cards.render import Card
from discussions.needs import Means
from discussions.people import Person


@dataclass(frozen=True, slots=True)
class Shown:
    """`about` names what the card is about ("dialog:<id>", "action:<id>"), so that its newest state can take its place.

    `sentence` answers a press without a card, under the pressed one. `is_a_look`: nothing was changed, so that the same
    arrival again can be answered by looking again, and the answer need not be kept. `is_below`: a press is answered
    with a new message, and the pressed card stays as it is.
    """

    card: Card | None = None
    about: str | None = None
    sentence: str | None = None
    is_a_look: bool = False
    is_below: bool = False
    is_private: bool = False
    """What was asked for is for the asker alone, so a chat of several is not shown it."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What every answer is made from: the transaction's means, who asks, in which conversation, our own address."""

    means: Means
    who: Person
    conversation: str
    public_url: str = ""
