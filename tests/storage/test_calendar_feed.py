"""A desk's calendar as a feed: which slots come of its events, in which zone, and why it can't be read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discussions.slots.feed import FeedProblem, FeedTerms
from storage.calendar_feed import HORIZON, BadCalendar, CalendarRead, FeedSlot, read_calendar

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
ANY = FeedTerms()
LONDON_ZONE = "\n".join(
    (
        *("BEGIN:VTIMEZONE", "TZID:GMT Standard Time"),
        *("BEGIN:STANDARD", "DTSTART:16010101T020000", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0000"),
        *("RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10", "END:STANDARD"),
        *("BEGIN:DAYLIGHT", "DTSTART:16010101T010000", "TZOFFSETFROM:+0000", "TZOFFSETTO:+0100"),
        *("RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3", "END:DAYLIGHT"),
        "END:VTIMEZONE",
    )
)


def event(*lines: str, uid: str = "one") -> str:
    return "\n".join(("BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20261101T000000Z", *lines, "END:VEVENT"))


def calendar(*parts: str) -> bytes:
    lines = "\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//A rota//EN", *parts, "END:VCALENDAR"))
    return lines.replace("\n", "\r\n").encode()


def slots_in(*parts: str, terms: FeedTerms = ANY, now: datetime = NOW) -> list[tuple[str, int, int]]:
    read = read_calendar(calendar(*parts), terms, now)
    return [(f"{slot.starts_at:%d/%m %H:%M}", slot.minutes, slot.capacity) for slot in read.slots]


def problem_of(content: bytes) -> FeedProblem:
    with pytest.raises(BadCalendar) as refusal:
        read_calendar(content, ANY, NOW)
    return refusal.value.problem


# Which slots


def test_an_event_is_a_slot_as_long_as_it_lasts() -> None:
    assert slots_in(event("DTSTART:20261203T140000Z", "DTEND:20261203T144500Z")) == [("03/12 14:00", 45, 1)]
    assert slots_in(event("DTSTART:20261203T140000Z", "DURATION:PT1H")) == [("03/12 14:00", 60, 1)]


def test_a_duty_is_divided_into_slots_of_the_length_that_was_set_and_a_rest_is_none() -> None:
    duty = event("DTSTART:20261203T130000Z", "DTEND:20261203T161500Z")

    assert slots_in(duty, terms=FeedTerms(minutes=60, capacity=2)) == [
        ("03/12 13:00", 60, 2), ("03/12 14:00", 60, 2), ("03/12 15:00", 60, 2),
    ]  # fmt: skip


def test_two_events_at_the_same_moment_are_one_slot_with_the_places_of_both() -> None:
    first = event("DTSTART:20261203T140000Z", "DTEND:20261203T150000Z")
    second = event("DTSTART:20261203T140000Z", "DTEND:20261203T143000Z", uid="two")

    assert slots_in(first, second) == [("03/12 14:00", 30, 2)]


def test_only_events_with_the_word_that_was_set_count_in_title_or_category() -> None:
    day = ("DTSTART:20261203T140000Z", "DTEND:20261203T150000Z")
    later = ("DTSTART:20261203T150000Z", "DTEND:20261203T160000Z")

    assert slots_in(
        event(*day, "SUMMARY:Strategy Slot"),
        event(*later, "SUMMARY:Dentist", uid="two"),
        event("DTSTART:20261204T150000Z", "DTEND:20261204T160000Z", "CATEGORIES:blue,strategy slot", uid="three"),
        terms=FeedTerms(only="strategy slot"),
    ) == [("03/12 14:00", 60, 1), ("04/12 15:00", 60, 1)]


def test_a_cancelled_event_is_no_slot_and_a_whole_day_or_a_moment_neither_which_is_counted() -> None:
    read = read_calendar(
        calendar(
            event("DTSTART:20261203T140000Z", "DTEND:20261203T150000Z", "STATUS:CANCELLED"),
            event("DTSTART;VALUE=DATE:20261203", "DTEND;VALUE=DATE:20261204", uid="two"),
            event("DTSTART:20261203T140000Z", "DTEND:20261203T140000Z", uid="three"),
        ),
        ANY,
        NOW,
    )

    assert read == CalendarRead((), 2)


def test_what_has_passed_and_what_is_further_ahead_than_eight_weeks_is_left_out() -> None:
    begun = event("DTSTART:20261126T070000Z", "DTEND:20261126T110000Z")
    far = event("DTSTART:20270122T140000Z", "DTEND:20270122T150000Z", uid="two")
    old = event("DTSTART:19990122T140000Z", "DTEND:19990122T150000Z", uid="three")

    assert slots_in(begun, far, old, terms=FeedTerms(minutes=60)) == [("26/11 10:00", 60, 1)]


# Zones


@pytest.mark.parametrize(
    ("zone", "parts"),
    [("TZID=Europe/London:", ()), ("TZID=GMT Standard Time:", (LONDON_ZONE,)), ("", ()), ("VALUE=DATE-TIME:", ())],
)
def test_london_times_are_read_in_both_halves_of_the_year(zone: str, parts: tuple[str, ...]) -> None:
    mark = f";{zone}" if zone else ":"
    winter = event(f"DTSTART{mark}20270326T140000", f"DTEND{mark}20270326T150000")
    summer = event(f"DTSTART{mark}20270329T140000", f"DTEND{mark}20270329T150000", uid="two")

    found = slots_in(*parts, winter, summer, now=datetime(2027, 3, 1, tzinfo=UTC))

    assert found == [("26/03 14:00", 60, 1), ("29/03 13:00", 60, 1)]


def test_a_weekly_slot_stays_at_its_london_time_across_a_clock_change() -> None:
    weekly = event("DTSTART;TZID=Europe/London:20270319T140000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=3")

    assert slots_in(weekly, now=datetime(2027, 3, 1, tzinfo=UTC)) == [
        ("19/03 14:00", 60, 1), ("26/03 14:00", 60, 1), ("02/04 13:00", 60, 1),
    ]  # fmt: skip


# What repeats


def test_of_what_repeats_for_ever_the_coming_eight_weeks_are_read() -> None:
    found = slots_in(event("DTSTART:20200103T140000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;BYDAY=FR"))

    assert [at for at, _, _ in found] == [
        *("27/11 14:00", "04/12 14:00", "11/12 14:00", "18/12 14:00"),
        *("25/12 14:00", "01/01 14:00", "08/01 14:00", "15/01 14:00"),
    ]


def test_a_day_taken_out_and_an_occurrence_moved_or_cancelled_are_as_the_calendar_says() -> None:
    weekly = event(
        *("DTSTART:20261127T140000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE:20261204T140000Z"),
        "RDATE:20261129T100000Z",
    )
    moved = event("RECURRENCE-ID:20261211T140000Z", "DTSTART:20261211T160000Z", "DTEND:20261211T163000Z")
    cancelled = event("RECURRENCE-ID:20261218T140000Z", "DTSTART:20261218T140000Z", "STATUS:CANCELLED")

    assert slots_in(weekly, moved, cancelled) == [
        ("27/11 14:00", 60, 1), ("29/11 10:00", 60, 1), ("11/12 16:00", 30, 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "rules",
    [
        ("RRULE:FREQ=SECONDLY",),
        ("RRULE:FREQ=MINUTELY;INTERVAL=7",),
        ("RRULE:FREQ=DAILY;BYHOUR=" + ",".join(map(str, range(24))) + ";BYMINUTE=" + ",".join(map(str, range(60))),),
    ],
)
def test_what_repeats_without_measure_is_refused_soon(rules: tuple[str, ...]) -> None:
    began = process_time()

    problem = problem_of(calendar(event("DTSTART:20200103T140000Z", "DURATION:PT5M", *rules)))

    assert problem is FeedProblem.TOO_MANY
    assert process_time() - began < 10


def test_a_thousand_series_are_too_many() -> None:
    daily = (event("DTSTART:20200103T140000Z", "DURATION:PT5M", "RRULE:FREQ=DAILY", uid=f"{n}") for n in range(1000))

    assert problem_of(calendar(*daily)) is FeedProblem.TOO_MANY


# What can't be read


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", FeedProblem.NOT_A_CALENDAR),
        (b"<html><title>Sign in</title></html>", FeedProblem.NOT_A_CALENDAR),
        (b"\x89PNG\r\n\x1a\n\x00\xff", FeedProblem.NOT_A_CALENDAR),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\n", FeedProblem.CUT_OFF),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR", FeedProblem.CUT_OFF),
        (calendar(event("DTSTART:yesterday", "DTEND:20261203T150000Z")), FeedProblem.UNREADABLE),
        (calendar(event("DTSTART:20261203T150000Z", "RRULE:FREQ=NEVER")), FeedProblem.UNREADABLE),
        (calendar(event("DTSTART:20261203T150000Z", "DURATION:PT1H", "RRULE:COUNT=x")), FeedProblem.UNREADABLE),
    ],
)  # fmt: skip
def test_what_is_no_whole_calendar_is_refused_with_the_reason(content: bytes, problem: FeedProblem) -> None:
    assert problem_of(content) is problem


@settings(deadline=None, max_examples=150)
@given(
    st.binary(max_size=300),
    st.lists(
        st.sampled_from(
            ["DTSTART:20261203T140000Z", "DTSTART;TZID=Nowhere/At all:20261203T140000", "DTEND:20261203T150000",
             "DTEND;VALUE=DATE:20261203", "RRULE:FREQ=WEEKLY;UNTIL=20261203", "RRULE:", "EXDATE:,", "RDATE:20261204",
             "DURATION:-PT1H", "RECURRENCE-ID:20261203T140000Z", "BEGIN:VEVENT", "END:VEVENT", "X:\x00", ":", "SUMMARY",
             "RRULE:FREQ=YEARLY;BYMONTH=13", "DTSTART:99991231T235959Z", "DTSTART:00010101T000000", "BEGIN:VCALENDAR"]
        ),
        max_size=8,
    ),
)  # fmt: skip
def test_any_bytes_are_read_within_the_horizon_or_refused(raw: bytes, lines: list[str]) -> None:
    for content in (raw, calendar(event(*lines)), calendar(*lines), calendar(event("DTSTART:20261203T140000Z")) + raw):
        assert is_read_or_refused(content)


def is_read_or_refused(content: bytes) -> bool:
    try:
        read = read_calendar(content, ANY, NOW)
    except BadCalendar:
        return True
    return all(NOW < slot.starts_at <= NOW + HORIZON for slot in read.slots)


@settings(deadline=None, max_examples=30)
@given(st.sets(st.integers(1, 8 * 7 * 24 - 1), max_size=40), st.sampled_from([15, 30, 60]))
def test_every_event_of_the_coming_weeks_is_found_once(hours: set[int], minutes: int) -> None:
    starts = [NOW + timedelta(hours=hour) for hour in sorted(hours)]
    events = (event(f"DTSTART:{at:%Y%m%dT%H%M%SZ}", f"DURATION:PT{minutes}M", uid=f"{at}") for at in starts)

    read = read_calendar(calendar(*events), ANY, NOW)

    assert list(read.slots) == [FeedSlot(at, minutes, 1) for at in starts]
