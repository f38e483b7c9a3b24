"""Cards that others hold follow what changes: once for several quick changes, and anew where the message is gone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial

import pytest

from discussions.post import DeliveryState
from tests.conftest import MakeUrl
from tests.scenarios.test_access import booked
from tests.scenarios.world import World
from tests.teams.faults import Fault
from tests.teams.rooms import Message

HELEN, PRIYA, SAM = "Helen Marsh", "Priya Nair", "Sam Okoro"


@pytest.fixture
async def world(make_url: MakeUrl) -> AsyncIterator[World]:
    """Booked by Sam for Priya, Helen is asked and has an action."""
    async with World(make_url()) as world:
        await booked(world, restricted=False)
        await world.tick(minutes=2)
        yield world


def puts(world: World, name: str, since: int) -> int:
    room = world.chat(name).room.id
    return sum(method == "PUT" and room in path for method, path in world.channel.connector.requests[since:])


async def test_two_quick_changes_are_one_update_for_each_who_holds_the_card(world: World) -> None:
    known = len(world.channel.connector.requests)
    ledger = len(world.look(lambda store: store.outbox.ledger({})))
    helen = world.chat(HELEN)
    await helen.say("coming SD-26-0412")
    await helen.say("deputy SD-26-0412 Kim Lee, DC")

    await world.settle()

    assert [puts(world, name, known) for name in (SAM, PRIYA)] == [1, 1]
    assert all("Kim Lee" in shown(world, name) for name in (SAM, PRIYA))
    lines = world.look(lambda store: store.outbox.ledger({}))[ledger:]
    assert sorted((line.state, line.code) for line in lines) == [
        (DeliveryState.SENT, None),
        (DeliveryState.SENT, None),
        (DeliveryState.WITHDRAWN, "newer to come"),
        (DeliveryState.WITHDRAWN, "newer to come"),
    ]


def shown(world: World, name: str) -> str:
    return "\n".join(message.text for message in world.heard(name))


async def test_a_change_after_the_first_has_gone_out_is_an_update_of_its_own(world: World) -> None:
    known = len(world.channel.connector.requests)
    for words in ("coming SD-26-0412", "deputy SD-26-0412 Kim Lee, DC"):
        await world.chat(HELEN).say(words)
        await world.settle()

    assert [puts(world, name, known) for name in (SAM, PRIYA)] == [2, 2]


async def test_where_the_message_is_gone_a_new_card_takes_its_place_and_is_the_one_that_follows(world: World) -> None:
    sam = world.chat(SAM)
    held = {message.id: len(message.earlier) for message in sam.messages}
    gone = partial(Fault, 404, "ActivityNotFoundInConversation", method="PUT")
    world.channel.faults.add(gone(conversation=sam.room.id))

    await world.chat(HELEN).say("coming SD-26-0412")
    await world.settle()
    [new] = [message for message in sam.messages if message.id not in held]
    await world.chat(HELEN).say("deputy SD-26-0412 Kim Lee, DC")
    await world.settle()

    assert "Kim Lee" in new.text
    assert len(new.earlier) == 1
    assert {id: len(message.earlier) for id, message in by_id(sam.messages).items() if id in held} == held


def by_id(messages: list[Message]) -> dict[str, Message]:
    return {message.id: message for message in messages}
