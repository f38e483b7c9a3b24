"""Nudges by time travel: exactly those that were promised, in order, to whom, and none that may not be."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discussions.actions.action import Action
from discussions.actions.answers import accept, agree_time, decline, done, need_more_time
from discussions.actions.nudging import Swept, expand, policy_for, sweep
from discussions.actions.promises import Promise, PromiseState
from discussions.clocks import is_working_day
from discussions.london import to_london
from discussions.post import Message, MessageKind
from discussions.practice.follow_up import Anchor, Audience, NudgePolicy, NudgeStep
from discussions.trail import Deed
from tests.discussions.actions.story import (
    CALENDAR,
    CHAIR,
    DEPUTY,
    LIGHTHOUSE,
    MANAGER,
    ON_DUTY,
    OTHER,
    OWNER,
    PRACTICE,
    ROTA,
    TEN,
    Scene,
    london,
)
from tests.doubles import counted_ids

SAFETY, ENQUIRY = "immediate_safety", "enquiry"
HOUR = timedelta(hours=1)


def heard(nudges: list[tuple[datetime, Message]]) -> list[tuple[str, str | None]]:
    return [(f"{to_london(at):%a %d %b %H:%M}", message.recipient) for at, message in nudges]


def test_an_enquiry_action_is_nudged_exactly_as_promised_until_the_chair_hears_it() -> None:
    scene = Scene()
    scene.record()

    nudges = scene.nudges_until(london(date(2026, 11, 25), 12))

    # half the time falls on Wednesday 22:00, so it waits for the morning
    assert heard(nudges[:3]) == [
        ("Thu 19 Nov 08:00", OWNER.id),
        ("Thu 19 Nov 10:00", OWNER.id),
        ("Fri 20 Nov 10:00", OWNER.id),
    ]
    assert sorted(heard(nudges[3:])) == sorted(
        (f"{day} Nov 10:00", one.id)
        for day, people in (
            ("Mon 23", (OWNER, MANAGER)),
            ("Tue 24", (OWNER, MANAGER, CHAIR)),
            ("Wed 25", (OWNER, MANAGER, CHAIR)),
        )
        for one in people
    )


def test_the_nudges_stop_when_it_is_done_and_nobody_else_must_hear() -> None:
    scene = Scene()
    action = scene.record(feedback_to=())
    scene.nudges_until(TEN + timedelta(days=2))
    scene.do(done, OWNER, action.id, scene.action(action.id).version, None)

    assert scene.nudges_until(TEN + timedelta(days=14)) == []


def test_accepting_does_not_stop_them() -> None:
    scene = Scene()
    action = scene.record()
    scene.do(accept, OWNER, action.id, action.version)

    assert heard(scene.nudges_until(TEN + timedelta(days=3)))[-1] == ("Fri 20 Nov 10:00", OWNER.id)


def test_nobody_nudges_an_owner_who_declined_the_chair_is_nudged_instead() -> None:
    scene = Scene()
    action = scene.record()
    scene.do(decline, OWNER, action.id, action.version, "I am on leave")

    told = {message.recipient for _, message in scene.nudges_until(TEN + timedelta(days=3))}

    assert told == {CHAIR.id}


def test_over_christmas_what_is_not_urgent_waits_for_the_next_working_day() -> None:
    scene = Scene(at=london(date(2026, 12, 23), 10))
    scene.record(due_at=london(date(2026, 12, 24), 17))

    nudges = heard(scene.nudges_until(london(date(2026, 12, 30), 17)))

    # half the time is 01:30 on the 24th; one working day after the 24th is the 29th
    assert [when for when, to in nudges if to == OWNER.id] == [
        "Wed 23 Dec 17:00",
        "Thu 24 Dec 08:00",
        "Thu 24 Dec 17:00",
        "Tue 29 Dec 17:00",
        "Wed 30 Dec 17:00",
    ]
    assert [when for when, to in nudges if to == CHAIR.id] == ["Wed 30 Dec 17:00"]


@pytest.mark.parametrize(
    ("made", "due", "nudged"),
    [
        # clocks go back on 25 October 2026, forward on 28 March 2027
        (date(2026, 10, 23), date(2026, 10, 26), "Mon 26 Oct 15:00"),
        (date(2027, 3, 25), date(2027, 3, 30), "Tue 30 Mar 15:00"),
    ],
)
def test_a_nudge_keeps_its_time_of_day_when_the_clocks_change(made: date, due: date, nudged: str) -> None:
    scene = Scene(at=london(made, 15))
    scene.record(due_at=london(due, 15), kind="other")

    nudges = heard(scene.nudges_until(london(due, 16)))

    assert nudges[-1] == (nudged, OWNER.id)
    assert all(when.endswith("15:00") for when, _ in nudges)


def test_immediate_safety_is_nudged_at_night_and_the_duty_desk_hears_it_too() -> None:
    scene = Scene(at=london(date(2026, 11, 17), 20))
    scene.record(kind=SAFETY, due_at=london(date(2026, 11, 18), 2), contingency="Police welfare check")

    nudges = scene.nudges_until(london(date(2026, 11, 18), 4))

    assert all(message.urgent for _, message in nudges)
    said = heard(nudges)
    # the owner works until 18:00, so whatever wakes the owner goes to the duty desk too
    for when in ("Tue 17 Nov 23:00", "Wed 18 Nov 00:00", "Wed 18 Nov 02:00", "Wed 18 Nov 03:00"):
        assert (when, OWNER.id) in said
        assert (when, ON_DUTY.id) in said
    assert ("Wed 18 Nov 02:00", DEPUTY.id) in said
    assert ("Wed 18 Nov 03:00", MANAGER.id) in said
    assert ("Wed 18 Nov 04:00", CHAIR.id) in said


def test_within_the_owners_hours_the_duty_desk_is_left_in_peace() -> None:
    scene = Scene()
    scene.record(kind=SAFETY, due_at=TEN + 6 * HOUR, contingency="Police welfare check")

    told = {message.recipient for _, message in scene.nudges_until(TEN + 6 * HOUR)}

    assert told == {OWNER.id, DEPUTY.id}


def test_a_safety_action_made_at_night_goes_to_the_duty_desk_at_once() -> None:
    scene = Scene(at=london(date(2026, 11, 21), 23))
    scene.record(kind=SAFETY, due_at=scene.at + 6 * HOUR, contingency="Police welfare check")

    nudges = scene.nudges_until(scene.at)

    assert [message.recipient for _, message in nudges] == [ON_DUTY.id]


def test_where_the_directory_has_no_duty_desk_the_chair_hears_it() -> None:
    scene = Scene(at=london(date(2026, 11, 17), 20))
    del scene.store.people.everybody[ON_DUTY.id]
    scene.record(kind=SAFETY, due_at=london(date(2026, 11, 18), 2), contingency="Police welfare check")

    assert ("Tue 17 Nov 23:00", CHAIR.id) in heard(scene.nudges_until(london(date(2026, 11, 17), 23)))


def test_where_there_is_no_manager_the_chair_stands_in() -> None:
    scene = Scene()
    scene.record(owner=OTHER.id)

    assert ("Mon 23 Nov 10:00", CHAIR.id) in heard(scene.nudges_until(london(date(2026, 11, 23), 11)))


def test_a_desks_action_is_nudged_to_everybody_on_its_rota() -> None:
    scene = Scene()
    scene.record(owner=None, desk=LIGHTHOUSE.id)

    nudges = scene.nudges_until(london(date(2026, 11, 20), 10))

    assert {message.recipient for _, message in nudges} == {one.id for one in ROTA}


def test_colleagues_at_the_owners_desk_hear_of_a_safety_action_when_it_is_made() -> None:
    scene = Scene()
    first, second = ROTA
    scene.record(owner=first.id, kind="immediate_safety")

    assert heard(scene.nudges_until(scene.at)) == [("Tue 17 Nov 10:00", second.id)]


def test_after_a_stop_each_person_hears_only_the_newest_and_nobody_is_forgotten() -> None:
    scene = Scene()
    action = scene.record()
    scene.at = london(date(2026, 11, 24), 11)

    swept = scene.do(sweep, 100)

    nudges = [message for message in scene.store.outbox.messages if message.kind is MessageKind.NUDGE]
    assert sorted(str(message.recipient) for message in nudges) == sorted([OWNER.id, MANAGER.id, CHAIR.id])
    assert swept.said == swept.messages == 3
    left = [one for one in scene.store.actions.promises(action.id) if one.state is PromiseState.WAITING]
    assert all(one.due_at > scene.at for one in left)


def test_what_fell_due_in_the_night_of_a_stop_waits_for_the_morning() -> None:
    scene = Scene()
    scene.record()
    scene.at = london(date(2026, 11, 20), 21)

    assert scene.do(sweep, 100).kept_back > 0
    assert scene.do(sweep, 100) == Swept()
    scene.at = london(date(2026, 11, 23), 8)
    assert scene.do(sweep, 100).messages == 1


def test_the_same_tick_twice_says_nothing_twice() -> None:
    scene = Scene(at=TEN)
    scene.record()
    scene.at = TEN + timedelta(days=3)
    scene.do(sweep, 100)
    said = list(scene.store.outbox.messages)

    assert scene.do(sweep, 100) == Swept()
    assert scene.store.outbox.messages == said


def test_every_nudge_leaves_a_line_in_the_trail() -> None:
    scene = Scene()
    scene.record()
    nudges = scene.nudges_until(london(date(2026, 11, 23), 11))

    lines = [entry for entry in scene.store.trail.lines if entry.deed is Deed.NUDGED]
    assert {entry.what for entry in lines} == {message.about["promise"] for _, message in nudges}
    assert {entry.who for entry in lines} == {None}


def test_agreed_time_brings_back_the_nudges_that_were_said_already() -> None:
    scene = Scene()
    action = scene.record()
    scene.nudges_until(london(date(2026, 11, 20), 11))
    asked = scene.do(need_more_time, OWNER, action.id, action.version, "School shut", london(date(2026, 11, 26), 10))
    scene.do(agree_time, CHAIR, action.id, asked.version)

    nudges = heard(scene.nudges_until(london(date(2026, 11, 27), 11)))

    # half of the longer time falls on a Saturday
    assert nudges[:3] == [
        ("Mon 23 Nov 08:00", OWNER.id),
        ("Wed 25 Nov 10:00", OWNER.id),
        ("Thu 26 Nov 10:00", OWNER.id),
    ]
    assert set(nudges[3:]) == {("Fri 27 Nov 10:00", OWNER.id), ("Fri 27 Nov 10:00", MANAGER.id)}


def test_an_edited_policy_never_rewrites_a_promise() -> None:
    scene = Scene()
    action = scene.record()
    before = scene.store.actions.promises(action.id)
    hourly = NudgeStep("late", Anchor.OVERDUE, (Audience.OWNER,))
    edited = replace(PRACTICE, nudge_policies=(replace(policy_for(PRACTICE, ENQUIRY), steps=(hourly,)),))
    scene.at = TEN + timedelta(days=6)

    sweep(replace(scene.means, practice=edited), 100)

    kept = {(one.step, one.audience, one.round) for one in scene.store.actions.promises(action.id)}
    assert kept >= {(one.step, one.audience, one.round) for one in before}
    assert ("late", "owner", 1) in kept


def test_a_policy_that_ends_without_a_repeat_is_never_silent_for_good() -> None:
    once = NudgePolicy("once", "Once", False, False, False, (NudgeStep("due", Anchor.DUE, (Audience.OWNER,)),), "test")
    scene = Scene()
    action = scene.record()

    promises = expand(once, action, PRACTICE, CALENDAR, TEN, counted_ids("p"))

    assert [(one.step, one.repeat_every) for one in promises] == [("due", "1 working day")]


MOMENTS = st.datetimes(datetime(2026, 10, 20), datetime(2027, 4, 5)).map(lambda moment: moment.replace(tzinfo=UTC))


def promised(made: datetime, lasts: timedelta, kind: str) -> tuple[Action, tuple[Promise, ...]]:
    scene = Scene(at=made)
    action = replace(Scene().record(), created_at=made, due_at=made + lasts, kind=kind)
    return action, expand(policy_for(PRACTICE, kind), action, PRACTICE, CALENDAR, made, scene.new_id)


@settings(deadline=None)
@given(MOMENTS, st.integers(1, 60 * 24 * 30), st.sampled_from([ENQUIRY, "other"]))
def test_nothing_that_is_not_urgent_is_ever_promised_for_a_night_or_a_holiday(
    made: datetime, minutes: int, kind: str
) -> None:
    action, promises = promised(made, timedelta(minutes=minutes), kind)

    for promise in promises:
        local = to_london(promise.due_at)
        assert is_working_day(local.date(), CALENDAR)
        assert 8 <= local.hour < 18
        assert promise.due_at >= made
        assert not promise.urgent
    assert any(promise.due_at >= action.due_at for promise in promises)


@settings(deadline=None)
@given(MOMENTS, st.integers(1, 60 * 24))
def test_immediate_safety_is_promised_to_the_minute_at_any_hour(made: datetime, minutes: int) -> None:
    action, promises = promised(made, timedelta(minutes=minutes), SAFETY)

    assert all(promise.urgent for promise in promises)
    assert {promise.due_at for promise in promises if promise.step == "due"} == {action.due_at}
    assert {promise.due_at for promise in promises if promise.step == "late"} == {action.due_at + HOUR}
    assert list(promises) == sorted(promises, key=lambda one: one.due_at)
