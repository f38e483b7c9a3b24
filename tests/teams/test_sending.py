"""Whatever the channel answers, the sender learns what became of the message; nothing is doubled in secret."""

from __future__ import annotations

import time

import aiohttp
import pytest

from bot.sending.post import Member, Outcome, OutcomeKind, Reference
from bot.teams import connector as speaking
from bot.teams.connector import Connector
from discussions.people import TenantId
from tests.teams.channel import APP_ID, Channel
from tests.teams.doubles import RunningBot, a_card
from tests.teams.faults import Fault, writes_blocked
from tests.teams.people import Chat


def reference_to(chat: Chat, channel: Channel) -> Reference:
    return Reference(channel.service_url, chat.room.id, TenantId(channel.tenant), chat.person.address)


async def test_a_card_outside_a_turn_rings_the_bell_and_says_nothing_on_a_lock_screen(
    chat: Chat, channel: Channel, bot: RunningBot
) -> None:
    outcome = await bot.edge.connector.send(reference_to(chat, channel), a_card("Nudge"))

    assert outcome == Outcome(OutcomeKind.SENT, activity=chat.last.id, status=201)
    assert chat.last.activity == {
        "type": "message",
        "summary": "Chairside has an answer for you",
        "from": {"id": f"28:{APP_ID}"},
        "conversation": {"id": chat.room.id},
        "attachments": [{"contentType": "application/vnd.microsoft.card.adaptive", "content": a_card("Nudge").content}],
        "channelData": {"notification": {"alert": True}},
    }


async def test_an_update_replaces_the_message_in_silence(chat: Chat, channel: Channel, bot: RunningBot) -> None:
    to = reference_to(chat, channel)
    sent = await bot.edge.connector.send(to, a_card("Before"))
    assert sent.activity is not None

    outcome = await bot.edge.connector.update(to, sent.activity, a_card("After"))

    assert (outcome.kind, outcome.activity) == (OutcomeKind.SENT, sent.activity)
    assert [message.text for message in chat.messages] == ["After"]
    assert "channelData" not in chat.last.activity


CLASSES = [
    (Fault(429), OutcomeKind.THROTTLED, None, None),
    (Fault(429, retry_after="7"), OutcomeKind.THROTTLED, None, 7.0),
    (Fault(429, retry_after="soon"), OutcomeKind.THROTTLED, None, None),
    (Fault(429, retry_after="-5"), OutcomeKind.THROTTLED, None, None),
    (Fault(429, retry_after="nan"), OutcomeKind.THROTTLED, None, None),
    (Fault(429, retry_after="999999"), OutcomeKind.THROTTLED, None, 3600.0),
    (Fault(412, "PreconditionFailed"), OutcomeKind.THROTTLED, "PreconditionFailed", None),
    (Fault(503, retry_after="2"), OutcomeKind.THROTTLED, None, 2.0),
    (Fault(500, "ServiceError"), OutcomeKind.UNKNOWN, "ServiceError", None),
    (Fault(501), OutcomeKind.UNKNOWN, None, None),
    (Fault(502), OutcomeKind.UNKNOWN, None, None),
    (Fault(504), OutcomeKind.UNKNOWN, None, None),
    (Fault(403, "ConversationBlockedByUser"), OutcomeKind.BLOCKED, "ConversationBlockedByUser", None),
    (writes_blocked(), OutcomeKind.BLOCKED, "MessageWritesBlocked", None),
    (Fault(403, "BotNotInConversationRoster"), OutcomeKind.NOT_INSTALLED, "BotNotInConversationRoster", None),
    (Fault(403, "BotDisabledByAdmin"), OutcomeKind.NOT_INSTALLED, "BotDisabledByAdmin", None),
    (Fault(403, "InvalidBotApiHost"), OutcomeKind.REFUSED, "InvalidBotApiHost", None),
    (Fault(403, "NotEnoughPermissions"), OutcomeKind.REFUSED, "NotEnoughPermissions", None),
    (Fault(403), OutcomeKind.REFUSED, None, None),
    (Fault(404, "ConversationNotFound"), OutcomeKind.GONE, "ConversationNotFound", None),
    (Fault(404, "ActivityNotFoundInConversation"), OutcomeKind.GONE, "ActivityNotFoundInConversation", None),
    (Fault(404, "BotNotInConversationRoster"), OutcomeKind.NOT_INSTALLED, "BotNotInConversationRoster", None),
    (Fault(413, "MessageSizeTooBig"), OutcomeKind.TOO_BIG, "MessageSizeTooBig", None),
    (Fault(400, "MessageSizeTooBig"), OutcomeKind.TOO_BIG, "MessageSizeTooBig", None),
    (Fault(400, "BadSyntax"), OutcomeKind.REFUSED, "BadSyntax", None),
    (Fault(400, body="<html>not what you think</html>"), OutcomeKind.REFUSED, None, None),
    (Fault(403, body='{"message": "[[["}'), OutcomeKind.REFUSED, None, None),
    (Fault(403, body='["MessageWritesBlocked"]'), OutcomeKind.REFUSED, None, None),
    (Fault(302), OutcomeKind.REFUSED, None, None),
]


@pytest.mark.parametrize(
    ("fault", "kind", "code", "retry_after"), CLASSES, ids=[f"{fault.status} {kind}" for fault, kind, _, _ in CLASSES]
)
async def test_every_refusal_has_its_outcome_and_is_not_repeated(
    chat: Chat,
    channel: Channel,
    bot: RunningBot,
    fault: Fault,
    kind: OutcomeKind,
    code: str | None,
    retry_after: float | None,
) -> None:
    channel.faults.add(fault)

    outcome = await bot.edge.connector.send(reference_to(chat, channel), a_card())

    assert outcome == Outcome(kind, status=fault.status, code=code, retry_after=retry_after)
    assert chat.messages == []
    assert len(channel.connector.requests) == 1


async def test_a_reset_after_the_sending_is_unknown_and_said_once(
    chat: Chat, channel: Channel, bot: RunningBot
) -> None:
    channel.faults.add(Fault(resets=True))

    outcome = await bot.edge.connector.send(reference_to(chat, channel), a_card())

    assert outcome.kind is OutcomeKind.UNKNOWN
    assert len(chat.messages) == 1


async def test_an_answer_that_takes_too_long_is_unknown(
    chat: Chat, channel: Channel, bot: RunningBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speaking, "CALL_TIMEOUT", aiohttp.ClientTimeout(total=0.1))
    channel.faults.add(Fault(delay_seconds=0.5))

    outcome = await bot.edge.connector.send(reference_to(chat, channel), a_card())

    assert (outcome.kind, outcome.status) == (OutcomeKind.UNKNOWN, None)


async def test_a_host_that_does_not_listen_has_certainly_not_got_it(channel: Channel, bot: RunningBot) -> None:
    hosts = frozenset({"127.0.0.1:1"})
    async with RunningBot(channel, bot.clock, service_hosts=hosts) as lonely:
        to = Reference("http://127.0.0.1:1/", "a:1", TenantId(channel.tenant), None)
        outcome = await lonely.edge.connector.send(to, a_card())

    assert (outcome.kind, outcome.code) == (OutcomeKind.THROTTLED, "Unreachable")


@pytest.mark.parametrize(
    "service_url", ["https://evil.test/", "http://evil.test/", "http://127.0.0.1:1/", "nonsense", "", "https://[::1"]
)
async def test_a_host_that_is_not_on_the_list_never_sees_our_token(
    channel: Channel, bot: RunningBot, service_url: str
) -> None:
    to = Reference(service_url, "a:1", TenantId(channel.tenant), None)

    outcomes = [
        await bot.edge.connector.send(to, a_card()),
        await bot.edge.connector.update(to, "1", a_card()),
        await bot.edge.connector.create_personal(service_url, TenantId(channel.tenant), "29:x"),
    ]
    member = await bot.edge.connector.get_member(service_url, "a:1", "29:x")

    assert {(outcome.kind, outcome.code) for outcome in outcomes} == {(OutcomeKind.REFUSED, "HostNotAllowed")}
    assert member is None
    assert channel.identity.counts["token"] == 0


async def test_a_removed_app_and_a_block_are_seen_as_what_they_are(
    chat: Chat, channel: Channel, bot: RunningBot
) -> None:
    to = reference_to(chat, channel)

    chat.block()
    blocked = await bot.edge.connector.send(to, a_card())
    chat.room.is_blocked = False
    await chat.remove()
    removed = await bot.edge.connector.send(to, a_card())
    nowhere = await bot.edge.connector.send(Reference(to.service_url, "a:nowhere", to.tenant, None), a_card())

    kinds = [blocked.kind, removed.kind, nowhere.kind]
    assert kinds == [OutcomeKind.BLOCKED, OutcomeKind.NOT_INSTALLED, OutcomeKind.GONE]


async def test_too_long_a_card_is_too_big(chat: Chat, channel: Channel, bot: RunningBot) -> None:
    outcome = await bot.edge.connector.send(reference_to(chat, channel), a_card("x" * 60_000))

    assert (outcome.kind, outcome.status) == (OutcomeKind.TOO_BIG, 413)


async def test_a_personal_chat_is_opened_once_and_found_again(chat: Chat, channel: Channel, bot: RunningBot) -> None:
    tenant = TenantId(channel.tenant)
    assert chat.person.object_id is not None

    by_address = await bot.edge.connector.create_personal(channel.service_url, tenant, chat.person.address)
    by_object_id = await bot.edge.connector.create_personal(channel.service_url, tenant, chat.person.object_id)
    chat.room.has_bot = False
    without_app = await bot.edge.connector.create_personal(channel.service_url, tenant, chat.person.address)
    stranger = await bot.edge.connector.create_personal(channel.service_url, tenant, "29:nobody")

    assert by_address == by_object_id == Outcome(OutcomeKind.SENT, status=201, conversation=chat.room.id)
    assert (without_app.kind, stranger.kind) == (OutcomeKind.NOT_INSTALLED, OutcomeKind.GONE)


async def test_a_member_of_the_roster_is_known_by_ids_in_lower_case(channel: Channel, bot: RunningBot) -> None:
    person = channel.person(
        "Priya Nair", object_id="ABCD0000-0000-4000-8000-000000000001", upn="Priya.Nair@Council.Test"
    )
    guest = channel.person("Guest", object_id=None)
    room = channel.group("roster/with odd;signs?", person, guest)

    connector: Connector = bot.edge.connector
    found = await connector.get_member(channel.service_url, room.id, person.address)
    without_account = await connector.get_member(channel.service_url, room.id, guest.address)
    nobody = await connector.get_member(channel.service_url, room.id, "29:nobody")

    assert found == Member(
        person.address,
        "abcd0000-0000-4000-8000-000000000001",  # type: ignore[arg-type]
        "priya.nair@council.test",
        TenantId(channel.tenant),
    )
    assert without_account == Member(guest.address, None, None, TenantId(channel.tenant))
    assert nobody is None


@pytest.mark.parametrize("status", [429, 412, 503])
async def test_in_a_turn_what_was_throttled_is_said_once_more(chat: Chat, channel: Channel, status: int) -> None:
    channel.faults.add(Fault(status, retry_after="0.2"))

    started = time.monotonic()
    answer = await chat.say("hello")

    assert len(answer.said) == 1
    assert time.monotonic() - started >= 0.2


async def test_in_a_turn_nobody_waits_for_longer_than_two_seconds(chat: Chat, channel: Channel) -> None:
    channel.faults.add(Fault(429, retry_after="3"))

    answer = await chat.say("hello")

    assert (answer.status, answer.said) == (200, ())
    assert len(channel.connector.requests) == 1


@pytest.mark.parametrize("fault", [Fault(429, retry_after="0"), Fault(500), Fault(502), Fault(resets=True)], ids=str)
async def test_in_a_turn_nothing_is_said_three_times_or_twice_by_guess(
    chat: Chat, channel: Channel, fault: Fault
) -> None:
    channel.faults.add(fault, fault, fault)

    answer = await chat.say("hello")

    assert answer.status == 200
    assert len(chat.messages) <= 1
    assert len(channel.connector.requests) == (2 if fault.status == 429 else 1)
