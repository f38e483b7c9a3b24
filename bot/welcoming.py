"""The first words: what Chairside does for this person, and whom to ask if the directory does not know them."""

from __future__ import annotations

from cards.render import Card
from cards.welcome import Ability, UnsafeNow, group_welcome_card, not_in_directory_card, welcome_card
from discussions.needs import Means
from discussions.people import Person, Right

ABILITIES: tuple[tuple[Right | None, Ability], ...] = (
    (
        Right.BOOK,
        Ability("Book.", "I ask for what is needed, work out how soon it must start, and send neutral invitations."),
    ),
    (
        Right.CHAIR,
        Ability("Chair.", "The standard agenda in any order. You see who is here, what is left and when you will end."),
    ),
    (Right.MINUTE, Ability("Take minutes.", "You write beside the chair, and the record comes out as a document.")),
    (
        None,
        Ability("Answer.", "When you are asked to a meeting, one press says whether you come or who comes for you."),
    ),
    (None, Ability("Follow up.", "Each action owner is reminded; you answer on the card, also on a phone.")),
)


def welcome(means: Means, who: Person) -> Card:
    can = [ability for right, ability in ABILITIES if right is None or who.may(right)]
    return welcome_card(can, may_book=who.may(Right.BOOK), unsafe_now=unsafe_now(means), may_chair=who.may(Right.CHAIR))


def group_welcome(means: Means) -> Card:
    return group_welcome_card(unsafe_now(means))


def stranger_card(means: Means) -> Card:
    return not_in_directory_card("the Chairside administrator of your agency", unsafe_now(means))


def unsafe_now(means: Means) -> UnsafeNow:
    """Whom to ring, from the practice file: the first contact by day, the second out of hours."""
    contacts = means.practice.contacts
    day = f", or {contacts[0].name} on {contacts[0].number}" if contacts else ""
    night = f"{contacts[1].hours}: {contacts[1].name} {contacts[1].number}." if len(contacts) > 1 else None
    return UnsafeNow(f"Ring 999{day}.", night)
