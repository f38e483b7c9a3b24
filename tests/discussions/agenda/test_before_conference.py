"""Before the latest date of the conference the chair is told what is open: in time, once a step, one card."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from discussions.actions.answers import done
from discussions.actions.hearing import receive
from discussions.agenda.before_conference import still_open, tell_before_conferences
from discussions.agenda.facts import Fact
from discussions.booking.discussion import DiscussionState
from discussions.ids import FactId
from discussions.london import to_london
from discussions.post import Message, MessageKind
from discussions.refusals import NotFound
from tests.discussions.actions.story import (
    CHAIR,
    CHILD_A,
    DISCUSSION,
    MINUTES,
    OTHER,
    OWNER,
    PRACTICE,
    STRANGER,
    TEN,
    Scene,
    london,
    the_discussion,
)

# held on Tuesday 17 November 2026, so the conference is on Tuesday 8 December at the latest
LATEST = date(2026, 12, 8)


def decided(scene: Scene, value: str = "yes") -> Scene:
    scene.store.facts.add(
        Fact(FactId("f-1"), DISCUSSION, 8, "decision.s47", CHILD_A, 0, value, 1, PRACTICE.digest, CHAIR.id, TEN)
    )
    return scene


@pytest.fixture
def scene() -> Scene:
    return decided(Scene())


def told_until(scene: Scene, end: date) -> list[tuple[str, Message]]:
    """The tick every quarter of an hour; what this use-case says, with the day and hour."""
    found: list[tuple[str, Message]] = []
    while to_london(scene.at).date() <= end:
        before = len(scene.store.outbox.messages)
        scene.do(tell_before_conferences)
        found += [(f"{to_london(scene.at):%a %d %H:%M}", one) for one in scene.store.outbox.messages[before:]]
        scene.at += timedelta(minutes=15)
    return found


def test_three_working_days_before_and_one_the_chair_is_told_once_in_the_morning(scene: Scene) -> None:
    scene.record()

    told = told_until(scene, date(2026, 12, 20))

    assert [(when, one.kind, one.recipient) for when, one in told] == [
        ("Thu 03 08:00", MessageKind.STILL_OPEN, CHAIR.id),
        ("Mon 07 08:00", MessageKind.STILL_OPEN, CHAIR.id),
    ]
    assert {tuple(one.about) for _, one in told} == {("discussion",)}


def test_the_card_shows_what_is_open_and_what_not_all_have_heard(scene: Scene) -> None:
    scene.record(wording="See A")
    ended = scene.record(wording="Share the report")
    scene.do(done, OWNER, ended.id, ended.version, "Sent")
    heard = scene.record(wording="Tell the school", feedback_to=(OTHER.id,))
    scene.do(done, OWNER, heard.id, heard.version, "Told")
    scene.do(receive, OTHER, heard.id)

    found = scene.do(still_open, CHAIR, DISCUSSION)

    assert (found.reference, found.latest) == ("SD-26-0412", LATEST)
    assert [view.action.wording for view in found.actions] == ["See A", "Share the report"]
    assert scene.do(still_open, MINUTES, DISCUSSION).actions
    with pytest.raises(NotFound):
        scene.do(still_open, STRANGER, DISCUSSION)


def test_nothing_is_said_where_nothing_is_open_or_no_enquiry_begins(scene: Scene) -> None:
    assert told_until(scene, date(2026, 12, 9)) == []
    with pytest.raises(NotFound):
        scene.do(still_open, CHAIR, DISCUSSION)

    other = decided(Scene(), "no")
    other.record()
    assert told_until(other, date(2026, 12, 9)) == []


def test_after_a_stop_only_the_newest_step_is_said_and_nothing_once_the_day_has_passed(scene: Scene) -> None:
    scene.record()
    scene.at = london(date(2026, 12, 7), 11)
    assert [when for when, _ in told_until(scene, date(2026, 12, 8))] == ["Mon 07 11:00"]

    late = decided(Scene())
    late.record()
    late.at = london(date(2026, 12, 9), 9)
    assert told_until(late, date(2026, 12, 11)) == []


def test_a_record_that_was_approved_long_ago_is_told_of_too_and_a_cancelled_one_is_not(scene: Scene) -> None:
    scene.record()
    scene.store.discussions.kept[DISCUSSION] = the_discussion(state=DiscussionState.APPROVED)
    scene.at = london(date(2026, 12, 3), 8)
    assert scene.do(tell_before_conferences) == 1

    scene.store.discussions.kept[DISCUSSION] = the_discussion(state=DiscussionState.CANCELLED)
    scene.at = london(date(2026, 12, 7), 8)
    assert scene.do(tell_before_conferences) == 0


def test_the_steps_are_the_practices(scene: Scene) -> None:
    scene.record()
    scene.practice = replace(PRACTICE, follow_up=replace(PRACTICE.follow_up, open_before_icpc=()))
    assert told_until(scene, date(2026, 12, 9)) == []
