"""Nobody's actions are listed where others read along: they come in one's own chat, or to be seen by oneself alone."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.conftest import MakeUrl
from tests.scenarios.reading import text
from tests.scenarios.test_digest import OWNER, SEES, agreed, begun, since
from tests.scenarios.world import World
from tests.teams.faults import Fault
from tests.teams.people import Chat


@pytest.fixture
async def world(make_url: MakeUrl) -> AsyncIterator[World]:
    async with World(make_url(), settings={"CHAIRSIDE_TARGETED_MESSAGES": "yes"}) as world:
        await begun(world)
        await agreed(world, SEES)
        await world.settle()
        yield world


async def among_others(world: World) -> Chat:
    owner, other = world.chat(OWNER).person, world.chat("Kit Rowe").person
    group = world.channel.view(world.channel.group("meeting", owner, other), owner)
    await group.install()
    return group


async def test_by_itself_a_group_is_told_to_ask_in_ones_own_chat(make_url: MakeUrl) -> None:
    async with World(make_url()) as world:
        await begun(world)
        await agreed(world, SEES)
        await world.settle()
        group = await among_others(world)
        before = len(world.heard(OWNER))

        answer = text((await group.say("my actions")).card)

        assert "Please type my actions in our own chat." in answer
        assert "see A" not in answer
        assert "SD-26" not in answer
        await world.settle()
        assert since(world, OWNER, before) == []
        assert world.channel.connector.whispered == []


async def test_where_the_setting_is_on_only_the_asker_sees_it(world: World) -> None:
    group = await among_others(world)
    before = len(group.messages)

    await group.say("my actions")

    assert len(group.messages) == before
    [(room, whom, activity)] = world.channel.connector.whispered
    assert (room, whom) == (group.room.id, world.chat(OWNER).person.address)
    shown = text(activity["attachments"][0]["content"])
    assert "1 later" in shown
    assert "SD-26-0412/1" in shown
    assert "see A" not in shown
    assert activity["summary"] == "Chairside has an answer for you"


@pytest.mark.parametrize("fault", [Fault(400, "BadArgument"), Fault(403), Fault(404, "BotNotInConversationRoster")])
async def test_where_teams_refuses_it_comes_in_their_own_chat(world: World, fault: Fault) -> None:
    group = await among_others(world)
    before = len(world.heard(OWNER))
    world.channel.faults.add(fault)

    answer = text((await group.say("my actions")).card)
    await world.settle()

    assert "Only in our own chat" in answer
    [own] = since(world, OWNER, before)
    assert "see A at school" in own


async def test_a_stranger_gets_no_list_anywhere(world: World) -> None:
    group = await among_others(world)
    stranger = world.channel.person("Somebody Else")
    group.room.members.append(stranger.address)

    await world.channel.view(group.room, stranger).say("my actions")

    assert world.channel.connector.whispered == []
