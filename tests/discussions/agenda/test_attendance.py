"""Attendance: who is here for which agency, typed or ticked, also by two people at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from discussions.agenda.attend import Marks, mark_named_here, mark_named_left, save_attendance
from discussions.agenda.attendance import Attendance
from discussions.agenda.views import attendance_view, console_view
from discussions.refusals import NotFound, WrongAnswer
from storage.database import Database
from tests.discussions.agenda.meeting import (
    CARE,
    CHAIR,
    HEALTH,
    MINUTES,
    NOON,
    NURSE,
    OFFICER,
    POLICE,
    SCHOOL,
    SD,
    SERGEANT,
    STRANGER,
    Meeting,
    started,
)


def attended(meeting: Meeting) -> list[Attendance]:
    own = {CHAIR.id, MINUTES.id}
    return [one for one in meeting.reads(lambda store: store.discussions.attendance(SD)) if one.person not in own]


def is_quorate(meeting: Meeting) -> bool:
    return meeting.does(CHAIR, console_view, SD).quorum.is_quorate


def test_the_light_turns_when_the_core_is_here_and_again_when_it_leaves(database: Database) -> None:
    meeting = started(database)
    assert not is_quorate(meeting)

    meeting.does(MINUTES, mark_named_here, "Helen Marsh")
    meeting.does(MINUTES, mark_named_here, "joan fell")
    assert is_quorate(meeting)

    meeting.after(20).does(CHAIR, mark_named_left, "Helen")
    assert not is_quorate(meeting)
    assert [one.left_at for one in attended(meeting) if one.person == SERGEANT.id] == [NOON + timedelta(minutes=20)]


def test_somebody_marked_twice_is_here_once(database: Database) -> None:
    meeting = started(database)

    first = meeting.does(CHAIR, mark_named_here, "Helen Marsh")
    second = meeting.does(MINUTES, mark_named_here, "Helen Marsh")

    assert (first.changed, second.changed) == (True, False)
    assert len(attended(meeting)) == 1


def test_somebody_who_comes_back_has_both_stays_on_record(database: Database) -> None:
    meeting = started(database)
    meeting.does(CHAIR, mark_named_here, "Helen Marsh")
    meeting.after(5).does(CHAIR, mark_named_left, "Helen Marsh")
    meeting.after(5).does(CHAIR, mark_named_here, "Helen Marsh")

    assert [one.is_here for one in attended(meeting)] == [False, True]


def test_somebody_who_is_not_in_the_directory_is_taken_with_role_and_agency(database: Database) -> None:
    meeting = started(database)

    marked = meeting.does(CHAIR, mark_named_here, "Kim Lee, school nurse, health")

    [one] = attended(meeting)
    assert (one.person, one.name, one.agency, one.may_decide) == (None, "Kim Lee, school nurse", HEALTH.id, True)
    assert (marked.agency, marked.changed) == (HEALTH.name, True)
    assert not meeting.does(MINUTES, mark_named_here, "kim lee, school nurse, Avonford Community Health").changed


def test_somebody_of_the_directory_who_was_not_asked_can_come(database: Database) -> None:
    meeting = started(database)

    meeting.does(CHAIR, mark_named_here, "Sven Holm")

    assert [(one.person, one.agency) for one in attended(meeting)] == [(STRANGER.id, SCHOOL.id)]


@pytest.mark.parametrize("words", ["Nobody Known", "Kim Lee, school nurse, moon base", "Duty sergeant", ", health"])
def test_who_cannot_be_told_apart_is_asked_for(database: Database, words: str) -> None:
    meeting = started(database)

    with pytest.raises(WrongAnswer):
        meeting.does(CHAIR, mark_named_here, words)

    assert attended(meeting) == []


def test_ticks_of_two_people_at_once_add_up(database: Database) -> None:
    meeting = started(database)

    meeting.does(CHAIR, save_attendance, SD, Marks(came=[SERGEANT.id]))
    meeting.does(MINUTES, save_attendance, SD, Marks(came=[NURSE.id, SERGEANT.id]))

    assert [one.person for one in attended(meeting)] == [SERGEANT.id, NURSE.id]


def test_leaving_authority_time_and_guests_are_saved_together(database: Database) -> None:
    meeting = started(database)
    meeting.does(CHAIR, save_attendance, SD, Marks(came=[SERGEANT.id, OFFICER.id]))

    marks = Marks(left=[OFFICER.id], may_not_decide=[SERGEANT.id], time="12:10", guests="Kim Lee, nurse, health\n")
    meeting.after(20).does(CHAIR, save_attendance, SD, marks)

    sergeant, officer, guest = attended(meeting)
    assert (sergeant.may_decide, officer.left_at) == (False, NOON + timedelta(minutes=10))
    assert (guest.name, guest.came_at) == ("Kim Lee, nurse", NOON + timedelta(minutes=10))


@pytest.mark.parametrize(
    "marks",
    [
        Marks(came=[SERGEANT.id, "forged"]),
        Marks(came=[SERGEANT.id], time="whenever"),
        Marks(came=[SERGEANT.id], time="tomorrow 10:00"),
        Marks(came=[SERGEANT.id], guests="Kim Lee"),
    ],
)
def test_what_cannot_be_read_saves_nothing(database: Database, marks: Marks) -> None:
    meeting = started(database)

    with pytest.raises(WrongAnswer):
        meeting.does(CHAIR, save_attendance, SD, marks)

    assert attended(meeting) == []


def test_the_table_stands_agency_by_agency_with_what_each_answered(database: Database) -> None:
    meeting = started(database)

    view = meeting.does(CHAIR, attendance_view, SD)

    assert [one.agency.id for one in view.agencies] == [POLICE.id, HEALTH.id, CARE.id]
    police, health, care = view.agencies
    assert [seat.key for seat in police.seats] == [SERGEANT.id, OFFICER.id]
    assert [(seat.key, seat.name) for seat in health.seats] == [
        (NURSE.id, "Joan Fell, Safeguarding nurse"),
        ("deputy.i-health", "Kim Lee, nurse"),
    ]
    assert care.is_here


def test_only_those_who_capture_see_and_save_it(database: Database) -> None:
    meeting = started(database)

    for use_case in (lambda: meeting.does(NURSE, attendance_view, SD),
                     lambda: meeting.does(NURSE, save_attendance, SD, Marks(came=[NURSE.id]))):  # fmt: skip
        with pytest.raises(NotFound):
            use_case()


def test_an_announced_deputy_is_ticked_or_typed_and_then_no_longer_announced(database: Database) -> None:
    meeting = started(database)

    meeting.does(CHAIR, save_attendance, SD, Marks(came=["deputy.i-health"]))
    again = meeting.does(MINUTES, mark_named_here, "Kim Lee")

    assert [(one.person, one.name, one.agency) for one in attended(meeting)] == [(None, "Kim Lee, nurse", HEALTH.id)]
    assert not again.changed
    _, health, _ = meeting.does(CHAIR, attendance_view, SD).agencies
    assert [seat.key.partition(".")[0] for seat in health.seats] == ["joan", "guest"]
