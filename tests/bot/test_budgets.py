"""Budgets: whatever comes, no window of any limit ever holds more than Teams allows, and nothing waits for nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sending.budgets import Budgets, Limit, lane_of
from discussions.ids import MessageId
from discussions.people import PersonId
from discussions.post import Message, MessageKind
from tests.doubles_post import BudgetsInMemory

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
PLAIN = Message(MessageId("m"), MessageKind.INVITATION, {"invitation": "a"}, PersonId("ali"), None, "key", NOW)
PUBLISHED = ((7, 1), (8, 2), (60, 30), (1800, 3600))


def messages(count: int, to: str = "ali") -> list[Message]:
    return [replace(PLAIN, id=MessageId(f"{to} {n}"), recipient=PersonId(to)) for n in range(count)]


def test_seven_go_at_once_and_the_eighth_waits() -> None:
    store = BudgetsInMemory()

    later = Budgets().spend(store, messages(8), NOW)

    assert list(later) == ["ali 7"]
    assert timedelta(seconds=1) <= later["ali 7"] - NOW <= timedelta(seconds=2)


def test_one_conversation_does_not_wait_for_another() -> None:
    store = BudgetsInMemory()
    Budgets().spend(store, messages(7), NOW)

    assert Budgets().spend(store, messages(7, "jane"), NOW) == {}


def test_there_is_room_in_all_for_so_many_a_second() -> None:
    store, budgets = BudgetsInMemory(), Budgets(10)
    for person in ("ali", "jane"):
        budgets.spend(store, messages(5, person), NOW)

    assert budgets.room(store, NOW) == 0
    assert budgets.free_at(store, NOW) == NOW + timedelta(seconds=1)
    assert budgets.room(store, NOW + timedelta(seconds=1)) == 10
    assert budgets.free_at(store, NOW + timedelta(seconds=1)) == NOW + timedelta(seconds=1)


def test_a_second_card_beyond_the_budget_leaves_no_room_and_never_less_than_none() -> None:
    store, budgets = BudgetsInMemory(), Budgets(10)
    for person in ("ali", "jane"):
        budgets.spend(store, messages(5, person), NOW)
    budgets.spend_one_more(store, messages(3, "tom"), NOW)

    assert budgets.room(store, NOW) == 0
    assert budgets.free_at(store, NOW) > NOW


def test_what_waits_is_not_counted() -> None:
    store, budgets = BudgetsInMemory(), Budgets()
    budgets.spend(store, messages(9), NOW)

    assert budgets.room(store, NOW) == 25 - 7


def test_what_comes_within_a_minute_of_a_nudge_waits_for_its_end() -> None:
    store, budgets = BudgetsInMemory(), Budgets()
    nudge = replace(PLAIN, kind=MessageKind.NUDGE)
    budgets.spend(store, [nudge], NOW)
    within, later = NOW + timedelta(seconds=20), NOW + timedelta(minutes=1)

    assert budgets.spend(store, [replace(nudge, id=MessageId("next"))], within) == {"next": later}
    assert budgets.spend(store, [replace(nudge, id=MessageId("next"))], later) == {}


@pytest.mark.parametrize("other", [{"urgent": True}, {"kind": MessageKind.INVITATION}, {"replaces_card": True}])
def test_what_is_urgent_an_invitation_or_an_update_waits_for_no_minute(other: dict[str, Any]) -> None:
    store, budgets = BudgetsInMemory(), Budgets()
    nudge = replace(PLAIN, kind=MessageKind.NUDGE)
    budgets.spend(store, [nudge], NOW)

    assert budgets.spend(store, [replace(nudge, **other)], NOW + timedelta(seconds=20)) == {}


@pytest.mark.parametrize("a_second", [0, 51])
def test_a_rate_that_teams_would_throttle_is_refused(a_second: int) -> None:
    with pytest.raises(ValueError, match="50"):
        Budgets(a_second)


@given(st.lists(st.integers(0, 5_000), min_size=1, max_size=150))
def test_no_window_ever_holds_more_than_is_allowed(pauses: list[int]) -> None:
    store, budgets, now = BudgetsInMemory(), Budgets(), NOW
    sent: list[datetime] = []
    for pause in pauses:
        now += timedelta(milliseconds=pause)
        if not budgets.spend(store, messages(1), now):
            sent.append(now)

    for most, seconds in PUBLISHED:
        window = timedelta(seconds=seconds)
        for first, one_too_many in zip(sent, sent[most:], strict=False):
            assert one_too_many - first >= window


def test_a_limit_says_when_the_next_one_may_go() -> None:
    limit = Limit(2, timedelta(seconds=10))

    assert limit.free_at([NOW], NOW) == NOW
    assert limit.free_at([NOW, NOW - timedelta(seconds=4)], NOW) == NOW + timedelta(seconds=6)
    assert limit.free_at([NOW, NOW - timedelta(seconds=11)], NOW) == NOW


def test_a_chat_of_many_is_counted_as_one() -> None:
    assert lane_of(replace(PLAIN, recipient=None, conversation="19:x")) == "to 19:x"
