"""The people of our channel behave as Teams' clients do: what they send, what they would not send, what they see."""

from __future__ import annotations

import pytest

from bot.arrivals import Doorway, Incoming, Kind, PressAnswer
from cards.render import Card, Summary
from tests.teams.channel import Channel
from tests.teams.doubles import NotingFrontDoor, a_card
from tests.teams.people import Chat
from tests.teams.pressing import NotSubmitted

SAVE = {"type": "Action.Execute", "title": "Save", "verb": "form.save", "data": {"b": {"id": "7"}}}
FORM = Card.of(
    {
        "type": "AdaptiveCard",
        "version": "1.5",
        "body": [
            {
                "type": "Input.Text",
                "id": "reference",
                "label": "Reference",
                "isRequired": True,
                "errorMessage": "Say one",
            },
            {"type": "Input.Text", "id": "note", "label": "Note"},
            {"type": "Input.Text", "id": "place", "label": "Place", "value": "Online"},
            {"type": "Input.Toggle", "id": "urgent", "title": "Urgent"},
            {
                "type": "ActionSet",
                "actions": [
                    {**SAVE, "fallback": {"type": "Action.Submit", "title": "Save", "data": {"verb": "form.save"}}},
                    {"type": "Action.Execute", "title": "Back", "verb": "form.back", "associatedInputs": "none"},
                ],
            },
        ],
    },
    Summary.FORM,
)


@pytest.fixture
async def form(chat: Chat, front_door: NotingFrontDoor) -> Chat:
    """A chat whose last message is the form."""

    async def show(incoming: Incoming, doorway: Doorway) -> None:
        if incoming.kind is Kind.MESSAGE:
            await doorway.say(FORM)

    front_door.on_message = show
    await chat.say("book")
    front_door.received.clear()
    return chat


async def test_a_press_sends_what_is_typed_and_prefilled_and_leaves_out_what_is_empty(
    form: Chat, front_door: NotingFrontDoor
) -> None:
    await form.press(form.last, "Save", reference="SD-1")

    [incoming] = front_door.received
    assert incoming.press is not None
    assert incoming.press.verb == "form.save"
    assert incoming.press.data == {"b": {"id": "7"}, "reference": "SD-1", "place": "Online", "urgent": "false"}
    assert incoming.card == form.last.id


async def test_an_old_client_presses_the_fallback(form: Chat, front_door: NotingFrontDoor) -> None:
    await form.press(form.last, "form.save", {"reference": "SD-1"}, as_fallback=True)

    [incoming] = front_door.received
    assert incoming.press is not None
    assert (incoming.press.verb, incoming.press.data["reference"]) == ("form.save", "SD-1")
    assert not incoming.may_answer_in_place


async def test_a_client_does_not_send_what_the_card_forbids(form: Chat, front_door: NotingFrontDoor) -> None:
    with pytest.raises(NotSubmitted, match="Say one"):
        await form.press(form.last, "Save")
    with pytest.raises(NotSubmitted, match="no inputs"):
        await form.press(form.last, "Save", reference="x", unheard_of="x")
    with pytest.raises(NotSubmitted, match="no button 'Delete'"):
        await form.press(form.last, "Delete")

    assert front_door.received == []


async def test_a_hostile_client_sends_it_all_the_same(form: Chat, front_door: NotingFrontDoor) -> None:
    await form.press(form.last, "Save", unheard_of="x", is_checked=False)

    press = front_door.received[0].press
    assert press is not None
    assert press.data["unheard_of"] == "x"


async def test_a_button_without_inputs_sends_none(form: Chat, front_door: NotingFrontDoor) -> None:
    await form.press(form.last, "Back")

    press = front_door.received[0].press
    assert press is not None
    assert press.data == {}


async def test_the_answer_to_a_press_is_seen_by_the_presser_alone_until_the_message_is_updated(
    channel: Channel, form: Chat, front_door: NotingFrontDoor
) -> None:
    front_door.answer = PressAnswer(card=a_card("Saved"))
    message = form.last
    on_their_phone = channel.view(form.room, form.person)

    answer = await form.press(message, "Back")
    seen_here, seen_there = form.view(message), on_their_phone.view(message)
    channel.rooms.update(message, {**message.activity, "attachments": []})

    assert seen_here == answer.card == a_card("Saved").content
    assert seen_there == FORM.content
    with pytest.raises(LookupError):
        form.view(message)


async def test_the_same_activity_can_come_twice_and_the_same_press_with_a_new_id(
    form: Chat, front_door: NotingFrontDoor
) -> None:
    await form.press(form.last, "Back")
    await form.resend()
    await form.resend(with_new_id=True)

    first, again, anew = front_door.received
    assert first == again
    assert anew.activity != first.activity
    assert anew.press == first.press


async def test_an_installation_is_told_twice(chat: Chat, front_door: NotingFrontDoor) -> None:
    chat.room.has_bot = False

    answer = await chat.install()

    assert [incoming.kind for incoming in front_door.received] == [Kind.INSTALLED] * 2
    assert len(answer.said) == 2


async def test_after_the_app_was_removed_nothing_arrives(
    chat: Chat, channel: Channel, front_door: NotingFrontDoor
) -> None:
    answer = await chat.remove()

    assert [incoming.kind for incoming in front_door.received] == [Kind.REMOVED]
    assert (answer.status, answer.said) == (200, ())
    assert channel.rooms.record == []


async def test_somebody_can_wait_for_what_comes_later(chat: Chat, channel: Channel) -> None:
    await chat.say("hello")

    found = await chat.wait_for(lambda message: message.text == "Hello")

    assert found is chat.last
