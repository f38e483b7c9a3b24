"""The auditor's findings as a card, for those who may still administer when it is sent."""

from __future__ import annotations

from bot.shown import Turn
from cards.audit import audit_card
from cards.render import Card
from discussions.actions.audit import read_told
from discussions.people import Right
from discussions.post import Message
from discussions.refusals import NotAllowed


def card_for(turn: Turn, message: Message) -> Card:
    """Raises NotAllowed."""
    if not turn.who.may(Right.ADMINISTER):
        raise NotAllowed("read what the auditor finds", "an administrator")
    return audit_card(read_told(message.about))
