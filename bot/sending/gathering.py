"""Several things for one person within a minute go on one card; each stays a message of its own, with its own ledger.

What one person alone must answer keeps its own card with its buttons, and what is urgent is never gathered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.answers import digest, morning
from bot.answers.morning import LIST
from bot.sending.letter import Carried, Letter, Written
from bot.shown import Turn
from cards.render import Card
from discussions.fallback import ASKING
from discussions.ids import MessageId
from discussions.needs import Means
from discussions.people import PersonId
from discussions.post import Claimed, Message, MessageKind, is_gathered

Pair = tuple[Claimed, Letter]


def gathered(means: Means, claimed: Sequence[Claimed], letters: Sequence[Written], public_url: str) -> list[Written]:
    """The letters in their order, with one card where several go to one person: it stands for the first of them, and
    the others are carried by it. Each was made under its own recipient's access, so what may not be said is not there.
    """
    found = dict(zip((one.message.id for one in claimed), letters, strict=True))
    for pairs in by_person(claimed, letters).values():
        for group in cards_of(pairs):
            found |= on_one_card(means, group, public_url)
    return [found[one.message.id] for one in claimed]


def by_person(claimed: Sequence[Claimed], letters: Sequence[Written]) -> Mapping[PersonId, list[Pair]]:
    """Those who have several things to come."""
    people: dict[PersonId, list[Pair]] = {}
    for one, letter in zip(claimed, letters, strict=True):
        if isinstance(letter, Letter) and is_gathered(one.message) and one.message.recipient is not None:
            people.setdefault(one.message.recipient, []).append((one, letter))
    return {person: pairs for person, pairs in people.items() if len(pairs) > 1}


def cards_of(pairs: Sequence[Pair]) -> list[list[Pair]]:
    """Which go together. If one thing alone asks for an answer, its card comes by itself, with its buttons. A list
    of all that is open takes everything in.
    """
    if any(letter.about == LIST for _, letter in pairs):
        return [list(pairs)]
    asking = {letter.about for one, letter in pairs if asks(one, letter)}
    if len(asking) != 1:
        return [list(pairs)]
    [about] = asking
    alone = [pair for pair in pairs if pair[1].about == about]
    others = [pair for pair in pairs if pair[1].about != about]
    return [group for group in (alone, others) if group]


def asks(claimed: Claimed, letter: Letter) -> bool:
    """A list of the morning with one thing on it is that thing's own card."""
    return claimed.message.kind in (*ASKING, MessageKind.TO_RING) or (
        claimed.message.kind is MessageKind.MORNING and letter.about != LIST
    )


def as_said(claimed: Claimed, letter: Letter) -> Message:
    message = claimed.message
    if message.kind is not MessageKind.MORNING:
        return message
    kind, _, id = letter.about.partition(":")
    return replace(message, kind=MessageKind.NUDGE, about={kind: id})


def on_one_card(means: Means, group: Sequence[Pair], public_url: str) -> Mapping[MessageId, Written]:
    first, *rest = [one for one, _ in group]
    if not rest:
        return {}
    card, about = shown_as(means, group, public_url)
    means.store.outbox.bind([one.message.id for one, _ in group], first.message.id)
    letter = replace(group[0][1], card=card, about=about, replaces=None, carries=tuple(rest))
    return {first.message.id: letter} | {one.message.id: Carried() for one in rest}


def shown_as(means: Means, group: Sequence[Pair], public_url: str) -> tuple[Card, str]:
    """Where all is about one thing, its own card says it, as the newest message that asks has it."""
    if {letter.about for _, letter in group} == {group[0][1].about} != {LIST}:
        _, letter = ([pair for pair in group if asks(*pair)] or list(group))[-1]
        return letter.card, letter.about
    first, letter = group[0]
    who = means.store.people.person(first.message.recipient) if first.message.recipient else None
    assert who is not None, "a letter was made for them"
    turn = Turn(means, who, letter.to.conversation, public_url)
    lists = [one.message for one, letter in group if letter.about == LIST]
    if lists:
        news = [as_said(one, letter) for one, letter in group if letter.about != LIST]
        fullest = next((one for one in lists if one.kind is MessageKind.RETURNED), lists[0])
        return morning.list_with(turn, fullest, news, first.message.id), LIST
    return digest.card_of(turn, first.message.id, [as_said(*pair) for pair in group]), digest.about(first.message.id)
