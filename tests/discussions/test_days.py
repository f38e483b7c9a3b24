"""Days without a time: any day, a child's date of birth, an unborn child's expected date of delivery."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.bank_holidays import EnglandBankHolidays
from discussions.london import say_date, to_london
from discussions.moments import (
    DateNotAlone,
    NoSuchDay,
    NotADateOfBirth,
    NotAnExpectedDate,
    TimeNotAsked,
    YearMissing,
    read_date_of_birth,
    read_day,
    read_expected_date_of_delivery,
)
from discussions.phrases import NotAMoment, NothingTyped, NotUnderstood
from discussions.refusals import Refusal
from tests.discussions.test_moments import nows, odd_texts

ENGLAND = EnglandBankHolidays()
WEDNESDAY = datetime(2026, 11, 25, 10, tzinfo=UTC)
TODAY = WEDNESDAY.date()


@given(odd_texts, nows)
def test_odd_days_are_never_more_than_refused(text: str, now: datetime) -> None:
    today = to_london(now).date()
    for reader in (
        lambda: read_day(text, now, calendar=ENGLAND),
        lambda: read_date_of_birth(text, today),
        lambda: read_expected_date_of_delivery(text, today),
    ):
        try:
            day = reader()
        except NotAMoment:
            continue
        assert date(1900, 1, 1) <= day <= date(2033, 1, 1)


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("03/04/2019", date(2019, 4, 3)),
        ("3/4/19", date(2019, 4, 3)),
        ("03.04.19", date(2019, 4, 3)),
        ("3-4-2019", date(2019, 4, 3)),
        ("3 April 2019", date(2019, 4, 3)),
        ("3rd Apr 2019", date(2019, 4, 3)),
        ("2019-04-03", date(2019, 4, 3)),
        ("29/02/2024", date(2024, 2, 29)),
        ("25/11/2026", TODAY),
        ("25/11/2007", date(2007, 11, 25)),
    ],
)
def test_a_date_of_birth_is_read_day_first(text: str, born: date) -> None:
    assert read_date_of_birth(text, TODAY) == born


@pytest.mark.parametrize(
    ("text", "refusal", "sentence"),
    [
        ("26/11/2026", NotADateOfBirth, "still to come"),
        ("24/11/2007", NotADateOfBirth, "more than 19 years ago"),
        ("3/4/99", NotADateOfBirth, "03/04/1999 is more than 19 years ago"),
        ("3 April 1990", NotADateOfBirth, "more than 19 years ago"),
        ("3/4", YearMissing, "with its year"),
        ("3 April", YearMissing, "with its year"),
        ("29/02/2023", NoSuchDay, "There is no day 29/02/2023"),
        ("04/13/2019", NoSuchDay, "day/month/year"),
        ("yesterday", DateNotAlone, "Only a date"),
        ("3/4/2019 10:00", DateNotAlone, "Only a date"),
        ("unknown", NotUnderstood, '"unknown"'),
        ("", NothingTyped, '"03/04/2019"'),
    ],
)
def test_what_cannot_be_a_childs_date_of_birth_is_refused(text: str, refusal: type[Refusal], sentence: str) -> None:
    with pytest.raises(refusal) as refused:
        read_date_of_birth(text, TODAY)

    assert sentence in str(refused.value)


@given(st.dates(date(2026, 1, 1), date(2030, 12, 31)), st.integers(0, 18 * 365))
def test_every_date_of_birth_that_is_said_is_read_back(today: date, age_in_days: int) -> None:
    born = today - timedelta(days=age_in_days)

    assert read_date_of_birth(say_date(born), today) == born
    assert read_date_of_birth(f"{born.day}.{born.month}.{born.year % 100:02}", today) == born


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14/03/2027", date(2027, 3, 14)),
        ("14/03", date(2027, 3, 14)),
        ("14.3.27", date(2027, 3, 14)),
        ("1 Nov", date(2026, 11, 1)),
        ("14/10/2026", date(2026, 10, 14)),
        ("06/10/2027", date(2027, 10, 6)),
    ],
)
def test_an_expected_date_of_delivery_finds_its_year(text: str, expected: date) -> None:
    assert read_expected_date_of_delivery(text, TODAY) == expected


@pytest.mark.parametrize("text", ["07/10/2027", "13/10/2026", "14/03/2026", "8/10"])
def test_an_expected_date_out_of_reach_is_refused_with_its_limits(text: str) -> None:
    with pytest.raises(NotAnExpectedDate, match="between 14/10/2026 and 06/10/2027"):
        read_expected_date_of_delivery(text, TODAY)


@given(st.dates(date(2026, 1, 1), date(2030, 12, 31)), st.integers(-42, 315))
def test_every_expected_date_is_found_without_its_year(today: date, days_ahead: int) -> None:
    expected = today + timedelta(days=days_ahead)
    assume((expected.month, expected.day) != (2, 29))

    assert read_expected_date_of_delivery(f"{expected.day}/{expected.month}", today) == expected


@pytest.mark.parametrize(
    ("text", "day"),
    [("14/03/2024", date(2024, 3, 14)), ("yesterday", date(2026, 11, 24)), ("3 April 1990", date(1990, 4, 3))],
)
def test_a_day_may_lie_in_the_past(text: str, day: date) -> None:
    assert read_day(text, WEDNESDAY, calendar=ENGLAND) == day


@pytest.mark.parametrize("text", ["tomorrow 2pm", "now", "in 2 hours", "tomorrow morning", "noon", "Friday GMT"])
def test_a_day_is_asked_for_without_a_time(text: str) -> None:
    with pytest.raises(TimeNotAsked, match="Only a day"):
        read_day(text, WEDNESDAY, calendar=ENGLAND)
