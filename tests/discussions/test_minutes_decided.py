"""What the record says of what was decided: for each child, in safety plans, in actions, by which dates."""

from __future__ import annotations

from dataclasses import astuple, replace

from discussions.agenda.facts import DECISION_IN_WORDS, NOTE
from discussions.practice.types import IcpcAnchor
from discussions.record.minutes import make_minutes
from discussions.record.parts import Line
from storage.practice_file import standard_practice
from tests.discussions.minutes_story import MINUTES, STORY, with_facts
from tests.documents.story import (
    ACTIONS,
    A,
    B,
    C,
    at,
    said,
    told,
)

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
