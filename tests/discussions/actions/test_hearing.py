"""Closing the loop: who must hear what came of it, who has, who is asked again, and when it is over."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from discussions.actions.action import Action, ActionState
from discussions.actions.answers import cannot, done
from discussions.actions.ends import bring_back
from discussions.actions.hearing import receive, record_received_for, to_receive
from discussions.actions.mine import Section, sections_of
from discussions.actions.promises import PromiseState
from discussions.actions.refusals import ActionMoved, NothingToReceive
from discussions.actions.views import action_view
from discussions.london import say_short
from discussions.people import Person
from discussions.post import Message, MessageKind
from discussions.refusals import Missing, NotFound
from discussions.trail import Deed
from tests.discussions.actions.story import (
    CHAIR,
    DEPUTY,
    LIGHTHOUSE,
    MINUTES,
    OTHER,
    OWNER,
    ROTA,
    STRANGER,
    TEN,
    Scene,
    london,
)


@pytest.fixture
def scene() -> Scene:
    return Scene()


def finished(scene: Scene, **fields: object) -> Action:
    """Done by its owner at ten; the chair and the health visitor must hear of it."""
    action = scene.record(**fields)
    after = scene.do(done, OWNER, action.id, action.version, "Seen alone.")
    scene.said()
    return after


def heard(nudges: list[tuple[object, Message]]) -> list[tuple[str, str | None]]:
    return [(say_short(at), message.recipient) for at, message in nudges]  # type: ignore[arg-type]


def waiting(scene: Scene, action: Action) -> list[str]:
    return [one.step for one in scene.store.actions.promises(action.id) if one.state is PromiseState.WAITING]


def test_each_of_those_who_must_hear_says_that_they_have_it_and_then_it_is_over(scene: Scene) -> None:
    action = finished(scene)
    scene.at = TEN + timedelta(minutes=5)

    first = scene.do(receive, OTHER, action.id)
    assert first.unheard
    view = scene.do(action_view, CHAIR, action.id)
    assert [(one.name, one.at) for one in view.heard] == [("Helen Marsh", None), ("Jo Baker", scene.at)]
    assert view.outstanding == ("Helen Marsh",)

    last = scene.do(receive, CHAIR, action.id)
    assert not last.unheard
    assert waiting(scene, action) == []
    assert scene.nudges_until(TEN + timedelta(days=20)) == []
    lines = [(line.who, line.why) for line in scene.store.trail.lines if line.deed is Deed.ACTION_CHANGED]
    assert lines == [(OWNER.id, "done"), (OTHER.id, "received"), (CHAIR.id, "received")]


def sections(scene: Scene, who: Person) -> list[tuple[Section, int, bool]]:
    return [(one.section, one.action.number, one.is_late) for one in scene.do(sections_of, who)]


def test_what_is_to_be_received_stands_among_what_is_mine_until_it_is(scene: Scene) -> None:
    action, own = finished(scene), scene.record(owner=OTHER.id)

    to_receive = (Section.TO_RECEIVE, action.number, False)
    assert sections(scene, OTHER) == [(Section.OWN, own.number, False), to_receive]
    # the chair has both: what must be heard, and what is open in the discussion
    assert sections(scene, CHAIR) == [to_receive, (Section.CHAIRED, own.number, False)]
    assert sections(scene, OWNER) == sections(scene, STRANGER) == []

    scene.do(receive, OTHER, action.id)

    assert sections(scene, OTHER) == [(Section.OWN, own.number, False)]
    assert sections(scene, CHAIR)[0] == to_receive


def test_what_was_asked_for_again_is_overdue_and_stands_first(scene: Scene) -> None:
    """Done on Tuesday; of the second, done on Wednesday at nine, nobody is late to hear at ten."""
    early = finished(scene)
    late = scene.record()
    scene.at = london(date(2026, 11, 18), 9)
    scene.do(done, OWNER, late.id, late.version, None)
    assert [one.is_late for one in scene.do(sections_of, OTHER)] == [False, False]

    scene.at = london(date(2026, 11, 18), 10)
    first = scene.record(kind="immediate_safety", contingency="Police")
    scene.do(cannot, OWNER, first.id, first.version, "No")

    listed = sections(scene, OTHER)
    assert listed == [
        (Section.TO_RECEIVE, early.number, True),
        (Section.TO_RECEIVE, late.number, False),
        (Section.TO_RECEIVE, first.number, False),
    ]


def test_an_end_that_was_taken_back_makes_nobody_late_for_the_next(scene: Scene) -> None:
    action = finished(scene)
    scene.at = london(date(2026, 11, 17), 15)
    back = scene.do(bring_back, OWNER, action.id, action.version, "Not yet")
    assert sections(scene, OTHER) == []

    scene.at = london(date(2026, 11, 18), 9, 30)
    scene.do(done, OWNER, back.id, back.version, None)
    # of the first end they would have been asked again at ten
    scene.at = london(date(2026, 11, 18), 10, 30)

    assert sections(scene, OTHER) == [(Section.TO_RECEIVE, action.number, False)]


def test_a_desk_that_must_hear_has_it_on_the_list_of_everybody_there(scene: Scene) -> None:
    action = finished(scene, feedback_to=(), feedback_desks=(LIGHTHOUSE.id,))

    assert [sections(scene, one) for one in ROTA] == [[(Section.TO_RECEIVE, action.number, False)]] * 2


def test_receiving_twice_keeps_the_first_moment(scene: Scene) -> None:
    action = finished(scene)
    first = scene.do(receive, OTHER, action.id)
    scene.at += timedelta(hours=1)

    assert scene.do(receive, OTHER, action.id) == first
    assert [one.at for one in scene.store.actions.receipts(action.id)] == [TEN]


def test_those_who_have_not_heard_are_asked_on_working_days_then_their_stand_ins_then_the_chair(scene: Scene) -> None:
    """Done on Tuesday at ten, no safety action: nobody is asked before Wednesday, and never at night."""
    action = finished(scene, feedback_to=(OTHER.id,))

    nudges = scene.nudges_until(london(date(2026, 11, 24), 12))

    assert heard(nudges) == [
        ("Wed 18 Nov, 10:00", OTHER.id),
        ("Thu 19 Nov, 10:00", OTHER.id),
        ("Fri 20 Nov, 10:00", OTHER.id),
        ("Fri 20 Nov, 10:00", CHAIR.id),
        ("Mon 23 Nov, 10:00", OTHER.id),
        ("Tue 24 Nov, 10:00", OTHER.id),
        ("Tue 24 Nov, 10:00", CHAIR.id),
    ]
    assert scene.do(action_view, CHAIR, action.id).outstanding == ("Jo Baker",)


def test_a_deputy_who_was_asked_receives_it_in_their_place_and_it_is_said_so(scene: Scene) -> None:
    action = scene.record(owner=OTHER.id, feedback_to=(OWNER.id,))
    action = scene.do(done, OTHER, action.id, action.version, "Seen.")
    with pytest.raises(NotFound):
        scene.do(receive, DEPUTY, action.id)

    nudges = scene.nudges_until(london(date(2026, 11, 19), 11))
    assert DEPUTY.id in {message.recipient for _, message in nudges}
    after = scene.do(receive, DEPUTY, action.id)

    assert not after.unheard
    [one] = scene.do(action_view, CHAIR, action.id).heard
    assert (one.name, one.by, one.on_behalf) == ("Jo Smith", "Owen Hale", False)


def test_anybody_at_a_desk_receives_for_the_desk(scene: Scene) -> None:
    action = finished(scene, feedback_to=(), feedback_desks=(LIGHTHOUSE.id,))
    assert scene.do(to_receive, ROTA[0]) == (action,)

    after = scene.do(receive, ROTA[1], action.id)

    assert not after.unheard
    [one] = scene.do(action_view, OWNER, action.id).heard
    assert (one.name, one.by) == ("Lighthouse", "Bo Ray")


@pytest.mark.parametrize("recorder", [CHAIR, MINUTES])
def test_who_heard_by_telephone_is_written_down_for_them_and_marked_so(scene: Scene, recorder: Person) -> None:
    action = finished(scene, feedback_to=(OTHER.id,))

    after = scene.do(record_received_for, recorder, action.id, action.version, OTHER.id)

    assert not after.unheard
    [one] = scene.do(action_view, CHAIR, action.id).heard
    assert (one.by, one.on_behalf) == (recorder.name, True)


def test_who_need_not_hear_receives_nothing_and_a_stranger_finds_nothing(scene: Scene) -> None:
    action = finished(scene, feedback_to=(OTHER.id,))

    with pytest.raises(NothingToReceive):
        scene.do(receive, CHAIR, action.id)
    with pytest.raises(NotFound):
        scene.do(receive, STRANGER, action.id)
    with pytest.raises(NothingToReceive):
        scene.do(record_received_for, CHAIR, action.id, action.version, STRANGER.id)
    with pytest.raises(Missing):
        scene.do(record_received_for, CHAIR, action.id, action.version, None)
    assert scene.action(action.id) == action


def test_an_open_action_has_nothing_to_receive(scene: Scene) -> None:
    action = scene.record()

    with pytest.raises(NothingToReceive):
        scene.do(receive, OTHER, action.id)


def test_who_ended_it_knows_already(scene: Scene) -> None:
    """The chair writes down what the owner told by telephone: only the others are asked."""
    action = scene.record()

    after = scene.do(done, CHAIR, action.id, action.version, "Told by telephone.")

    assert [one.name for one in scene.do(action_view, CHAIR, after.id).heard] == ["Jo Baker"]
    assert scene.do(receive, CHAIR, after.id) == after


def test_not_done_after_all_opens_it_again_with_its_nudges_and_all_hear_anew(scene: Scene) -> None:
    action = finished(scene)
    received = scene.do(receive, OTHER, action.id)
    scene.at = TEN + timedelta(hours=2)
    scene.gives_cards(action, OTHER)
    scene.said()

    again = scene.do(bring_back, OWNER, action.id, action.version, "The visit fell through")

    assert (again.state, again.note, again.due_at) == (ActionState.ACCEPTED, "The visit fell through", action.due_at)
    assert received.version > action.version, "a receipt alone does not make the owner's card old"
    assert {(MessageKind.ACTION_CHANGED, CHAIR.id), (MessageKind.ACTION_CHANGED, OTHER.id)} <= set(scene.said())
    assert {"due", "late", "chair", "lead"} <= set(waiting(scene, action))
    assert "unheard" not in waiting(scene, action)

    ended = scene.do(done, OWNER, action.id, again.version, "Seen now.")
    assert scene.do(action_view, CHAIR, ended.id).outstanding == ("Helen Marsh", "Jo Baker")


def test_an_old_card_opens_nothing_again(scene: Scene) -> None:
    first = finished(scene)
    again = scene.do(bring_back, OWNER, first.id, first.version, "Not yet")
    scene.do(done, OWNER, first.id, again.version, "Seen now.")

    with pytest.raises(ActionMoved):
        scene.do(bring_back, CHAIR, first.id, first.version, "Not yet")


def test_what_cannot_be_done_is_heard_by_the_chair_whoever_else_is_named(scene: Scene) -> None:
    action = scene.record(feedback_to=(OTHER.id,))
    scene.said()

    after = scene.do(cannot, OWNER, action.id, action.version, "They have moved away")

    assert [one.name for one in scene.do(action_view, CHAIR, after.id).heard] == ["Helen Marsh", "Jo Baker"]
    assert scene.said() == [(MessageKind.CHAIR_ASKED, CHAIR.id), (MessageKind.FEEDBACK, OTHER.id)]


def test_done_anew_in_the_very_same_moment_is_heard_anew(scene: Scene) -> None:
    action = finished(scene)
    for who in (CHAIR, OTHER):
        scene.do(receive, who, action.id)
    again = scene.do(bring_back, OWNER, action.id, action.version, "Not yet")

    ended = scene.do(done, OWNER, action.id, again.version, "Now it is.")

    assert ended.unheard
    assert scene.do(action_view, CHAIR, action.id).outstanding == ("Helen Marsh", "Jo Baker")
