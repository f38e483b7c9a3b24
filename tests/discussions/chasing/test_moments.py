"""Chases come between asking and the start, in order, whatever the time left and the clocks of the year."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as some

from discussions.chasing.moments import chase_moment
from discussions.london import from_london, to_london
from discussions.practice.chasing import STANDARD_CHASING, ChaseStep, ChaseTo
from discussions.working_hours import ALWAYS_OPEN, OpeningHours, read_opening_hours
from tests.doubles import CalendarOfDays

CALENDAR = CalendarOfDays()
LEAST = timedelta(minutes=STANDARD_CHASING.least_minutes)
STEPS = {step.code: step for step in STANDARD_CHASING.steps}
DESK = read_opening_hours("Mon-Fri 08:00-17:00")
ASKED = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
CLOCKS_BACK = from_london(datetime(2026, 10, 25).date(), datetime(2026, 10, 25, 0, 30).time())
CLOCKS_ON = from_london(datetime(2027, 3, 28).date(), datetime(2027, 3, 28, 0, 30).time())

moments = some.one_of(
    some.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=some.just(UTC)),
    some.sampled_from([CLOCKS_BACK, CLOCKS_ON]),
)
left = some.timedeltas(timedelta(minutes=1), timedelta(days=10))
hours = some.sampled_from([None, DESK, ALWAYS_OPEN, read_opening_hours("Mon-Sun 07:00-22:00")])


def moment(code: str, within: timedelta, hours: OpeningHours | None = None) -> str | None:
    found = chase_moment(STEPS[code], ASKED, ASKED + within, LEAST, hours, CALENDAR)
    return None if found is None else f"{to_london(found):%a %H:%M}"


@pytest.mark.parametrize(
    ("within", "again", "ring", "bring", "core"),
    [
        (timedelta(hours=7), "Tue 12:30", "Tue 13:12", "Tue 15:00", "Tue 15:45"),
        (timedelta(minutes=60), "Tue 09:30", "Tue 09:36", "Tue 09:00", "Tue 09:45"),
        (timedelta(minutes=20), "Tue 09:10", "Tue 09:12", "Tue 09:00", "Tue 09:10"),
        # nobody can wait for answers any more, so whoever booked it rings at once
        (timedelta(minutes=8), None, "Tue 09:00", "Tue 09:00", None),
    ],
)
def test_the_time_left_says_when(within: timedelta, again: str, ring: str, bring: str, core: str) -> None:
    assert [moment(code, within) for code in ("again", "ring", "bring", "core")] == [again, ring, bring, core]


def test_a_closed_desk_is_asked_again_when_it_opens_unless_that_is_too_late() -> None:
    assert moment("again", timedelta(hours=30), DESK) == "Wed 08:00"
    assert moment("again", timedelta(hours=22, minutes=30), DESK) == "Tue 20:15", "it opens after the start"


@given(moments, left, some.sampled_from(list(STEPS.values())), hours)
@example(CLOCKS_BACK, timedelta(hours=4), STEPS["again"], DESK)
@example(CLOCKS_ON, timedelta(hours=4), STEPS["ring"], DESK)
def test_nothing_comes_before_asking_or_from_the_start_on(
    asked: datetime, within: timedelta, step: ChaseStep, hours: OpeningHours | None
) -> None:
    found = chase_moment(step, asked, asked + within, LEAST, hours, CALENDAR)

    if found is None:
        assert within <= LEAST
    else:
        assert asked <= found < asked + within


@given(moments, left, some.sampled_from(list(STEPS.values())), hours)
def test_everybody_has_time_to_answer_before_they_are_chased(
    asked: datetime, within: timedelta, step: ChaseStep, hours: OpeningHours | None
) -> None:
    assume(step.to is not ChaseTo.TABLE and within > LEAST)
    found = chase_moment(step, asked, asked + within, LEAST, hours, CALENDAR)

    assert found is not None
    assert found - asked >= LEAST


@given(moments, left)
def test_the_desk_is_asked_again_before_anybody_rings(asked: datetime, within: timedelta) -> None:
    again, ring = (chase_moment(STEPS[c], asked, asked + within, LEAST, None, CALENDAR) for c in ("again", "ring"))

    assert ring is not None
    assert again is None or again <= ring


@given(moments, left, hours)
def test_hours_hold_up_but_never_hurry(asked: datetime, within: timedelta, hours: OpeningHours | None) -> None:
    at_any_hour, held = (
        chase_moment(STEPS["again"], asked, asked + within, LEAST, one, CALENDAR) for one in (None, hours)
    )

    assert (at_any_hour is None) == (held is None)
    if at_any_hour is not None and held is not None and hours is not None:
        assert held >= at_any_hour
        assert held == at_any_hour or hours.is_open(held, CALENDAR)


@given(some.sampled_from([CLOCKS_BACK, CLOCKS_ON]), left)
def test_half_of_the_time_is_half_of_what_passes_not_of_what_clocks_show(asked: datetime, within: timedelta) -> None:
    assume(within / 2 > LEAST)
    found = chase_moment(STEPS["again"], asked, asked + within, LEAST, None, CALENDAR)

    assert found is not None
    assert abs((found - asked) - within / 2) < timedelta(seconds=1)
