"""Quorum by agency: the core always, others because of what was told; for every set of agencies that may be there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discussions.agenda.quorum import conditions_of, light_for
from discussions.practice.types import Condition
from storage.practice_file import standard_practice

PRACTICE = standard_practice()
TODAY = date(2026, 11, 24)


@dataclass(frozen=True)
class One:
    born: date | None
    expected: date | None = None


SEVEN, NEWBORN, ONE_YEAR = One(date(2019, 5, 14)), One(date(2026, 11, 1)), One(date(2025, 6, 1))
NEXT_YEAR, NEXT_WEEK = One(None, date(2027, 3, 20)), One(None, date(2026, 12, 1))


@pytest.mark.parametrize(
    ("child", "ticked", "schools", "asked"),
    [
        (NEXT_YEAR, (), (), {"MIDWIFERY"}),
        (NEWBORN, (), (), {"MIDWIFERY"}),
        (SEVEN, ("injury",), (), {"PAEDIATRICS"}),
        (SEVEN, ("medical",), (), {"PAEDIATRICS"}),
        (SEVEN, ("in_hospital",), (), {"PAEDIATRICS"}),
        (SEVEN, ("fii",), (), {"PAEDIATRICS"}),
        (SEVEN, (), ("Hillside Primary",), {"EDUCATION"}),
        (SEVEN, ("position_of_trust",), (), {"LADO"}),
        (SEVEN, ("looked_after",), (), {"PLACEMENT"}),
        (SEVEN, ("out_of_area",), (), {"HOME_AUTHORITY"}),
        (SEVEN, ("domestic_abuse",), (), set()),
    ],
)
def test_what_was_told_says_who_must_be_there_too(
    child: One, ticked: tuple[str, ...], schools: tuple[str, ...], asked: set[str]
) -> None:
    light = light_for(PRACTICE, conditions_of(PRACTICE, [child], TODAY, ticked, schools), frozenset())

    assert {line.code for line in light.lines if not line.is_core} == asked
    assert all(line.because for line in light.lines if not line.is_core)


def test_an_injury_counts_double_for_the_very_young_and_a_due_date_once_it_is_near() -> None:
    assert Condition.YOUNG_AND_INJURED in conditions_of(PRACTICE, [SEVEN, ONE_YEAR], TODAY, ["injury"])
    assert Condition.YOUNG_AND_INJURED not in conditions_of(PRACTICE, [SEVEN], TODAY, ["injury"])
    assert Condition.YOUNG_AND_INJURED not in conditions_of(PRACTICE, [ONE_YEAR], TODAY)
    assert Condition.NEAR_DUE_DATE in conditions_of(PRACTICE, [NEXT_WEEK], TODAY)
    assert Condition.NEAR_DUE_DATE not in conditions_of(PRACTICE, [NEXT_YEAR], TODAY)


@given(st.sets(st.sampled_from(list(Condition))), st.sets(st.sampled_from([one.code for one in PRACTICE.agencies])))
def test_whoever_comes_only_the_core_decides_and_everybody_missing_is_named(
    conditions: set[Condition], present: set[str]
) -> None:
    light = light_for(PRACTICE, conditions, present)

    assert light.is_quorate == ({"CSC", "POLICE", "HEALTH"} <= present)
    assert {line.code for line in light.missing} == {line.code for line in light.lines} - present
    assert len({line.code for line in light.lines}) == len(light.lines)
