"""The card of what somebody missed, under their access at this moment."""

from __future__ import annotations

from bot.answers.menu import action_line
from bot.shown import Turn
from cards.missed import InvitationLine, missed_card
from cards.render import Card
from discussions.london import say_short
from discussions.missed import missed_by
from discussions.refusals import NotFound


def card_for(turn: Turn) -> Card:
    """Raises NotFound when nothing of it waits any more."""
    missed = missed_by(turn.means, turn.who)
    if not missed:
        raise NotFound
    asked = [InvitationLine(one.id, say_short(held.starts_at), held.reference) for one, held in missed.invitations]
    return missed_card(asked, [action_line(turn, view) for view in missed.actions])
