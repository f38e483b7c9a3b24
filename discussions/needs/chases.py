"""Chases: what will be said about discussions that have not started yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from discussions.chasing.chase import Chase
from discussions.ids import DiscussionId


class ChaseStore(Protocol):
    def add(self, chases: Sequence[Chase]) -> None: ...
    def of_discussion(self, id: DiscussionId) -> Sequence[Chase]:
        """By their moments."""

    def save(self, chase: Chase) -> None: ...
    def void(self, id: DiscussionId) -> None:
        """Those that wait say nothing any more."""

    def due(self, now: datetime, limit: int) -> Sequence[Chase]:
        """Waiting ones whose moment has come, the oldest first."""
