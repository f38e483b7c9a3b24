"""Saving a form: each field its own fact, all or nothing, and nobody's text is lost when two people write."""

from __future__ import annotations

from dataclasses import replace

import pytest

from discussions.agenda.refusals import NotTheMoment
from discussions.agenda.save import Saving, save_form
from discussions.booking.discussion import DiscussionState
from discussions.refusals import NotFound, WrongAnswer
from storage.database import Database
from tests.discussions.agenda.meeting import (
    CHAIR,
    DISCUSSION,
    MINUTES,
    NURSE,
    POLICE,
    SD,
    SERGEANT,
    A,
    B,
    Meeting,
    booked,
    started,
)

VOICE = (6, 0)
DECISIONS = (10, 0)
REASON = "decision.s47_reason"


def standing(meeting: Meeting, field: str, subject: str = A) -> str | None:
    return meeting.captured.value(field, subject)


def test_each_field_is_a_fact_of_its_own(database: Database) -> None:
    meeting = started(database)

    meeting.saves(CHAIR, *VOICE, A, {"voice.seen": "today", "voice.words": " “It hurt.”\r\nThen nothing. "})

    assert [(fact.field, fact.value, fact.version) for fact in meeting.history] == [
        ("voice.seen", "today", 1),
        ("voice.words", "“It hurt.”\nThen nothing.", 1),
    ]
    assert {(fact.subject, fact.who, fact.item, fact.late) for fact in meeting.history} == {(A, CHAIR.id, 6, False)}


def test_what_did_not_change_writes_nothing(database: Database) -> None:
    meeting = started(database)
    typed = {"voice.seen": "today", "voice.words": "“It hurt.”"}
    meeting.saves(CHAIR, *VOICE, A, typed)

    saved = meeting.saves(CHAIR, *VOICE, A, typed)

    assert saved.facts == ()
    assert len(meeting.history) == 2


def test_an_emptied_field_is_kept_as_taken_out(database: Database) -> None:
    meeting = started(database)
    meeting.saves(CHAIR, *VOICE, A, {"voice.words": "“It hurt.”"})

    meeting.saves(CHAIR, *VOICE, A, {"voice.words": "  "})

    assert [(fact.value, fact.version) for fact in meeting.history] == [("“It hurt.”", 1), (None, 2)]
    assert standing(meeting, "voice.words") is None


@pytest.mark.parametrize(
    ("item", "form", "subject", "field", "typed"),
    [
        (10, 0, A, "decision.s47", "perhaps"),
        (10, 0, A, "decision.s47", "yes,no"),
        (9, 1, A, "safety.review_on", "31/02/2027"),
        (9, 1, A, "safety.review_on", "soon"),
        (9, 2, A, "safety.option_from", "whenever"),
        (8, 0, A, "analysis.scale", "seven"),
        (10, 1, A, "decision.crime_officer", "nobody-known"),
        (8, 1, A, "analysis.view_agency", "no-such-agency"),
        (3, 0, "", "concern.summary", "x" * 1001),
        (6, 0, A, "voice.words", "x" * 4_001),
        (6, 0, A, "voice.seen_by", "x" * 1001),
    ],
)
def test_a_field_that_cannot_be_read_refuses_the_whole_form(
    database: Database, item: int, form: int, subject: str, field: str, typed: str
) -> None:
    meeting = started(database)
    others = {one.code: "kept?" for one in meeting.practice.item(item).forms[form].fields if one.kind.is_written}

    with pytest.raises(WrongAnswer) as refused:
        meeting.saves(CHAIR, item, form, subject, {**others, field: typed})

    assert refused.value.field == field
    assert meeting.history == []


def test_moments_that_lie_behind_and_days_to_come_are_read(database: Database) -> None:
    meeting = started(database)

    meeting.saves(CHAIR, 9, 2, A, {"safety.option": "s46", "safety.option_from": "today 09:15"})
    meeting.saves(CHAIR, 9, 1, A, {"safety.review_on": "Friday"})

    assert standing(meeting, "safety.option_from") == "2026-11-25T09:15:00+00:00"
    assert standing(meeting, "safety.review_on") == "2026-11-27"


def test_a_kept_moment_that_comes_back_as_it_was_shown_is_no_change(database: Database) -> None:
    meeting = started(database)
    meeting.saves(CHAIR, 3, 0, "", {"concern.referral_at": "yesterday 16:00"})

    meeting.after(60 * 24 * 90).saves(CHAIR, 3, 0, "", {"concern.referral_at": "24/11/2026 16:00"})

    assert len(meeting.history) == 1


def test_a_repeating_form_adds_an_entry_each_time(database: Database) -> None:
    meeting = started(database)
    typed = {"information.said": "Two call-outs.", "information.nature": "fact"}

    meeting.saves(CHAIR, 4, 0, POLICE.id, typed)
    meeting.saves(MINUTES, 4, 0, POLICE.id, {"information.said": "Nothing since May."})
    empty = meeting.saves(MINUTES, 4, 0, POLICE.id, {})

    entries = meeting.captured.entries(meeting.practice.form("information.entry"), POLICE.id)
    assert entries == (typed, {"information.said": "Nothing since May."})
    assert empty.facts == ()


def test_two_people_writing_different_fields_lose_nothing(database: Database) -> None:
    meeting = started(database)
    seen = meeting.seen(*VOICE, A)

    meeting.saves(MINUTES, *VOICE, A, {"voice.words": "“It hurt.”"}, seen)
    saved = meeting.saves(CHAIR, *VOICE, A, {"voice.seen": "today"}, seen)

    assert saved.clashes == ()
    assert (standing(meeting, "voice.words"), standing(meeting, "voice.seen")) == ("“It hurt.”", "today")


def test_two_people_writing_one_field_both_texts_are_shown_and_the_rest_is_saved(database: Database) -> None:
    meeting = started(database)
    seen = meeting.seen(*DECISIONS, A)
    meeting.saves(MINUTES, *DECISIONS, A, {"decision.s47": "yes", REASON: "Theirs."}, seen)

    saved = meeting.after(2).saves(CHAIR, *DECISIONS, A, {REASON: "Mine.", "decision.medical": "yes"}, seen)

    [clash] = saved.clashes
    assert (clash.field.code, clash.theirs, clash.mine, clash.who) == (REASON, "Theirs.", "Mine.", MINUTES.id)
    assert standing(meeting, REASON) == "Theirs."
    assert standing(meeting, "decision.medical") == "yes"
    assert standing(meeting, "decision.s47") == "yes"


def test_saving_again_after_a_clash_puts_mine_in_its_place_and_keeps_theirs(database: Database) -> None:
    meeting = started(database)
    seen = meeting.seen(*DECISIONS, A)
    meeting.saves(MINUTES, *DECISIONS, A, {REASON: "Theirs."}, seen)
    meeting.saves(CHAIR, *DECISIONS, A, {REASON: "Mine."}, seen)

    meeting.saves(CHAIR, *DECISIONS, A, {REASON: "Mine."})

    assert standing(meeting, REASON) == "Mine."
    assert [fact.value for fact in meeting.history] == ["Theirs.", "Mine."]


def test_two_people_writing_the_same_is_no_clash(database: Database) -> None:
    meeting = started(database)
    seen = meeting.seen(*DECISIONS, A)
    meeting.saves(MINUTES, *DECISIONS, A, {REASON: "The same."}, seen)

    saved = meeting.saves(CHAIR, *DECISIONS, A, {REASON: "The same."}, seen)

    assert (saved.clashes, saved.facts) == ((), ())


def test_an_older_card_does_not_put_back_what_somebody_changed(database: Database) -> None:
    meeting = started(database)
    meeting.saves(CHAIR, *VOICE, A, {"voice.words": "First.", "voice.wishes": "Home."})
    seen = meeting.seen(*VOICE, A)
    meeting.saves(MINUTES, *VOICE, A, {"voice.words": "Second.", "voice.wishes": "Home."})

    saved = meeting.saves(CHAIR, *VOICE, A, {"voice.words": "First.", "voice.wishes": "Dad."}, seen)

    assert saved.clashes == ()
    assert (standing(meeting, "voice.words"), standing(meeting, "voice.wishes")) == ("Second.", "Dad.")


def test_one_s_own_later_text_on_another_device_is_no_clash(database: Database) -> None:
    meeting = started(database)
    seen = meeting.seen(*VOICE, A)
    meeting.saves(CHAIR, *VOICE, A, {"voice.words": "On the phone."}, seen)

    saved = meeting.saves(CHAIR, *VOICE, A, {"voice.words": "On the desktop."}, seen)

    assert saved.clashes == ()
    assert standing(meeting, "voice.words") == "On the desktop."


def test_a_long_text_of_which_a_card_showed_only_the_beginning_is_not_cut(database: Database) -> None:
    meeting = started(database)
    long = "word " * 190
    meeting.saves(CHAIR, *VOICE, A, {"voice.words": long})
    back = Saving(SD, *VOICE, A, {"voice.words": long[:500]}, meeting.seen(*VOICE, A), cut_to=(2_000, 500))

    meeting.does(CHAIR, save_form, back)

    assert standing(meeting, "voice.words") == long.strip()


def test_what_is_entered_after_the_close_is_marked(database: Database) -> None:
    meeting = started(database, replace(DISCUSSION, state=DiscussionState.CLOSED))

    meeting.saves(MINUTES, *VOICE, A, {"voice.words": "Later."})

    assert [fact.late for fact in meeting.history] == [True]


def test_what_was_told_by_telephone_is_marked(database: Database) -> None:
    meeting = started(database)

    meeting.does(CHAIR, save_form, Saving(SD, 4, 0, POLICE.id, {"information.said": "On its way."}, 0, by_phone=True))

    assert [fact.late for fact in meeting.history] == [True]


@pytest.mark.parametrize("state", [DiscussionState.BOOKED, DiscussionState.APPROVED, DiscussionState.CANCELLED])
def test_nothing_is_captured_before_the_start_nor_after_the_end(database: Database, state: DiscussionState) -> None:
    meeting = booked(database, replace(DISCUSSION, state=state))

    with pytest.raises(NotTheMoment):
        meeting.saves(CHAIR, *VOICE, A, {"voice.words": "x"})

    assert meeting.history == []


def test_only_the_chair_and_the_minute_taker_capture(database: Database) -> None:
    meeting = started(database)

    for who in (SERGEANT, NURSE):
        with pytest.raises(NotFound):
            meeting.saves(who, *VOICE, A, {"voice.words": "x"})


@pytest.mark.parametrize(
    ("item", "form", "subject"), [(6, 0, "child-z"), (6, 0, ""), (6, 9, A), (99, 0, A), (4, 0, "nowhere"), (3, 0, A)]
)
def test_a_forged_card_changes_nothing(database: Database, item: int, form: int, subject: str) -> None:
    meeting = started(database)

    with pytest.raises(NotFound):
        meeting.does(CHAIR, save_form, Saving(SD, item, form, subject, {"voice.words": "x"}, 0))

    assert meeting.history == []


def test_an_item_that_requires_nothing_can_be_marked_as_talked_through(database: Database) -> None:
    meeting = started(database)

    meeting.does(CHAIR, save_form, Saving(SD, 4, 0, POLICE.id, {}, 0, talked_through=True))

    assert [(fact.field, fact.item) for fact in meeting.history] == [("note", 4)]


def test_one_child_s_form_leaves_the_other_child_alone(database: Database) -> None:
    meeting = started(database)

    meeting.saves(CHAIR, *VOICE, A, {"voice.words": "A's."})
    meeting.saves(CHAIR, *VOICE, B, {"voice.words": "Of the mother."})

    assert (standing(meeting, "voice.words", A), standing(meeting, "voice.words", B)) == ("A's.", "Of the mother.")
