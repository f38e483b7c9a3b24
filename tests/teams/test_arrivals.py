"""What happens in Teams arrives at the front door in our own words, or is answered 200 and forgotten."""

from __future__ import annotations

import pytest

from bot.arrivals import Doorway, Incoming, Kind, PlaceKind
from tests.teams.channel import BOT_NAME, Channel
from tests.teams.doubles import NotingFrontDoor, a_card
from tests.teams.people import Chat
from tests.teams.rooms import Json


async def test_a_message_says_who_where_and_what(chat: Chat, channel: Channel, front_door: NotingFrontDoor) -> None:
    await chat.say("  my actions \n")

    [incoming] = front_door.received
    assert incoming.kind is Kind.MESSAGE
    assert incoming.text == "my actions"
    assert (incoming.place.kind, incoming.place.conversation) == (PlaceKind.PERSONAL, chat.room.id)
    assert incoming.place.service_url == channel.service_url
    assert incoming.sender.address == chat.person.address
    assert incoming.sender.account is not None
    assert incoming.sender.account.object_id == chat.person.object_id
    assert incoming.sender.account.tenant == channel.tenant
    assert not incoming.may_answer_in_place


async def test_ids_of_accounts_are_lower_case(channel: Channel, front_door: NotingFrontDoor) -> None:
    person = channel.person("Loud Client", object_id="ABCDEF00-0000-4000-8000-000000000001")

    await channel.personal_chat(person).say("hello")

    account = front_door.received[0].sender.account
    assert account is not None
    assert account.object_id == "abcdef00-0000-4000-8000-000000000001"


async def test_a_guest_who_came_by_link_has_no_account(channel: Channel, front_door: NotingFrontDoor) -> None:
    await channel.personal_chat(channel.person("Guest", object_id=None)).say("hello")

    assert front_door.received[0].sender.account is None


@pytest.mark.parametrize("where", ["group", "channel"])
async def test_in_company_the_mention_of_the_bot_is_taken_out(
    channel: Channel, front_door: NotingFrontDoor, where: str
) -> None:
    person = channel.person("Priya Nair")
    room = channel.group("one", person) if where == "group" else channel.team_channel("one", person)
    room.has_bot = True

    answer = await channel.view(room, person).say(f"tell {BOT_NAME} about it")

    assert front_door.received[0].text == f"tell {BOT_NAME} about it"
    assert front_door.received[0].place.conversation == room.id
    assert front_door.received[0].place.kind is (PlaceKind.GROUP if where == "group" else PlaceKind.CHANNEL)
    assert len(answer.said) == 1


async def test_in_a_channel_the_answer_lands_in_the_thread(channel: Channel, front_door: NotingFrontDoor) -> None:
    person = channel.person("Priya Nair")
    room = channel.team_channel("one", person)
    room.has_bot = True

    answer = await channel.view(room, person).say("help")

    assert answer.said[0].conversation.endswith(";messageid=1780000000000")
    assert answer.said[0].activity["replyToId"] == front_door.received[0].activity


async def test_a_mention_alone_is_a_message_without_text(channel: Channel, front_door: NotingFrontDoor) -> None:
    person = channel.person("Priya Nair")

    await channel.view(channel.group("one", person), person).say("")

    assert (front_door.received[0].kind, front_door.received[0].text) == (Kind.MESSAGE, None)


async def test_a_submitted_card_is_a_press_that_cannot_be_answered_in_place(
    chat: Chat, front_door: NotingFrontDoor
) -> None:
    answer = await chat.send({"type": "message", "value": {"verb": "action.done", "n": "1"}, "replyToId": "42"})

    [incoming] = front_door.received
    assert (answer.status, answer.body) == (200, None)
    assert incoming.kind is Kind.PRESS
    assert incoming.press is not None
    assert (incoming.press.verb, incoming.press.data) == ("action.done", {"n": "1"})
    assert (incoming.card, incoming.may_answer_in_place, incoming.text) == ("42", False, None)


@pytest.mark.parametrize("value", [{}, {"verb": 7}, {"verb": None}], ids=str)
async def test_a_submitted_card_without_a_verb_is_an_unknown_press(
    chat: Chat, front_door: NotingFrontDoor, value: Json
) -> None:
    await chat.send({"type": "message", "value": value})

    press = front_door.received[0].press
    assert press is not None
    assert press.verb == ""


@pytest.mark.parametrize("value", ["words", 7, [1], None], ids=str)
async def test_a_message_whose_value_is_no_object_is_read_by_its_text(
    chat: Chat, front_door: NotingFrontDoor, value: object
) -> None:
    await chat.say("help", value=value)

    assert (front_door.received[0].kind, front_door.received[0].text) == (Kind.MESSAGE, "help")


async def test_words_that_came_as_html_alone_are_read(chat: Chat, front_door: NotingFrontDoor) -> None:
    html = {"contentType": "text/html", "content": "<p>my&nbsp;actions</p><p>R &amp; D</p>"}

    await chat.send({"type": "message", "attachments": [html]})

    assert front_door.received[0].text == "my actions\nR & D"


@pytest.mark.parametrize(
    ("action", "kind"),
    [
        ("add", Kind.INSTALLED),
        ("add-upgrade", Kind.INSTALLED),
        ("remove", Kind.REMOVED),
        ("remove-upgrade", Kind.REMOVED),
    ],
)
async def test_installing_and_removing_are_told(
    chat: Chat, front_door: NotingFrontDoor, action: str, kind: Kind
) -> None:
    await chat.send({"type": "installationUpdate", "action": action})

    assert [incoming.kind for incoming in front_door.received] == [kind]


async def test_only_the_bots_own_arrival_is_an_installation(
    chat: Chat, channel: Channel, front_door: NotingFrontDoor
) -> None:
    await chat.send({"type": "conversationUpdate", "membersAdded": [{"id": "29:somebody"}]})
    await chat.send({"type": "conversationUpdate", "membersAdded": [{"id": "29:somebody"}, channel.bot_account]})

    [incoming] = front_door.received
    assert incoming.kind is Kind.INSTALLED
    assert incoming.members_added == ("29:somebody", channel.bot_account["id"])


async def test_a_meeting_that_starts_and_ends_is_told_with_its_id(
    channel: Channel, front_door: NotingFrontDoor
) -> None:
    person = channel.person("Priya Nair")
    chat = channel.view(channel.group("meeting", person, meeting="MCMxOTptZWV0aW5n"), person)

    await chat.start_meeting()
    await chat.end_meeting()

    assert [incoming.kind for incoming in front_door.received] == [Kind.MEETING_STARTED, Kind.MEETING_ENDED]
    assert {incoming.meeting for incoming in front_door.received} == {"MCMxOTptZWV0aW5n"}


@pytest.mark.parametrize(
    "fields",
    [
        {"type": "messageUpdate", "text": "book", "channelData": None},
        {"type": "messageDelete"},
        {"type": "messageReaction", "reactionsAdded": [{"type": "like"}]},
        {"type": "typing"},
        {"type": "endOfConversation"},
        {"type": "somethingNew", "value": {"a": 1}},
        {"type": "event", "name": "application/vnd.microsoft.meetingParticipantJoin", "value": {"members": []}},
        {"type": "event", "name": "tokens/response"},
        {"type": "event"},
        {"type": "installationUpdate", "action": "somethingNew"},
        {"type": "installationUpdate"},
        {"type": "conversationUpdate", "channelData": None},
        {"type": "conversationUpdate", "membersRemoved": [{"id": "29:somebody"}]},
        {"type": "invokeResponse"},
        {"type": "trace"},
    ],
    ids=lambda fields: f"{fields['type']} {fields.get('name', '')}{fields.get('action', '')}",
)
async def test_what_nothing_follows_from_is_answered_200(chat: Chat, front_door: NotingFrontDoor, fields: Json) -> None:
    answer = await chat.send(fields)

    assert (answer.status, answer.body, answer.said) == (200, None, ())
    assert front_door.received == []


async def test_an_event_without_an_id_gets_the_same_one_each_time(chat: Chat, front_door: NotingFrontDoor) -> None:
    await chat.send({"type": "message", "text": "hello", "id": None})
    await chat.resend()
    await chat.send({"type": "message", "text": "something else", "id": None})

    first, again, other = (incoming.activity for incoming in front_door.received)
    assert first == again != other


async def test_expected_replies_are_sent_all_the_same(chat: Chat) -> None:
    answer = await chat.say("hello", deliveryMode="expectReplies")

    assert len(answer.said) == 1


async def test_a_card_that_was_said_can_be_replaced_in_the_turn(chat: Chat, front_door: NotingFrontDoor) -> None:
    async def say_and_replace(incoming: Incoming, doorway: Doorway) -> None:
        activity = await doorway.say(a_card("Working on it"))
        assert activity is not None
        front_door.said = [str(await doorway.replace(activity, a_card("Done")))]
        front_door.said.append(str(await doorway.replace("17", a_card("Done"))))

    front_door.on_message = say_and_replace

    answer = await chat.say("hello")

    assert [message.text for message in answer.said] == ["Done"]
    assert front_door.said == ["True", "False"]


async def test_what_is_said_is_a_card_alone_with_a_neutral_summary_and_no_bell(chat: Chat) -> None:
    answer = await chat.say("hello")

    activity = answer.said[0].activity
    assert "text" not in activity
    assert "channelData" not in activity
    assert activity["summary"] == "Chairside has an answer for you"
    assert activity["from"]["id"].startswith("28:")
    assert [attachment["contentType"] for attachment in activity["attachments"]] == [
        "application/vnd.microsoft.card.adaptive"
    ]
