"""The app is removed and added again: sending stops at once, and whoever is back hears once what they missed."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from discussions.post import DeliveryState
from tests.conftest import MakeUrl
from tests.scenarios.people import person_id
from tests.scenarios.reading import buttons, lines, text
from tests.scenarios.test_access import booked
from tests.scenarios.world import World
from tests.teams.rooms import Json, Message

HELEN, PRIYA = "Helen Marsh", "Priya Nair"
HEADING = "While Chairside was not in this chat"


@pytest.fixture
async def world(make_url: MakeUrl) -> AsyncIterator[World]:
    """A discussion is held; Helen owns one action of it."""
    async with World(make_url()) as world:
        await booked(world, restricted=False)
        await world.tick(minutes=2)
        yield world


async def book_another(world: World) -> None:
    sam = world.chat("Sam Okoro")
    for words in ("book", "SD-26-0777", "AB 14/05/2019", "physical, U2", "today 4pm", f"chair {PRIYA}", HELEN, "next"):
        await sam.say(words)
    await sam.say("book it")
    await world.settle()


async def agree(world: World, what: str) -> None:
    await world.chat(PRIYA).say(f"action Helen Marsh: {what} by today 16:00 tell Priya Nair")
    await world.settle()


async def come_back(world: World, name: str) -> list[Message]:
    """What they hear on it."""
    heard = len(world.heard(name))
    await world.chat(name).install()
    await world.tick(seconds=5)
    await world.tick(minutes=2)
    return world.heard(name)[heard:]


def states(world: World) -> list[DeliveryState]:
    """Of all that was meant for Helen and has ended, the newest last."""
    ledger = world.look(lambda store: store.outbox.ledger({}))
    meant = {id for id, to in recipients(world) if to == person_id(HELEN)}
    return [line.state for line in ledger if line.message in meant]


def recipients(world: World) -> list[tuple[str, str]]:
    with world.database.engine.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql("SELECT id, recipient FROM outbox")]


async def test_what_waits_is_not_sent_any_more_and_the_ledger_says_why(world: World) -> None:
    helen = world.chat(HELEN)
    await world.chat(PRIYA).say("action Helen Marsh: ring the GP by today 16:00 tell Priya Nair")
    known = len(states(world))
    await helen.remove()
    asked, heard = len(world.channel.connector.requests), len(world.heard(HELEN))

    await world.settle()
    await agree(world, "ring the school")
    await world.tick(hours=7)

    later = [path for _, path in world.channel.connector.requests[asked:]]
    assert not [path for path in later if helen.room.id in path]
    assert len(world.heard(HELEN)) == heard
    assert len(states(world)[known:]) >= 3
    assert set(states(world)[known:]) == {DeliveryState.NOT_INSTALLED}
    assert any("Helen Marsh" in message.text for message in world.heard(PRIYA) if "Not reached" in message.text)


async def test_whoever_is_back_hears_in_one_card_what_they_missed_and_still_matters(world: World) -> None:
    helen = world.chat(HELEN)
    await helen.remove()
    await book_another(world)
    for what in ("ring the GP", "ring the school", "ring the dentist"):
        await agree(world, what)
    await world.chat(PRIYA).say("done SD-26-0412/4 rang them")

    welcome, missed = await come_back(world, HELEN)

    shown = lines(missed.card)
    assert "Book." not in welcome.text
    assert shown[0] == HEADING
    assert [line for line in shown if "SD-26-0777" in line or "ring the" in line] == [
        "● By 16:00, Tue 24 Nov ring the GP SD-26-0412/2 ›",
        "● By 16:00, Tue 24 Nov ring the school SD-26-0412/3 ›",
        "● Tue 24 Nov, 16:00 SD-26-0777 Not answered yet ›",
    ]
    assert "see A at school" not in missed.text


async def test_its_lines_open_what_they_name(world: World) -> None:
    await world.chat(HELEN).remove()
    await book_another(world)
    await agree(world, "ring the GP")
    _, missed = await come_back(world, HELEN)

    invitation = await world.chat(HELEN).press(missed, named(missed.card, "SD-26-0777"))
    action = await world.chat(HELEN).press(missed, named(missed.card, "ring the GP"))

    assert "SD-26-0777" in text(invitation.card)
    assert "ring the GP" in text(action.card)


async def test_it_is_said_once_and_again_only_for_what_was_missed_since(world: World) -> None:
    helen = world.chat(HELEN)
    await helen.remove()
    await agree(world, "ring the GP")
    first = await come_back(world, HELEN)
    await helen.remove()
    second = await come_back(world, HELEN)
    await helen.remove()
    await agree(world, "ring the school")
    third = await come_back(world, HELEN)

    assert [len(first), len(second), len(third)] == [2, 1, 2]
    assert ("ring the GP" in third[1].text, "ring the school" in third[1].text) == (False, True)


async def test_who_was_away_again_before_it_was_said_hears_it_the_next_time(world: World) -> None:
    helen = world.chat(HELEN)
    await helen.remove()
    await agree(world, "ring the GP")
    await helen.install()
    await helen.remove()
    await world.tick(minutes=2)

    back = await come_back(world, HELEN)

    assert [HEADING in message.text for message in back] == [False, True]


async def test_what_is_no_longer_theirs_is_not_in_it(world: World) -> None:
    await world.chat(HELEN).remove()
    await agree(world, "ring the GP")
    await world.chat(HELEN).install()
    await world.chat(HELEN).say("decline SD-26-0412/2 on leave")
    await world.chat(HELEN).say("done SD-26-0412/2 rang")
    heard = len(world.heard(HELEN))

    await world.tick(minutes=2)

    assert not [message for message in world.heard(HELEN)[heard:] if HEADING in message.text]


async def test_who_had_never_installed_it_hears_what_had_come_for_them(world: World) -> None:
    name = "Kit Rowe"
    await world.chat(PRIYA).say(f"action {name}: ring the GP by today 16:00 tell Priya Nair")
    await world.settle()

    heard = await come_back(world, name)

    assert [HEADING in message.text for message in heard] == [False, True]


def named(card: Json, words: str) -> str:
    """The title of the line that says this."""
    [line] = [title for title in buttons(card) if words in title]
    return line


async def test_where_somebody_is_reached_follows_what_last_came_from_them(world: World) -> None:
    helen, elsewhere = world.chat(HELEN), f"{world.channel.base}/amer/"
    activity = {**world.channel.envelope(helen.room, helen.person), "type": "message", "text": "help"}
    before = world.look(lambda store: store.conversations.installed_for(person_id(HELEN)))

    await world.channel.post({**activity, "serviceUrl": elsewhere}, token=world.channel.token(serviceurl=elsewhere))
    moved = world.look(lambda store: store.conversations.installed_for(person_id(HELEN)))
    await helen.say("help")
    back = world.look(lambda store: store.conversations.installed_for(person_id(HELEN)))

    assert [before.service_url, moved.service_url, back.service_url] == [
        world.channel.service_url,
        elsewhere,
        world.channel.service_url,
    ]
