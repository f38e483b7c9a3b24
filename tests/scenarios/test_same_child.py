"""The same child again within days: asked once whether it is a review; of a restricted one nobody else learns."""

from __future__ import annotations

from tests.scenarios.reading import text
from tests.scenarios.world import World

CHILD = "AB 14/05/2019"
ASKS = "Is this a review of it?"


async def to_the_check(world: World, name: str, first: str, child: str = CHILD) -> str:
    lines = (
        "book",
        first,
        child,
        "physical, U3",
        "tomorrow 2pm",
        "chair Priya Nair",
        "Helen Marsh, Tom Bexley",
        "next",
    )
    for line in lines:
        shown = await world.chat(name).say(line)
    return text(shown.card)


async def test_the_same_child_within_days_is_asked_about_and_can_be_made_a_review(world: World) -> None:
    await world.install("Priya Nair", "Sam Okoro")
    await to_the_check(world, "Priya Nair", "SD-26-0412")
    await world.chat("Priya Nair").say("book it")

    asked = await to_the_check(world, "Sam Okoro", "SD-26-0413", "CD 02/09/2021; ab 14/05/2019")
    assert f"The same child: SD-26-0412, Wed 25 Nov, 14:00. {ASKS}" in asked
    chosen = await world.chat("Sam Okoro").say("review of SD-26-0412")
    assert "SD-26-0413, Review" in text(chosen.card)
    assert "booked" in text((await world.chat("Sam Okoro").say("book it")).card)

    first, second = (world.look(lambda s, r=r: s.discussions.by_reference(r)) for r in ("SD-26-0412", "SD-26-0413"))
    assert (second.kind, second.reviews) == ("review", first.id)


async def test_the_same_child_can_be_something_new_by_pressing_on(world: World) -> None:
    await world.install("Priya Nair", "Sam Okoro")
    await to_the_check(world, "Priya Nair", "SD-26-0412")
    await world.chat("Priya Nair").say("book it")
    await to_the_check(world, "Sam Okoro", "SD-26-0413")

    booked = await world.chat("Sam Okoro").press(world.chat("Sam Okoro").last, "Book it")

    assert "SD-26-0413 · initial · booked" in text(booked.card)


async def test_of_a_restricted_discussion_learns_only_who_is_on_it(world: World) -> None:
    await world.install("Priya Nair", "Sam Okoro", "Omar Haddad")
    await to_the_check(world, "Priya Nair", "restricted SD-26-0412")
    await world.chat("Priya Nair").say("book it")

    assert ASKS not in await to_the_check(world, "Omar Haddad", "SD-26-0413")
    refused = await world.chat("Omar Haddad").say("review of SD-26-0412")
    assert "from the list" in text(refused.card)
    assert ASKS in await to_the_check(world, "Priya Nair", "SD-26-0414")


async def test_another_child_or_a_later_month_is_not_asked_about(world: World) -> None:
    await world.install("Priya Nair")
    await to_the_check(world, "Priya Nair", "SD-26-0412")
    await world.chat("Priya Nair").say("book it")

    assert ASKS not in await to_the_check(world, "Priya Nair", "SD-26-0413", "AB 15/05/2019")
    await world.chat("Priya Nair").say("cancel")
    world.clock.pass_by(days=14)
    assert ASKS not in await to_the_check(world, "Priya Nair", "SD-26-0414")
