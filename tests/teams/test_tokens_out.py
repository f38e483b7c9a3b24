"""Our own token: found by discovery, fetched once for all, renewed before anybody has to wait for it."""

from __future__ import annotations

import asyncio

import pytest

from bot.sending.post import OutcomeKind, Reference
from bot.teams.tokens_out import NoToken, OutgoingTokens, discovery_urls
from discussions.people import TenantId
from tests.teams.channel import APP_ID, APP_SECRET, Channel
from tests.teams.doubles import Clock, RunningBot, a_card
from tests.teams.people import Chat

PLAIN = ".well-known/openid-configuration"


def tokens_of(
    channel: Channel, bot: RunningBot, *, authority: str | None = None, secret: str = APP_SECRET
) -> OutgoingTokens:
    return OutgoingTokens(bot.session, authority or channel.identity.authority_url, APP_ID, secret, bot.clock)


def reference_to(chat: Chat, channel: Channel) -> Reference:
    return Reference(channel.service_url, chat.room.id, TenantId(channel.tenant), chat.person.address)


@pytest.mark.parametrize(
    ("authority", "urls"),
    [
        ("https://login.test/t", [f"https://login.test/t/v2.0/{PLAIN}", f"https://login.test/t/{PLAIN}"]),
        ("https://login.test/t/", [f"https://login.test/t/v2.0/{PLAIN}", f"https://login.test/t/{PLAIN}"]),
        ("https://fs.test/adfs", [f"https://fs.test/adfs/{PLAIN}"]),
        ("https://fs.test/ADFS/", [f"https://fs.test/ADFS/{PLAIN}"]),
        (f"https://login.test/x/{PLAIN}", [f"https://login.test/x/{PLAIN}"]),
    ],
)
def test_the_discovery_document_is_looked_for_where_authorities_keep_it(authority: str, urls: list[str]) -> None:
    assert discovery_urls(authority) == urls


async def test_twenty_senders_share_one_token_request(channel: Channel, bot: RunningBot) -> None:
    channel.identity.delay_seconds = 0.05
    tokens = tokens_of(channel, bot)

    values = await asyncio.gather(*(tokens.get() for _ in range(20)))

    assert set(values) == {"token-1"}
    assert channel.identity.counts["token"] == 1


async def test_an_adfs_authority_works(channel: Channel, bot: RunningBot) -> None:
    channel.identity.is_adfs = True

    assert await tokens_of(channel, bot).get() == "token-1"
    assert channel.identity.counts["discovery"] == 0


async def test_an_authority_without_a_v2_document_is_asked_for_the_plain_one(channel: Channel, bot: RunningBot) -> None:
    channel.identity.has_v2 = False

    assert await tokens_of(channel, bot).get() == "token-1"
    assert (channel.identity.counts["discovery"], channel.identity.counts["plain discovery"]) == (1, 1)


async def test_the_discovery_document_itself_can_be_the_authority(channel: Channel, bot: RunningBot) -> None:
    assert await tokens_of(channel, bot, authority=f"{channel.base}/tenant/{PLAIN}").get() == "token-1"
    assert channel.identity.counts["discovery"] == 0


async def test_the_endpoint_is_looked_up_once(channel: Channel, bot: RunningBot) -> None:
    tokens = tokens_of(channel, bot)
    first = await tokens.get()
    tokens.forget(first)

    assert await tokens.get() == "token-2"
    assert channel.identity.counts["discovery"] == 1


async def test_a_token_is_renewed_at_half_its_life_while_the_old_one_still_serves(
    channel: Channel, bot: RunningBot
) -> None:
    tokens = tokens_of(channel, bot)
    first = await tokens.get()
    bot.clock.move(minutes=31)
    channel.identity.delay_seconds = 0.05

    meanwhile = [await tokens.get() for _ in range(5)]
    await asyncio.sleep(0.2)
    renewed = await tokens.get()

    assert set(meanwhile) == {first}
    assert renewed == "token-2"
    assert channel.identity.counts["token"] == 2


async def test_a_token_that_has_run_out_is_never_used(chat: Chat, channel: Channel, bot: RunningBot) -> None:
    await bot.edge.connector.send(reference_to(chat, channel), a_card())
    bot.clock.move(days=3)

    outcome = await bot.edge.connector.send(reference_to(chat, channel), a_card())

    assert outcome.kind is OutcomeKind.SENT
    assert len(channel.connector.requests) == 2


async def test_a_token_that_is_not_taken_is_replaced_once(chat: Chat, channel: Channel, bot: RunningBot) -> None:
    await bot.edge.connector.send(reference_to(chat, channel), a_card())
    channel.identity.revoke_all()

    outcome = await bot.edge.connector.send(reference_to(chat, channel), a_card())

    assert outcome.kind is OutcomeKind.SENT
    assert (len(channel.connector.requests), channel.identity.counts["token"]) == (3, 2)


async def test_a_renewal_that_fails_disturbs_nobody_and_is_tried_again_later(channel: Channel, bot: RunningBot) -> None:
    tokens = tokens_of(channel, bot)
    first = await tokens.get()
    channel.identity.is_down = True
    bot.clock.move(minutes=31)

    for _ in range(5):
        assert await tokens.get() == first
        await asyncio.sleep(0.05)
    asked_while_down = channel.identity.counts["token"] + channel.identity.counts["discovery"]

    channel.identity.is_down = False
    bot.clock.move(seconds=31)
    assert await tokens.get() == first
    await asyncio.sleep(0.2)
    assert await tokens.get() != first
    assert asked_while_down <= 4


async def test_without_a_token_nothing_was_sent_and_it_may_be_said_later(
    chat: Chat, channel: Channel, bot: RunningBot
) -> None:
    channel.identity.is_down = True
    down = await bot.edge.connector.send(reference_to(chat, channel), a_card())
    channel.identity.is_down = False
    up = await bot.edge.connector.send(reference_to(chat, channel), a_card())

    assert (down.kind, down.code) == (OutcomeKind.THROTTLED, "TokenUnavailable")
    assert down.retry_after is not None
    assert up.kind is OutcomeKind.SENT


async def test_a_wrong_secret_is_a_refusal_that_somebody_must_mend(channel: Channel, clock: Clock) -> None:
    async with RunningBot(channel, clock, app_secret="wrong") as bot:
        chat = channel.personal_chat(channel.person("Priya Nair"))
        outcome = await bot.edge.connector.send(reference_to(chat, channel), a_card())

    assert (outcome.kind, outcome.code) == (OutcomeKind.REFUSED, "TokenRefused")


async def test_a_token_endpoint_elsewhere_without_https_is_not_used(channel: Channel, bot: RunningBot) -> None:
    for authority in ("http://login.test/t", "ftp://127.0.0.1/t", "login.test"):
        with pytest.raises(NoToken):
            await tokens_of(channel, bot, authority=authority).get()


async def test_a_bot_that_is_prepared_waits_for_nothing_in_its_first_turn(
    chat: Chat, channel: Channel, bot: RunningBot
) -> None:
    await bot.edge.prepare()
    asked = dict(channel.identity.counts)

    answer = await chat.say("hello")

    assert answer.status == 200
    assert dict(channel.identity.counts) == asked


async def test_preparing_without_a_provider_does_no_harm(chat: Chat, channel: Channel, bot: RunningBot) -> None:
    channel.identity.is_down = True
    await bot.edge.prepare()
    channel.identity.is_down = False

    assert (await chat.say("hello")).status == 200
