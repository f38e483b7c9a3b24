"""What the record says of each item of the agenda, and what it leaves out."""

from __future__ import annotations

from dataclasses import astuple

from discussions.agenda.facts import GAP_REASON, NOTE
from discussions.record.parts import Gap, LateEntry, Line
from tests.discussions.minutes_story import MINUTES, everything_said, passages, with_facts
from tests.documents.story import (
    ATTENDANCE,
    CSC,
    A,
    B,
    C,
    said,
)

# --- items


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
