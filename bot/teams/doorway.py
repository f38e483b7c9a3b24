"""The way back into the conversation, for as long as the turn lasts."""

from __future__ import annotations

from botbuilder.core import TurnContext

from bot.sending.post import OutcomeKind
from bot.teams.outgoing import CardActivity
from cards.render import Card

_STILL_THERE = frozenset({OutcomeKind.SENT, OutcomeKind.THROTTLED, OutcomeKind.UNKNOWN})


class TurnDoorway:
    """A message that Teams would not take has been logged by the connector; the turn goes on without it."""

    def __init__(self, context: TurnContext) -> None:
        self._context = context

    async def say(self, card: Card) -> str | None:
        response = await self._context.send_activity(CardActivity.holding(card))
        return response.id if response is not None else None

    async def replace(self, activity: str, card: Card) -> bool:
        """False if the message cannot be replaced any more; one that Teams was too busy for is still there."""
        outcome = await self._context.update_activity(CardActivity.holding(card, activity))
        return outcome.kind in _STILL_THERE
