"""Signing keys turn, providers go away, floods come: the right callers get in, and the provider is left in peace."""

from __future__ import annotations

import asyncio

from tests.teams.channel import Channel
from tests.teams.doubles import Clock, RunningBot
from tests.teams.keys import SigningKey, make_private_key
from tests.teams.people import Chat


def stranger_token(channel: Channel, key_id: str) -> str:
    claims = {"iss": "https://channel.test", "aud": channel.settings_for_bot().app_id, "exp": 4_000_000_000}
    return channel.keys.sign(claims, SigningKey(key_id, make_private_key(99), ["msteams"]))


async def status_of(chat: Chat, channel: Channel, token: str) -> int:
    activity = {**channel.envelope(chat.room, chat.person), "type": "message", "text": "hello"}
    return (await channel.post(activity, token=token))[0]


async def test_a_turned_key_works_at_once_and_the_old_one_no_more(chat: Chat, channel: Channel) -> None:
    before = await chat.say("hello")
    old = channel.keys.current
    channel.rotate_keys()

    after = await chat.say("hello again")
    claims = {"iss": "https://channel.test", "aud": channel.settings_for_bot().app_id, "exp": 4_000_000_000}
    with_old = await status_of(chat, channel, channel.keys.sign(claims, old))

    assert (before.status, after.status, with_old) == (200, 200, 401)


async def test_a_key_that_turns_right_after_another_still_works_at_once(chat: Chat, channel: Channel) -> None:
    statuses = [(await chat.say("hello")).status]
    for _ in range(2):
        channel.rotate_keys()
        statuses.append((await chat.say("hello")).status)

    assert statuses == [200, 200, 200]


async def test_many_requests_share_one_fetch_of_the_keys(chat: Chat, channel: Channel) -> None:
    channel.identity.delay_seconds = 0.05

    answers = await asyncio.gather(*(status_of(chat, channel, channel.token()) for _ in range(12)))

    assert set(answers) == {200}
    assert channel.identity.counts["keys"] == 1


async def test_a_flood_of_made_up_key_ids_does_not_reach_the_provider(
    chat: Chat, channel: Channel, clock: Clock
) -> None:
    statuses = [await status_of(chat, channel, stranger_token(channel, f"made-up-{n}")) for n in range(30)]
    at_once = channel.identity.counts["keys"]

    clock.move(seconds=10)
    for n in range(30):
        await status_of(chat, channel, stranger_token(channel, f"again-{n}"))

    assert set(statuses) == {401}
    assert at_once == 3
    assert channel.identity.counts["keys"] == 4


async def test_a_token_that_is_wrong_anyway_fetches_no_keys(chat: Chat, channel: Channel) -> None:
    for claims in ({"aud": "another"}, {"iss": "https://evil.test"}, {"exp": 1}):
        assert await status_of(chat, channel, channel.token(**claims)) == 401

    assert channel.identity.counts["metadata"] == 0


async def test_known_keys_go_on_working_while_the_provider_is_away(chat: Chat, channel: Channel, clock: Clock) -> None:
    await chat.say("hello")
    channel.identity.is_down = True

    clock.move(minutes=30)
    soon = await status_of(chat, channel, channel.token())
    clock.move(days=3)
    later = await status_of(chat, channel, channel.token())

    assert (soon, later) == (200, 200)


async def test_without_any_keys_the_caller_is_asked_to_come_back(chat: Chat, channel: Channel, clock: Clock) -> None:
    channel.identity.is_down = True
    first = await status_of(chat, channel, channel.token())

    channel.identity.is_down = False
    clock.move(seconds=10)
    second = await status_of(chat, channel, channel.token())

    assert (first, second) == (503, 200)


async def test_the_answer_says_when_to_come_back(chat: Chat, channel: Channel, bot: RunningBot) -> None:
    channel.identity.is_down = True
    headers = {"Authorization": f"Bearer {channel.token()}", "Content-Type": "application/json"}

    async with bot.session.post(channel.bot_url, data=b"{}", headers=headers) as answer:
        assert (answer.status, answer.headers["Retry-After"]) == (503, "10")


async def test_keys_are_looked_up_again_after_a_day_without_anybody_waiting(
    chat: Chat, channel: Channel, clock: Clock
) -> None:
    await chat.say("hello")
    clock.move(hours=23)
    await chat.say("hello")
    within_the_day = channel.identity.counts["keys"]

    clock.move(hours=2)
    channel.identity.delay_seconds = 0.2
    answer = await asyncio.wait_for(status_of(chat, channel, channel.token()), timeout=5)
    await asyncio.sleep(0.6)

    assert answer == 200
    assert (within_the_day, channel.identity.counts["keys"]) == (1, 2)


async def test_a_provider_that_publishes_nonsense_is_a_provider_that_is_away(chat: Chat, channel: Channel) -> None:
    channel.keys.current.private = make_private_key(5)
    channel.keys.published = lambda: {"keys": [{"kid": 1}, "x", {"kty": "RSA", "kid": "k", "n": "AQAB", "e": "AQAB"}]}  # type: ignore[method-assign]

    assert await status_of(chat, channel, channel.token()) == 503
