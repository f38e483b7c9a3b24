"""The main job from install to the last nudge answered: everything that was sent to everybody, and nothing else."""

from __future__ import annotations

import json
import logging

import pytest

from bot.logs import JsonLines
from tests.scenarios.everything_sent import EXPECTED, Sent
from tests.scenarios.story import play
from tests.scenarios.world import World

# what the story uses and what must never leave the chat: not in a toast, a file name, an address or a log line
SECRETS = (
    *("Priya", "Nair", "Okoro", "Adeyemi", "Marsh", "Lindo", "Bexley", "Lee Tan", "Kit Rowe"),
    *("AB", "CD", "14/05/2019", "2019-05-14", "01/02/2026", "Child A of", "Child B of"),
    *("physical", "neglect", "bruise", "shouting", "grandmother", "upstairs", "Hillside", "school", "court"),
)


async def test_everything_that_was_sent_and_nothing_else(world: World) -> None:
    sent = Sent(world)

    await play(world, lambda _: None, sent.note)

    assert "\n".join(sent.lines) + "\n" == EXPECTED.read_text("utf-8")
    assert world.look(lambda store: store.outbox.waiting()) == 0
    assert world.look(lambda store: store.trail.is_unbroken())


async def test_the_transcript_says_when_what_is_read_later_came(world: World) -> None:
    told: list[str] = []

    await play(world, told.append)

    assert "Tue 14:25  Helen Marsh reads what came Tue 14:00:" in told


async def test_nothing_personal_leaves_the_chat(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    told: list[str] = []

    await play(world, told.append)

    activities = [event.activity for event in world.channel.rooms.record]
    outside = [str(activity.get("summary")) for activity in activities]
    outside += [line for line in told if "attachment;" in line]
    outside += [JsonLines().format(record) for record in caplog.records if not record.name.startswith("tests")]
    outside += [url for activity in activities for url in urls_in(activity)]
    for words in outside:
        assert not [secret for secret in SECRETS if secret.casefold() in words.casefold().split()], words
        assert not [secret for secret in SECRETS if len(secret) > 4 and secret.casefold() in words.casefold()], words
    assert all(activity.get("summary") for activity in activities)
    assert not any(activity.get("text") for activity in activities)


async def test_each_delivery_is_a_line_with_ids(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)

    await play(world, lambda _: None)

    told = [json.loads(JsonLines().format(one)) for one in caplog.records if one.getMessage() == "a delivery"]
    ledger = world.look(lambda store: store.outbox.ledger({}))
    assert [(one["outgoing"], one["state"], one["activity"]) for one in told] == [
        (line.message, line.state, line.activity) for line in ledger
    ]


async def test_a_turn_a_press_and_a_refusal_are_a_line_each_with_ids(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    await world.install("Priya Nair")
    priya = world.chat("Priya Nair")
    helped = await priya.say("help")
    await priya.press(helped.card, "My discussions")
    await priya.say("start SD-99-9999")

    said = [record for record in caplog.records if record.name == "chairside.front_door"]
    lines_said = [json.loads(JsonLines().format(record)) for record in said]
    told = [(line["event"], line.get("kind") or line.get("verb") or line.get("refusal")) for line in lines_said]
    assert told == [
        ("a turn", "installed"),
        ("a turn", "installed"),
        ("a turn", "message"),
        ("a press", "discussions.mine"),
        ("a refusal", "NotFound"),
        ("a turn", "message"),
    ]
    assert all(line["activity"] for line in lines_said)


def urls_in(part: object) -> list[str]:
    if isinstance(part, list):
        return [found for item in part for found in urls_in(item)]
    if not isinstance(part, dict):
        return []
    own = [str(value) for key, value in part.items() if key == "url"]
    return own + [found for value in part.values() for found in urls_in(value)]
