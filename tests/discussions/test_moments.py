"""Days and times as people type them: read as meant, or refused with a sentence; never guessed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.bank_holidays import EnglandBankHolidays
from discussions.london import (
    ClockTimeTwice,
    NoSuchClockTime,
    NotLondonTime,
    from_london,
    say_date,
    say_moment,
    say_short,
    say_time,
    to_london,
)
from discussions.moments import (
    AlreadyPassed,
    DaysDisagree,
    MidnightIsUnclear,
    NoSuchDay,
    NoSuchTime,
    SaidTwice,
    TimeMissing,
    TooFarAhead,
    WhichDay,
    YearMissing,
    read_day,
    read_moment,
)
from discussions.phrases import (
    BareNumber,
    NothingTyped,
    NotOneMoment,
    NotUnderstood,
    TextTooLong,
    Unfinished,
)
from discussions.refusals import Refusal

ENGLAND = EnglandBankHolidays()
WEDNESDAY = datetime(2026, 11, 25, 10, tzinfo=UTC)
CLOSE = time(17)


def read(text: str, now: datetime = WEDNESDAY, day_ends: time | None = None) -> datetime:
    return read_moment(text, now, calendar=ENGLAND, day_ends=day_ends)


def at(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return from_london(date(year, month, day), time(hour, minute))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("tomorrow 2pm", at(2026, 11, 26, 14)),
        ("Fri 3pm", at(2026, 11, 27, 15)),
        ("3/4 at 10", at(2027, 4, 3, 10)),
        ("in 2 hours", at(2026, 11, 25, 12)),
        ("next Tues at half ten", at(2026, 12, 1, 10, 30)),
        ("half ten tomorrow", at(2026, 11, 26, 10, 30)),
        ("today at quarter past 4", at(2026, 11, 25, 16, 15)),
        ("Monday 9.30am", at(2026, 11, 30, 9, 30)),
        ("Monday 9.30", at(2026, 11, 30, 9, 30)),
        ("27 Nov 14:00", at(2026, 11, 27, 14)),
        ("27th November at 2", at(2026, 11, 27, 14)),
        ("01/12/2026 10:00", at(2026, 12, 1, 10)),
        ("2026-12-01T10:00", at(2026, 12, 1, 10)),
        ("2026-12-01 10:00:00", at(2026, 12, 1, 10)),
        ("a week on Thursday at noon", at(2026, 12, 3, 12)),
        ("Thursday week 11am", at(2026, 12, 3, 11)),
        ("this afternoon at 3", at(2026, 11, 25, 15)),
        ("end of the day tomorrow", at(2026, 11, 26, 17)),
        ("day after tomorrow 1400", at(2026, 11, 27, 14)),
        ("tmrw 1430", at(2026, 11, 26, 14, 30)),
        ("1/12 2pm", at(2026, 12, 1, 14)),
        ("5.12.26 at 2.15pm", at(2026, 12, 5, 14, 15)),
        ("Tues 1st Dec 3.30pm", at(2026, 12, 1, 15, 30)),
        ("tomorrow @ 10", at(2026, 11, 26, 10)),
        ("8th Dec 2pm", at(2026, 12, 8, 14)),
        ("10am on Friday", at(2026, 11, 27, 10)),
        ("this Friday 11:15", at(2026, 11, 27, 11, 15)),
        ("Dec 3 at 1pm", at(2026, 12, 3, 13)),
        ("quarter to 3 on Thurs", at(2026, 11, 26, 14, 45)),
        ("Mon morning 9", at(2026, 11, 30, 9)),
        ("in 45 mins", at(2026, 11, 25, 10, 45)),
        ("30/11 at 16:00", at(2026, 11, 30, 16)),
        ("tomoro 2pm", at(2026, 11, 26, 14)),
        ("next Wednesday 10:00", at(2026, 12, 2, 10)),
        ("3pm Fri 27/11", at(2026, 11, 27, 15)),
        ("2 weeks on Monday 10am", at(2026, 12, 14, 10)),
        ("in 3 working days at noon", at(2026, 11, 30, 12)),
    ],
)
def test_phrases_that_people_type_are_read_as_meant(text: str, moment: datetime) -> None:
    assert read(text) == moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Friday 3pm", at(2026, 11, 27, 15)),
        ("FRIDAY, 3 PM.", at(2026, 11, 27, 15)),
        ("3 p.m. on Friday", at(2026, 11, 27, 15)),
        ("Tue\u00a01\u00a0Dec, 10:30", at(2026, 12, 1, 10, 30)),
        ("by 3 on Friday", at(2026, 11, 27, 15)),
        ("three o’clock tomorrow", at(2026, 11, 26, 15)),
        ("at ten tomorrow", at(2026, 11, 26, 10)),
        ("half four tomorrow", at(2026, 11, 26, 16, 30)),
        ("half past 4 in the morning tomorrow", at(2026, 11, 26, 4, 30)),
        ("9 in the evening on Friday", at(2026, 11, 27, 21)),
        ("tonight at 7", at(2026, 11, 25, 19)),
        ("twenty-five to 3", at(2026, 11, 25, 14, 35)),
        ("five past 3", at(2026, 11, 25, 15, 5)),
        ("10 minutes to 4", at(2026, 11, 25, 15, 50)),
        ("a quarter to 1 tomorrow", at(2026, 11, 26, 12, 45)),
        ("quarter to 7", at(2026, 11, 25, 18, 45)),
        ("12 noon tomorrow", at(2026, 11, 26, 12)),
        ("12pm tomorrow", at(2026, 11, 26, 12)),
        ("midday Friday", at(2026, 11, 27, 12)),
        ("close of play Friday", at(2026, 11, 27, 17)),
        ("14.00", at(2026, 11, 25, 14)),
        ("1400", at(2026, 11, 25, 14)),
        ("tomorrow 2030hrs", at(2026, 11, 26, 20, 30)),
        ("tomorrow 2.30", at(2026, 11, 26, 14, 30)),
        ("tomorrow 02:30", at(2026, 11, 26, 2, 30)),
        ("tomorrow 02:30pm", at(2026, 11, 26, 14, 30)),
        ("tomorrow 7:15", at(2026, 11, 26, 7, 15)),
        ("Friday next week 3pm", at(2026, 12, 4, 15)),
        ("a week today at 3pm", at(2026, 12, 2, 15)),
        ("tomorrow week 3pm", at(2026, 12, 3, 15)),
        ("a fortnight on Monday 9am", at(2026, 12, 14, 9)),
        ("in 2 weeks' time at 3pm", at(2026, 12, 9, 15)),
        ("in a month at 10:00", at(2026, 12, 25, 10)),
        ("in half an hour", at(2026, 11, 25, 10, 30)),
        ("in an hour", at(2026, 11, 25, 11)),
        ("the 3rd at 2pm", at(2026, 12, 3, 14)),
        ("the 25th at 2pm", at(2026, 11, 25, 14)),
        ("3rd of December 2pm", at(2026, 12, 3, 14)),
        ("29 Feb 10:00", at(2028, 2, 29, 10)),
        ("27/11 2026 1400", at(2026, 11, 27, 14)),
        ("26 Nov tomorrow 2pm", at(2026, 11, 26, 14)),
        ("1 July 2027 10:00", at(2027, 7, 1, 10)),
        ("1 July 2027 10:00 BST", at(2027, 7, 1, 10)),
        ("25 Nov 10:00", WEDNESDAY),
        ("now", WEDNESDAY),
    ],
)
def test_the_same_thing_can_be_said_in_many_ways(text: str, moment: datetime) -> None:
    assert read(text) == moment


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("03/04", date(2027, 4, 3)),
        ("today", date(2026, 11, 25)),
        ("in 3 working days", date(2026, 11, 30)),
        ("in a fortnight", date(2026, 12, 9)),
        ("2 weeks on Monday", date(2026, 12, 14)),
        ("Friday", date(2026, 11, 27)),
        ("27 Nov 2026", date(2026, 11, 27)),
        ("by Friday", date(2026, 11, 27)),
    ],
)
def test_a_day_alone_asks_for_its_time_or_ends_at_the_close(text: str, day: date) -> None:
    with pytest.raises(TimeMissing, match="There is no time yet") as refused:
        read(text)

    assert refused.value.day == day
    assert read(text, day_ends=CLOSE) == from_london(day, CLOSE)
    assert read_day(text.removeprefix("by "), WEDNESDAY, calendar=ENGLAND) == day


@pytest.mark.parametrize("text", ["tomorrow afternoon", "this afternoon", "Friday in the morning", "afternoon"])
def test_a_part_of_the_day_is_no_time_even_for_a_due_moment(text: str) -> None:
    with pytest.raises(TimeMissing):
        read(text, day_ends=CLOSE)


def test_working_days_step_over_christmas() -> None:
    assert read("in 3 working days", at(2026, 12, 24, 9), CLOSE) == at(2026, 12, 31, 17)


def test_hours_from_now_are_real_hours_over_the_clock_change() -> None:
    evening_before = at(2027, 3, 27, 22)

    assert read("in 12 hours", evening_before) - evening_before == timedelta(hours=12)
    assert read("tomorrow 10pm", evening_before) - evening_before == timedelta(hours=23)


def test_minutes_from_now_are_rounded_up_to_a_whole_one() -> None:
    assert read("in 45 mins", WEDNESDAY.replace(second=20)) == at(2026, 11, 25, 10, 46)


def test_today_is_londons_today() -> None:
    just_after_midnight_in_london = datetime(2027, 6, 30, 23, 30, tzinfo=UTC)

    assert read("today 10am", just_after_midnight_in_london) == at(2027, 7, 1, 10)


@pytest.mark.parametrize(
    ("text", "refusal", "sentence"),
    [
        ("31/02/2027 10:00", NoSuchDay, "There is no day 31/02/2027"),
        ("31 Feb 10:00", NoSuchDay, "There is no day 31/02"),
        ("12/25/2026 10:00", NoSuchDay, "read as day/month/year"),
        ("32nd 10:00", NoSuchDay, "There is no day 32"),
        ("0/5 10:00", NoSuchDay, "There is no day 00/05"),
        ("0000-01-01 10:00", NotUnderstood, '"0000-01-01"'),
        ("tomorrow 13pm", NoSuchTime, "There is no time 13pm"),
        ("tomorrow 0am", NoSuchTime, "There is no time 0am"),
        ("tomorrow 25:00", NoSuchTime, "There is no time 25:00"),
        ("tomorrow 10:60", NoSuchTime, "There is no time 10:60"),
        ("tomorrow 9999", NoSuchTime, "There is no time 99:99"),
        ("tomorrow afternoon at 9", NoSuchTime, "There is no time 9 in the afternoon"),
        ("14:00 in the morning tomorrow", NoSuchTime, "There is no time 14 in the morning"),
        ("tomorrow midnight", MidnightIsUnclear, "Midnight could belong to either day"),
        ("tomorrow 12am", MidnightIsUnclear, "Midnight"),
        ("tomorrow 24:00", MidnightIsUnclear, "Midnight"),
        ("Monday 26 Nov 3pm", DaysDisagree, "26/11/2026 is a Thursday, not a Monday"),
        ("tomorrow Friday 3pm", DaysDisagree, "26/11/2026 is a Thursday, not a Friday"),
        ("tomorrow 3 Dec 2pm", SaidTwice, "more than one day"),
        ("Thu Fri 2pm", SaidTwice, "more than one day"),
        ("Friday 2pm 3pm", SaidTwice, "more than one time"),
        ("in 2 hours 3pm", SaidTwice, "more than one time"),
        ("09:30", AlreadyPassed, "Wednesday 25 November 2026, 09:30 has already passed"),
        ("25 Nov 09:59", AlreadyPassed, "has already passed"),
        ("yesterday", AlreadyPassed, "Tuesday 24 November 2026 has already passed"),
        ("01/11/2026 10:00", AlreadyPassed, "Sunday 1 November 2026 has already passed"),
        ("this Monday 3pm", AlreadyPassed, "Monday 23 November 2026 has already passed"),
        ("24 Nov 10:00", YearMissing, "24/11/2026 has passed"),
        ("3/4/2060 10:00", TooFarAhead, "more than two years ahead"),
        ("in 999 months", TooFarAhead, "more than two years ahead"),
        ("9999-12-31 10:00", TooFarAhead, "more than two years ahead"),
        ("Wednesday 3pm", WhichDay, "Wed 25 Nov or Wed 2 Dec"),
        ("next Friday 3pm", WhichDay, "Fri 27 Nov or Fri 4 Dec"),
        ("a week on Wednesday 3pm", WhichDay, "Wed 2 Dec or Wed 9 Dec"),
        ("28/03/2027 01:30", NoSuchClockTime, "the clocks go forward"),
        ("31/10/2027 01:30", ClockTimeTwice, '"01:30 GMT" the second'),
        ("1 July 2027 10:00 GMT", NotLondonTime, "London is not on GMT"),
        ("Friday between 2 and 4pm", NotOneMoment, "span of time"),
        ("Friday from 2 to 4", NotOneMoment, "span of time"),
        ("Friday 2-4pm", NotOneMoment, "span of time"),
        ("Friday 3", BareNumber, '"3" could be a day or a time'),
        ("10 to 4", BareNumber, '"10" could be a day or a time'),
        ("tomorrow 2030", BareNumber, '"2030" could be a year or a time'),
        ("Friday at", Unfinished, "breaks off"),
        ("Fryday 3pm", NotUnderstood, '"fryday"'),
        ("3pm Friday please", NotUnderstood, '"please"'),
        ("Friday 3pm or Monday", NotUnderstood, '"or"'),
        ("", NothingTyped, "There is no day or time yet"),
        (" \n\t ", NothingTyped, "There is no day or time yet"),
        ("?!", NothingTyped, "There is no day or time yet"),
        ("x" * 81, TextTooLong, "too long"),
        ("tomorrow " * 600, TextTooLong, "too long"),
        ('{"day": "tomorrow"}', NotUnderstood, "I did not understand that"),
        ("{{ 7 * 7 }}", NotUnderstood, "I did not understand that"),
        ("**tomorrow** 2pm", NotUnderstood, "I did not understand that"),
        ("<b>Friday</b>", NotUnderstood, "I did not understand that"),
        ("😀 tomorrow", NotUnderstood, "I did not understand that"),
        ("tomorrow ٣pm", NotUnderstood, "I did not understand that"),
        ("tomorrow\x002pm", NotUnderstood, "I did not understand that"),
    ],
)
def test_what_is_not_clear_is_refused_with_a_sentence_of_its_own(
    text: str, refusal: type[Refusal], sentence: str
) -> None:
    with pytest.raises(refusal) as refused:
        read(text)

    assert sentence in str(refused.value)


def test_a_refusal_shows_an_example_that_can_be_typed() -> None:
    with pytest.raises(NotUnderstood) as refused:
        read("sometime soon", at(2026, 12, 24, 20))

    assert '"Tue 29 Dec 10:30" or "29/12/2026 10:30"' in str(refused.value)
    assert read("Tue 29 Dec 10:30", at(2026, 12, 24, 20)) == at(2026, 12, 29, 10, 30)


def test_the_answer_to_a_doubled_hour_is_read() -> None:
    assert read("31/10/2027 01:30 BST") == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert read("31/10/2027 01:30 GMT") == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)


nows = st.datetimes(datetime(2026, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC))
minutes_ahead = st.integers(1, 700 * 24 * 60)


def whole_minute(now: datetime, minutes: int) -> datetime:
    return now.replace(second=0, microsecond=0) + timedelta(minutes=minutes)


@given(nows, minutes_ahead)
@example(
    at(2027, 10, 1, 9), int((datetime(2027, 10, 31, 1, 30, tzinfo=UTC) - at(2027, 10, 1, 9)).total_seconds()) // 60
)
def test_every_moment_that_is_said_is_read_back(now: datetime, minutes: int) -> None:
    moment = whole_minute(now, minutes)
    local = to_london(moment)

    assert read(say_moment(moment), now) == moment
    assert read(f"{say_date(local.date())} {say_time(moment)}", now) == moment
    assert read(f"{local.date().isoformat()}T{say_time(moment)}", now) == moment


@given(nows, st.integers(1, 300 * 24 * 60))
def test_every_short_moment_of_the_coming_months_is_read_back(now: datetime, minutes: int) -> None:
    moment = whole_minute(now, minutes)

    assert read(say_short(moment), now) == moment


VOCABULARY = """
    tomorrow today yesterday now tonight in a an the on at by this next week weeks fortnight day days after working
    hours minutes months time monday tues fri sunday jan feb december 1 2 3rd 10 12 13 24 29 31 45 99 999 2026 2027
    2030 1400 0000 01:30 2.15 10:30 00:00 24:00 25:61 3pm 12am 13pm am pm noon midnight half quarter past to five
    twenty between and from morning afternoon evening end of eod bst gmt 31/02 29/02 3/4 28/03/2027 31/10/2027
    5.12.26 1/1/0001 31/12/9999 2027-03-28t01:30 2026-12-01 oclock , . @ - / : {{ }} \x00 😀
"""
odd_texts = st.text(max_size=100) | st.lists(st.sampled_from(VOCABULARY.split()), max_size=9).map(" ".join)


@given(odd_texts, nows, st.sampled_from([None, CLOSE]))
def test_nothing_typed_is_ever_read_as_the_past_or_raises_anything_but_a_refusal(
    text: str, now: datetime, day_ends: time | None
) -> None:
    try:
        moment = read(text, now, day_ends)
    except Refusal:
        return
    assert moment >= now
    assert moment.tzinfo is UTC
