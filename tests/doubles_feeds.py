"""A double of how the calendar feeds of desks stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from discussions.people import DeskId
from discussions.slots.feed import Feed


@dataclass(slots=True)
class FeedsInMemory:
    kept: dict[DeskId, Feed] = field(default_factory=dict)

    def feed(self, desk: DeskId) -> Feed | None:
        return self.kept.get(desk)

    def add(self, feed: Feed) -> bool:
        return self.kept.setdefault(feed.desk, feed) is feed

    def claim(self, desk: DeskId, digest: str, now: datetime, until: datetime, token: str) -> bool:
        feed = self.kept.get(desk)
        if feed is None or (feed.next_at > now and feed.digest == digest):
            return False
        if feed.leased_until is not None and feed.leased_until > now:
            return False
        self.kept[desk] = replace(feed, token=token, leased_until=until)
        return True

    def save(self, feed: Feed) -> bool:
        if self.kept[feed.desk].token != feed.token:
            return False
        self.kept[feed.desk] = feed
        return True

    def failing(self, least: int) -> Sequence[Feed]:
        return [feed for _, feed in sorted(self.kept.items()) if feed.failures >= least]
