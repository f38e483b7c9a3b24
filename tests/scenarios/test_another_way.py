"""Whom Teams does not reach hears by mail; where that fails too the chair hears it by name, once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.sending.budgets import Budgets
from discussions.actions.action import ActionState
from discussions.ids import ActionId
from discussions.people import DeskId
from discussions.post import DeliveryState
from tests.conftest import MakeUrl
from tests.mail_server import MailServerInTests
from tests.scenarios.flood import Flood, flood
from tests.scenarios.reading import buttons, text
from tests.scenarios.without_teams import agree
from tests.scenarios.world import World
from tests.teams.faults import Fault

CHAIR_RINGS = "0117 496 0101"


@pytest.fixture
async def server() -> AsyncIterator[MailServerInTests]:
    async with MailServerInTests() as server:
        yield server


@pytest.fixture
async def world(make_url: MakeUrl, server: MailServerInTests) -> AsyncIterator[World]:
    async with World(make_url(), settings={"CHAIRSIDE_SMTP_URL": server.url}, budgets=Budgets()) as world:
        await world.install("Priya Nair")
        yield world


@pytest.fixture
async def world_without_mail(make_url: MakeUrl) -> AsyncIterator[World]:
    async with World(make_url()) as world:
        await world.install("Priya Nair")
        yield world


def a_nudge_that_fails(world: World, *faults: Fault, urgent: bool = False) -> Flood:
    flooded = flood(world, 1, frozenset({0} if urgent else ()))
    world.channel.faults.add(*(faults or (Fault(403, "ConversationBlockedByUser"),)))
    return flooded


def told(world: World) -> list[str]:
    return [text(message.card) for message in world.heard("Priya Nair")[1:]]


def lines_of(flooded: Flood) -> list[tuple[DeliveryState, str | None]]:
    return [(line.state, line.code) for line in flooded.ledger_of(0)]


async def test_whoever_has_blocked_chairside_gets_a_mail_with_nothing_in_it_but_the_reference(
    world: World, server: MailServerInTests
) -> None:
    flooded = a_nudge_that_fails(world)

    await flooded.pass_by()

    [mail] = server.mails
    assert server.recipients == ["person0@flood.example"]
    assert (mail["To"], mail["From"]) == ("person0@flood.example", "Chairside <chairside@bristol.example>")
    assert mail["Subject"] == "SD-26-0412: please answer"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"] == "<nudge-0@bristol.example>"
    for words in (mail.get_body((form,)).get_content() for form in ("plain", "html")):
        assert "SD-26-0412" in words
        assert CHAIR_RINGS in words
        assert "http://127.0.0.1:3978/secure/" in words
        assert not [secret for secret in ("Priya", "Person 0", "child", "school") if secret in words]
    assert lines_of(flooded) == [
        (DeliveryState.BLOCKED, "ConversationBlockedByUser"),
        (DeliveryState.FALLBACK_USED, None),
    ]
    assert told(world) == []


async def test_what_teams_may_have_delivered_twice_goes_by_mail_and_is_never_called_sent(
    world: World, server: MailServerInTests
) -> None:
    flooded = a_nudge_that_fails(world, Fault(502), Fault(504))

    await flooded.pass_by()

    assert len(server.mails) == 1
    assert [state for state, _ in lines_of(flooded)] == [
        DeliveryState.MAYBE_SENT,
        DeliveryState.MAYBE_SENT,
        DeliveryState.FALLBACK_USED,
    ]


async def test_whoever_is_throttled_too_long_goes_another_way(world: World, server: MailServerInTests) -> None:
    flooded = a_nudge_that_fails(world, *[Fault(429)] * 60, urgent=True)
    began = world.clock.now()

    await flooded.pass_by(5)

    assert len(server.mails) == 1
    assert lines_of(flooded)[-2:] == [(DeliveryState.UNREACHABLE, "429"), (DeliveryState.FALLBACK_USED, None)]
    assert 300 <= (world.clock.now() - began).total_seconds() < 330


async def test_a_host_that_asks_for_an_hour_does_not_hold_up_what_is_urgent(
    world: World, server: MailServerInTests
) -> None:
    flooded = a_nudge_that_fails(world, Fault(429, retry_after="3600"), urgent=True)
    began = world.clock.now()

    await flooded.pass_by(10)

    assert len(server.mails) == 1
    mailed = flooded.ledger_of(0)[-1]
    assert mailed.state is DeliveryState.FALLBACK_USED
    assert 300 <= (mailed.at - began).total_seconds() <= 310


async def test_a_mail_server_that_has_no_time_is_asked_again_with_the_same_message_id(
    world: World, server: MailServerInTests
) -> None:
    flooded = a_nudge_that_fails(world)
    server.answers = ["451 later please", "hang up"]

    await flooded.pass_by()

    assert [mail["Message-ID"] for mail in server.mails] == ["<nudge-0@bristol.example>"] * 2
    assert lines_of(flooded)[1:] == [
        (DeliveryState.RETRYING, "451"),
        (DeliveryState.MAYBE_SENT, "SMTPServerDisconnected"),
        (DeliveryState.FALLBACK_USED, None),
    ]


async def test_a_refused_mail_is_told_to_the_chair(world: World, server: MailServerInTests) -> None:
    flooded = a_nudge_that_fails(world)
    server.refused_recipients["person0@flood.example"] = "550 nobody here"

    await flooded.pass_by()

    assert server.mails == []
    assert lines_of(flooded)[-1] == (DeliveryState.UNREACHABLE, "550")
    [card] = told(world)
    assert "Who: Person 0, Avon and Somerset Police" in card
    assert "About SD-26-0412/1" in card
    assert "Neither Teams nor mail could deliver it." in card


async def test_a_mail_server_that_is_down_is_not_waited_for_for_ever(world: World, server: MailServerInTests) -> None:
    flooded = a_nudge_that_fails(world, urgent=True)
    await server.stop()

    await flooded.pass_by(5)

    assert flooded.states() == [DeliveryState.UNREACHABLE]
    assert len(told(world)) == 1


async def test_without_a_mail_server_the_chair_is_told_once_by_name_with_the_telephone_number(
    world_without_mail: World,
) -> None:
    world = world_without_mail
    flooded = a_nudge_that_fails(world)

    await flooded.pass_by()
    await world.tick(minutes=1)

    [card] = told(world)
    assert "Who: Person 0" in card
    assert "Telephone: 0117 496 0109" in card
    assert "Chairside is blocked in their Teams." in card
    heard = world.heard("Priya Nair")[-1]
    assert heard.summary == "Somebody could not be reached"
    opened = await world.chat("Priya Nair").press(heard, buttons(heard.card)[0])
    assert "See the child at home" in text(opened.card)


async def test_nothing_more_is_sent_to_whoever_blocked_us_until_they_speak(world_without_mail: World) -> None:
    world = world_without_mail
    await world.install("Helen Marsh")
    helen = world.chat("Helen Marsh")
    helen.block()
    before = len(world.channel.connector.requests)

    for step in ("book", "SD-26-0412", "AB 14/05/2019", "physical, U3", "today 2pm", "chair me", "Helen Marsh"):
        await world.chat("Priya Nair").say(step)
    for step in ("Tom Bexley", "next", "book it"):
        await world.chat("Priya Nair").say(step)
    await world.settle()
    asked = [path for method, path in world.channel.connector.requests[before:] if helen.room.id in path]
    assert len(asked) == 1
    assert [card for card in told(world) if "Who: Helen Marsh" in card]
    assert not world.look(lambda store: store.conversations.reachable(["person-helen-marsh"]))

    helen.room.is_blocked = False
    await helen.say("help")

    assert world.look(lambda store: store.conversations.reachable(["person-helen-marsh"]))


async def test_an_action_that_has_ended_meanwhile_is_mailed_to_nobody(world: World, server: MailServerInTests) -> None:
    flooded = a_nudge_that_fails(world)
    server.answers = ["451 later please"]
    await world.settle()
    world.database.threads.submit(end_action, world).result()

    await flooded.pass_by()

    assert server.mails == []
    assert flooded.states() == [DeliveryState.WITHDRAWN]


def end_action(world: World) -> None:
    with world.database.transaction() as store:
        action = store.actions.action(ActionId("a0"))
        assert action is not None
        store.actions.save(replace(action, state=ActionState.DONE))


async def test_whom_a_desks_action_is_handed_to_is_named_to_the_chair_though_the_desk_can_be_reached(
    world_without_mail: World,
) -> None:
    world = world_without_mail
    await world.install("Helen Marsh")
    await agree(world, owner=None, desk=DeskId("lighthouse"))
    await world.settle()
    assert told(world) == []

    await world.chat("Helen Marsh").say("hand over 1 to Kit Rowe")
    await world.settle()
    assert ["Who: Kit Rowe" in card for card in told(world)] == [True]

    await world.tick(hours=1)
    assert ["Who: Kit Rowe" in card for card in told(world)] == [True, True]
