"""What is typed late, half or with a slip is answered by one plain sentence, and nothing of it is lost unseen."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from discussions.actions.action import Action, ActionState
from tests.conftest import MakeUrl
from tests.scenarios.reading import text
from tests.scenarios.test_digest import CHAIR, OTHER, OWNER, agreed, begun
from tests.scenarios.world import World

REFERENCE = "SD-26-0412"
SEES = "action Helen Marsh: see A at school by tomorrow 15:00 tell chair"
RINGS = "action Helen Marsh: ring the school by tomorrow 16:00 tell chair"


@pytest.fixture
async def world(make_url: MakeUrl) -> AsyncIterator[World]:
    async with World(make_url()) as world:
        await begun(world)
        await agreed(world, SEES, RINGS)
        yield world


def written_down(world: World) -> tuple[Action, ...]:
    discussion = world.look(lambda store: store.discussions.by_reference(REFERENCE))
    kept: tuple[Action, ...] = tuple(world.look(lambda store: store.actions.of_discussion(discussion.id)))
    return kept


async def said(world: World, name: str, line: str) -> str:
    return text((await world.chat(name).say(line)).card)


async def test_a_hearer_whose_name_is_not_known_is_asked_about_and_never_left_out_unseen(world: World) -> None:
    answer = await said(world, CHAIR, "action Kit Rowe: send the log by tomorrow 15:00 tell chair and Zoe Known")

    assert "I don't know who “Zoe Known” is" in answer
    assert "What you typed is still here." in answer
    assert len(written_down(world)) == 2


async def test_who_says_done_after_the_chair_did_reads_that_their_words_changed_nothing(world: World) -> None:
    await said(world, CHAIR, f"done {REFERENCE}/1 seen, as Helen told me")

    answer = await said(world, OWNER, f"done {REFERENCE}/1 seen with the class teacher")

    assert "Already marked done by Priya Nair at 09:00. Your words changed nothing." in answer
    assert "changed nothing" not in await said(world, CHAIR, f"done {REFERENCE}/1 seen, as Helen told me")


async def test_what_cannot_be_done_is_ended_once_and_other_words_are_said_to_be_late(world: World) -> None:
    await said(world, OWNER, f"cannot {REFERENCE}/1 they have moved")

    assert "Your words changed nothing." in await said(world, OWNER, f"cannot {REFERENCE}/1 they left on Monday")
    first, _ = written_down(world)
    assert (first.state, first.note) == (ActionState.CANNOT, "they have moved")


@pytest.mark.parametrize(
    ("name", "line", "sentence"),
    [
        (CHAIR, "open", "Please give the reference, for example: open SD-26-0412."),
        (CHAIR, "full meeting", "Please give the reference, for example: full meeting SD-26-0412."),
        (OWNER, "not coming", "Please say how your agency's information will reach the meeting."),
        (CHAIR, f"replace {REFERENCE}/1", "Please say what takes its place, like this: replace 3 Helen Marsh: see A"),
        (CHAIR, "action Kit Rowe: send the log by yesterday", "Not saved. Monday 23 November 2026 has already passed."),
        (OWNER, "blocked 1", "Please say what is in the way."),
        (OWNER, "away Kim Lee until 04/12", "I don't know who “Kim Lee” is. Please type the full name."),
        (OWNER, "away untill 04/12", "Away until the end of Friday 4 December 2026"),
        (CHAIR, f"nudge {REFERENCE}/1", "To see who was told, type history."),
        (CHAIR, f"after {REFERENCE}/2 {REFERENCE}/1", "ring the school"),
        (CHAIR, f"after {REFERENCE}/2 SD-26-9999/1", "Please say which action waits for which, like this: after 3 2"),
    ],
)
async def test_a_slip_is_answered_by_what_would_mend_it(world: World, name: str, line: str, sentence: str) -> None:
    assert sentence in await said(world, name, line)


async def test_what_another_action_stands_in_for_says_so(world: World) -> None:
    await said(world, CHAIR, f"replace {REFERENCE}/1 Kit Rowe: see A at home by today 18:00 tell chair")

    answer = await said(world, CHAIR, f"nudge {REFERENCE}/1")

    assert "This action has ended: another action stands in its place." in answer
    assert OTHER in await said(world, CHAIR, f"open {REFERENCE}/3")
