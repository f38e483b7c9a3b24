"""Whom the practice proposes from what the booker said, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.demonstration import fictitious_directory
from discussions.booking.proposals import BookingFacts, Proposal, propose
from discussions.directory import import_directory
from discussions.needs import Means
from discussions.practice.types import Weight
from storage.directory_file import parse_directory
from storage.practice_file import standard_practice
from tests.doubles import CalendarOfDays, StoreInMemory, counted_ids
from tests.doubles_people import PeopleInMemory

PRACTICE = standard_practice()
TUESDAY = datetime(2026, 11, 24, 10, tzinfo=UTC)
TODAY = date(2026, 11, 24)
CALENDAR = CalendarOfDays()


@dataclass(frozen=True)
class Born:
    born: date | None


SEVEN, FIVE, BABY = Born(date(2019, 5, 14)), Born(date(2021, 9, 2)), Born(date(2026, 2, 1))
UNBORN = Born(None)
NOTHING = BookingFacts((SEVEN,), ("EMO",), (), (), TODAY, TUESDAY)


def demonstration() -> PeopleInMemory:
    store = StoreInMemory()
    means = Means(store, PRACTICE, CALENDAR, TUESDAY, counted_ids())
    import_directory(means, parse_directory(fictitious_directory()))
    return store.people


DIRECTORY = demonstration()


def proposed(facts: BookingFacts) -> dict[str, Proposal]:
    """By each rule that led to it; by its name."""
    found = propose(facts, PRACTICE, DIRECTORY, CALENDAR)
    return {name: one for one in found for name in (*one.rules, one.name)}


def test_the_core_agencies_are_proposed_whatever_was_said_and_desks_come_first() -> None:
    found = propose(NOTHING, PRACTICE, DIRECTORY, CALENDAR)

    assert [one.name for one in found if one.weight is Weight.CORE] == [
        "Children's social care: Assessment team",
        "Police: Child abuse investigation",
        "Health: Safeguarding nurses",
    ]
    assert all(one.person is None for one in found if one.weight is Weight.CORE)


def test_two_children_a_siblings_school_and_domestic_abuse_propose_who_knows_them() -> None:
    schools = ("Ashgrove Primary", "Hillview Secondary School")
    facts = replace(NOTHING, children=(SEVEN, BABY), ticked=("domestic_abuse",), schools=schools)

    found = proposed(facts)

    assert found["Education: Ashgrove Primary School"].is_reachable
    assert found["Education: Hillview Secondary School"].is_reachable
    assert found["idva"].name == "Domestic abuse service: IDVA team"
    assert found["idva"].because == ("domestic abuse was ticked",)
    assert "a child is under 5 (B)" in found["health_visitor"].because
    assert found["health_visitor"] == found["health"]


def test_a_school_that_nobody_knows_is_proposed_by_its_name_for_the_telephone() -> None:
    known = proposed(replace(NOTHING, schools=("Fairfield High", "Primary School")))

    assert not known["Fairfield High"].is_reachable
    assert not known["Primary School"].is_reachable


def test_a_child_of_school_age_without_a_school_is_asked_about() -> None:
    assert proposed(NOTHING)["school"].is_question
    assert "school" not in proposed(replace(NOTHING, children=(BABY,)))


def test_each_track_brings_its_people() -> None:
    def rules(**said: object) -> set[str]:
        return set(proposed(replace(NOTHING, **said)))  # type: ignore[arg-type]

    assert "midwife_unborn" in rules(children=(UNBORN,))
    assert "paediatrician" in rules(ticked=("injury",))
    assert "probation" in rules(ticked=("adult_on_licence",))
    assert "lado" in rules(ticked=("position_of_trust",))
    assert {"placement", "reviewing_officer"} <= rules(ticked=("looked_after",))
    assert "home_authority" in rules(ticked=("out_of_area",))


def test_outside_its_hours_a_desk_comes_with_the_way_round() -> None:
    at_night = proposed(replace(NOTHING, starts_at=datetime(2026, 11, 24, 23, tzinfo=UTC)))

    assert at_night["police"].hours == "closed then (Mon-Sun 07:00-22:00); out of hours: Control room, 0117 496 0299"
    assert proposed(NOTHING)["police"].hours is None


def test_no_school_stands_in_for_another_that_is_closed() -> None:
    after_school = datetime(2026, 11, 24, 17, tzinfo=UTC)
    found = proposed(replace(NOTHING, schools=("Ashgrove Primary",), starts_at=after_school))

    assert found["Education: Ashgrove Primary School"].hours == "closed then (Mon-Fri 08:00-16:00); 0117 496 0500"


def test_a_practice_from_before_there_were_rules_proposes_nobody() -> None:
    before = replace(PRACTICE, invite_rules=())

    assert propose(NOTHING, before, DIRECTORY, CALENDAR) == ()


facts_said = st.builds(
    BookingFacts,
    children=st.lists(st.one_of(st.none(), st.dates(date(2008, 11, 25), TODAY)).map(Born), min_size=1, max_size=12).map(
        tuple
    ),
    harms=st.sets(st.sampled_from([harm.code for harm in PRACTICE.harms]), min_size=1).map(frozenset),
    ticked=st.sets(st.sampled_from([fact.code for fact in PRACTICE.booking_facts])).map(frozenset),
    schools=st.lists(st.one_of(st.sampled_from(["Ashgrove Primary", "Hillview"]), st.text(max_size=30)), max_size=15),
    today=st.just(TODAY),
    starts_at=st.integers(0, 24 * 14).map(lambda hours: TUESDAY + timedelta(hours=hours)),
)


@given(facts_said)
def test_nobody_is_proposed_twice_and_everybody_for_a_reason(facts: BookingFacts) -> None:
    found = propose(facts, PRACTICE, DIRECTORY, CALENDAR)
    reached = [one.desk or one.person for one in found if one.is_reachable]

    assert len(set(reached)) == len(reached)
    assert all(one.because and all(one.because) and one.name for one in found)
    assert {"council", "police", "health"} <= {rule for one in found for rule in one.rules}
    assert [one.weight for one in found] == sorted((one.weight for one in found), key=list(Weight).index)
    assert not any("{" in words for one in found for words in one.because)


@given(facts_said, st.sampled_from([fact.code for fact in PRACTICE.booking_facts]))
def test_saying_more_never_takes_anybody_away(facts: BookingFacts, more: str) -> None:
    before = {rule for one in propose(facts, PRACTICE, DIRECTORY, CALENDAR) for rule in one.rules}
    after = propose(replace(facts, ticked={*facts.ticked, more}), PRACTICE, DIRECTORY, CALENDAR)

    assert before <= {rule for one in after for rule in one.rules}
