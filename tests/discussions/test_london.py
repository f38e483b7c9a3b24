"""London's clocks: what cannot be typed, what must be asked, and how a moment is said."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from discussions.london import (
    ClockTimeTwice,
    NoSuchClockTime,
    NotLondonTime,
    from_london,
    say_date,
    say_day,
    say_moment,
    say_short,
    say_short_day,
    say_time,
    to_london,
)

SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)


def test_winter_and_summer_times_become_utc() -> None:
    assert from_london(date(2026, 12, 1), time(10, 30)) == datetime(2026, 12, 1, 10, 30, tzinfo=UTC)
    assert from_london(date(2027, 7, 1), time(10, 30)) == datetime(2027, 7, 1, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize("at", [time(1), time(1, 30), time(1, 59)])
def test_a_time_that_the_clocks_skip_is_refused(at: time) -> None:
    with pytest.raises(NoSuchClockTime, match=r"There is no 01:.. on 28/03/2027, because the clocks go forward"):
        from_london(SPRING, at)


def test_the_edges_of_the_skipped_hour_exist() -> None:
    assert from_london(SPRING, time(0, 59)) == datetime(2027, 3, 28, 0, 59, tzinfo=UTC)
    assert from_london(SPRING, time(2)) == datetime(2027, 3, 28, 1, tzinfo=UTC)


def test_a_time_that_comes_twice_must_say_which() -> None:
    with pytest.raises(ClockTimeTwice, match='"01:30 BST" is the first, "01:30 GMT" the second'):
        from_london(AUTUMN, time(1, 30))

    assert from_london(AUTUMN, time(1, 30), "BST") == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert from_london(AUTUMN, time(1, 30), "GMT") == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)


def test_summer_time_in_winter_is_refused() -> None:
    with pytest.raises(NotLondonTime, match="London is not on BST"):
        from_london(date(2026, 12, 1), time(10), "BST")


def test_a_moment_is_said_in_full_in_short_and_in_figures() -> None:
    moment = datetime(2026, 12, 1, 10, 30, tzinfo=UTC)

    assert say_moment(moment) == "Tuesday 1 December 2026, 10:30"
    assert say_short(moment) == "Tue 1 Dec, 10:30"
    assert say_time(moment) == "10:30"
    assert say_day(date(2026, 12, 1)) == "Tuesday 1 December 2026"
    assert say_short_day(date(2026, 12, 1)) == "Tue 1 Dec"
    assert say_date(date(2026, 12, 1)) == "01/12/2026"


def test_a_summer_moment_is_said_in_summer_time() -> None:
    assert say_moment(datetime(2027, 6, 30, 23, 15, tzinfo=UTC)) == "Thursday 1 July 2027, 00:15"


def test_the_doubled_hour_says_which_it_is() -> None:
    assert say_time(datetime(2027, 10, 31, 0, 30, tzinfo=UTC)) == "01:30 BST"
    assert say_time(datetime(2027, 10, 31, 1, 30, tzinfo=UTC)) == "01:30 GMT"


def test_a_moment_without_a_zone_is_a_fault() -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        to_london(datetime(2026, 12, 1, 10, 30))
