"""What was missed: both kinds, invitations alone, more than a card holds."""

from __future__ import annotations

from cards.lists import ActionLine, Standing
from cards.missed import InvitationLine, missed_card
from cards.render import Card
from discussions.ids import ActionId, InvitationId
from tests.cards.gallery import example

ASKED = InvitationLine(InvitationId("0196a0d2-7d13-7cc0-9f5f-0b6d2f0a9a03"), "Wed 18 Nov, 14:00", "SD-26-0412")
LATE = ActionLine(
    ActionId("0196a0d2-7d13-7cc0-9f5f-0b6d2f0a9a02"),
    Standing.OVERDUE,
    "Since Mon 16 Nov, 12:00",
    "See A at home and speak to her alone, with an interpreter who is no member of the family",
    "SD-26-0398/3",
)
TODAY = ActionLine(
    ActionId("0196a0d2-7d13-7cc0-9f5f-0b6d2f0a9a04"), Standing.TODAY, "By 15:00", "Ring the GP", "SD-26-0398/4"
)


@example(missed_card, "missed")
def missed() -> Card:
    return missed_card([ASKED], [LATE, TODAY])


@example(missed_card, "missed-invitation")
def missed_an_invitation() -> Card:
    return missed_card([ASKED], [])


@example(missed_card, "missed-many")
def missed_many() -> Card:
    return missed_card([ASKED] * 4, [LATE, TODAY] * 8)
