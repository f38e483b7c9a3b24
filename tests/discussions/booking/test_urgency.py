"""How soon: one level up for whatever is so, never down by itself, and never later than police protection lasts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from discussions.booking.urgency import Asked, full_meeting_clock, is_lower, pressing_for
from discussions.clocks import WorkingDays
from discussions.practice.types import Condition
from storage.practice_file import standard_practice
from tests.doubles import CalendarOfDays

PRACTICE = standard_practice()
CALENDAR = CalendarOfDays()
DECIDED = datetime(2026, 11, 24, 9, tzinfo=UTC)
CODES = [urgency.code for urgency in PRACTICE.urgencies]
RAISING = {rule.when for rule in PRACTICE.urgency_raises}

moments = st.integers(-60, 10_000).map(lambda minutes: DECIDED + timedelta(minutes=minutes))


@given(st.sampled_from(CODES), st.sets(st.sampled_from(list(Condition))), st.none() | st.just("with family"))
def test_it_rises_one_level_at_most_and_falls_never(code: str, conditions: set[Condition], kept: str | None) -> None:
    now = pressing_for(PRACTICE, CALENDAR, Asked(code, DECIDED, kept_lower=kept), conditions)

    steps = CODES.index(code) - CODES.index(now.urgency.code)
    assert steps == (1 if RAISING & conditions and not kept and code != "U0" else 0)
    assert bool(now.because) == bool(RAISING & conditions)


@given(st.sampled_from(CODES), st.sets(st.sampled_from(list(Condition))), moments)
def test_the_latest_start_is_never_after_police_protection(
    code: str, conditions: set[Condition], taken_at: datetime
) -> None:
    asked = Asked(code, DECIDED, protection_since=taken_at)
    now = pressing_for(PRACTICE, CALENDAR, asked, conditions)

    assert now.protection_ends == taken_at + timedelta(hours=72)
    assert now.ends <= now.protection_ends
    assert now.ends == min(now.window_ends, now.protection_ends)


def test_police_protection_is_the_hard_deadline_of_a_slower_window() -> None:
    asked = Asked("UR", DECIDED, protection_since=DECIDED - timedelta(hours=10))
    now = pressing_for(PRACTICE, CALENDAR, asked, {Condition.POLICE_PROTECTION})

    assert now.urgency.code == "U3"
    assert now.ends == DECIDED + timedelta(hours=62)
    assert now.is_protection_first


def test_a_full_meeting_is_counted_from_the_telephone_discussion() -> None:
    asked = Asked("U0", DECIDED + timedelta(days=1), follows_call_at=DECIDED)

    now = pressing_for(PRACTICE, CALENDAR, asked, ())

    assert now.window == WorkingDays(1)
    assert now.ends == datetime(2026, 11, 25, 17, tzinfo=UTC)
    assert full_meeting_clock(PRACTICE, PRACTICE.urgency("U3")) == WorkingDays(1)


def test_a_later_number_is_less_urgent() -> None:
    assert is_lower(PRACTICE, "U3", than="U1")
    assert not is_lower(PRACTICE, "U1", than="U1")
    assert not is_lower(PRACTICE, "U0", than="U1")
