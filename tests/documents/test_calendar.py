"""Calendar entries, read back by a library that did not write them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from discussions.booking.calendar_entry import CalendarEntry
from discussions.london import LONDON
from documents.calendar import write_calendar

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
PAGE = "https://chairside.example/secure/" + "s" * 43
ENTRY = CalendarEntry(
    uid="0196a0d2-7d13-7cc0-9f5f-0b6d2f0a9a03@chairside",
    sequence=0,
    is_cancelled=False,
    is_accepted=False,
    stamped_at=NOON,
    starts_at=NOON + timedelta(hours=2),
    ends_at=NOON + timedelta(hours=3),
    summary="Multi-agency meeting SD-26-0412",
    location="https://teams.microsoft.com/l/meetup-join/19%3ameeting_" + "x" * 120,
    link="https://teams.microsoft.com/l/meetup-join/19%3ameeting_" + "x" * 120,
    says=f"Please answer on this secure page: {PAGE} Accept or Decline in a calendar answers nobody.",
)
FROM, TO = "chairside@bristol.example", "desk@police.example"


def read(entry: CalendarEntry) -> vobject.base.Component:
    calendar = vobject.readOne(write_calendar(entry, FROM, TO).decode())
    assert calendar.validate(raiseException=True)
    return calendar


def test_it_asks_one_person_and_names_nobody_else() -> None:
    calendar = read(ENTRY)
    [event] = calendar.vevent_list

    assert calendar.method.value == "REQUEST"
    assert calendar.version.value == "2.0"
    assert event.uid.value == ENTRY.uid
    assert event.sequence.value == "0"
    assert event.status.value == "CONFIRMED"
    assert event.contents["class"][0].value == "PRIVATE"
    assert event.organizer.value == f"mailto:{FROM}"
    assert [one.value for one in event.attendee_list] == [f"mailto:{TO}"]
    assert event.attendee.params == {"ROLE": ["REQ-PARTICIPANT"], "PARTSTAT": ["NEEDS-ACTION"], "RSVP": ["FALSE"]}
    assert (event.dtstart.value, event.dtend.value) == (ENTRY.starts_at, ENTRY.ends_at)
    assert event.dtstamp.value == NOON
    assert (event.summary.value, event.description.value) == (ENTRY.summary, ENTRY.says)
    assert (event.location.value, event.url.value) == (ENTRY.location, ENTRY.link)


def test_taking_it_back_has_the_same_uid_and_a_higher_sequence() -> None:
    calendar = read(replace(ENTRY, is_cancelled=True, sequence=3))

    assert calendar.method.value == "CANCEL"
    event = calendar.vevent
    assert (event.uid.value, event.sequence.value, event.status.value) == (ENTRY.uid, "3", "CANCELLED")


def test_lines_are_folded_at_75_octets_and_end_as_calendars_want() -> None:
    written = write_calendar(replace(ENTRY, says="Ω, ; \\ \n" * 60), FROM, TO)

    lines = written.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-1] == b""
    assert max(len(line) for line in lines) <= 75
    assert b"\n" not in written.replace(b"\r\n", b"")
    assert read(replace(ENTRY, says="Ω, ; \\ \n" * 60)).vevent.description.value == "Ω, ; \\ \n" * 60


@pytest.mark.parametrize(
    ("in_london", "in_utc"),
    [
        ("2026-11-24T14:00", "20261124T140000Z"),
        ("2026-07-01T14:00", "20260701T130000Z"),
        ("2027-03-28T00:30", "20270328T003000Z"),
        ("2027-03-28T02:30", "20270328T013000Z"),
        ("2026-10-25T00:30", "20261024T233000Z"),
        ("2026-10-25T02:30", "20261025T023000Z"),
    ],
)
def test_the_start_is_right_in_winter_and_summer_and_around_both_changes(in_london: str, in_utc: str) -> None:
    starts = datetime.fromisoformat(in_london).replace(tzinfo=LONDON).astimezone(UTC)
    written = write_calendar(replace(ENTRY, starts_at=starts, ends_at=starts + timedelta(hours=1)), FROM, TO)

    assert f"DTSTART:{in_utc}\r\n".encode() in written
    seen = vobject.readOne(written.decode()).vevent
    assert seen.dtstart.value.astimezone(ZoneInfo("Europe/London")).strftime("%Y-%m-%dT%H:%M") == in_london


@given(st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1)), st.integers(5, 240))
def test_whenever_it_is_it_starts_and_ends_as_planned(starts: datetime, minutes: int) -> None:
    starts = starts.replace(microsecond=0, tzinfo=UTC)
    ends = starts + timedelta(minutes=minutes)

    event = read(replace(ENTRY, starts_at=starts, ends_at=ends)).vevent

    assert (event.dtstart.value, event.dtend.value) == (starts, ends)
