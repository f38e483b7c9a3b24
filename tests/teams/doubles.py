"""What the edge is tried with: a clock moved by hand, a front door that notes what it gets, a server around them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Any, Self

import aiohttp
from aiohttp import web

from bot.arrivals import Doorway, Incoming, PressAnswer
from bot.teams.edge import TeamsEdge
from bot.teams.wire import open_session
from cards.render import Card, Summary
from tests.teams.channel import Channel
from tests.teams.people import Chat
from tests.teams.rooms import Json


class Clock:
    def __init__(self) -> None:
        self.time = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def move(self, **by: float) -> None:
        self.time += timedelta(**by)


def a_card(words: str = "Hello") -> Card:
    body = [{"type": "TextBlock", "text": words, "wrap": True}]
    return Card.of({"type": "AdaptiveCard", "version": "1.5", "body": body}, Summary.ANSWER)


def an_activity(chat: Chat, channel: Channel, **fields: Any) -> Json:
    return {**channel.envelope(chat.room, chat.person), "type": "message", "text": "hello", **fields}


class NotingFrontDoor:
    """Answers every message with a card and every press with `answer`; breaks if `fault` is set."""

    def __init__(self) -> None:
        self.received: list[Incoming] = []
        self.answer: PressAnswer | None = PressAnswer(card=a_card("Pressed"))
        self.fault: Exception | None = None
        self.on_message: Callable[[Incoming, Doorway], Any] | None = None
        self.said: list[str | None] = []

    async def receive(self, incoming: Incoming, doorway: Doorway) -> PressAnswer | None:
        self.received.append(incoming)
        if self.fault is not None:
            raise self.fault
        if incoming.may_answer_in_place:
            return self.answer
        if self.on_message is not None:
            await self.on_message(incoming, doorway)
        else:
            self.said.append(await doorway.say(a_card()))
        return None


class RunningBot:
    """The edge on a port of this machine, joined to a channel."""

    def __init__(self, channel: Channel, clock: Clock, **settings: Any) -> None:
        self._channel = channel
        self.clock = clock
        self._settings = settings
        self.front_door = NotingFrontDoor()

    async def __aenter__(self) -> Self:
        self.session: aiohttp.ClientSession = open_session(None)
        settings = self._channel.settings_for_bot(**self._settings)
        self.edge = TeamsEdge(settings, self.session, self.front_door, self.clock)
        app = web.Application()
        app.router.add_post("/api/messages", self.edge.handle)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self._channel.bot_url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/api/messages"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._runner.cleanup()
        await self.edge.close()
        await self.session.close()
