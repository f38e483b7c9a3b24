"""How much may be sent, to one conversation and in all, so that Teams never has to throttle us."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from discussions.ids import MessageId
from discussions.needs import BudgetStore
from discussions.post import WITHIN, Message, is_gathered

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
        """How many may go now: none where a second card for somebody has gone beyond it."""
        return max(self._in_all.most - len(self._lately(store, now)), 0)

    def free_at(self, store: BudgetStore, now: datetime) -> datetime:
        """When there is room again."""
        return self._in_all.free_at(self._lately(store, now), now)

    def _lately(self, store: BudgetStore, now: datetime) -> Sequence[datetime]:
        return store.spent([APP], now - self._in_all.window)[APP]

    def spend(
        self, store: BudgetStore, messages: Sequence[Message], now: datetime, tried: Collection[MessageId] = ()
    ) -> dict[str, datetime]:
        """Counts those that may go now. Returns the ids of the others, and when each may go.

        What was `tried` before is the news that its minute was counted for, so it need not wait for the next.
        """
        names = [name for one in messages for name in (lane_of(one), news_for(one)) if name]
        moments = {name: list(found) for name, found in store.spent(names, now - REMEMBERED).items()}
        later: dict[str, datetime] = {}
        counted: list[str] = []
        for message in messages:
            lane, news = lane_of(message), None if message.id in tried else news_for(message)
            at = max(free_at(moments[lane], now), gathered_at(moments[news], now) if news else now)
            if at > now:
                later[message.id] = at
                continue
            for name in (lane, news) if news else (lane,):
                moments[name].insert(0, now)
                counted.append(name)
        self._count(store, counted, len(messages) - len(later), now)
        return later

    def spend_one_more(self, store: BudgetStore, messages: Sequence[Message], now: datetime) -> None:
        """What is gathered may take a second card: one thing that asks by itself, and the rest."""
        self._count(store, [lane_of(one) for one in messages], len(messages), now)

    def _count(self, store: BudgetStore, names: Sequence[str], sends: int, now: datetime) -> None:
        if names:
            store.spend(names, now, forget=now - REMEMBERED)
            store.spend([APP] * sends, now, forget=now - self._in_all.window)


def free_at(moments: Sequence[datetime], now: datetime) -> datetime:
    return max(one.free_at(moments, now) for one in PER_CONVERSATION)


def gathered_at(told: Sequence[datetime], now: datetime) -> datetime:
    """Who was told something within this minute hears the next thing when it is over, with whatever comes till then."""
    return max(now, told[0] + WITHIN) if told else now


def news_for(message: Message) -> str | None:
    return f"news {lane_of(message)}" if is_gathered(message) else None


def lane_of(message: Message) -> str:
    return f"to {message.recipient or message.conversation}"
