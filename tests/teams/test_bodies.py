"""Whatever the body of a request is made of, it is read or refused: 400, 413 or 415, and never 500."""

from __future__ import annotations

import json
from typing import Any

import aiohttp
import pytest

from tests.teams.channel import Channel
from tests.teams.doubles import NotingFrontDoor, RunningBot, an_activity
from tests.teams.people import Chat
from tests.teams.rooms import Json


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"true",
        b"7",
        b'"text"',
        b"[]",
        b"[{}]",
        b"{}",
        b"{",
        b"\xff\xfe\xfd",
        b'{"type": 7}',
        b'{"type": ""}',
        b'{"type": null}',
        b'{"type": ["message"]}',
        b'{"type": "message", "value": NaN}',
        b'{"type": "message", "value": ' + b"9" * 5000 + b"}",
        b"[" * 100_000,
        b'{"a":' * 30_000 + b"1" + b"}" * 30_000,
        b'{"type": "message", "value": ' + b"[" * 200 + b"]" * 200 + b"}",
    ],
    ids=lambda body: body[:24],
)
async def test_a_body_that_is_no_activity_is_400(
    channel: Channel, bot: RunningBot, front_door: NotingFrontDoor, body: bytes
) -> None:
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {channel.token()}"}

    status, text = await channel.post_raw(body, headers)

    assert (status, text) == (400, "")
    assert front_door.received == []


@pytest.mark.parametrize(
    "field",
    ["id", "text", "from", "recipient", "conversation", "channelData", "entities", "attachments", "replyToId", "name"],
)
@pytest.mark.parametrize("value", [7, True, [7], {"id": 7}, "words"], ids=str)
async def test_a_field_of_a_wrong_type_is_refused_and_never_a_fault(
    chat: Chat, channel: Channel, field: str, value: object
) -> None:
    # Some of these values are right for some of the fields.
    status, _ = await channel.post(an_activity(chat, channel, **{field: value}))

    assert status in (200, 400, 403)


@pytest.mark.parametrize(
    "changes",
    [
        {"conversation": {}},
        {"conversation": None},
        {"from": None},
        {"from": {"name": "nobody"}},
        {"channelData": {"tenant": "words"}},
        {"channelData": {"tenant": {"id": 7}}},
        {"membersAdded": "everybody"},
        {"conversation": {"id": "x" * 5000}},
    ],
    ids=lambda changes: str(changes)[:40],
)
async def test_an_activity_that_lacks_what_it_must_have_is_400(chat: Chat, channel: Channel, changes: Json) -> None:
    status, _ = await channel.post(an_activity(chat, channel, **changes))

    assert status == 400


@pytest.mark.parametrize("length", [256 * 1024 + 1, 3_000_000])
async def test_a_body_over_the_cap_is_413(chat: Chat, channel: Channel, bot: RunningBot, length: int) -> None:
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {channel.token()}"}

    status, _ = await channel.post_raw(b" " * length, headers)

    assert status == 413


async def test_a_body_that_does_not_say_how_long_it_is_stops_at_the_cap(channel: Channel, bot: RunningBot) -> None:
    async def endless() -> Any:
        for _ in range(64):
            yield b" " * 16384

    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {channel.token()}"}
    async with (
        aiohttp.ClientSession() as session,
        session.post(channel.bot_url, data=endless(), headers=headers) as answer,
    ):
        assert answer.status == 413


async def test_a_body_just_under_the_cap_is_read(chat: Chat, channel: Channel, front_door: NotingFrontDoor) -> None:
    status, _ = await channel.post(an_activity(chat, channel, text="x" * 250_000))

    assert status == 200
    assert front_door.received[0].text == "x" * 250_000


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "text/json", "nonsense"])
async def test_anything_but_json_is_415(chat: Chat, channel: Channel, bot: RunningBot, content_type: str) -> None:
    headers = {"Content-Type": content_type, "Authorization": f"Bearer {channel.token()}"}

    status, _ = await channel.post_raw(json.dumps(an_activity(chat, channel)).encode(), headers)

    assert status == 415


async def test_signs_that_cannot_be_stored_are_replaced(
    chat: Chat, channel: Channel, front_door: NotingFrontDoor
) -> None:
    raw = json.dumps(an_activity(chat, channel, text="MARK")).replace("MARK", r"a\ud800b\u0000c \ud83d\ude00")
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {channel.token()}"}

    status, _ = await channel.post_raw(raw.encode(), headers)

    assert status == 200
    assert front_door.received[0].text == "a\ufffdb\ufffdc \U0001f600"
