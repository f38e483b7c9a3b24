"""The diary: who sees what of a day, a week, an agency; and that what is restricted is on nobody else's page."""

from __future__ import annotations

import json

from tests.scenarios.reading import buttons, text
from tests.scenarios.test_moving import types
from tests.scenarios.world import World


async def book(world: World, reference: str, when: str, who: str, restricted: bool = False) -> None:
    first = f"restricted {reference}" if restricted else reference
    lines = ("book", first, "AB 14/05/2019", "physical, U3", when, "chair Priya Nair", who, "without health")
    shown = await types(world, "Sam Okoro", *lines)
    for _ in range(4):
        if "booked" in shown:
            return
        shown = await types(world, "Sam Okoro", "book it" if "7 of 7" in shown else "next")
    assert "booked" in shown, shown


async def three(world: World) -> None:
    await world.install("Sam Okoro", "Priya Nair", "Helen Marsh", "Kit Rowe", "Joan Priest", "Grace Lindo")
    await world.install("Omar Haddad")
    await book(world, "SD-26-0412", "today 2pm", "Helen Marsh")
    await book(world, "SD-26-0413", "tomorrow 10am", "Safeguarding unit, Grace Lindo")
    await book(world, "SD-26-0414", "today 4pm", "Grace Lindo", restricted=True)


async def test_each_sees_the_day_of_what_they_are_on(world: World) -> None:
    await three(world)

    mine = await types(world, "Priya Nair", "diary")
    assert "Diary · Tuesday 24 November 2026" in mine
    assert "2 discussions" in mine
    assert "SD-26-0412 · video not quorate · 1 of 1 not answered · latest start Fri 27 Nov, 17:00" in mine
    assert "SD-26-0414" in mine
    assert "SD-26-0413" in await types(world, "Priya Nair", "diary tomorrow")
    seen = await types(world, "Helen Marsh", "diary week")
    assert "Diary · Tue 24 Nov to Mon 30 Nov" in seen
    assert ("SD-26-0412" in seen, "SD-26-0413" in seen) == (True, True)
    of_her_desk = await types(world, "Kit Rowe", "diary tomorrow")
    assert "SD-26-0413" in of_her_desk


async def test_who_oversees_sees_all_but_what_is_restricted(world: World) -> None:
    await three(world)

    seen = await types(world, "Joan Priest", "diary week")

    assert "2 discussions" in seen
    assert "SD-26-0414" not in seen
    assert "No discussions" in await types(world, "Omar Haddad", "diary week")


async def test_it_is_narrowed_by_agency_and_opens_the_booking(world: World) -> None:
    await three(world)
    joan = world.chat("Joan Priest")

    police = await types(world, "Joan Priest", "diary police week")
    assert "Diary · Tue 24 Nov to Mon 30 Nov · Police" in police
    assert "2 discussions" in police
    school = await types(world, "Joan Priest", "diary hillside primary week")
    assert "1 discussion" in school
    assert "SD-26-0413" in school
    assert "Please type the agency and the day like this" in await types(world, "Joan Priest", "diary zoo week")

    shown = await joan.say("diary")
    shown = await joan.press(shown.card, "Seven days")
    assert "By agency" in buttons(shown.card)
    shown = await joan.press(shown.card, "Show these", agency="POLICE")
    assert "2 discussions" in text(shown.card)
    await joan.press(shown.card, "digest.open")
    await world.settle()
    assert "Latest start" in text(joan.view(joan.last))


async def test_a_forged_day_or_agency_shows_nothing_and_breaks_nothing(world: World) -> None:
    await three(world)
    joan = world.chat("Joan Priest")
    shown = await joan.say("diary")

    for forged in ("2026-99-99", "yesterday'; --", "week\0"):
        answer = await joan.press(with_days(shown.card, forged), "Tomorrow")
        assert "Please say which day" in str(answer.body), forged


def with_days(card: dict[str, object], days: str) -> dict[str, object]:
    """The card as somebody forged it."""

    return json.loads(json.dumps(card).replace('"days": "tomorrow"', json.dumps({"days": days})[1:-1]))  # type: ignore[no-any-return]
