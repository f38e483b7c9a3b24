"""The first words: what Chairside does for this person, and whom to ask if the directory does not know them."""

from __future__ import annotations

from datetime import timedelta

from bot.arrivals import PlaceKind
from cards.render import Card
from cards.welcome import Ability, UnsafeNow, group_welcome_card, not_in_directory_card, welcome_card
from discussions.ids import MessageId
from discussions.needs import Means
from discussions.people import Person, PersonId, Right
from discussions.post import Message, MessageKind

SAID_LATER_AFTER = timedelta(minutes=1)

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
    (Right.LEAD, Ability("Keep your desk's slots.", "You say when it can come, and see what is taken. Type slots.")),
    (None, Ability("Follow up.", "Each action owner is reminded; you answer on the card, also on a phone.")),
)


def first_words(means: Means, who: Person | None, place: PlaceKind) -> Card:
    if place is not PlaceKind.PERSONAL:
        return group_welcome(means)
    return welcome(means, who) if who else stranger_card(means)


def keep_welcome(means: Means, conversation: str, person: PersonId | None, place: PlaceKind) -> str:
    """Leaves it in the outbox too, since an installation is told once and the turn may die before it has welcomed.

    Returns what the welcome is about: once a message is known to show that, the outbox has nothing left to say.
    """
    id = MessageId(means.new_id())
    key = f"welcome:{id}"
    due = means.now + SAID_LATER_AFTER
    means.store.outbox.put(Message(id, MessageKind.WELCOME, {"place": place}, person, conversation, key, due))
    return key


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
