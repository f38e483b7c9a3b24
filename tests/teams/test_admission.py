"""Nobody but the channel gets in, whatever is sent: every refusal is 400, 401, 403, 413 or 415, and never 500."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import jwt
import pytest

from tests.teams.channel import APP_ID, APP_SECRET, Channel
from tests.teams.doubles import Clock, NotingFrontDoor, RunningBot, an_activity
from tests.teams.keys import SigningKey, encode, encode_bytes, make_private_key
from tests.teams.people import Chat
from tests.teams.rooms import Json

LONG_AGO = int(datetime(2026, 11, 1, tzinfo=UTC).timestamp())
FAR_AHEAD = int(datetime(2027, 11, 1, tzinfo=UTC).timestamp())
FOREIGN_TENANT = "f0e1000-0000-4000-8000-0000000000ff"


def hmac_token(channel: Channel) -> str:
    """Signed with what everybody knows, in the hope that the bot takes the algorithm from the token."""
    public = channel.keys.current.published()["n"]
    claims = jwt.decode(channel.token(), options={"verify_signature": False})
    return jwt.encode(claims, public, algorithm="HS256", headers={"kid": channel.keys.current.key_id})


def unsigned_token(channel: Channel) -> str:
    claims = jwt.decode(channel.token(), options={"verify_signature": False})
    return f"{encode({'alg': 'none', 'kid': channel.keys.current.key_id})}.{encode(claims)}."


def deep_header_token() -> str:
    return f"{encode_bytes(b'[' * 5000)}.e30.c2ln"


async def test_a_good_token_gets_in(chat: Chat, front_door: NotingFrontDoor) -> None:
    answer = await chat.say("hello")

    assert answer.status == 200
    assert answer.body is None
    assert [incoming.text for incoming in front_door.received] == ["hello"]
    assert [message.text for message in answer.said] == ["Hello"]


@pytest.mark.parametrize(
    "authorization",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        "Basic dXNlcjpwYXNz",
        "Bearer garbage",
        "Bearer a.b.c",
        "Bearer a.b.c.d",
        "Bearer e30.e30.e30",
        "Bearer " + "x" * 7900,
        f"Bearer {deep_header_token()}",
        "Bearer t\u00f6k.en.\u00e4",
    ],
    ids=lambda value: str(value)[:20],
)
async def test_without_a_token_nobody_gets_in(
    chat: Chat, channel: Channel, front_door: NotingFrontDoor, authorization: str | None
) -> None:
    headers = {"Content-Type": "application/json"}
    if authorization is not None:
        headers["Authorization"] = authorization

    status, text = await channel.post_raw(json.dumps(an_activity(chat, channel)).encode(), headers)

    assert (status, text) == (401, "")
    assert front_door.received == []


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://evil.test"},
        {"iss": None},
        {"iss": ["https://channel.test"]},
        {"aud": "another-app"},
        {"aud": None},
        {"aud": [APP_ID]},
        {"exp": LONG_AGO},
        {"exp": None},
        {"exp": "tomorrow"},
        {"exp": True},
        {"exp": float("nan")},
        {"exp": 10**400},
        {"nbf": FAR_AHEAD},
        {"nbf": "yesterday"},
        {"nbf": {}},
    ],
    ids=str,
)
async def test_a_token_with_a_wrong_claim_is_401(
    chat: Chat, channel: Channel, front_door: NotingFrontDoor, claims: Json
) -> None:
    status, body = await channel.post(an_activity(chat, channel), token=channel.token(**claims))

    assert (status, body) == (401, None)
    assert front_door.received == []


async def test_a_token_signed_by_anything_but_the_channels_key_is_401(
    chat: Chat, channel: Channel, front_door: NotingFrontDoor
) -> None:
    activity = an_activity(chat, channel)
    claims = jwt.decode(channel.token(), options={"verify_signature": False})
    stolen_id = SigningKey(channel.keys.current.key_id, make_private_key(99), ["msteams"])
    unknown = SigningKey("nobody-knows", make_private_key(99), ["msteams"])
    head, body, signature = channel.token().split(".")
    forged = [
        channel.keys.sign(claims, stolen_id),
        channel.keys.sign(claims, unknown),
        hmac_token(channel),
        unsigned_token(channel),
        f"{head}.{body}.",
        f"{head}.{body[:-4]}AAAA.{signature}",
        channel.keys.sign(claims, kid=7),
        channel.keys.sign(claims, crit=["exp"]),
    ]

    answers = [await channel.post(activity, token=token) for token in forged]

    assert answers == [(401, None)] * len(forged)
    assert front_door.received == []


async def test_five_minutes_of_a_wrong_clock_are_forgiven_and_no_more(
    chat: Chat, channel: Channel, bot: RunningBot, clock: Clock
) -> None:
    seconds = int(clock().timestamp())
    windows = [(299, 3600), (301, 3600), (-3600, -299), (-3600, -301)]

    tokens = [channel.token(nbf=seconds + starts, exp=seconds + ends) for starts, ends in windows]
    statuses = [(await channel.post(an_activity(chat, channel), token=token))[0] for token in tokens]

    assert statuses == [200, 401, 200, 401]


async def test_a_token_does_not_outlive_its_end_in_memory(chat: Chat, channel: Channel, clock: Clock) -> None:
    token = channel.token(exp=int(clock().timestamp()) + 60)
    first, _ = await channel.post(an_activity(chat, channel), token=token)

    clock.move(seconds=60 + 301)
    later, _ = await channel.post(an_activity(chat, channel), token=token)

    assert (first, later) == (200, 401)


@pytest.mark.parametrize(
    "changes",
    [
        {"channelId": "directline"},
        {"channelId": ""},
        {"channelId": None},
        {"serviceUrl": None},
        {"serviceUrl": ""},
        {"serviceUrl": "https://evil.test/emea/"},
        {"serviceUrl": "http://127.0.0.1:1/emea/"},
        {"recipient": {"id": "28:another-app"}},
        {"recipient": None},
        {"channelData": {"tenant": {"id": FOREIGN_TENANT}}, "conversation": {"id": "a:1", "tenantId": FOREIGN_TENANT}},
        {"channelData": {"tenant": {"id": FOREIGN_TENANT}}},
        {"channelData": None, "conversation": {"id": "a:1"}},
    ],
    ids=str,
)
async def test_what_is_not_for_us_is_403(
    chat: Chat, channel: Channel, front_door: NotingFrontDoor, changes: Json
) -> None:
    status, body = await channel.post(an_activity(chat, channel, **changes))

    assert (status, body) == (403, None)
    assert front_door.received == []


async def test_a_service_url_that_is_signed_but_not_on_our_list_is_403(
    chat: Chat, channel: Channel, front_door: NotingFrontDoor
) -> None:
    for url in ("https://evil.test/emea/", "http://evil.test/", channel.service_url + "?x=1", "ftp://127.0.0.1/"):
        status, _ = await channel.post(an_activity(chat, channel, serviceUrl=url), token=channel.token(serviceurl=url))
        assert status == 403
    assert front_door.received == []


async def test_the_service_url_is_compared_with_the_token_each_time(
    chat: Chat, channel: Channel, front_door: NotingFrontDoor
) -> None:
    token = channel.token()
    first, _ = await channel.post(an_activity(chat, channel), token=token)
    other, _ = await channel.post(an_activity(chat, channel, serviceUrl=channel.base + "/amer/"), token=token)
    without, _ = await channel.post(an_activity(chat, channel), token=channel.token(serviceurl=None))

    assert (first, other, without) == (200, 403, 403)
    assert len(front_door.received) == 1


async def test_a_key_that_is_not_endorsed_for_teams_is_403(chat: Chat, channel: Channel) -> None:
    channel.keys.current.endorsements = ["webchat"]

    status, _ = await channel.post(an_activity(chat, channel))

    assert status == 403


async def test_the_tenant_may_stand_in_either_place(chat: Chat, channel: Channel, front_door: NotingFrontDoor) -> None:
    room = {"id": chat.room.id, "conversationType": "personal"}
    in_data = an_activity(chat, channel, conversation=room)
    in_conversation = an_activity(
        chat, channel, conversation={**room, "tenantId": channel.tenant.upper()}, channelData={}
    )

    statuses = [(await channel.post(activity))[0] for activity in (in_data, in_conversation)]

    assert statuses == [200, 200]
    assert {incoming.place.tenant for incoming in front_door.received} == {channel.tenant}


async def test_further_tenants_can_be_allowed(channel: Channel, clock: Clock) -> None:
    async with RunningBot(channel, clock, allowed_tenants=frozenset({FOREIGN_TENANT})) as bot:
        chat = channel.personal_chat(channel.person("Priya Nair"))
        tenants = [channel.tenant, FOREIGN_TENANT, "another"]
        statuses = [
            (
                await channel.post(
                    an_activity(chat, channel, channelData={"tenant": {"id": tenant}}, conversation={"id": "a:1"})
                )
            )[0]
            for tenant in tenants
        ]

        assert statuses == [200, 200, 403]
        assert [incoming.place.tenant for incoming in bot.front_door.received] == tenants[:2]


async def test_in_local_mode_without_an_app_id_no_token_is_asked_for_and_the_rest_still_holds(
    channel: Channel, clock: Clock
) -> None:
    chat = channel.personal_chat(channel.person("Priya Nair"))
    async with RunningBot(
        channel, clock, app_id=None, app_secret=None, tenant_id=None, service_hosts=frozenset(), local=True
    ) as bot:
        plain, _ = await channel.post(an_activity(chat, channel), token=None)
        elsewhere, _ = await channel.post(an_activity(chat, channel, serviceUrl="https://evil.test/"), token=None)
        other_channel, _ = await channel.post(an_activity(chat, channel, channelId="emulator"), token=None)
        not_json, _ = await channel.post_raw(b"[]", {"Content-Type": "application/json"})

        assert (plain, elsewhere, other_channel, not_json) == (200, 403, 403, 400)
        assert len(bot.front_door.received) == 1


async def test_with_an_app_id_tokens_are_checked_in_local_mode_too(channel: Channel, clock: Clock) -> None:
    chat = channel.personal_chat(channel.person("Priya Nair"))
    async with RunningBot(channel, clock, local=True):
        without, _ = await channel.post(an_activity(chat, channel), token=None)
        with_one, _ = await channel.post(an_activity(chat, channel))

    assert (without, with_one) == (401, 200)


def test_outside_local_mode_there_is_no_bot_without_an_app_id() -> None:
    channel = Channel(Clock())
    with pytest.raises(ValueError, match="app id"):
        channel.settings_for_bot(app_id=None)
    with pytest.raises(ValueError, match="secret"):
        channel.settings_for_bot(app_secret=None)


def test_the_secret_is_not_shown_with_the_settings() -> None:
    assert APP_SECRET not in repr(Channel(Clock()).settings_for_bot())
