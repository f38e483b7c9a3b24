"""How invitations are chased: when the desk is asked again, who is told, and the card before a discussion starts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ChaseTo(StrEnum):
    """Whom a step is for, and so what it says."""

    INVITEE = "invitee"
    """Whoever was asked and has not answered is asked again."""
    BOOKER = "booker"
    """Whom to ring."""
    CHAIR = "chair"
    """Which core agencies nobody is coming from."""
    TABLE = "table"
    """Chair, minute-taker and whoever is coming: what to bring, and who will be there."""


@dataclass(frozen=True, slots=True)
class ChaseStep:
    """After a share of the time between asking and the start, in hundredths, or so long before the start."""

    code: str
    to: ChaseTo
    source: str
    share_gone: int | None = None
    before_start_minutes: int | None = None


USUAL_STEPS = (
    ChaseStep("again", ChaseTo.INVITEE, "UCP", share_gone=50),
    ChaseStep("ring", ChaseTo.BOOKER, "UCP", share_gone=60),
    ChaseStep("bring", ChaseTo.TABLE, "UCP", before_start_minutes=60),
    ChaseStep("core", ChaseTo.CHAIR, "UCP", before_start_minutes=15),
)


@dataclass(frozen=True, slots=True)
class Chasing:
    """`least_minutes` is what everybody asked has before anything is said about their silence. Where the urgency is one
    of `overrides_hours`, people are chased at any hour. The defaults are for practices from before there was chasing.
    """

    steps: tuple[ChaseStep, ...] = USUAL_STEPS
    least_minutes: int = 10
    overrides_hours: tuple[str, ...] = ("U0", "U1")
    source: str = "UCP"


STANDARD_CHASING = Chasing()
