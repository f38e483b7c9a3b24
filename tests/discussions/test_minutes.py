"""What the record says: in which words, in which place, and what it leaves out."""

from __future__ import annotations

from dataclasses import astuple, replace
from datetime import UTC, datetime

import pytest

from discussions.agenda.facts import DECISION_IN_WORDS, GAP_REASON, NOTE
from discussions.booking.discussion import DiscussionKind, DiscussionState
from discussions.booking.invitations import InvitationAnswer
from discussions.practice.types import IcpcAnchor
from discussions.record.material import Material
from discussions.record.minutes import file_name, make_minutes
from discussions.record.parts import Absence, Gap, LateEntry, Line, Minutes
from storage.practice_file import standard_practice
from tests.documents.story import (
    ACTIONS,
    ATTENDANCE,
    CSC,
    HEALTH,
    IDVA,
    INVITATIONS,
    POLICE,
    A,
    B,
    C,
    asked,
    at,
    said,
    told,
)

STORY = told(standard_practice())
MINUTES = make_minutes(STORY)


def with_discussion(**changes: object) -> Minutes:
    return make_minutes(replace(STORY, discussion=replace(STORY.discussion, **changes)))  # type: ignore[arg-type]


def with_facts(*facts: object) -> Minutes:
    return make_minutes(told(standard_practice(), facts))  # type: ignore[arg-type]


def everything_said(part: object) -> str:
    """All words of the record, wherever they stand."""
    if isinstance(part, tuple):
        return "\n".join(everything_said(one) for one in part)
    return str(part)


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


# --- decisions


def test_a_decision_is_told_in_the_words_of_the_practice_with_its_reason() -> None:
    of_b = MINUTES.decisions[1]

    assert of_b.outcome == "No s47: assessment starts or goes on"
    assert [astuple(row) for row in of_b.rows] == [
        ("s47 enquiry", "No", "Nothing suggests harm to B so far", False),
        ("Medical", "No", "No injury is alleged", False),
        ("Assessment (s17) or plan", "Assessment starts", None, False),
    ]


def test_dissent_stands_with_the_child_it_is_about_and_for_the_whole_table() -> None:
    assert [child.dissent for child in MINUTES.decisions] == [
        Line("Dissent", "Health would have the ABE interview first"),
        None,
        None,
    ]
    assert MINUTES.dissent == Line("Does any agency disagree", "Yes – Health: would examine B as well")


def test_a_child_about_whom_nothing_was_decided_is_still_there() -> None:
    of_c = MINUTES.decisions[2]

    assert (of_c.outcome, of_c.rows) == (None, ())


def test_a_decision_typed_while_people_talk_stands_with_the_decisions() -> None:
    minutes = with_facts(
        said(10, DECISION_IN_WORDS, "No letter to the home", ""),
        said(10, DECISION_IN_WORDS, "B stays with his aunt", B, late=True),
    )

    assert [line.value for line in minutes.decisions_in_words] == ["No letter to the home"]
    assert minutes.decisions[1].in_words == (Line("Decided, as it was spoken", "B stays with his aunt", late=True),)


def test_what_was_taken_back_is_not_in_the_record() -> None:
    minutes = with_facts(
        said(10, "decision.s47", None, A),
        said(3, NOTE, None),
        said(3, NOTE, "   ", sequence=1),
        said(10, DECISION_IN_WORDS, None),
    )

    assert minutes.decisions[0].rows == ()
    assert minutes.decisions_in_words == ()
    assert all(item.is_empty for item in minutes.items)


# --- safety plan and actions


def test_the_safety_plan_of_each_child_stands_by_itself_and_marks_what_police_restrict() -> None:
    of_a, of_b, of_c = MINUTES.safety_plans

    assert Line("Who keeps the child safe", "Her grandmother, Jo Sample") in of_a.lines
    assert Line("That person was", "Seen, Willing") in of_a.lines
    assert (
        Line(
            "Bail or order conditions, and when they end (police restricted)",
            "No contact with Ray Sample; bail ends 12 December",
        )
        in of_a.lines
    )
    assert Line("Looked at again on", "Friday 20 November 2026") in of_a.lines
    assert of_b.lines == (Line("For this child", "No immediate risk – Stays with his mother at her sister's home"),)
    assert of_c.lines == ()


def test_actions_go_into_two_tables_by_number() -> None:
    assert [action.number for action in MINUTES.immediate_actions] == [1]
    assert [action.number for action in MINUTES.enquiry_actions] == [2, 3]


def test_an_action_due_within_24_hours_is_immediate_whatever_its_kind() -> None:
    soon = replace(ACTIONS[0], due_at=at(11, 5, day=18))
    later = replace(ACTIONS[0], due_at=at(11, 6, day=18))

    assert make_minutes(replace(STORY, actions=[soon])).enquiry_actions == ()
    assert make_minutes(replace(STORY, actions=[later])).immediate_actions == ()


def test_an_action_says_who_told_of_it_when_it_was_not_the_owner() -> None:
    (second, third) = MINUTES.enquiry_actions

    assert second.state == "Accepted (recorded by Owen Sample)"
    assert second.feedback == "Priya Example, Dan Invented: by phone on the day"
    assert (third.owner, third.agency, third.feedback) == (
        "Health safeguarding duty line",
        "Avonford Community Health",
        None,
    )


def test_an_action_that_is_late_when_the_record_is_made_says_so() -> None:
    (second, third) = make_minutes(replace(STORY, now=at(16, 1, day=19))).enquiry_actions

    assert second.state == "Accepted, overdue (recorded by Owen Sample)"
    assert third.state == "Waiting for the owner's answer"


# --- dates


def test_the_latest_conference_date_is_shown_for_the_children_with_an_enquiry() -> None:
    assert MINUTES.dates == (
        Line(
            "Child protection conference (ICPC) for A",
            "at the latest on Tuesday 8 December 2026 (15 working days; the day of the discussion is day 0)",
        ),
        Line("Next discussion", "Tuesday 24 November 2026, 10:00"),
        Line("Full record due", "Wednesday 18 November 2026, 17:00"),
    )


def test_without_an_enquiry_no_conference_date_is_shown() -> None:
    assert with_facts(said(10, "decision.s47", "no", A)).dates == (
        Line("Full record due", "Wednesday 18 November 2026, 17:00"),
    )


def test_an_enquiry_that_was_running_keeps_its_date_unless_the_area_counts_from_the_last_discussion() -> None:
    running = [said(10, "decision.s47", "running", C)]
    elsewhere = replace(standard_practice(), icpc_anchor=IcpcAnchor.LAST_DISCUSSION)

    kept = make_minutes(told(standard_practice(), running)).dates[0]
    anew = make_minutes(told(elsewhere, running)).dates[0]

    assert kept.value == "its latest date counts from the discussion that began the s47 enquiry; see that record"
    assert anew.value.startswith("at the latest on Tuesday 8 December 2026")


# --- items


def passages(minutes: Minutes, number: int) -> dict[str | None, tuple[Line, ...]]:
    item = next(item for item in minutes.items if item.number == number)
    return {passage.title: passage.lines for passage in item.passages}


def test_every_item_of_the_agenda_is_there_in_its_order() -> None:
    assert [item.number for item in MINUTES.items] == list(range(1, 14))


def test_a_form_about_a_child_names_the_child_and_one_about_an_agency_the_agency() -> None:
    assert list(passages(MINUTES, 8)) == [
        "A (J.S., born 03/04/2019, 7): Analysis",
        "B (M.S., born 21/09/2022, 4): Analysis",
        "A (J.S., born 03/04/2019, 7): An agency's view, 1 of 2",
        "A (J.S., born 03/04/2019, 7): An agency's view, 2 of 2",
    ]
    assert list(passages(MINUTES, 4)) == ["Avonford Police, 1 of 2", "Avonford Police, 2 of 2", "Hillside Primary"]


def test_people_agencies_choices_and_moments_are_told_in_words() -> None:
    minutes = with_facts(
        said(1, "opening.briefed_by", "p-nurse"),
        said(1, "opening.missing_agency", "POLICE"),
        said(1, "opening.briefed_when", "2026-11-17T15:00:00+00:00"),
        said(1, "opening.adjourned_to", "tomorrow or so"),
        said(11, "enquiry.lead", "whoever is on duty", A),
        said(8, "analysis.view_agency", CSC, A),
    )

    assert passages(minutes, 1)["If a core agency is missing"] == (
        Line("Missing agency", "Police"),
        Line("Who briefs them", "Mei Notreal, Named nurse"),
        Line("By when", "Tuesday 17 November 2026, 15:00"),
        Line("If adjourned: new time, inside the window", "tomorrow or so"),
    )
    assert (
        passages(minutes, 11)["A (J.S., born 03/04/2019, 7): One step of the enquiry"][0].value == "whoever is on duty"
    )
    assert passages(minutes, 8)["A (J.S., born 03/04/2019, 7): An agency's view"][0].value == "Children's social care"


def test_a_reason_stands_behind_what_it_explains_even_if_that_was_taken_back() -> None:
    minutes = with_facts(said(2, "family.genogram", None), said(2, "family.genogram_reason", "No printer"))

    assert passages(MINUTES, 2)["Genogram and authority"] == (
        Line("Genogram", "Not used – The father of C is not known yet"),
    )
    assert passages(minutes, 2)["Genogram and authority"] == (Line("Genogram", "Not answered – No printer"),)


def test_what_has_its_own_place_is_pointed_to_and_not_told_twice() -> None:
    items = {item.number: item for item in MINUTES.items}

    assert items[10].passages == ()
    assert items[10].elsewhere == "The decisions stand at the beginning."
    assert items[9].elsewhere == "The interim safety plan stands near the beginning."
    assert everything_said(astuple(MINUTES)).count("Her grandmother, Jo Sample") == 1


def test_legal_advice_is_kept_out_and_its_absence_is_said() -> None:
    assert "SECRET ADVICE" not in everything_said(astuple(MINUTES))
    assert MINUTES.held_back == (
        "Item 4, Agency information round: 1 entry kept apart, because legal advice is privileged.",
    )


def test_what_was_asked_under_a_code_that_this_practice_does_not_know_is_kept() -> None:
    minutes = with_facts(said(3, "concern.weather", "It rained", B), said(99, NOTE, "Said at the door"))

    assert passages(minutes, 3)["Asked differently at the time"] == (
        Line("concern.weather", "B (M.S., born 21/09/2022, 4): It rained"),
    )
    assert minutes.items[-1].title == "An item that is not on this agenda"
    assert minutes.items[-1].notes == (Line("Note", "Said at the door"),)


# --- gaps, lateness, distribution


def test_a_gap_is_told_in_the_words_of_the_gate_with_the_reason_of_the_chair() -> None:
    minutes = with_facts(
        said(13, GAP_REASON, "nobody thought of it", "dissent"),
        said(12, GAP_REASON, "the desk decides", "actions_complete:act-3:feedback"),
        said(12, GAP_REASON, "seen this morning", f"actions_complete:{A}"),
        said(12, GAP_REASON, "the midwife sees her", f"actions_complete:{C}"),
        said(6, GAP_REASON, "asleep", f"child_complete:{B}:voice.words"),
        said(1, GAP_REASON, "on a call-out", "quorum:POLICE"),
        said(1, GAP_REASON, "no such test any more", "weather"),
    )

    assert minutes.gaps == (
        Gap("Missing from the core: Police", "on a call-out"),
        Gap("B (M.S., born 21/09/2022, 4): voice not recorded", "asleep"),
        Gap("Action 3: nobody who hears when it is done", "the desk decides"),
        Gap("Seeing A (J.S., born 03/04/2019, 7): no action with a date", "seen this morning"),
        Gap(
            "Visiting the mother of C (unborn, S., expected 12/01/2027): no action with a date", "the midwife sees her"
        ),
        Gap("Whether any agency disagrees: not answered", "nobody thought of it"),
        Gap("weather", "no such test any more"),
    )


def test_what_came_late_is_marked_where_it_stands_and_listed_with_who_and_when() -> None:
    notes = next(item.notes for item in MINUTES.items if item.number == 4)

    assert [note.late for note in notes] == [False, True]
    assert MINUTES.late == (
        LateEntry("Item 4, Note", "Owen Sample, Business support officer", "Tuesday 17 November 2026, 13:20"),
    )


def test_the_record_goes_to_those_who_took_part_those_who_were_asked_and_whom_the_chair_named() -> None:
    assert len(MINUTES.distribution) == len(ATTENDANCE) + 2 + 1
    assert MINUTES.distribution[-3:] == (
        "Ines Imagined, IDVA (Harbour Domestic Abuse Service), not there",
        "Probation duty desk (Probation Service), not there",
        "The health visitor, who was not asked",
    )
