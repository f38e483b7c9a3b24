"""Where items stand: a pure function of what was captured, told by example and held by properties."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from discussions.agenda.captured import Captured
from discussions.agenda.facts import NOTE, Fact
from discussions.agenda.standing import Situation, Standing, gaps_in, left_for, short_title, standing_of
from discussions.ids import DiscussionId, FactId
from discussions.people import PersonId
from discussions.practice.types import AgendaItem, Field, Mandatory
from storage.practice_file import standard_practice

PRACTICE = standard_practice()
AT = datetime(2026, 11, 25, 12, tzinfo=UTC)
NUMBERS = [item.number for item in PRACTICE.items]
A, B = "child-a", "child-b"


def fact(field: str, value: str | None, subject: str = "", item: int | None = None, version: int = 1) -> Fact:
    number = item if item is not None else PRACTICE.item_of(field).number
    id = FactId(f"{field}|{subject}|{version}")
    return Fact(id, DiscussionId("d"), number, field, subject, 0, value, version, "digest", PersonId("p"), AT)


def situation(
    *facts: Fact, children: tuple[str, ...] = (A, B), quorate: bool = True, actions: bool = False
) -> Situation:
    return Situation(children, Captured.of(facts), quorate, actions)


def for_each(values: Mapping[str, str], *children: str) -> list[Fact]:
    return [fact(field, value, child) for field, value in values.items() for child in children or (A, B)]


def stands(number: int, *facts: Fact, quorate: bool = True, actions: bool = False) -> Standing:
    return standing_of(PRACTICE, PRACTICE.item(number), situation(*facts, quorate=quorate, actions=actions))


DECIDED_NO = {"decision.s47": "no", "decision.s47_reason": "Not met."}


def test_nothing_captured_everything_is_left() -> None:
    assert {stands(number) for number in NUMBERS} == {Standing.LEFT}


def test_an_item_per_child_is_done_when_it_is_done_for_each() -> None:
    voice = {"voice.observed": "Quiet."}

    assert stands(6, *for_each(voice, A)) is Standing.LEFT
    assert stands(6, *for_each(voice)) is Standing.DONE


def test_any_of_the_alternatives_answers() -> None:
    assert stands(6, fact("voice.words", "“No.”", A), fact("voice.not_recorded_reason", "Unborn.", B)) is Standing.DONE


def test_a_choice_that_needs_a_reason_is_not_answered_without_it() -> None:
    children = for_each({"family.name": "Jo", "family.location_now": "School"})
    not_used, why = fact("family.genogram", "not_used"), fact("family.genogram_reason", "No time.")

    assert stands(2, *children, not_used) is Standing.LEFT
    assert stands(2, *children, not_used, why) is Standing.DONE


def test_what_was_taken_back_counts_as_not_captured() -> None:
    assert stands(4, fact(NOTE, "Said.", item=4)) is Standing.DONE
    assert stands(4, fact(NOTE, "Said.", item=4), fact(NOTE, None, item=4, version=2)) is Standing.LEFT


def test_a_missing_core_agency_must_be_answered_only_while_it_is_missing() -> None:
    read = fact("opening.confidentiality_read", "yes")

    assert stands(1, read, quorate=True) is Standing.DONE
    assert stands(1, read, quorate=False) is Standing.LEFT
    going_on = (fact("opening.inquorate_choice", "proceed"), fact("opening.inquorate_reason", "Urgent."))
    assert stands(1, read, *going_on, quorate=False) is Standing.DONE


def test_the_plan_of_an_enquiry_falls_away_when_no_child_has_one() -> None:
    assert stands(11, *for_each(DECIDED_NO)) is Standing.NOT_NEEDED
    assert stands(11, *for_each(DECIDED_NO, A)) is Standing.LEFT
    one_yes = (*for_each(DECIDED_NO, A), fact("decision.s47", "yes", B), fact("decision.lead", "joint", B))
    assert stands(11, *one_yes) is Standing.LEFT


def test_the_conference_date_is_asked_unless_no_child_has_an_enquiry() -> None:
    dissent = fact("closing.dissent", "none")

    assert stands(13, dissent) is Standing.LEFT
    assert stands(13, dissent, *for_each(DECIDED_NO)) is Standing.DONE


def test_actions_make_the_action_plan_done() -> None:
    assert stands(12, actions=True) is Standing.DONE


def test_acting_alone_asks_for_its_reason_only_then() -> None:
    done = {"decision.s47": "yes", "decision.s47_reason": "Met.", "decision.medical": "yes", "decision.abe": "yes",
            "decision.parents": "yes"}  # fmt: skip

    assert stands(10, *for_each({**done, "decision.lead": "joint"})) is Standing.DONE
    assert stands(10, *for_each({**done, "decision.lead": "csc"})) is Standing.LEFT
    assert (
        stands(10, *for_each({**done, "decision.lead": "csc", "decision.lead_reason": "Police busy."})) is Standing.DONE
    )


def test_what_is_left_for_a_child_is_said_whole_or_by_what_is_missing() -> None:
    begun = fact("decision.s47", "no", A), fact("decision.s47_reason", "x", A)

    assert "decisions" in left_for(PRACTICE, situation(), A)
    words = left_for(PRACTICE, situation(*begun), A)
    assert "decisions" not in words
    assert {"medical", "ABE interview", "parents informed"} <= set(words)
    assert "decisions" in left_for(PRACTICE, situation(*begun), B)


def test_short_titles_fit_a_row() -> None:
    assert [short_title(item) for item in PRACTICE.items if len(short_title(item)) > 40] == []


values = st.sampled_from([None, "", "  ", "x"])


@st.composite
def captured_facts(draw: st.DrawFn) -> list[Fact]:
    """Any of the agenda's single fields with any of its values, for any child."""
    chosen: list[Field] = draw(st.lists(st.sampled_from(PRACTICE.fields), max_size=40))
    facts = []
    for field in chosen:
        subject = draw(st.sampled_from([A, B])) if field.scope == "child" else ""
        codes = [choice.code for choice in field.choices]
        value = draw(st.sampled_from(codes)) if codes else draw(values)
        facts.append(fact(field.code, value, subject))
    return facts


@given(captured_facts(), st.booleans(), st.booleans())
@settings(max_examples=60, deadline=None)
def test_an_item_is_done_exactly_when_it_lacks_nothing_or_needed_nothing_and_was_touched(
    facts: list[Fact], quorate: bool, actions: bool
) -> None:
    now = situation(*facts, quorate=quorate, actions=actions)
    for item in PRACTICE.items:
        standing = standing_of(PRACTICE, item, now)
        if gaps_in(PRACTICE, item, now):
            assert standing is Standing.LEFT
        if standing is Standing.NOT_NEEDED:
            assert item.mandatory is Mandatory.IF_S47


@given(captured_facts())
@settings(max_examples=60, deadline=None)
def test_every_gap_of_a_child_is_said_for_that_child(facts: list[Fact]) -> None:
    now = situation(*facts)
    for child in now.children:
        gaps = [gap for item in PRACTICE.items for gap in gaps_in(PRACTICE, item, now) if gap.subject == child]
        assert bool(left_for(PRACTICE, now, child)) == bool(gaps)


@given(captured_facts())
@settings(max_examples=60, deadline=None)
def test_filling_every_gap_leaves_nothing_lacking(facts: list[Fact]) -> None:
    """Answering what is asked, with the reason it needs, can't go on for ever."""
    for _ in range(6):
        now = situation(*facts)
        gaps = [(item, gap) for item in PRACTICE.items for gap in gaps_in(PRACTICE, item, now)]
        if not gaps:
            return
        facts = facts + [one for _, gap in gaps for one in answer(gap.asked.fields[0], gap.subject)]
        facts = newest(facts)
    pytest.fail("still something is lacking")


def answer(field: Field, subject: str) -> list[Fact]:
    value = field.choices[0].code if field.choices else "yes"
    reason = [fact(field.reason_field, "Because.", subject)] if field.reason_field else []
    return [fact(field.code, value, subject), *reason]


def newest(facts: list[Fact]) -> list[Fact]:
    """The last fact of each place wins, as a later version would."""
    return list({(one.field, one.subject): one for one in facts}.values())


@pytest.mark.parametrize("item", PRACTICE.items, ids=lambda item: item.code)
def test_a_note_alone_never_ends_an_item_that_requires_something(item: AgendaItem) -> None:
    requires = bool(gaps_in(PRACTICE, item, situation()))
    noted = stands(item.number, fact(NOTE, "A note.", item=item.number))

    assert noted is (Standing.LEFT if requires else Standing.DONE)
