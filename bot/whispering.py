"""Asked for among others and meant for one alone: shown to them only where Teams can, else in their own chat."""

from __future__ import annotations

from bot.answers.menu import mine
from bot.arrivals import Incoming
from bot.shown import Turn
from cards.render import Card, stamp
from cards.whispered import whispered_card
from discussions.ids import MessageId
from discussions.needs import Means
from discussions.people import Person
from discussions.post import Message, MessageKind
from discussions.refusals import NotFound


def whispered(means: Means, incoming: Incoming) -> Card:
    """Their list, with nothing in it that a shared screen may not show. Raises NotFound for a stranger."""
    who = asker(means, incoming)
    lines = mine(Turn(means, who, incoming.place.conversation))
    return stamp(whispered_card(lines), means.new_id())


def say_in_own_chat(means: Means, incoming: Incoming) -> None:
    who = asker(means, incoming)
    about, key = {"person": who.id}, f"own actions:{incoming.place.conversation}:{incoming.activity}"
    id = MessageId(means.new_id())
    means.store.outbox.put(Message(id, MessageKind.OWN_ACTIONS, about, who.id, None, key, means.now))


def asker(means: Means, incoming: Incoming) -> Person:
    account = incoming.sender.account
    who = means.store.people.by_account(account) if account else None
    if who is None:
        raise NotFound("person")
    return who
