"""A pressed button is always answered with HTTP 200 and a body that Teams can show, whatever was in the press."""

from __future__ import annotations

from typing import Any, cast

import pytest

from bot.arrivals import Kind, PressAnswer
from cards.render import Card
from tests.teams.doubles import NotingFrontDoor, a_card
from tests.teams.people import Chat
from tests.teams.rooms import Json

PRESS: Json = {"type": "invoke", "name": "adaptiveCard/action"}


def pressing(**action: Any) -> Json:
    return {**PRESS, "value": {"action": {"type": "Action.Execute", **action}, "trigger": "manual"}}


async def test_a_card_answers_in_the_exact_shape(chat: Chat, front_door: NotingFrontDoor) -> None:
    answer = await chat.send({**pressing(verb="action.done", data={"b": {"id": "7"}, "note": "x"}), "replyToId": "42"})

    assert answer.status == 200
    assert answer.body == {
        "statusCode": 200,
        "type": "application/vnd.microsoft.card.adaptive",
        "value": a_card("Pressed").content,
    }
    [incoming] = front_door.received
    assert incoming.kind is Kind.PRESS
    assert incoming.press is not None
    assert (incoming.press.verb, incoming.press.data) == ("action.done", {"b": {"id": "7"}, "note": "x"})
    assert (incoming.card, incoming.may_answer_in_place) == ("42", True)


async def test_a_sentence_answers_in_the_exact_shape(chat: Chat, front_door: NotingFrontDoor) -> None:
    front_door.answer = PressAnswer(sentence="Already marked done.")

    answer = await chat.send(pressing(verb="action.done"))

    assert answer.status == 200
    assert answer.body == {
        "statusCode": 200,
        "type": "application/vnd.microsoft.activity.message",
        "value": "Already marked done.",
    }


@pytest.mark.parametrize("nothing", [None, PressAnswer(), PressAnswer(sentence="")])
async def test_an_answer_is_never_empty(chat: Chat, front_door: NotingFrontDoor, nothing: PressAnswer | None) -> None:
    front_door.answer = nothing

    answer = await chat.send(pressing(verb="action.done"))

    assert answer.status == 200
    assert answer.body["type"] == "application/vnd.microsoft.activity.message"
    assert answer.sentence


@pytest.mark.parametrize(
    "value",
    [
        None,
        "words",
        7,
        [],
        {},
        {"action": None},
        {"action": "words"},
        {"action": []},
        {"action": {}},
        {"action": {"verb": ""}},
        {"action": {"verb": 7}},
        {"action": {"verb": "done", "data": "words"}},
        {"action": {"verb": "done", "data": [1]}},
    ],
    ids=str,
)
async def test_a_value_that_is_no_press_is_answered_as_such(
    chat: Chat, front_door: NotingFrontDoor, value: object
) -> None:
    answer = await chat.send({**PRESS, "value": value})

    assert answer.status == 200
    assert (answer.body["statusCode"], answer.body["type"]) == (400, "application/vnd.microsoft.error")
    assert set(answer.body["value"]) == {"code", "message"}
    assert front_door.received == []


async def test_a_press_without_data_is_a_press(chat: Chat, front_door: NotingFrontDoor) -> None:
    await chat.send(pressing(verb="help", data=None))
    await chat.send(pressing(verb="help"))

    assert [incoming.press and incoming.press.data for incoming in front_door.received] == [{}, {}]


async def test_an_android_that_names_every_invoke_the_same_is_understood(
    chat: Chat, front_door: NotingFrontDoor
) -> None:
    answer = await chat.send({**pressing(verb="action.done"), "name": "invoke"})

    assert answer.card == a_card("Pressed").content
    assert len(front_door.received) == 1


@pytest.mark.parametrize("name", ["task/fetch", "task/submit"])
async def test_a_dialog_that_we_do_not_have_says_so(chat: Chat, name: str) -> None:
    answer = await chat.send({"type": "invoke", "name": name, "value": {"data": {}}})

    assert answer.status == 200
    assert answer.body["task"]["type"] == "message"
    assert answer.body["task"]["value"]


@pytest.mark.parametrize("name", ["composeExtension/query", "application/search", "signin/verifyState", "x", "", None])
@pytest.mark.parametrize("value", [None, {}, "words"], ids=str)
async def test_an_invoke_nobody_has_heard_of_is_answered_in_words(chat: Chat, name: str | None, value: object) -> None:
    answer = await chat.send({"type": "invoke", "name": name, "value": value})

    assert answer.status == 200
    assert answer.body["statusCode"] == 200
    assert answer.sentence


async def test_a_card_that_refreshes_itself_presses_nothing(chat: Chat, front_door: NotingFrontDoor) -> None:
    activity = pressing(verb="action.done")
    activity["value"]["trigger"] = "automatic"

    answer = await chat.send(activity)

    assert (answer.status, answer.body["statusCode"]) == (200, 200)
    assert front_door.received == []


async def test_a_fault_behind_the_door_is_one_sorry_sentence_without_its_words(
    chat: Chat, front_door: NotingFrontDoor, caplog: pytest.LogCaptureFixture
) -> None:
    front_door.fault = RuntimeError("bruises seen on Tuesday")

    press = await chat.send(pressing(verb="action.done"))
    message = await chat.say("hello")

    assert press.status == 200
    assert (press.body["statusCode"], press.body["type"]) == (500, "application/vnd.microsoft.error")
    assert (press.sentence or "").startswith("Sorry")
    assert (message.status, message.body) == (200, None)
    assert "RuntimeError" in caplog.text
    assert "bruises" not in caplog.text


async def test_an_answer_that_cannot_be_written_is_a_fault_and_no_500(chat: Chat, front_door: NotingFrontDoor) -> None:
    front_door.answer = PressAnswer(card=cast(Card, object()))

    answer = await chat.send(pressing(verb="action.done"))

    assert (answer.status, answer.body["statusCode"]) == (200, 500)
