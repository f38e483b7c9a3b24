"""Whoever knocks without a right to, and whatever they bring: turned away by the whole product, which stays as it was.

What people with a right to press may do wrong is in test_hostile, what Teams may answer us in test_flood, and what a
kill may cut off in test_kill.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import aiohttp
import pytest

from tests.conftest import MakeUrl
from tests.scenarios.flood import flood
from tests.scenarios.reading import text
from tests.scenarios.rows import changed, digests
from tests.scenarios.world import World
from tests.teams.channel import Channel
from tests.teams.faults import Fault
from tests.teams.keys import SigningKey, make_private_key
from tests.teams.rooms import Json
from tests.teams.test_admission import FOREIGN_TENANT, deep_header_token, hmac_token, unsigned_token

PRIYA = "Priya Nair"


@pytest.fixture(params=["sqlite"])
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def world(make_url: MakeUrl) -> AsyncIterator[World]:
    async with World(make_url()) as world:
        await world.install(PRIYA)
        yield world


def signed_by_nobody_known(channel: Channel) -> str:
    claims = {"iss": "https://channel.test", "aud": channel.settings_for_bot().app_id, "exp": 4_000_000_000}
    return channel.keys.sign(claims, SigningKey("nobody-knows", make_private_key(99), ["msteams"]))


def bearer(make: Callable[[Channel], str]) -> Callable[[Channel], str]:
    return lambda channel: f"Bearer {make(channel)}"


def claiming(**claims: Any) -> Callable[[Channel], str]:
    return bearer(lambda channel: channel.token(**claims))


KNOCKING: dict[str, Callable[[Channel], str | None]] = {
    "no header": lambda _: None,
    "an empty header": lambda _: "",
    "another scheme": lambda _: "Basic dXNlcjpwYXNz",
    "no token": lambda _: "Bearer",
    "three parts": lambda channel: f"Bearer {channel.token()} again",
    "garbage": lambda _: "Bearer garbage",
    "parts that are garbage": lambda _: "Bearer a.b.c",
    "a header too deep": lambda _: f"Bearer {deep_header_token()}",
    "no algorithm": bearer(unsigned_token),
    "another algorithm": bearer(hmac_token),
    "an unknown key": bearer(signed_by_nobody_known),
    "another issuer": claiming(iss="https://evil.test"),
    "another audience": claiming(aud="another-app"),
    "ended": claiming(exp=1),
    "not yet good": claiming(nbf=4_000_000_000),
}
LET_IN_NOWHERE: dict[str, Json] = {
    "another channel": {"channelId": "directline"},
    "an empty channel": {"channelId": ""},
    "no channel": {"channelId": None},
    "no service URL": {"serviceUrl": None},
    "a service URL that is not the token's": {"serviceUrl": "https://evil.test/emea/"},
    "a foreign tenant": {"channelData": {"tenant": {"id": FOREIGN_TENANT}}},
    "no tenant": {"channelData": None, "conversation": {"id": "a:1"}},
    "another recipient": {"recipient": {"id": "28:another-app"}},
}
BODIES: dict[str, tuple[bytes, int]] = {
    "empty": (b"", 400),
    "a list": (b"[]", 400),
    "words": (b'"book"', 400),
    "no JSON": (b"{", 400),
    "no text": (b"\xff\xfe", 400),
    "no type": (b"{}", 400),
    "nested too deep": (b'{"a":' * 30_000 + b"1" + b"}" * 30_000, 400),
    "too big": (b" " * (256 * 1024 + 1), 413),
    "far too big": (b" " * 3_000_000, 413),
}
INVOKES = ("adaptiveCard/action", "invoke", "task/fetch", "task/submit", "composeExtension/query", "no/such", "", None)
VALUES: tuple[Any, ...] = (None, "press", [], [{}], {}, 7, True, {"action": None}, {"action": {"verb": 7, "data": 7}})


class Unmoved:
    """Asserts that nothing that is kept changes, and no fault of ours is counted."""

    def __init__(self, world: World) -> None:
        self._world = world

    def __enter__(self) -> None:
        self._rows, self._said = self._look(), len(self._world.channel.rooms.record)

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            assert changed(self._rows, self._look()) == []
            assert len(self._world.channel.rooms.record) == self._said
            assert self._world.service.counts.faults == 0

    def _look(self) -> Any:
        database = self._world.database
        return database.threads.submit(digests, database.engine).result()


def a_booking(world: World) -> Json:
    chat = world.chat(PRIYA)
    return {**world.channel.envelope(chat.room, chat.person), "type": "message", "text": "book"}


@pytest.mark.parametrize("how", KNOCKING)
async def test_who_has_no_good_token_is_turned_away_with_401(world: World, how: str) -> None:
    headers = {"Content-Type": "application/json"}
    authorization = KNOCKING[how](world.channel)
    if authorization is not None:
        headers["Authorization"] = authorization

    with Unmoved(world):
        answer = await world.channel.post_raw(json.dumps(a_booking(world)).encode(), headers)

    assert answer == (401, "")


async def test_an_unknown_key_is_looked_for_once_more_before_it_is_turned_away(world: World) -> None:
    asked = world.channel.identity.counts["keys"]

    status, _ = await world.channel.post(a_booking(world), token=signed_by_nobody_known(world.channel))

    assert (status, world.channel.identity.counts["keys"]) == (401, asked + 1)


@pytest.mark.parametrize("what", LET_IN_NOWHERE)
async def test_what_is_not_for_us_is_turned_away_with_403(world: World, what: str) -> None:
    with Unmoved(world):
        answer = await world.channel.post({**a_booking(world), **LET_IN_NOWHERE[what]})

    assert answer == (403, None)


async def test_a_key_without_the_endorsement_is_turned_away_with_403(world: World) -> None:
    world.channel.rotate_keys()
    world.channel.keys.current.endorsements = []

    with Unmoved(world):
        answer = await world.channel.post(a_booking(world))

    assert answer == (403, None)


@pytest.mark.parametrize("what", BODIES)
async def test_what_is_no_activity_is_turned_away(world: World, what: str) -> None:
    body, status = BODIES[what]
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {world.channel.token()}"}

    with Unmoved(world):
        answer = await world.channel.post_raw(body, headers)

    assert answer == (status, "")


@pytest.mark.parametrize("kind", ["somethingNew", "messageUpdate", "messageDelete", "typing", "event", "trace"])
async def test_a_kind_that_nothing_follows_from_is_answered_200(world: World, kind: str) -> None:
    with Unmoved(world):
        answer = await world.channel.post({**a_booking(world), "type": kind})

    assert answer == (200, None)


@pytest.mark.parametrize("name", INVOKES)
async def test_an_invoke_of_any_name_and_value_is_answered_in_a_form_that_teams_can_show(
    world: World, name: str | None
) -> None:
    for value in VALUES:
        activity = {**a_booking(world), "type": "invoke", "name": name, "value": value}
        with Unmoved(world):
            status, body = await world.channel.post(activity)
        assert status == 200, value
        assert body.get("value") or body["task"]["value"], value


async def test_after_all_that_it_answers_as_before(world: World) -> None:
    for make in KNOCKING.values():
        headers = {"Content-Type": "application/json", "Authorization": make(world.channel) or ""}
        await world.channel.post_raw(b"{}", headers)

    assert "What you can type" in text((await world.chat(PRIYA).say("help")).card)


async def test_a_hundred_at_once_who_are_turned_away_keep_nobody_waiting(world: World) -> None:
    headers = {"Content-Type": "application/json", "Authorization": "Bearer garbage"}
    knocking = asyncio.gather(*(world.channel.post_raw(b"{}", headers) for _ in range(100)))

    answer = await world.chat(PRIYA).say("help")

    assert answer.status == 200
    assert set(await knocking) == {(401, "")}


async def test_what_teams_refuses_as_a_bad_request_is_given_up_at_once_and_the_chair_told(world: World) -> None:
    flooded = flood(world, 1)
    world.channel.faults.add(Fault(400, "BadSyntax"))

    await flooded.pass_by()

    assert [(line.state, line.code) for line in flooded.ledger_of(0)] == [("gave up", "BadSyntax")]
    assert "Not reached" in world.heard(PRIYA)[-1].text


async def test_what_teams_takes_too_long_over_is_said_once_more_and_marked(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.teams.connector.CALL_TIMEOUT", aiohttp.ClientTimeout(total=0.2))
    flooded = flood(world, 1)
    world.channel.faults.add(Fault(delay_seconds=0.6))

    await flooded.pass_by()
    await asyncio.sleep(0.6)

    assert [line.state for line in flooded.ledger_of(0)] == ["maybe sent", "sent"]
    said = [text(message.card) for message in flooded.rooms[0].messages]
    assert sum("may be a repeat" in one for one in said) == 1
    assert len(said) <= 2
