"""Asked for one's own actions among others: seen by oneself alone, or sent to one's own chat."""

from __future__ import annotations

from cards.render import Card
from cards.whispered import own_chat_card, whispered_card
from tests.cards.examples_attention import LATE, LONG, TODAY, Standing, line
from tests.cards.gallery import example


@example(whispered_card, "whispered")
def some() -> Card:
    return whispered_card([TODAY, LATE])


@example(whispered_card, "whispered-many")
def more_than_fit() -> Card:
    return whispered_card([line(number, Standing.LATER, "Thu 19 Nov, 10:00", LONG) for number in range(30)])


@example(own_chat_card, "own-chat")
def sent_to_ones_own_chat() -> Card:
    return own_chat_card()
