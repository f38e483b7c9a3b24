"""Actions as people type them: what is pointed out in each, and what one press makes of it."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discussions.actions.lint import Code, Finding, findings_of
from discussions.actions.sentence import by_weight
from tests.discussions.actions.sentences import WORLD, sentences
from tests.discussions.actions.story import TEN


def found(typed: str) -> list[str]:
    return [finding.code.value for finding in findings_of(typed, WORLD)]


@pytest.mark.parametrize(("sentence", "codes"), sentences())
def test_a_sentence_is_judged_as_a_careful_reader_would(sentence: str, codes: list[str]) -> None:
    assert sorted(found(sentence)) == sorted(codes)


def test_every_code_is_in_the_sentences() -> None:
    assert {code for _, codes in sentences() for code in codes} == {code.value for code in Code}


def still(finding: Finding, line: str) -> bool:
    return any((one.code, one.said) == (finding.code, finding.said) for one in findings_of(line, WORLD))


@pytest.mark.parametrize("sentence", [sentence for sentence, codes in sentences() if codes])
def test_a_mend_takes_away_what_it_mends_and_brings_nothing_worse(sentence: str) -> None:
    before = {one.code for one in findings_of(sentence, WORLD)}
    for finding in findings_of(sentence, WORLD):
        for mend in finding.mends:
            assert not any(still(finding, line) for line in mend.lines), (mend, sentence)
            for line in mend.lines:
                new = {one.code for one in findings_of(line, WORLD)} - before
                may_come = {Code.NOT_IN_ROOM, Code.NO_MEASURE, Code.NO_CONTINGENCY}
                # of two owners one may be a whole agency; a new owner may be whoever was to hear of it
                may_come |= {Code.NO_OWNER} if finding.code is Code.TWO_OWNERS else set()
                may_come |= {Code.NO_FEEDBACK} if finding.field == "owner" else set()
                assert new <= may_come, (line, new)


def test_two_owners_become_two_actions_or_one_with_company() -> None:
    [two] = findings_of("Helen Marsh and Carl Poe see A by Fri 14:00 tell chair", WORLD)

    assert [mend.lines for mend in two.mends] == [
        ("Helen Marsh sees A by Fri 14:00 tell chair", "Carl Poe sees A by Fri 14:00 tell chair"),
        ("Helen Marsh with Carl Poe sees A by Fri 14:00 tell chair",),
    ]


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        ("Tom Bexley monitors A by Fri 14:00 tell SW", ["Tom Bexley sees A by Fri 14:00 tell SW"]),
        ("Priya Nair rings Jo as appropriate by Fri 14:00", ["Priya Nair rings Jo by Fri 14:00"]),
        ("Priya Nair sees A by today tell the DS", ["Priya Nair sees A by 17/11/2026 17:00 tell the DS"]),
        ("Priya Nair sees A ASAP tell the DS", ["Priya Nair sees A by 18/11/2026 10:00 tell the DS"]),
        ("Priya Nair sees A tell the DS", ["Priya Nair sees A by 18/11/2026 10:00 tell the DS"]),
        ("Helen Marsh sees A by 21/11 12:00 tell SW", ["Helen Marsh sees A by 23/11/2026 12:00 tell SW"]),
        ("Priya Nair sees A by 11/12 tell the DS", ["Priya Nair sees A by 08/12/2026 17:00 tell the DS"]),
        ("Priya Nair sees A by Fri 14:00", ["Priya Nair sees A by Fri 14:00 tell the chair"]),
        ("Priya Nier sees A by Fri 14:00 tell chair", ["Priya Nair sees A by Fri 14:00 tell chair"]),
    ],
)
def test_one_press_mends_it(typed: str, lines: list[str]) -> None:
    first = findings_of(typed, WORLD)[0]

    assert list(first.mends[0].lines) == lines


def test_a_duplicate_opens_the_other() -> None:
    [same] = findings_of("Bo Ray checks the licence conditions with the prison by Thu 12:00 tell chair", WORLD)

    assert (same.code, same.opens) == (Code.DUPLICATE, "open")


def test_what_leaves_something_open_comes_before_what_could_be_better() -> None:
    findings = by_weight(findings_of("Helen Marsh and Carl Poe monitor A by Sat 21/11", WORLD))

    assert [one.code.value for one in findings] == ["two_owners", "not_working_day", "vague_word", "no_feedback"]


@pytest.mark.parametrize("hour", ["01:30", "01:30 GMT", "02:30"])
def test_the_hours_of_a_clock_change_are_said_in_a_clear_sentence(hour: str) -> None:
    spring = replace(WORLD, now=TEN.replace(year=2027, month=3, day=22), latest=None)
    findings = findings_of(f"Lighthouse sees A by 28/03/2027 {hour} tell chair", spring)

    words = [finding.words for finding in findings]
    if hour == "02:30":
        assert words == []
    else:
        assert len(words) == 1
        assert "28/03/2027" in words[0]


PIECES = st.sampled_from(
    [
        *(
            "action:",
            "safety:",
            "Helen Marsh",
            "Jo",
            "and",
            "&",
            "/",
            "to",
            "be",
            "seen",
            "sees A",
            "monitor",
            "by",
            "24/7",
        ),
        *(
            "Fri 14:00",
            "31/02",
            "25:00",
            "midnight",
            "next Friday",
            "or",
            "tell",
            "the chair",
            "if not",
            "ASAP",
            ":",
            ";",
        ),
        *(
            "(",
            "within",
            "’s",
            "A's",
            "all",
            "2",
            "at",
            "é",
            "١٢",
            "\x00",
            "  ",
            "12",
            "\n",
            "every Monday",
            "with both",
        ),
    ]
)


@settings(deadline=None, max_examples=400)
@given(st.lists(PIECES | st.text(max_size=6), max_size=20).map(" ".join))
def test_whatever_is_typed_never_raises_and_each_code_comes_once(typed: str) -> None:
    findings = findings_of(typed, WORLD)

    once = [one.code for one in findings if one.code is not Code.VAGUE_WORD]
    assert len(once) == len(set(once))
    assert all(one.words and one.field for one in findings)
    assert not {Code.NO_DUE, Code.VAGUE_DUE} <= set(once)
    for line in (line for one in findings for mend in one.mends for line in mend.lines):
        findings_of(line, WORLD)


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=3_000))
def test_nothing_at_all_makes_it_raise(typed: str) -> None:
    findings_of(typed, WORLD)


def test_it_is_quick() -> None:
    """Well under 5 ms a sentence; the bound leaves room for a machine that does other things."""
    typed = [sentence for sentence, _ in sentences()]
    for sentence in typed:
        findings_of(sentence, WORLD)
    begun = time.process_time()
    for sentence in typed:
        findings_of(sentence, WORLD)

    assert (time.process_time() - begun) / len(typed) < 0.005


@pytest.mark.parametrize(
    "word", ["today ", "by 14:00 ", "Helen Marsh and ", "if not ", "(", "tell ", "by the next ", "a, "]
)
def test_a_long_line_of_one_word_is_read_in_time(word: str) -> None:
    begun = time.process_time()
    findings_of(word * (2_000 // len(word)), WORLD)

    assert time.process_time() - begun < 0.5
