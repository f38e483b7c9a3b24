"""The state machine of an action, over every order of answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from discussions.actions import life
from discussions.actions.action import Action, ActionState
from discussions.actions.life import Said
from discussions.people import PersonId
from discussions.refusals import Refusal
from tests.discussions.actions.story import CHAIR, OTHER, OWNER, TEN, Scene

FRESH = Scene().record()
Move = Callable[[Action, Said], Action]

MOVES: dict[str, Move] = {
    "accept": life.accepted,
    "decline": lambda action, said: life.declined(action, said, "a reason"),
    "done": lambda action, said: life.done(action, said, "a note"),
    "cancel": lambda action, said: life.cancelled(action, said, "a reason"),
    "ask": lambda action, said: life.asked_for_time(action, said, action.due_at + timedelta(hours=5), "why"),
    "agree": life.time_agreed,
    "refuse": life.time_refused,
    "block": lambda action, said: life.blocked(action, said, "in the way"),
    "offer": lambda action, said: life.offered(action, said, OTHER.id),
    "take": life.taken_over,
    "leave": life.not_taken_over,
    "give": lambda action, said: life.given_to(action, said, CHAIR.id, None),
}
HISTORIES = st.lists(
    st.tuples(st.sampled_from(sorted(MOVES)), st.sampled_from([OWNER.id, OTHER.id, CHAIR.id])), max_size=20
)


def lived(history: list[tuple[str, PersonId]]) -> list[tuple[str, Action, Action]]:
    """Each move that was taken, with the action before and after it. What is refused changes nothing."""
    action, steps = FRESH, []
    for minute, (move, by) in enumerate(history):
        try:
            after = MOVES[move](action, Said(by, TEN + timedelta(minutes=minute)))
        except Refusal:
            continue
        steps.append((move, action, after))
        action = after
    return steps


@settings(deadline=None)
@given(HISTORIES)
def test_there_is_no_way_back_from_an_end(history: list[tuple[str, PersonId]]) -> None:
    for _, before, after in lived(history):
        assert before.state.is_open or after == before


@settings(deadline=None)
@given(HISTORIES)
def test_the_due_moment_moves_only_when_the_chair_agrees(history: list[tuple[str, PersonId]]) -> None:
    for move, before, after in lived(history):
        assert after.due_at == before.due_at or (move == "agree" and after.due_at == before.asked_until)


@settings(deadline=None)
@given(HISTORIES)
def test_the_owner_changes_only_by_taking_over_or_by_being_given_it(history: list[tuple[str, PersonId]]) -> None:
    for move, before, after in lived(history):
        assert after.owner == before.owner or move in ("take", "give")
        assert move != "take" or after.owner == before.handed_to
        assert (after.owner is None) != (after.desk is None)


@settings(deadline=None)
@given(HISTORIES)
def test_an_end_leaves_no_question_open(history: list[tuple[str, PersonId]]) -> None:
    for _, _, after in lived(history):
        if not after.state.is_open:
            assert (after.asked_until, after.asked_why, after.handed_to) == (None, None, None)
        assert (after.asked_until is None) == (after.asked_why is None)


@settings(deadline=None)
@given(HISTORIES)
def test_every_change_says_who_and_when(history: list[tuple[str, PersonId]]) -> None:
    for _, before, after in lived(history):
        if after != before:
            assert after.state_by is not None
            assert after.state_at is not None
            assert before.state_at is None or after.state_at > before.state_at


@settings(deadline=None)
@given(HISTORIES)
def test_saying_the_same_state_again_keeps_the_first_moment(history: list[tuple[str, PersonId]]) -> None:
    steps = lived(history)
    action = steps[-1][2] if steps else FRESH
    again = {
        ActionState.ACCEPTED: "accept",
        ActionState.DECLINED: "decline",
        ActionState.DONE: "done",
        ActionState.CANCELLED: "cancel",
    }
    if action.state in again:
        assert MOVES[again[action.state]](action, Said(CHAIR.id, TEN + timedelta(days=1))) == action
