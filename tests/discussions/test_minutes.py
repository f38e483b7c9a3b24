"""What the record says of whom, when and with which agencies: in which words, in which place."""

from __future__ import annotations

from dataclasses import astuple, replace
from datetime import UTC, datetime

import pytest

from discussions.booking.discussion import DiscussionKind, DiscussionState
from discussions.booking.invitations import InvitationAnswer
from discussions.record.material import Material
from discussions.record.minutes import file_name, make_minutes
from discussions.record.parts import Absence, Line
from tests.discussions.minutes_story import MINUTES, STORY, with_discussion
from tests.documents.story import (
    ACTIONS,
    ATTENDANCE,
    HEALTH,
    IDVA,
    INVITATIONS,
    POLICE,
    asked,
    at,
    said,
)


def test_the_file_name_tells_the_reference_alone() -> None:
    assert file_name("SD-26-0412") == "SD-26-0412-record.docx"


def test_the_same_material_gives_the_same_minutes() -> None:
    assert make_minutes(STORY) == MINUTES


def test_the_order_in_which_things_are_handed_in_changes_nothing() -> None:
    turned = replace(
        STORY,
        attendance=ATTENDANCE[::-1],
        invitations=INVITATIONS[::-1],
        actions=ACTIONS[::-1],
    )

    assert make_minutes(turned) == MINUTES


# --- heading


def test_a_child_is_shown_with_letter_initials_birth_and_age_at_the_discussion() -> None:
    assert MINUTES.heading.children == (
        Line("Child A", "J.S., born 03/04/2019, 7"),
        Line("Child B", "M.S., born 21/09/2022, 4"),
        Line("Child C", "unborn, S., expected 12/01/2027"),
    )
    assert [child.child for child in MINUTES.decisions] == [
        "A (J.S., born 03/04/2019, 7)",
        "B (M.S., born 21/09/2022, 4)",
        "C (unborn, S., expected 12/01/2027)",
    ]


def test_the_age_is_that_of_the_day_of_the_discussion_however_late_the_record_is_made() -> None:
    years_later = make_minutes(replace(STORY, now=datetime(2031, 1, 1, tzinfo=UTC)))

    assert years_later.heading.children == MINUTES.heading.children


def test_times_are_told_as_clocks_in_london_show_them() -> None:
    summer = with_discussion(started_at=datetime(2026, 7, 1, 23, 30, tzinfo=UTC), closed_at=None)

    assert MINUTES.heading.held == "Tuesday 17 November 2026, 11:05 to 12:02"
    assert summer.heading.held == "Thursday 2 July 2026, 00:30, not closed yet"


def test_a_discussion_that_ends_on_another_day_says_so() -> None:
    overnight = with_discussion(closed_at=at(0, 20, day=18))

    assert overnight.heading.held == "Tuesday 17 November 2026, 11:05 to Wednesday 18 November 2026, 00:20"


@pytest.mark.parametrize(
    ("started", "reason", "words"),
    [
        (at(14, 0), None, "Held inside its window: the latest start was Tuesday 17 November 2026, 14:00."),
        (
            at(14, 1),
            "No police slot before",
            "Held after its window: the latest start was Tuesday 17 November 2026, 14:00. "
            "Reason given at booking: No police slot before",
        ),
        (
            at(14, 1),
            None,
            "Held after its window: the latest start was Tuesday 17 November 2026, 14:00. "
            "No reason was given at booking.",
        ),
        (None, None, "Not held yet; the latest start was Tuesday 17 November 2026, 14:00."),
    ],
)
def test_it_says_whether_the_discussion_was_held_in_time(
    started: datetime | None, reason: str | None, words: str
) -> None:
    assert with_discussion(started_at=started, late_reason=reason).heading.window == words


def test_it_is_a_draft_until_the_chair_has_approved_it() -> None:
    approved = with_discussion(state=DiscussionState.APPROVED, approved_at=at(15, 0))

    assert (MINUTES.heading.is_draft, MINUTES.heading.status) == (True, "DRAFT: not yet approved by the chair.")
    assert approved.heading.is_draft is False
    assert approved.heading.status == "Approved by Priya Example on Tuesday 17 November 2026, 15:00."


def test_the_marking_the_practice_and_who_led_and_wrote_stand_at_the_top() -> None:
    heading = with_discussion(kind=DiscussionKind.REVIEW, minute_taker=None).heading

    assert MINUTES.heading.marking == "OFFICIAL-SENSITIVE"
    assert MINUTES.heading.practice == "Standard practice for strategy discussions, version 2026.1"
    assert MINUTES.heading.chair == "Priya Example, Team manager"
    assert MINUTES.heading.harm == "Physical abuse, Emotional abuse"
    assert (heading.kind, heading.minute_taker) == ("Review strategy discussion", "None named")


def test_somebody_who_has_left_the_directory_leaves_a_gap_and_no_fault() -> None:
    nobody = make_minutes(replace(STORY, people={}, agencies={}, desks={}))

    assert nobody.heading.chair == "no longer in the directory"
    assert {action.owner for action in nobody.immediate_actions} == {"no longer in the directory"}


# --- quorum and attendance


def test_quorum_counts_agencies_and_names_who_else_should_have_been_there() -> None:
    assert MINUTES.heading.quorum == (
        "Quorate: Children's social care, Police and Health took part. "
        "Midwifery should be there too because a baby is expected or newly born, and did not take part."
    )


def without_police() -> Material:
    return replace(STORY, attendance=[one for one in ATTENDANCE if one.agency != POLICE])


def test_without_a_core_agency_it_says_so_and_why() -> None:
    facts = [*STORY.facts, said(1, "opening.inquorate_reason", "The unit was out, and A finishes school at three")]

    minutes = make_minutes(replace(without_police(), facts=facts))

    assert minutes.heading.quorum.startswith(
        "Not quorate: Police did not take part. Reason given: The unit was out, and A finishes school at three. "
    )


def test_what_the_booker_gave_as_reason_serves_where_the_chair_gave_none() -> None:
    bare = without_police()
    booked = replace(bare, discussion=replace(bare.discussion, quorum_reason="Police join by phone"))

    assert "Reason given: Police join by phone." in make_minutes(booked).heading.quorum
    assert "No reason was given." in make_minutes(bare).heading.quorum


def test_attendance_goes_by_agency_with_coming_and_leaving_and_may_decide() -> None:
    assert [astuple(one) for one in MINUTES.attendees] == [
        ("Avonford Community Health", "Mei Notreal, Named nurse", True, "11:05", None),
        ("Avonford Community Health", "Dr Ada Unlisted, paediatrician", True, "11:15", None),
        ("Avonford Police", "Dan Invented, Detective sergeant", True, "11:07", None),
        ("Children's social care", "Priya Example, Team manager", True, "11:05", None),
        ("Children's social care", "Owen Sample, Business support officer", False, "11:05", None),
        ("Children's social care", "Ruth Fiction, Social worker", True, "11:05", None),
        ("Hillside Primary", "Tom Madeup, Designated safeguarding lead", False, "11:05", "11:40"),
    ]


def test_who_was_asked_and_not_there_is_listed_with_answer_and_reason() -> None:
    assert MINUTES.absences == (
        Absence(
            "Harbour Domestic Abuse Service",
            "Ines Imagined, IDVA",
            "Could not come (recorded by Owen Sample)",
            "In court all morning; Court hearing that could not be moved",
        ),
        Absence("Probation Service", "Probation duty desk", "No answer", None),
    )


def test_a_deputy_who_came_makes_nobody_absent_and_one_who_did_not_does() -> None:
    sent = asked(9, HEALTH, InvitationAnswer.DEPUTY, person=STORY.discussion.booker)
    missed = asked(9, IDVA, InvitationAnswer.DEPUTY, words="My colleague comes")

    assert make_minutes(replace(STORY, invitations=[sent])).absences == ()
    (absence,) = make_minutes(replace(STORY, invitations=[missed])).absences
    assert (absence.answer, absence.who) == ("Said they were sending somebody else", "Anybody")
