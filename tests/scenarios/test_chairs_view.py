"""The chair sees all that is open, narrows it, nudges, reads who was told, and takes it away as a file."""

from __future__ import annotations

import csv
import io
from typing import Any

from aiohttp import ClientSession

from tests.scenarios.reading import text
from tests.scenarios.world import World
from tests.teams.people import Answer

CHAIR, OWNER, OTHER = "Priya Nair", "Helen Marsh", "Kit Rowe"


async def two_agreed(world: World) -> None:
    """One action of Helen's about A, due this afternoon, and one of Tom Bexley's, who has no Teams, due tomorrow."""
    await world.install(CHAIR, OWNER, OTHER, "Sam Okoro")
    chair = world.chat(CHAIR)
    asked = ("book", "SD-26-0412", "AB 14/05/2019", "physical, U2", "today 2pm", "chair me", f"{OWNER}, Tom Bexley")
    for words in (*asked, "next", "book it", "start SD-26-0412"):
        await chair.say(words)
    await chair.say("action Helen Marsh: see A at school by today 15:00 tell chair")
    await chair.say("action Tom Bexley: =send the report by tomorrow 15:00 tell chair")
    await world.settle()


async def test_the_chair_sees_every_open_action_overdue_first_and_narrows_it(world: World) -> None:
    await two_agreed(world)
    world.clock.pass_by(hours=8)

    shown = await world.chat(CHAIR).say("chaired actions")

    assert "2 open actions" in text(shown.card)
    assert text(shown.card).index("see A at school") < text(shown.card).index("send the report")
    narrowed = await world.chat(CHAIR).press(shown.card, "Show these", standing="overdue", agency="all", child="all")
    assert "1 of 2 open actions" in text(narrowed.card)
    assert "see A at school" in text(narrowed.card)
    assert "send the report" not in text(narrowed.card)
    again = await world.chat(CHAIR).press(narrowed.card, "Show all")
    assert "send the report" in text(again.card)
    assert "1 of 2 open actions" in text((await world.chat(CHAIR).say("chaired actions overdue")).card)


async def test_the_words_behind_may_be_an_agency_or_a_child_and_what_is_neither_is_said_so(world: World) -> None:
    await two_agreed(world)
    chair = world.chat(CHAIR)

    assert "1 of 2 open actions" in text((await chair.say("chaired actions police")).card)
    assert "1 of 2 open actions" in text((await chair.say("chaired actions sd-26-0412 a")).card)
    unknown = text((await chair.say("chaired actions ovrdue")).card)
    assert "I can't narrow the list by “ovrdue”. Did you mean overdue?" in unknown


async def test_a_choice_that_is_not_known_narrows_to_nothing_worse_than_nothing(world: World) -> None:
    await two_agreed(world)
    shown = await world.chat(CHAIR).say("chaired actions")

    forged = await world.chat(CHAIR).press(shown.card, "Show these", standing="' OR 1=1", agency="nobody", child="x")

    assert "0 of 2 open actions" in text(forged.card)


async def test_whoever_chairs_nothing_sees_nothing_and_may_not_fetch(world: World) -> None:
    await two_agreed(world)

    shown = await world.chat(OWNER).say("chaired actions")

    assert "No open actions in the discussions you chair" in text(shown.card)
    assert "see A" not in text(shown.card)


async def test_the_chairs_own_nudge_goes_out_at_once_but_not_twice_in_half_an_hour(world: World) -> None:
    await two_agreed(world)
    before = len(world.heard(OWNER))

    said = await world.chat(CHAIR).say("nudge 1")
    await world.settle()

    assert "They are reminded now" in text(said.card)
    assert len(world.heard(OWNER)) == before + 1
    again = await world.chat(CHAIR).say("nudge 1")
    await world.settle()
    assert "You nudged them at 09:00 already. You can again from 09:30" in text(again.card)
    assert len(world.heard(OWNER)) == before + 1
    refused = await world.chat(OWNER).say("nudge SD-26-0412/1")
    assert "Only the chair can nudge the owner" in text(refused.card)


async def test_the_history_says_who_was_told_how_and_what_they_answered(world: World) -> None:
    await two_agreed(world)
    world.clock.pass_by(minutes=10)
    await world.chat(OWNER).say("accept 1")
    await world.settle()

    shown = text((await world.chat(CHAIR).say("history 1")).card)

    for line in (
        "09:00 Priya Nair: agreed",
        "09:00 Helen Marsh: asked to take it on in Teams",
        "09:10 Helen Marsh: accepted",
        "Neither Teams nor mail tells Chairside whether somebody has read it.",
    ):
        assert line in shown
    not_reached = text((await world.chat(CHAIR).say("history SD-26-0412/2")).card)
    assert "Tom Bexley: asked to take it on" in not_reached
    assert "not delivered" in not_reached or "by mail" in not_reached
    assert "can't find" in text((await world.chat(OTHER).say("history SD-26-0412/1")).card)


async def test_the_list_is_fetched_once_by_the_chair_as_a_file_that_runs_nothing(world: World) -> None:
    await two_agreed(world)
    shown = await world.chat(CHAIR).say("chaired actions")
    given = await world.chat(CHAIR).press(shown.card, "Fetch as a file")

    looked, fetched, again = await fetch(world, given)

    assert (looked[0], fetched[0], again[0]) == (200, 200, 410)
    assert fetched[1]["Content-Type"] == "text/csv"
    assert fetched[1]["Content-Disposition"] == 'attachment; filename="open-actions-2026-11-24.csv"'
    rows = list(csv.DictReader(io.StringIO(fetched[2].removeprefix("\ufeff"))))
    assert [(row["Reference"], row["Number"], row["Owner"], row["Due"]) for row in rows] == [
        ("SD-26-0412", "1", "Helen Marsh", "24/11/2026 15:00"),
        ("SD-26-0412", "2", "Tom Bexley", "25/11/2026 15:00"),
    ]
    assert not any(value.startswith(("=", "+", "-", "@")) for row in rows for value in row.values())


Got = tuple[int, dict[str, str], str]


async def fetch(world: World, given: Answer) -> tuple[Got, Got, Got]:
    """Looked at, pressed, and pressed again."""
    path = "/record/" + str(link_in(given.card)).rsplit("/", 1)[1]
    async with ClientSession(world.web_base) as browser:

        async def get(method: str) -> Got:
            async with browser.request(method, path) as response:
                return response.status, dict(response.headers), await response.text()

        return await get("GET"), await get("POST"), await get("POST")


def link_in(card: Any) -> str | None:
    if isinstance(card, dict):
        if card.get("type") == "Action.OpenUrl":
            return str(card["url"])
        return next((found for value in card.values() if (found := link_in(value))), None)
    if isinstance(card, list):
        return next((found for value in card if (found := link_in(value))), None)
    return None
