"""An action that waits for another: as a line says it, and kept when the action is written anew or mended."""

from __future__ import annotations

from dataclasses import replace

import pytest

from discussions.actions.action import Action
from discussions.actions.answers import done
from discussions.actions.capture import typed_action
from discussions.actions.ends import replace_action
from discussions.actions.findings import Code
from discussions.actions.lint import findings_of
from discussions.actions.mending import Wanted, as_new, mend_action
from discussions.actions.record import edit_action
from discussions.actions.waiting import wait_for
from discussions.actions.world import world_of_line
from discussions.ids import ActionId
from discussions.refusals import WrongAnswer
from tests.discussions.actions.story import CHAIR, DISCUSSION, LIGHTHOUSE, OWNER, Scene, new_action, the_discussion

PLAIN = "Jo Smith: see A alone at school by tomorrow 13:30 tell Jo Baker if not done Jo Baker rings"


@pytest.fixture
def scene() -> Scene:
    """Actions 1 and 2 are open."""
    scene = Scene()
    scene.record()
    scene.record(wording="Ring the school")
    return scene


def numbered(scene: Scene, number: int) -> Action:
    return next(one for one in scene.store.actions.of_discussion(DISCUSSION) if one.number == number)


@pytest.mark.parametrize(
    "line",
    [
        PLAIN.replace(" by tomorrow", " after 2 by tomorrow"),
        PLAIN.replace(" tell", " after 2 tell"),
        PLAIN.replace(" tell", ", after 2, tell"),
        PLAIN.replace(" if not", " after 2 if not"),
        PLAIN.replace(" by tomorrow", " After Action 2 by tomorrow"),
        PLAIN.replace(": see", " after action 2: see"),
        PLAIN.replace(" at school", " after action 2 at school"),
        PLAIN.replace(" by tomorrow", " after 2 by tomorrow").replace(" tell", " after action 2 tell"),
    ],
)
def test_after_and_a_number_names_what_it_waits_for_anywhere_in_the_line(scene: Scene, line: str) -> None:
    plain = scene.do(typed_action, CHAIR, f"action: {PLAIN}")

    made = scene.do(typed_action, CHAIR, f"action: {line}")

    assert made.waits_for == numbered(scene, 2).id
    assert replace(made, id=plain.id, number=plain.number, waits_for=None) == plain


@pytest.mark.parametrize(
    "words",
    ["after 2 days", "after 2pm", "after 2.30pm", "after 2 visits", "after 2 November", "after 9", "after 2 today",
     "and looks after 2", "two days after 2", "after 2 and 1", "after 2, 1 and 7"],
)  # fmt: skip
def test_what_may_be_a_time_or_a_count_or_names_no_action_stays_in_the_words(scene: Scene, words: str) -> None:
    made = scene.do(typed_action, CHAIR, f"action: Jo Smith: see A {words} by Friday 13:30 tell Jo Baker")

    assert (made.waits_for, made.wording) == (None, f"see A {words}")


def test_what_happens_if_it_is_not_done_says_nothing_of_its_beginning(scene: Scene) -> None:
    made = scene.do(typed_action, CHAIR, f"action: {PLAIN} after 2")

    assert (made.waits_for, made.contingency) == (None, "Jo Baker rings after 2")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("after action 9", "There is no action 9 in this discussion"),
        ("after 1", "Action 1 has ended already"),
        ("after action 2 after action 1", "one other only"),
    ],
)
def test_what_cannot_be_waited_for_is_refused_and_nothing_is_written(scene: Scene, words: str, sentence: str) -> None:
    first = numbered(scene, 1)
    scene.do(done, OWNER, first.id, first.version, None)

    with pytest.raises(WrongAnswer, match=sentence):
        scene.do(typed_action, CHAIR, f"action: Jo Smith: see A {words} by Friday 13:30 tell Jo Baker")

    assert len(scene.store.actions.of_discussion(DISCUSSION)) == 2


@pytest.mark.parametrize("words", ["after 2", "after action 2"])
@pytest.mark.parametrize(
    "line", [PLAIN, "see A by tomorrow 13:30", "Jo Smith monitors A by Saturday 10:00", "Jo: see A"]
)
def test_the_linter_reads_the_line_as_if_the_words_were_not_there(scene: Scene, line: str, words: str) -> None:
    with_words = f"{line.replace(' by ', f' {words} by ', 1)}" if " by " in line else f"{line} {words}"
    world = world_of_line(scene.means, CHAIR, the_discussion(), line)

    plain, found = findings_of(line, world), findings_of(with_words, world)

    assert [(one.code, one.words) for one in found] == [(one.code, one.words) for one in plain]
    # what mends the line keeps them in it
    assert all(words in mended for one in found for mend in one.mends for mended in mend.lines)


# Written anew


def waits(scene: Scene, action: Action, other: ActionId) -> Action:
    return scene.do(edit_action, CHAIR, action.id, action.version, replace(as_new(action), waits_for=other))


def test_an_edit_says_what_it_waits_for_and_never_in_a_ring(scene: Scene) -> None:
    first, second = numbered(scene, 1), numbered(scene, 2)
    assert waits(scene, second, first.id).waits_for == first.id

    for other, sentence in ((second.id, "neither could ever begin"), (first.id, "wait for itself")):
        with pytest.raises(WrongAnswer, match=sentence):
            waits(scene, first, other)
    with pytest.raises(WrongAnswer, match="choose an action of this discussion"):
        waits(scene, first, ActionId("forged"))
    assert scene.action(first.id) == first


def test_what_it_waits_for_stays_when_that_has_ended(scene: Scene) -> None:
    first = numbered(scene, 1)
    second = waits(scene, numbered(scene, 2), first.id)
    scene.do(done, OWNER, first.id, first.version, None)

    assert waits(scene, second, first.id).waits_for == first.id


def test_one_in_the_place_of_another_does_not_wait_for_what_waits_for_it(scene: Scene) -> None:
    first, second = numbered(scene, 1), numbered(scene, 2)
    scene.do(wait_for, CHAIR, second.id, second.version, first.number)

    for other in (first, second):
        with pytest.raises(WrongAnswer):
            scene.do(replace_action, CHAIR, first.id, first.version, new_action(waits_for=other.id))

    assert scene.action(first.id).state.is_open


def test_a_press_that_mends_it_keeps_what_it_waits_for_and_the_desks_that_hear(scene: Scene) -> None:
    first = numbered(scene, 1)
    made = scene.record(wording="Review A's plan", measure=None, waits_for=first.id, feedback_desks=(LIGHTHOUSE.id,))

    wanted = Wanted(made.id, made.version, Code.NO_MEASURE.value, words="The plan is written")
    mended, _ = scene.do(mend_action, CHAIR, wanted)

    assert (mended.waits_for, mended.feedback_desks) == (first.id, (LIGHTHOUSE.id,))
    assert mended.measure == "The plan is written"
