"""What is asked of a practice by code, by what people call it, and by what is so."""

from __future__ import annotations

import pytest

from discussions.people import Right
from discussions.practice.close_gate import Match
from discussions.practice.quorum import Condition
from discussions.practice.types import PARTICIPANT, Practice
from storage.practice_file import standard_practice


@pytest.fixture
def practice() -> Practice:
    return standard_practice()


@pytest.mark.parametrize("said", ["Team manager", "  team   MANAGER ", "TM", "tm", "Duty team manager"])
def test_a_role_is_known_however_it_is_written(practice: Practice, said: str) -> None:
    role = practice.role_called(said)

    assert role.code == "TEAM_MANAGER"
    assert role.may(Right.CHAIR)


@pytest.mark.parametrize("said", ["Wizard", "", "team managers"])
def test_an_unknown_role_takes_part_without_rights(practice: Practice, said: str) -> None:
    role = practice.role_called(said)

    assert role is PARTICIPANT
    assert not any(role.may(right) for right in Right)
    assert practice.role(role.code) is PARTICIPANT


@pytest.mark.parametrize("said", ["Children's social care", "children’s services", "CSC", "Social  Care"])
def test_an_agency_is_known_however_it_is_written(practice: Practice, said: str) -> None:
    assert practice.agency_called(said).code == "CSC"


def test_an_unknown_agency_is_other(practice: Practice) -> None:
    assert practice.agency_called("Ministry of Nothing").code == "OTHER"


def test_a_midwife_is_there_for_health_too(practice: Practice) -> None:
    assert practice.counts_for("MIDWIFERY") == ("MIDWIFERY", "HEALTH")
    assert practice.counts_for("POLICE") == ("POLICE",)


@pytest.mark.parametrize(
    "ask",
    [
        lambda practice: practice.item(14),
        lambda practice: practice.field("decision.nothing"),
        lambda practice: practice.urgency("U9"),
        lambda practice: practice.gate_test("mood"),
        lambda practice: practice.nudge_policy("someday"),
        lambda practice: practice.role("WIZARD"),
        lambda practice: practice.item_of("nothing.here"),
    ],
)
def test_a_code_that_never_was_is_a_fault(practice: Practice, ask) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(KeyError):
        ask(practice)


def test_quorum_grows_with_what_is_so(practice: Practice) -> None:
    assert practice.quorum.required([]) == ("CSC", "POLICE", "HEALTH")
    assert practice.quorum.required([Condition.UNBORN, Condition.NEWBORN]) == ("CSC", "POLICE", "HEALTH", "MIDWIFERY")
    assert practice.quorum.because("MIDWIFERY", [Condition.UNBORN]) == "a baby is expected or newly born"
    assert practice.quorum.because("MIDWIFERY", []) is None


@pytest.mark.parametrize(
    ("decided", "outcome"),
    [
        ({"decision.s47": "yes", "decision.lead": "joint"}, "S47_JOINT"),
        ({"decision.s47": "yes", "decision.lead": "csc"}, "S47_SINGLE_CSC"),
        ({"decision.s47": "running", "decision.lead": "joint"}, "S47_CONTINUES"),
        ({"decision.s47": "no", "decision.lead": "police", "decision.assessment": "start"}, "POLICE_SINGLE"),
        ({"decision.s47": "no", "decision.assessment": "continue"}, "NO_S47_ASSESS"),
        ({"decision.s47": "no", "decision.assessment": "plan"}, "NO_S47_PLAN"),
        ({"decision.s47": "no", "decision.referrals": "marac, early_help"}, "NO_S47_EARLY_HELP"),
        ({"decision.s47": "no"}, "NFA"),
        ({"decision.s47": "undecided"}, "RECONVENE"),
    ],
)
def test_the_decisions_about_a_child_come_to_one_outcome(
    practice: Practice, decided: dict[str, str], outcome: str
) -> None:
    found = practice.outcome_for(decided)

    assert found is not None
    assert found.code == outcome


@pytest.mark.parametrize("decided", [{}, {"decision.s47": "yes"}, {"decision.s47": "yes", "decision.lead": "police"}])
def test_decisions_that_say_too_little_come_to_no_outcome(practice: Practice, decided: dict[str, str]) -> None:
    assert practice.outcome_for(decided) is None


def test_a_match_looks_at_whole_codes() -> None:
    match = Match("decision.referrals", ("nrm",))

    assert match.holds({"decision.referrals": "marac,nrm"})
    assert not match.holds({"decision.referrals": "nrm2"})
    assert not match.holds({})


def test_vague_words_are_found_whole_and_in_any_case(practice: Practice) -> None:
    found = practice.vague_words_in("School to MONITOR and liaise asap.")

    assert {word.word for word in found} == {"monitor", "liaise", "ASAP"}
    assert practice.vague_words_in("The baby monitors are checked.") == ()


@pytest.mark.parametrize(
    ("wording", "verb"),
    [
        ("See A alone at school", "see"),
        ("Find out who collects", "find out"),
        ("find  OUT who collects", "find out"),
        ("Seething is no verb here", None),
        ("Someone sees A", None),
        ("", None),
    ],
)
def test_an_action_begins_with_an_allowed_verb(practice: Practice, wording: str, verb: str | None) -> None:
    assert practice.starting_verb(wording) == verb


def test_seeing_the_child_has_verbs_of_its_own(practice: Practice) -> None:
    assert set(practice.seeing_verbs) == {"see", "visit", "meet"}


def test_a_value_is_said_in_the_words_of_its_choices(practice: Practice) -> None:
    assert practice.field("decision.referrals").label_of("marac,idva") == "MARAC, IDVA"
    assert practice.field("closing.read_back").label_of("yes") == "Yes"
    assert practice.field("voice.words").label_of("yes, please") == "yes, please"


def test_a_gap_has_the_stem_of_its_need_or_of_its_test(practice: Practice) -> None:
    test = practice.gate_test("child_complete")

    assert practice.reason_stem(test, test.needs[2]) == "The voice of {child} could not be recorded, because"
    assert practice.reason_stem(test, None) == test.reason_stem
