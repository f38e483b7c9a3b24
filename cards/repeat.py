"""Says of a card that it may be a repeat: the first sending was cut off, and nobody knows whether it arrived."""

from __future__ import annotations

from cards.render import Card

MAY_BE_A_REPEAT = "This may be a repeat: I can't tell whether an earlier one reached you. Answering one is enough."


def marked_as_repeat(card: Card) -> Card:
    content = card.content
    line = {"type": "TextBlock", "text": MAY_BE_A_REPEAT, "wrap": True, "size": "Small", "spacing": "Medium"}
    content["body"].append(line)
    return card.holding(content)
