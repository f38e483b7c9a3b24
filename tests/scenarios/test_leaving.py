"""Somebody leaves the directory: from then on they hear nothing more, whatever was on its way to them."""

from __future__ import annotations

from tests.scenarios.people import DIRECTORY
from tests.scenarios.reading import text
from tests.scenarios.world import World


async def test_who_has_left_the_directory_hears_nothing_more(world: World) -> None:
    await world.install("Priya Nair", "Helen Marsh", "Tom Bexley")
    priya = world.chat("Priya Nair")
    for words in ("book", "SD-26-0412", "AB 14/05/2019", "physical, U3", "today 2pm", "chair me", "Helen Marsh"):
        await priya.say(words)
    for words in ("Tom Bexley", "next", "book it"):
        await priya.say(words)
    heard = len(world.heard("Helen Marsh"))

    world.database.threads.submit(leave, world, "Helen Marsh").result()
    await world.settle()

    assert len(world.heard("Helen Marsh")) == heard
    assert "You are asked" in text(world.heard("Tom Bexley")[-1].card)


def leave(world: World, name: str) -> None:
    agencies, desks, people = DIRECTORY(world.channel.tenant)
    with world.database.transaction() as store:
        store.people.replace_all(agencies, desks, [person for person in people if person.name != name])
