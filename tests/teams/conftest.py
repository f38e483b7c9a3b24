"""A channel and a bot that is joined to it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.teams.channel import Channel
from tests.teams.doubles import Clock, NotingFrontDoor, RunningBot
from tests.teams.people import Chat


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def channel(clock: Clock) -> AsyncIterator[Channel]:
    async with Channel(clock) as running:
        yield running


@pytest.fixture
async def bot(channel: Channel, clock: Clock) -> AsyncIterator[RunningBot]:
    async with RunningBot(channel, clock) as running:
        yield running


@pytest.fixture
def front_door(bot: RunningBot) -> NotingFrontDoor:
    return bot.front_door


@pytest.fixture
def chat(channel: Channel, bot: RunningBot) -> Chat:
    """A personal chat in which the app is installed already."""
    chat = channel.personal_chat(channel.person("Priya Nair", upn="priya.nair@council.test"))
    chat.room.has_bot = True
    return chat
