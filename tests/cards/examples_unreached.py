"""Somebody was not reached: told of an action, an invitation, a desk, without a number, after mail has failed too."""

from __future__ import annotations

from dataclasses import replace

from cards.render import Card
from cards.unreached import Unreached, unreached_card
from discussions.ids import ActionId, DiscussionId
from discussions.post import DeliveryState
from tests.cards.gallery import example

VIEW = Unreached(
    who="Jo Smith",
    agency="Avon and Somerset Police",
    phone="0117 496 0103",
    reference="SD-26-0412",
    discussion=DiscussionId("0196a0d2-7d13-7cc0-9f5f-0b6d2f0a9a01"),
    state=DeliveryState.BLOCKED,
    action=ActionId("0196a0d2-7d13-7cc0-9f5f-0b6d2f0a9a02"),
    number=3,
)


@example(unreached_card, "unreached-action")
def of_an_action() -> Card:
    return unreached_card(VIEW)


@example(unreached_card, "unreached-desk")
def a_desk_that_was_asked() -> Card:
    asked = replace(VIEW, who="Safeguarding nurses", agency="Sirona Health", action=None, number=None)
    return unreached_card(replace(asked, is_invitation=True, state=DeliveryState.NOT_INSTALLED))


@example(unreached_card, "unreached-no-number")
def without_a_number() -> Card:
    return unreached_card(replace(VIEW, phone=None, agency=None, state=DeliveryState.UNREACHABLE))
