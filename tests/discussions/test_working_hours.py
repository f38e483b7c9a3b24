"""Quiet hours: when is the next moment that a person or desk may be disturbed, and how a directory writes hours."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bank_holidays import EnglandBankHolidays
from discussions.clocks import is_working_day
from discussions.london import from_london, to_london
from discussions.working_hours import (
    ALWAYS_OPEN,
    EVERY_DAY,
    NotHours,
    OpeningHours,
    WorkingHours,
    read_opening_hours,
)

ENGLAND = EnglandBankHolidays()
OFFICE = WorkingHours()
moments = st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC))
shifts = st.builds(
    WorkingHours,
    st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    st.frozensets(st.integers(0, 6), min_size=1),
    st.booleans(),
)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return from_london(day, time(hour, minute))


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        (at(date(2026, 11, 25), 10), at(date(2026, 11, 25), 10)),
        (at(date(2026, 11, 25), 8), at(date(2026, 11, 25), 8)),
        (at(date(2026, 11, 25), 7, 59), at(date(2026, 11, 25), 8)),
        (at(date(2026, 11, 25), 18), at(date(2026, 11, 26), 8)),
        (at(date(2026, 11, 27), 18), at(date(2026, 11, 30), 8)),
        (at(date(2026, 12, 24), 20), at(date(2026, 12, 29), 8)),
        (at(date(2027, 3, 25), 18, 30), at(date(2027, 3, 30), 8)),
        (at(date(2027, 10, 29), 23), at(date(2027, 11, 1), 8)),
    ],
)
def test_quiet_hours_end_at_the_next_opening(moment: datetime, opens: datetime) -> None:
    assert OFFICE.next_open(moment, ENGLAND) == opens


@given(moments)
def test_the_next_opening_is_inside_working_hours_on_a_working_day(moment: datetime) -> None:
    opens = OFFICE.next_open(moment, ENGLAND)

    local = to_london(opens)
    assert opens >= moment
    assert is_working_day(local.date(), ENGLAND)
    assert time(8) <= local.time() < time(18)
    assert opens == moment or local.time() == time(8)


@given(shifts, moments)
def test_every_shift_is_open_when_it_says_it_opens(shift: WorkingHours, moment: datetime) -> None:
    opens = shift.next_open(moment, ENGLAND)

    assert opens >= moment
    assert shift.is_open(opens, ENGLAND)
    assert shift.next_open(opens, ENGLAND) == opens


@pytest.mark.parametrize("change", [date(2027, 3, 28), date(2027, 10, 31)])
def test_openings_keep_london_time_over_a_clock_change(change: date) -> None:
    daily = WorkingHours(time(7), time(22), EVERY_DAY, on_bank_holidays=True)

    assert daily.next_open(at(change - timedelta(days=1), 22), ENGLAND) == at(change, 7)
    assert daily.next_open(at(change, 23), ENGLAND) == at(change + timedelta(days=1), 7)


def test_an_opening_in_the_skipped_hour_is_the_moment_of_the_change() -> None:
    nights = WorkingHours(time(1, 30), time(6), EVERY_DAY)

    assert nights.next_open(at(date(2027, 3, 28), 0), ENGLAND) == datetime(2027, 3, 28, 1, tzinfo=UTC)


def test_a_night_shift_runs_on_into_the_next_day() -> None:
    nights = WorkingHours(time(17), time(9))

    assert nights.is_open(at(date(2026, 11, 28), 3), ENGLAND), "Friday's night"
    assert not nights.is_open(at(date(2026, 11, 28), 9), ENGLAND)
    assert not nights.is_open(at(date(2026, 11, 30), 3), ENGLAND), "Sunday has no night shift"


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("Mon-Fri 08:00-17:00", [WorkingHours(time(8), time(17))]),
        ("Mon–Fri 8:00–17:00", [WorkingHours(time(8), time(17))]),
        ("Monday to Friday 09:00 to 17:30", [WorkingHours(time(9), time(17, 30))]),
        ("weekdays 9.00 - 17.00", [WorkingHours(time(9), time(17))]),
        ("Mon-Sun 07:00-22:00", [WorkingHours(time(7), time(22), EVERY_DAY, True)]),
        ("Daily 00:00-24:00", list(ALWAYS_OPEN.shifts)),
        ("24/7", list(ALWAYS_OPEN.shifts)),
        ("Thurs 09:00-12:00", [WorkingHours(time(9), time(12), frozenset({3}))]),
        ("Fri-Mon 09:00-12:00", [WorkingHours(time(9), time(12), frozenset({4, 5, 6, 0}))]),
        (
            "Mon-Fri 17:00-09:00, weekends 09:00-09:00; bank holidays 09:00-09:00",
            [
                WorkingHours(time(17), time(9)),
                WorkingHours(time(9), time(9), frozenset({5, 6})),
                WorkingHours(time(9), time(9), frozenset(), True),
            ],
        ),
    ],
)
def test_a_directory_writes_hours_in_words(text: str, hours: list[WorkingHours]) -> None:
    assert read_opening_hours(text) == OpeningHours(tuple(hours))


def test_an_emergency_duty_team_is_open_whenever_the_office_is_not() -> None:
    text = "Mon-Fri 17:00-09:00, Sat-Sun 09:00-09:00, bank holidays 09:00-09:00"
    duty = read_opening_hours(text)

    assert duty.is_open(at(date(2026, 12, 28), 12), ENGLAND)
    assert duty.is_open(at(date(2026, 12, 26), 12), ENGLAND)
    assert not duty.is_open(at(date(2026, 12, 29), 12), ENGLAND)
    assert duty.next_open(at(date(2026, 12, 29), 12), ENGLAND) == at(date(2026, 12, 29), 17)


def test_round_the_clock_means_now() -> None:
    moment = datetime(2027, 10, 31, 1, 15, tzinfo=UTC)

    assert ALWAYS_OPEN.next_open(moment, ENGLAND) == moment


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Mon-Fri",
        "08:00-17:00",
        "office hours",
        "Mon-Fri 8-5",
        "Mon-Fri 08:00-25:00",
        "Mon-Fri 08:00-17:60",
        "Mon-Fry 08:00-17:00",
        "Mon-Fri 08:00-17:00,",
        "Mon-Fri 08:00-17:00 or so",
        "Mon-Fri ٠٨:00-17:00",
        "24/8",
        "🙂",
        "a" * 5000,
    ],
)
def test_hours_that_are_not_understood_are_refused_with_an_example(text: str) -> None:
    with pytest.raises(NotHours, match="Mon-Fri 08:00-17:00"):
        read_opening_hours(text)


@given(
    st.text()
    | st.lists(st.sampled_from(["mon", "-", "fri", " ", "08:00", "17:00", ",", "24/7", "bank holidays"])).map("".join)
)
def test_odd_hours_are_never_more_than_refused(text: str) -> None:
    try:
        hours = read_opening_hours(text)
    except NotHours:
        return
    assert hours.shifts


def test_hours_on_no_day_at_all_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="at least one kind of day"):
        WorkingHours(weekdays=frozenset())
