"""Group chats, channels, meetings, and people whom the directory knows by mail only."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.scenarios.people import PEOPLE
from tests.scenarios.reading import buttons, text
from tests.scenarios.story import REFERENCE, Teller, book, meet
from tests.scenarios.world import World
from tests.teams.people import Chat

MANIFEST = json.loads((Path(__file__).parents[2] / "appmanifest" / "manifest.json").read_text("utf-8"))
COMMANDS = [
    (scope, command["title"])
    for commands in MANIFEST["bots"][0]["commandLists"]
    for scope in commands["scopes"]
    for command in commands["commands"]
]


def in_scope(world: World, scope: str) -> Chat:
    priya = world.chat("Priya Nair")
    if scope == "personal":
        return priya
    make = world.channel.group if scope == "groupChat" else world.channel.team_channel
    return world.channel.view(make("the team", priya.person), priya.person)


@pytest.mark.parametrize(("scope", "title"), COMMANDS)
async def test_every_command_of_the_manifest_is_understood_in_every_scope_that_lists_it(
    world: World, scope: str, title: str
) -> None:
    chat = in_scope(world, scope)
    await chat.install()

    answer = await chat.say(title)

    assert "I did not understand" not in text(answer.card)


@pytest.mark.parametrize("greeting", ["hi", "Hello!", "HELP", "help\n", "  Hi there "])
@pytest.mark.parametrize("scope", ["personal", "groupChat", "team"])
async def test_greetings_get_a_useful_answer_everywhere(world: World, scope: str, greeting: str) -> None:
    chat = in_scope(world, scope)
    await chat.install()

    answer = await chat.say(greeting)

    assert len(answer.said) == 1
    assert buttons(answer.card)


async def test_a_group_chat_is_welcomed_once_and_told_nothing_personal(world: World) -> None:
    chat = in_scope(world, "groupChat")

    welcomed = await chat.install()
    listed = await chat.say("my actions")
    pressed = await chat.press(welcomed.card, "What I can do", message=welcomed.said[0])

    assert len(welcomed.said) == 1
    assert "only references, item numbers and minutes" in text(welcomed.card)
    assert "in our own chat" in text(listed.card)
    assert pressed.status == 200


async def test_a_meeting_chat_shows_numbers_only_and_its_start_hands_the_chair_the_console(world: World) -> None:
    teller = Teller(world, lambda _: None)
    await meet(teller)
    await book(teller)
    priya, helen = world.chat("Priya Nair"), world.chat("Helen Marsh")
    room = world.channel.group("meeting", priya.person, helen.person, meeting="MSo-1")
    meeting = world.channel.view(room, priya.person)
    await meeting.install()

    shown = await meeting.say(f"progress {REFERENCE}")
    await meeting.start_meeting()
    await world.settle()

    assert REFERENCE in text(shown.card)
    assert "chair's view" in text(priya.last.card)
    await priya.say(f"start {REFERENCE}")
    await priya.say("item 9")
    await world.settle()
    progress = meeting.messages[-1]
    assert "9" in text(progress.card)
    for words in ("Immediate", "safety", "AB", "police", "Helen", "physical"):
        assert words.casefold() not in text(progress.card).casefold()


async def test_somebody_known_by_mail_is_linked_once_by_the_roster_and_it_is_written_down(world: World) -> None:
    nia = world.channel.person("Nia Bloom", upn="nia.bloom@csc.example")
    world.look(lambda store: add_by_mail(store, world.channel.tenant))
    chat = world.channel.personal_chat(nia)

    await chat.install()
    await chat.say("hi")

    deeds = [entry.deed for entry in world.look(lambda store: store.trail.entries())]
    assert deeds.count("linked") == 1
    assert "What you can type" in text(chat.last.card)


async def test_a_guest_is_never_linked_by_mail(world: World) -> None:
    guest = world.channel.person("Nia Guest", upn="nia.bloom_csc.example#EXT#@tenant.example", tenant="somewhere-else")
    world.look(lambda store: add_by_mail(store, world.channel.tenant))
    chat = world.channel.personal_chat(guest)

    await chat.install()

    assert "administrator" in text(chat.last.card)
    assert "linked" not in [entry.deed for entry in world.look(lambda store: store.trail.entries())]


def add_by_mail(store: object, tenant: str) -> None:
    """The directory once more, with somebody who has a mail address and no object id."""
    from dataclasses import replace

    from discussions.people import PersonId
    from tests.scenarios.people import DIRECTORY

    agencies, desks, people = DIRECTORY(tenant)
    nia = replace(people[1], id=PersonId("nia"), name="Nia Bloom", mail="nia.bloom@csc.example", account=None)
    store.people.replace_all(agencies, desks, [*people, nia])  # type: ignore[attr-defined]


def test_the_people_of_the_scenarios_have_different_accounts() -> None:
    assert len(set(PEOPLE.values())) == len(PEOPLE)
