"""The action linter against four sets of sentences it was not made from: the files say how they were judged."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from discussions.actions.findings import Code, OpenAction, Owner, World
from discussions.actions.lint import findings_of
from tests.discussions.actions.story import CALENDAR, PRACTICE, london

ENOUGH_RIGHT = 0.95
OFFICE = "Mon-Fri 09:00-17:00"
OWNERS = (
    Owner("Helen Marsh", "Detective sergeant", "Police", hours="Mon-Fri 08:00-16:00", id="marsh"),
    Owner("Tom Lewis", "Detective constable", "Police", hours="Mon-Fri 08:00-16:00", id="lewis"),
    Owner("Priya Shah", "Detective constable", "Police", is_here=False, hours="Mon-Fri 08:00-16:00", id="shah"),
    Owner("Dev Patel", "Social worker", "Children's social care", hours=OFFICE, id="patel"),
    Owner("Ruth Cole", "Team manager", "Children's social care", hours=OFFICE, also=("chair",), id="cole"),
    Owner("Sarah Khan", "Health visitor", "Community health", hours=OFFICE, id="s-khan"),
    Owner("Amir Khan", "School nurse", "Community health", is_here=False, hours=OFFICE, id="a-khan"),
    Owner("Joanne Ellis", "Designated safeguarding lead", "Hillside Primary School", hours=OFFICE, id="ellis"),
    Owner("Dr Anna Reid", "Consultant paediatrician", "Children's hospital", hours=OFFICE, id="reid"),
    Owner("Sarah Webb", "IDVA", "Next Link", is_here=False, hours=OFFICE, id="webb"),
    Owner("Lighthouse", agency="Police", is_desk=True, hours="24/7", id="lighthouse"),
    Owner(
        "Emergency Duty Team",
        agency="Children's social care",
        is_desk=True,
        hours="24/7",
        also=("EDT",),
        id="edt",
    ),
    Owner(
        "Hillside Primary office",
        agency="Hillside Primary School",
        is_desk=True,
        hours="Mon-Fri 08:30-16:00",
        id="school-office",
    ),
)
WORLD = World(
    owners=OWNERS,
    now=london(date(2026, 11, 24), 10),
    practice=PRACTICE,
    calendar=CALENDAR,
    latest=date(2026, 12, 15),
    open_actions=(
        OpenAction("open-1", "s-khan", "visit A at home and look at the sleeping space"),
        OpenAction("open-2", "marsh", "get a bail condition of no contact with A and B"),
        OpenAction("open-3", "patel", "ask the CP unit for the ICPC"),
    ),
)


@dataclass(frozen=True, slots=True)
class Held:
    group: str
    says: str
    finds: frozenset[Code] = frozenset()
    may: frozenset[Code] = frozenset()
    either: frozenset[Code] = frozenset()
    conference: bool = True

    def is_right(self, found: frozenset[Code]) -> bool:
        if self.either and not self.either & found:
            return False
        return self.finds <= found <= self.finds | self.may | self.either

    def expected(self) -> str:
        either = f"; one of {_said(self.either)}" if self.either else ""
        may = f"; perhaps {_said(self.may)}" if self.may else ""
        return f"{_said(self.finds)}{either}{may}"


def _said(codes: frozenset[Code]) -> str:
    return ", ".join(sorted(codes)) or "nothing"


def _held_in(file: str) -> tuple[Held, ...]:
    text = Path(__file__).with_name(file).read_text("utf-8")
    return tuple(
        Held(
            group,
            row["says"],
            *(frozenset(Code(code) for code in row.get(key, ())) for key in ("finds", "may", "either")),
            row.get("conference", True),
        )
        for group, rows in tomllib.loads(text).items()
        for row in rows
    )


FIRST = _held_in("held_sentences.toml")
SECOND = _held_in("held_sentences_2.toml")
THIRD = _held_in("held_sentences_3.toml")
FOURTH = _held_in("held_sentences_4.toml")
HELD = FIRST + SECOND + THIRD + FOURTH


def world_of(held: Held) -> World:
    return WORLD if held.conference else replace(WORLD, latest=None)


def found_in(held: Held) -> frozenset[Code]:
    return frozenset(finding.code for finding in findings_of(held.says, world_of(held)))


@pytest.mark.parametrize(("held", "at_least"), [(FIRST, 110), (SECOND, 100), (THIRD, 80), (FOURTH, 80)])
def test_each_set_covers_every_code_and_many_good_ones(held: tuple[Held, ...], at_least: int) -> None:
    assert len(held) >= at_least
    assert sum(one.group == "good" and not one.finds for one in held) >= 30
    assert {code for one in held for code in one.finds} == set(Code)


def test_no_sentence_is_held_twice() -> None:
    assert len({held.says for held in HELD}) == len(HELD)


def test_no_held_sentence_expects_a_code_twice() -> None:
    assert [held.says for held in HELD if held.finds & held.may or held.either & (held.finds | held.may)] == []


def test_nearly_every_sentence_of_the_first_set_is_judged_right() -> None:
    assert_nearly_all_right(FIRST)


def test_nearly_every_sentence_of_the_second_set_is_judged_right() -> None:
    assert_nearly_all_right(SECOND)


def test_nearly_every_sentence_of_the_third_set_is_judged_right() -> None:
    assert_nearly_all_right(THIRD)


def test_nearly_every_sentence_of_the_fourth_set_is_judged_right() -> None:
    assert_nearly_all_right(FOURTH)


def assert_nearly_all_right(held: tuple[Held, ...]) -> None:
    found = [(one, found_in(one)) for one in held]
    wrong = [(one, codes) for one, codes in found if not one.is_right(codes)]
    right = 1 - len(wrong) / len(held)
    lines = [f"[{one.group}] {one.says}\n    found {_said(it)}\n    expected {one.expected()}" for one, it in wrong]
    assert right >= ENOUGH_RIGHT, f"{right:.1%} right\n" + "\n".join(lines)


@pytest.mark.parametrize("group", sorted({held.group for held in HELD}))
def test_a_sentence_half_typed_or_in_disorder_is_judged_too_and_each_code_comes_once(group: str) -> None:
    for held in (one for one in HELD if one.group == group):
        for says in _mistyped(held.says):
            codes = Counter(finding.code for finding in findings_of(says, world_of(held)))
            assert [code for code, count in codes.items() if count > 1 and code is not Code.VAGUE_WORD] == [], says


def _mistyped(says: str) -> tuple[str, ...]:
    words = says.split(" ")
    halves = (" ".join(words[:end]) for end in range(len(words) + 1))
    return (*halves, says, " ".join(reversed(words)), says.upper(), says.lower(), says.replace(" ", "  "))
