"""A practice that was kept before something could be said in it still reads, with the usual way of it."""

from __future__ import annotations

from dataclasses import replace

from discussions.practice.chasing import STANDARD_CHASING
from storage.practice_file import (
    read_practice,
    standard_practice,
    standard_text,
)

STANDARD = standard_text()

STANDARD = standard_text()


def test_a_practice_from_before_there_were_proposals_still_reads() -> None:
    start, end = STANDARD.index("[booking_facts]"), STANDARD.index("[harms]")

    before = read_practice(STANDARD[:start] + STANDARD[end:])

    assert (before.booking_facts, before.invite_rules, before.decline_reasons) == ((), (), ())


def test_a_practice_from_before_there_were_slots_has_the_standard_ones_and_no_reasons_of_agencies() -> None:
    start, end = STANDARD.index("[slots]"), STANDARD.index("[harms]")

    before = read_practice(STANDARD[:start] + STANDARD[end:]).slots

    assert before == replace(standard_practice().slots, shortages=())
    assert before.shortage_of("POLICE").code == "CAPACITY_OTHER"
    assert standard_practice().slots.shortage_of("POLICE").code == "CAPACITY_POLICE"


def test_a_practice_from_before_there_was_chasing_has_the_usual_steps() -> None:
    start, end = STANDARD.index("[chasing]"), STANDARD.index("# Before somebody sees or interviews a child")
    older = read_practice(STANDARD[:start] + STANDARD[end:])

    assert older.chasing == STANDARD_CHASING
    assert older.chasing == standard_practice().chasing
    assert read_practice(STANDARD[:start] + "[chasing]\nstep = []\n" + STANDARD[end:]).chasing.steps == ()
