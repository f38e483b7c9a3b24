"""As many as may be asked: every card still arrives, and one too many is told while it can be mended."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from discussions.booking.book import MOST_INVITEES
from discussions.people import PersonId
from tests.scenarios.people import DIRECTORY
from tests.scenarios.reading import buttons, text
from tests.scenarios.world import World
from tests.teams.people import Answer

LARGEST_CARD = 25_000
HEALTH_DESK = 1


@pytest.fixture
async def crowded(world: World) -> World:
    """A directory with fifty more police officers, and a booking that has come to the question who is asked."""
    agencies, desks, people = DIRECTORY(world.channel.tenant)
    officer = next(one for one in people if one.name == "Kit Rowe")
    more = [
        replace(
            officer, id=PersonId(f"officer-{n}"), name=f"Officer Number{n:02}", mail=None, account=None, manager=None
        )
        for n in range(50)
    ]
    world.look(lambda store: store.people.replace_all(agencies, desks, [*people, *more]))
    await world.install("Priya Nair")
    for line in ("book", "SD-26-0412", "AB 14/05/2019", "physical, U3", "today 2pm", "chair me"):
        await world.chat("Priya Nair").say(line)
    return world


async def names(world: World, count: int) -> Answer:
    return await world.chat("Priya Nair").say(", ".join(f"Officer Number{n:02}" for n in range(count)))


def size(answer: Answer) -> int:
    return len(json.dumps(answer.card))


async def test_every_card_of_a_booking_with_the_most_people_is_small_enough_to_arrive(crowded: World) -> None:
    shown = await names(crowded, MOST_INVITEES - HEALTH_DESK)
    assert size(shown) < LARGEST_CARD
    assert sum("take off" in title for title in buttons(shown.card)) == 8
    assert "And before these: Avon and Somerset Police: Officer Number00, Detective constable;" in text(shown.card)

    for line in ("next", "book it", "open SD-26-0412"):
        shown = await crowded.chat("Priya Nair").say(line)
        assert size(shown) < LARGEST_CARD, line
    assert "SD-26-0412 · initial · booked" in text(shown.card)


async def test_one_too_many_is_told_where_people_are_named(crowded: World) -> None:
    await names(crowded, MOST_INVITEES)
    refused = await crowded.chat("Priya Nair").say("next")
    assert "step 6 of 7" in text(refused.card)
    assert "Please ask 40 people and desks at most; these are 41." in text(refused.card)
