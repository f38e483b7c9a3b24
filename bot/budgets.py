"""How much may be sent, to one conversation and in all, so that Teams never has to throttle us."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from discussions.needs import BudgetStore
from discussions.post import Message

SENT_A_SECOND = 25
MOST_A_SECOND = 50
# A message is counted when it is claimed, and reaches Teams a moment later.
ON_ITS_WAY = timedelta(milliseconds=500)
APP = "app"


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many within any window of this length."""

    most: int
    window: timedelta

    def free_at(self, moments: Sequence[datetime], now: datetime) -> datetime:
        """`now`, or when the next one may go. `moments` of earlier ones, newest first."""
        if len(moments) < self.most:
            return now
        return max(now, moments[self.most - 1] + self.window)


def limit(most: int, seconds: float) -> Limit:
    return Limit(most, timedelta(seconds=seconds) + ON_ITS_WAY)


# As Teams publishes them for one bot and one conversation.
PER_CONVERSATION = (limit(7, 1), limit(8, 2), limit(60, 30), Limit(1800, timedelta(hours=1)))
REMEMBERED = max(one.window for one in PER_CONVERSATION)


class Budgets:
    """`a_second` is for the app as a whole, and so never more in one tenant. Answers in a turn are not counted: Teams
    allows 50 a second, and the difference is theirs."""

    def __init__(self, a_second: int = SENT_A_SECOND) -> None:
        if not 1 <= a_second <= MOST_A_SECOND:
            raise ValueError(f"from 1 to {MOST_A_SECOND} a second")
        self._in_all = Limit(a_second, timedelta(seconds=1))

    def room(self, store: BudgetStore, now: datetime) -> int:
        """How many may go now."""
        return self._in_all.most - len(self._lately(store, now))

    def free_at(self, store: BudgetStore, now: datetime) -> datetime:
        """When there is room again."""
        return self._in_all.free_at(self._lately(store, now), now)

    def _lately(self, store: BudgetStore, now: datetime) -> Sequence[datetime]:
        return store.spent([APP], now - self._in_all.window)[APP]

    def spend(self, store: BudgetStore, messages: Sequence[Message], now: datetime) -> dict[str, datetime]:
        """Counts those that may go now. Returns the ids of the others, and when each may go."""
        known = store.spent([lane_of(one) for one in messages], now - REMEMBERED)
        moments = {lane: list(found) for lane, found in known.items()}
        later: dict[str, datetime] = {}
        lanes: list[str] = []
        for message in messages:
            lane = lane_of(message)
            at = free_at(moments[lane], now)
            if at > now:
                later[message.id] = at
                continue
            moments[lane].insert(0, now)
            lanes.append(lane)
        self._count(store, lanes, now)
        return later

    def _count(self, store: BudgetStore, lanes: Sequence[str], now: datetime) -> None:
        if lanes:
            store.spend(lanes, now, forget=now - REMEMBERED)
            store.spend([APP] * len(lanes), now, forget=now - self._in_all.window)


def free_at(moments: Sequence[datetime], now: datetime) -> datetime:
    return max(one.free_at(moments, now) for one in PER_CONVERSATION)


def lane_of(message: Message) -> str:
    return f"to {message.recipient or message.conversation}"
