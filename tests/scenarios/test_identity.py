"""Keys that turn, tokens that end, clocks that are wrong, a provider that is away: through the whole product."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from bot.teams.connector import WAIT_FOR_A_TOKEN_SECONDS
from discussions.post import DeliveryState
from tests.conftest import MakeUrl
from tests.scenarios.reading import buttons, text
from tests.scenarios.test_access import booked
from tests.scenarios.world import World
from tests.teams.channel import Channel
from tests.teams.people import Chat

HELEN, PRIYA = "Helen Marsh", "Priya Nair"


@pytest.fixture
async def world(make_url: MakeUrl) -> AsyncIterator[World]:
    async with World(make_url()) as world:
        await world.install(PRIYA, HELEN)
        yield world


@pytest.fixture(params=["sqlite"])
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


async def status_of(world: World, chat: Chat, token: str) -> int:
    activity = {**world.channel.envelope(chat.room, chat.person), "type": "message", "text": "help"}
    return (await world.channel.post(activity, token=token))[0]


async def test_a_turned_key_is_good_at_once_for_words_and_presses_and_the_old_one_no_more(world: World) -> None:
    priya = world.chat(PRIYA)
    before = await priya.say("help")
    old = world.channel.token()

    world.channel.rotate_keys()
    typed = await priya.say("my actions")
    pressed = await priya.press(before.said[0], buttons(before.card)[-1])
    # that very token was found good before, which is known for ten minutes
    world.clock.pass_by(minutes=11)

    assert [typed.status, pressed.status] == [200, 200]
    assert "You have no open actions" in text(typed.card)
    assert await status_of(world, priya, old) == 401


async def test_a_token_that_has_ended_is_turned_away_and_the_next_one_let_in(world: World) -> None:
    priya = world.chat(PRIYA)
    token = world.channel.token()
    first = await status_of(world, priya, token)
    world.clock.pass_by(hours=1, minutes=6)

    assert (first, await status_of(world, priya, token), (await priya.say("help")).status) == (200, 401, 200)


async def test_our_own_token_ends_and_nobody_notices(world: World) -> None:
    await booked(world, restricted=False)
    asked = world.channel.identity.counts["token"]
    heard = len(world.heard(HELEN))

    world.clock.pass_by(hours=5)
    await world.chat(PRIYA).say("action Helen Marsh: ring the GP by today 16:00 tell Priya Nair")
    await world.settle()

    assert len(world.heard(HELEN)) > heard
    assert world.channel.identity.counts["token"] == asked + 1


@pytest.mark.parametrize("minutes", [-4, 4])
async def test_a_clock_that_is_four_minutes_off_hinders_nobody(world: World, minutes: int) -> None:
    """Theirs or ours: the channel's clock is the one that is moved."""
    skew(world.channel, world, timedelta(minutes=minutes))
    world.channel.identity.revoke_all()

    await booked(world, restricted=False)
    await world.tick(hours=1)

    assert "see A at school" in world.heard(HELEN)[-1].text
    assert world.look(lambda store: store.outbox.waiting()) == 0


@pytest.mark.parametrize("minutes", [-66, 6])
async def test_beyond_five_minutes_nobody_gets_in(world: World, minutes: int) -> None:
    """A token not yet good for us, or one that ended for us six minutes ago."""
    skew(world.channel, world, timedelta(minutes=minutes))

    assert (await world.chat(PRIYA).say("help")).status == 401


def skew(channel: Channel, world: World, by: timedelta) -> None:
    def theirs() -> datetime:
        return world.clock.now() + by

    channel._now = channel.identity._now = theirs


async def test_a_minute_without_the_provider_is_noticed_by_nobody(world: World) -> None:
    await booked(world, restricted=False)
    heard = len(world.heard(HELEN))
    world.channel.identity.is_down = True

    world.clock.pass_by(seconds=30)
    typed = await world.chat(PRIYA).say("action Helen Marsh: ring the GP by today 16:00 tell Priya Nair")
    pressed = await world.chat(HELEN).press(world.heard(HELEN)[-1], "Accept")
    await world.tick(seconds=30)

    assert [typed.status, pressed.status] == [200, 200]
    assert "ring the GP" in world.heard(HELEN)[heard].text


async def test_who_comes_with_a_new_key_meanwhile_is_asked_to_come_again(world: World) -> None:
    priya = world.chat(PRIYA)
    await priya.say("help")
    world.channel.identity.is_down = True
    world.channel.rotate_keys()

    away = await priya.say("my actions")
    world.channel.identity.is_down = False
    world.clock.pass_by(minutes=1)
    again = await priya.resend()

    assert (away.status, away.said) == (503, ())
    assert (again.status, len(again.said)) == (200, 1)


async def test_after_a_start_without_the_provider_all_is_said_once_it_is_back_and_only_once(world: World) -> None:
    await booked(world, restricted=False)
    await world.chat(PRIYA).say("action Helen Marsh: ring the GP by today 16:00 tell Priya Nair")
    heard = len(world.heard(HELEN))
    await world.stop_service()
    world.channel.identity.is_down = True
    await world.start_service()

    await world.settle()
    turned_away = await world.chat(PRIYA).say("help")
    waiting = world.look(lambda store: store.outbox.ledger({}))[-1]
    world.channel.identity.is_down = False
    await world.tick(seconds=max(60, WAIT_FOR_A_TOKEN_SECONDS))

    assert turned_away.status == 503
    assert (waiting.state, waiting.code) == (DeliveryState.RETRYING, "TokenUnavailable")
    [said] = world.heard(HELEN)[heard:]
    assert "ring the GP" in said.text
    assert "may be a repeat" not in said.text
    assert (await world.chat(PRIYA).resend()).status == 200
