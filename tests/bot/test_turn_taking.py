"""One turn: what is kept of its answer, and what the same arrival again gets."""

from __future__ import annotations

from typing import Any

from bot.arrivals import Incoming, Kind, Place, PlaceKind, Press, Sender
from bot.turn_taking import Reply, take_turn
from cards.buttons import MarkDone, pack
from discussions.people import Account
from tests.bot.office import Office, fresh
from tests.discussions.actions.story import OWNER

ACCOUNT = Account("tenant-1", "object-owner")
PLACE = Place("tenant-1", f"chat-{OWNER.id}", PlaceKind.PERSONAL, "https://smba.example/emea/")
SENDER = Sender("29:owner", ACCOUNT)
TYPED_HELP = Incoming(Kind.MESSAGE, "1", PLACE, SENDER, "help")


def owners_office() -> Office:
    office = fresh()
    office.scene.store.people.link(OWNER.id, ACCOUNT)
    return office


def take(office: Office, incoming: Incoming, said: tuple[str, ...] = ()) -> Reply:
    reply = take_turn(office.scene.means, incoming, "https://chairside.example", said)
    assert isinstance(reply, Reply)
    return reply


def test_of_a_look_no_more_is_kept_than_that_it_was_one() -> None:
    office = owners_office()
    take(office, TYPED_HELP)

    [kept] = office.scene.store.turns.answers.values()

    assert (kept.card, kept.is_a_look) == (None, True)


def test_a_look_that_comes_again_is_answered_afresh_until_its_answer_is_known_to_have_arrived() -> None:
    office = owners_office()
    first = take(office, TYPED_HELP)
    again = take(office, TYPED_HELP)
    assert first.card is not None
    assert again.card is not None
    assert first.key is not None

    once_said = take(office, TYPED_HELP, (first.key,))

    assert once_said.is_silent


def test_of_a_change_the_very_answer_is_kept() -> None:
    office = owners_office()
    verb, data = pack(MarkDone(office.action.id, office.action.version), nonce="n1")
    pressed: dict[str, Any] = {"press": Press(verb, data), "card": "card-1", "may_answer_in_place": True}

    first = take(office, Incoming(Kind.PRESS, "2", PLACE, SENDER, **pressed))
    again = take(office, Incoming(Kind.PRESS, "3", PLACE, SENDER, **pressed))

    assert again.card == first.card
    assert first.card is not None
