"""What people learn after an action is agreed: refusals, who has to be rung, words typed in the wrong chat."""

from __future__ import annotations

from tests.scenarios.reading import text
from tests.scenarios.world import World

CHAIR, OWNER, OTHER = "Priya Nair", "Helen Marsh", "Kit Rowe"


async def agreed(world: World, action: str) -> str:
    """A discussion has started and this was written down; what the chair was shown."""
    await world.install(CHAIR, OWNER, OTHER, "Sam Okoro")
    chair = world.chat(CHAIR)
    for words in (
        "book",
        "SD-26-0412",
        "AB 14/05/2019",
        "physical, U2",
        "today 2pm",
        "chair me",
        f"{OWNER}, Tom Bexley",
    ):
        await chair.say(words)
    for words in ("next", "book it", "start SD-26-0412", action):
        shown = await chair.say(words)
    await world.settle()
    return text(shown.card)


async def test_an_owner_who_asked_for_time_reads_the_answer_and_the_reason(world: World) -> None:
    await agreed(world, "action Helen Marsh: see A at school by tomorrow 15:00 tell chair")
    await world.chat(OWNER).say("more time 1 until 26/11/2026 10:00 because in court")
    await world.settle()

    await world.chat(CHAIR).say("refuse 1 the visit can't wait")
    await world.settle()

    heard = text(world.heard(OWNER)[-1].card)
    assert "Priya Nair wrote: “More time is not agreed: the visit can't wait”" in heard
    await world.chat(OWNER).say("blocked 1 no answer at the door")
    assert "More time" not in text((await world.chat(OWNER).say("open SD-26-0412/1")).card)


async def test_who_hands_over_reads_that_the_other_cannot(world: World) -> None:
    await agreed(world, "action Helen Marsh: see A at school by tomorrow 15:00 tell chair")
    await world.chat(OWNER).say("hand over 1 to Kit Rowe")
    await world.settle()

    refused = await world.chat(OTHER).press(world.heard(OTHER)[-1], "No, I can't")
    assert "Only" not in text(refused.card)
    await world.settle()
    assert "Kit Rowe wrote: “I can't take it over.”" in text(world.heard(OWNER)[-1].card)

    await world.chat(OWNER).say("hand over 1 to Kit Rowe")
    await world.settle()
    await world.chat(OTHER).say("refuse 1 I am on leave")
    await world.settle()

    assert "Kit Rowe wrote: “I can't take it over: I am on leave”" in text(world.heard(OWNER)[-1].card)


async def test_ones_own_answer_is_not_called_a_change(world: World) -> None:
    await agreed(world, "action Helen Marsh: see A at school by tomorrow 15:00 tell chair")

    await world.chat(OWNER).say("accept 1")
    await world.settle()

    assert "This was changed" not in text(world.heard(OWNER)[-1].card)


async def test_the_chair_sees_at_once_whom_nobody_tells_in_teams(world: World) -> None:
    shown = await agreed(world, "action Tom Bexley: send the report by tomorrow 15:00 tell chair")

    assert "They do not get this in Teams. Please ring them on 0117 496 0104." in shown


async def test_a_hand_over_to_somebody_outside_teams_says_that_they_must_be_rung(world: World) -> None:
    await agreed(world, "action Helen Marsh: see A at school by tomorrow 15:00 tell chair")

    shown = await world.chat(OWNER).say("hand over 1 to Tom Bexley")

    assert "Tom Bexley does not get this in Teams: please ring them." in text(shown.card)


async def test_what_is_done_already_is_not_said_to_be_unknown(world: World) -> None:
    await agreed(world, "action Helen Marsh: see A at school by tomorrow 15:00 tell chair")
    await world.chat(OWNER).say("done 1 seen")

    again = text((await world.chat(OWNER).say("done 1 again")).card)

    assert "You have no open action 1." in again
    assert "SD-26-0412/1" in again


async def test_a_note_typed_into_a_group_is_told_that_nothing_was_saved(world: World) -> None:
    await agreed(world, "action Helen Marsh: see A at school by tomorrow 15:00 tell chair")
    chair = world.chat(CHAIR).person
    group = world.channel.view(world.channel.group("meeting", chair), chair)
    await group.install()

    assert "Nothing was done or saved" in text((await group.say("note A has a bruise")).card)
    assert "Nothing was done or saved" not in text((await group.say("help")).card)
