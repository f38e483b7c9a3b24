"""A typed action is mended over HTTP: pointed out, pressed, clean; and what goes out meanwhile."""

from __future__ import annotations

from tests.scenarios.reading import buttons, text
from tests.scenarios.test_follow_up import CHAIR, OWNER, agreed
from tests.scenarios.world import World
from tests.teams.rooms import Message


def asked(world: World, begins: str) -> tuple[Message, str]:
    """The chair's newest card with such a button, and the button's whole title."""
    for message in reversed(world.heard(CHAIR)):
        for title in buttons(message.card):
            if title.startswith(begins):
                return message, title
    raise AssertionError(f"no card with {begins}")


LINE = "action Helen Marsh: monitor A at school by tomorrow 15:00 tell chair"


async def test_a_vague_line_is_written_down_mended_and_clean(world: World) -> None:
    shown = await agreed(world, LINE)
    assert "“monitor” can mean many things. Who looks at what, how often, and tells whom?" in shown
    heard = len(world.heard(OWNER))

    after = await world.chat(CHAIR).press(*asked(world, "1. Say"))
    await world.settle()

    assert "see A at school" in text(after.card)
    assert "can mean many things" not in text(after.card)
    # the owner's card shows the new words, and nothing else went out to anybody new
    assert "see A at school" in text(world.heard(OWNER)[-1].card)
    assert len(world.heard(OWNER)) <= heard + 1


async def test_the_same_press_twice_changes_once_and_says_so(world: World) -> None:
    await agreed(world, LINE)
    card, press = asked(world, "1. Say")
    old = card.card
    await world.chat(CHAIR).press(card, press)
    await world.settle()

    again = await world.chat(CHAIR).press(old, "3. Say “ring”", message=card)

    assert "see A at school" in text((await world.chat(CHAIR).say("open SD-26-0412/1")).card)
    assert "changed since your card was made" in (again.sentence or text(again.card))


async def test_a_line_that_lacks_its_moment_stays_until_a_press_gives_it(world: World) -> None:
    shown = await agreed(world, "action Helen Marsh: see A at school tell chair")
    assert "Not saved: please say by when" in shown
    assert "What you typed is still here." in shown
    nothing_heard = len(world.heard(OWNER))
    card, press = asked(world, "1. By ")

    after = await world.chat(CHAIR).press(card, press)
    await world.settle()

    assert "see A at school" in text(after.card)
    assert len(world.heard(OWNER)) == nothing_heard + 1
    assert "see A at school" in text(world.heard(OWNER)[-1].card)


async def test_two_owners_are_split_by_words_alone(world: World) -> None:
    shown = await agreed(world, "action Helen Marsh and Sam Okoro see A at school by tomorrow 15:00 tell chair")
    assert "Every action has one owner" in shown

    await world.chat(CHAIR).say("mend 1")
    await world.settle()

    for name in (OWNER, "Sam Okoro"):
        assert "sees A at school" in text((await world.chat(name).say("my actions")).card)


async def test_mend_without_anything_to_mend_says_so(world: World) -> None:
    await agreed(world, "action Helen Marsh: see A at school by tomorrow 15:00 tell chair")

    assert "nothing like that to mend" in text((await world.chat(CHAIR).say("mend 1")).card)
