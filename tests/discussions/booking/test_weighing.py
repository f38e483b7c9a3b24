"""What becomes of each proposal, whatever was ticked and whoever is asked already."""

from __future__ import annotations

from typing import TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from discussions.booking.kept_proposals import Outcome
from discussions.booking.proposals import BookingFacts
from discussions.booking.weighing import Choices, Reason, asked_so_far, weigh
from discussions.needs import Means
from discussions.people import DeskId, PersonId
from discussions.practice.types import Weight
from tests.discussions.booking.test_proposals import CALENDAR, DIRECTORY, NOTHING, PRACTICE, TUESDAY, facts_said
from tests.doubles import StoreInMemory, counted_ids

T = TypeVar("T")
MEANS = Means(StoreInMemory(people=DIRECTORY), PRACTICE, CALENDAR, TUESDAY, counted_ids())
EVERYBODY = sorted(DIRECTORY.everybody)
DESKS = sorted(DIRECTORY.all_desks)


def some(ids: list[T]) -> st.SearchStrategy[set[T]]:
    return st.sets(st.sampled_from(ids), max_size=5)


@settings(max_examples=60)
@given(facts_said, some(EVERYBODY), some(DESKS), st.data())
def test_everybody_proposed_comes_out_once_and_nobody_is_asked_twice(
    facts: BookingFacts, people: set[PersonId], desks: set[DeskId], data: st.DataObject
) -> None:
    asked = asked_so_far(MEANS, sorted(people), sorted(desks))
    plain = weigh(MEANS, facts, asked, Choices())
    keys = [one.proposal.key for one in plain]
    ticks = data.draw(st.dictionaries(st.sampled_from(keys), st.booleans()))
    weighed = weigh(MEANS, facts, asked, Choices(ticks, {key: Reason("other", "why") for key in ticks}))

    assert [one.proposal.key for one in weighed] == keys == list(dict.fromkeys(keys))
    for one in weighed:
        if one.is_taken:
            assert one.proposal.is_reachable
            assert not asked.has_at(one.proposal)
            assert ticks.get(one.proposal.key, one.proposal.weight.is_ticked)
        if one.outcome is Outcome.DECLINED and one.proposal.key in ticks:
            assert one.reason == Reason("other", "why")


def test_a_named_nurse_stands_for_health_but_not_for_the_health_visitor() -> None:
    tom = next(id for id, one in DIRECTORY.everybody.items() if one.name == "Dr Tom Bexley")
    asked = asked_so_far(MEANS, [tom], [])
    rules = {rule.code: rule for rule in PRACTICE.invite_rules}

    assert asked.meets(rules["health"], PRACTICE)
    assert not asked.meets(rules["health_visitor"], PRACTICE)


def test_of_a_call_that_is_over_nobody_is_ticked_and_nobody_is_missed() -> None:
    weighed = weigh(MEANS, NOTHING, asked_so_far(MEANS, [], []), Choices(is_over=True))

    assert not [one for one in weighed if one.outcome in (Outcome.TAKEN, Outcome.DECLINED)]
    assert {one.proposal.weight for one in weighed if one.outcome is Outcome.LEFT} >= {Weight.CORE}
