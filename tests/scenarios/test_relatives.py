"""Somebody at the table who is called like the family: the chair is told, and nobody else."""

from __future__ import annotations

from tests.scenarios.reading import text
from tests.scenarios.world import World

WARNING = "Helen Marsh has a surname of the family"


async def test_the_chair_alone_is_told_that_an_attendee_has_a_name_of_the_family(world: World) -> None:
    await world.install("Priya Nair", "Ruth Adeyemi", "Helen Marsh")
    priya, ruth = world.chat("Priya Nair"), world.chat("Ruth Adeyemi")
    start = ("book", "SD-26-0412", "AB 14/05/2019", "physical, U2", "today 4pm", "chair me, minutes Ruth Adeyemi")
    for words in (*start, "Helen Marsh, Tom Bexley", "next", "book it"):
        await priya.say(words)
    assert "surname" not in text((await priya.say("start SD-26-0412")).card)
    await ruth.say("join SD-26-0412")

    child = await ruth.say("item 2 A")
    await ruth.press(child.card, "Save", {"family.name": "Ana Marsh"})

    assert WARNING in text((await priya.say("agenda")).card)
    assert "Only you see this" in text((await priya.say("agenda")).card)
    assert "surname" not in text((await ruth.say("agenda")).card)
    await world.settle()
    assert not [one for one in world.heard("Helen Marsh") if "surname" in text(one.card)]
