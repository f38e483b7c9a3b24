"""What every clock makes of a start: the worked examples, the two clock changes, and the words of the practice file."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bank_holidays import EnglandBankHolidays
from discussions.clocks import (
    END_OF_DAY,
    CalendarDays,
    Clock,
    ClockHours,
    Counting,
    Months,
    NotAClock,
    SameWorkingDay,
    WorkingDays,
    add_months,
    is_working_day,
    next_working_day,
    parse_clock,
    previous_working_day,
    say_rule,
    working_days_between,
)
from discussions.london import from_london, say_moment

ENGLAND = EnglandBankHolidays()
days = st.dates(date(2025, 1, 1), date(2029, 12, 31))
moments = st.datetimes(datetime(2025, 1, 1), datetime(2029, 12, 31), timezones=st.just(UTC))
clocks = st.one_of(
    st.builds(kind, st.integers(1, 400)) for kind in (ClockHours, CalendarDays, WorkingDays, Months)
) | st.just(SameWorkingDay())


def at(day: date, hour: int = 10, minute: int = 0) -> datetime:
    return from_london(day, time(hour, minute))


@pytest.mark.parametrize(
    ("start", "count", "last"),
    [
        (date(2026, 11, 23), 15, date(2026, 12, 14)),
        (date(2026, 12, 21), 15, date(2027, 1, 14)),
        (date(2026, 12, 24), 3, date(2026, 12, 31)),
        (date(2027, 3, 24), 3, date(2027, 3, 31)),
        (date(2026, 12, 26), 15, date(2027, 1, 19)),
        (date(1970, 6, 2), 15, date(1970, 6, 23)),
    ],
)
def test_working_days_skip_weekends_and_bank_holidays(start: date, count: int, last: date) -> None:
    assert WorkingDays(count).deadline(at(start), ENGLAND) == at(last, 17)


def test_an_authority_that_counts_the_day_itself_is_one_day_earlier() -> None:
    inclusive = Counting(first_day=1)

    assert WorkingDays(15).deadline(at(date(2026, 11, 23)), ENGLAND, inclusive) == at(date(2026, 12, 11), 17)
    assert WorkingDays(1).deadline(at(date(2026, 11, 23)), ENGLAND, inclusive) == at(date(2026, 11, 23), 17)


def test_a_start_on_a_weekend_counts_alike_either_way() -> None:
    saturday = at(date(2026, 12, 26))

    assert WorkingDays(15).deadline(saturday, ENGLAND, Counting(first_day=1)) == at(date(2027, 1, 19), 17)


def test_the_close_of_the_day_is_a_setting() -> None:
    start, last = at(date(2026, 11, 23)), date(2026, 11, 26)

    assert WorkingDays(3).deadline(start, ENGLAND, Counting(closes=time(16, 30))) == at(last, 16, 30)
    assert WorkingDays(3).deadline(start, ENGLAND, Counting(closes=END_OF_DAY)) == at(last, 23, 59)


def test_working_days_are_counted_by_the_london_day() -> None:
    after_midnight_in_london = datetime(2026, 6, 1, 23, 30, tzinfo=UTC)

    assert WorkingDays(1).deadline(after_midnight_in_london, ENGLAND) == at(date(2026, 6, 3), 17)


@pytest.mark.parametrize("change", [date(2027, 3, 28), date(2027, 10, 31)])
def test_72_clock_hours_are_72_real_hours_over_a_clock_change(change: date) -> None:
    start = at(change - timedelta(days=1), 22)

    assert ClockHours(72).deadline(start, ENGLAND) - start == timedelta(hours=72)


@pytest.mark.parametrize(("change", "hours"), [(date(2027, 3, 28), 191), (date(2027, 10, 31), 193)])
def test_calendar_days_keep_the_time_of_day_over_a_clock_change(change: date, hours: int) -> None:
    start = at(change - timedelta(days=1), 22)

    end = CalendarDays(8).deadline(start, ENGLAND)

    assert end == at(change + timedelta(days=7), 22)
    assert end - start == timedelta(hours=hours)


def test_a_deadline_in_the_skipped_hour_falls_on_the_moment_of_the_change() -> None:
    assert CalendarDays(1).deadline(at(date(2027, 3, 27), 1, 30), ENGLAND) == datetime(2027, 3, 28, 1, tzinfo=UTC)


def test_a_deadline_in_the_doubled_hour_is_its_first_coming() -> None:
    assert CalendarDays(1).deadline(at(date(2027, 10, 30), 1, 30), ENGLAND) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 14), 3, date(2027, 3, 14)),
        (date(2026, 10, 31), 1, date(2026, 11, 30)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_the_month(start: date, months: int, end: date) -> None:
    assert add_months(start, months) == end
    assert Months(months).deadline(at(start), ENGLAND) == at(end, 17)


def test_the_same_working_day_ends_at_its_close() -> None:
    start = at(date(2026, 11, 27), 16, 59)

    assert not SameWorkingDay().must_be_handed_over(start, ENGLAND)
    assert SameWorkingDay().deadline(start, ENGLAND) == at(date(2026, 11, 27), 17)


@pytest.mark.parametrize(
    "start", [at(date(2026, 11, 27), 17), at(date(2026, 11, 28)), at(date(2026, 12, 28)), at(date(2026, 12, 25), 8)]
)
def test_out_of_hours_the_same_day_is_handed_over_and_stays_the_same_day(start: datetime) -> None:
    assert SameWorkingDay().must_be_handed_over(start, ENGLAND)
    assert SameWorkingDay().deadline(start, ENGLAND) == at(start.date(), 23, 59)


@given(clocks, moments)
def test_no_deadline_lies_before_its_start(clock: Clock, start: datetime) -> None:
    assert clock.deadline(start, ENGLAND) >= start
    assert clock.deadline(start, ENGLAND).tzinfo is UTC


@pytest.mark.parametrize("clock", [ClockHours(1), CalendarDays(1), WorkingDays(1), Months(1), SameWorkingDay()])
def test_a_start_without_a_zone_is_a_fault(clock: Clock) -> None:
    with pytest.raises(ValueError, match="time zone"):
        clock.deadline(datetime(2026, 11, 23, 10), ENGLAND)


@given(days, st.integers(0, 60))
def test_counting_undoes_stepping(day: date, n: int) -> None:
    later = next_working_day(day, n, ENGLAND)

    assert working_days_between(day, later, ENGLAND) == n
    assert working_days_between(later, day, ENGLAND) == -n
    assert n == 0 or is_working_day(later, ENGLAND)


@given(days, st.integers(1, 60))
def test_stepping_back_undoes_stepping_on_from_a_working_day(day: date, n: int) -> None:
    start = next_working_day(day, 1, ENGLAND)

    assert previous_working_day(next_working_day(start, n, ENGLAND), n, ENGLAND) == start


def test_working_days_step_over_easter_both_ways() -> None:
    assert next_working_day(date(2026, 4, 2), 5, ENGLAND) == date(2026, 4, 13)
    assert previous_working_day(date(2027, 1, 5), 10, ENGLAND) == date(2026, 12, 17)


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("24 clock hours", ClockHours(24)),
        ("1 clock hour", ClockHours(1)),
        ("72 clock hours", ClockHours(72)),
        ("1 working day", WorkingDays(1)),
        ("3 working days", WorkingDays(3)),
        ("8 calendar days", CalendarDays(8)),
        ("3 months", Months(3)),
        ("same working day", SameWorkingDay()),
    ],
)
def test_the_practice_file_names_clocks_in_words(text: str, clock: Clock) -> None:
    assert parse_clock(text) == clock
    assert str(clock) == text


@given(clocks)
def test_every_clock_is_read_back_from_its_words(clock: Clock) -> None:
    assert parse_clock(str(clock)) == clock


def test_capitals_and_spaces_do_not_matter() -> None:
    assert parse_clock("  15  Working DAYS ") == WorkingDays(15)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "3",
        "3 days",
        "24 hours",
        "-3 working days",
        "0 working days",
        "3.5 months",
        "three months",
        "3 working days x",
        "same day",
        "10000 months",
        "٣ months",
        "3 working days\x00",
        "9" * 5000 + " months",
    ],
)
def test_anything_else_is_refused_with_what_is_accepted(text: str) -> None:
    with pytest.raises(NotAClock, match='"3 working days"'):
        parse_clock(text)


@given(st.text())
def test_odd_text_is_never_more_than_refused(text: str) -> None:
    try:
        clock = parse_clock(text)
    except NotAClock:
        return
    assert parse_clock(str(clock)) == clock


@pytest.mark.parametrize("count", [0, -1, 10_000])
def test_a_clock_without_a_sensible_count_cannot_be_made(count: int) -> None:
    with pytest.raises(ValueError, match="from 1 to"):
        WorkingDays(count)


def test_a_deadline_can_say_its_rule() -> None:
    assert say_rule(ClockHours(24)) == "24 clock hours, nights and weekends included"
    assert say_rule(WorkingDays(3)) == "3 working days, the day it starts being day 0, by 17:00"
    assert say_rule(SameWorkingDay()) == "same working day by 17:00, otherwise handed over"
    assert say_rule(CalendarDays(8)) == "8 calendar days, to the same time of day"
    assert say_rule(Months(3)) == "3 months, by 17:00 on that date"


def test_bank_holidays_are_englands_with_their_substitute_days() -> None:
    in_2026_and_2027 = {
        *(date(2026, 1, 1), date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 4), date(2026, 5, 25)),
        *(date(2026, 8, 31), date(2026, 12, 25), date(2026, 12, 28)),
        *(date(2027, 1, 1), date(2027, 3, 26), date(2027, 3, 29), date(2027, 5, 3), date(2027, 5, 31)),
        *(date(2027, 8, 30), date(2027, 12, 27), date(2027, 12, 28)),
    }
    weekdays = [date(2026, 1, 1) + timedelta(days=n) for n in range(730)]

    assert {day for day in weekdays if day.weekday() < 5 and ENGLAND.is_bank_holiday(day)} == in_2026_and_2027


def test_a_day_of_national_mourning_can_be_handed_in() -> None:
    day = date(2027, 9, 20)
    calendar = EnglandBankHolidays([day])
    calendar.prepare([2026, 2027])

    assert calendar.is_bank_holiday(day)
    assert not ENGLAND.is_bank_holiday(day)
    assert not is_working_day(day, calendar)


def test_deadlines_are_said_in_london_time() -> None:
    assert say_moment(WorkingDays(3).deadline(at(date(2027, 3, 24)), ENGLAND)) == "Wednesday 31 March 2027, 17:00"
