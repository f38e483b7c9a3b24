"""Slots of the desks, and what is held and taken of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from discussions.ids import DiscussionId, SlotId, TakingId
from discussions.people import DeskId
from discussions.slots.slot import Slot, Taking


class SlotStore(Protocol):
    def add(self, slots: Sequence[Slot]) -> None:
        """Raises nothing of ours for a source key that the desk has already: look with `by_source_keys` first."""

    def slot(self, id: SlotId) -> Slot | None: ...
    def save(self, slot: Slot) -> Slot:
        """As DiscussionStore.save."""

    def between(self, desks: Collection[DeskId], since: datetime, until: datetime) -> Sequence[Slot]:
        """Of these desks, those that start at `since` or later and at `until` or before, none withdrawn; by start."""

    def with_room(
        self, desks: Collection[DeskId], since: datetime, until: datetime, now: datetime, holder: str | None
    ) -> Sequence[Slot]:
        """Those of `between` of which others than this holder have fewer places now than there are."""

    def first_starts(self, desks: Collection[DeskId], since: datetime, until: datetime) -> Mapping[DeskId, datetime]:
        """Of those of `between`, when each desk has its first."""

    def of_desk(self, desk: DeskId, since: datetime) -> Sequence[Slot]:
        """Withdrawn ones too, by start."""

    def by_source_keys(self, desk: DeskId, keys: Collection[str]) -> Sequence[Slot]: ...
    def keeping(self, desks: Collection[DeskId], since: datetime) -> frozenset[DeskId]:
        """Those of them that have a slot from then on which is not withdrawn: those that keep slots here at all."""

    def are_kept(self, since: datetime) -> bool:
        """Whether any desk at all has a slot from then on."""

    def lock(self, slots: Collection[SlotId]) -> Sequence[Slot]:
        """As they are now; until the transaction ends nobody else changes them or takes a place of them. Always in the
        same order, so that two who want the same ones never wait for each other."""

    def takings(self, slots: Collection[SlotId]) -> Sequence[Taking]:
        """Of these slots, in the order of their numbers; also holds that are over."""

    def takings_between(self, desks: Collection[DeskId], since: datetime, until: datetime) -> Sequence[Taking]:
        """Of the slots of `between`."""

    def of_holder(self, holder: str) -> Sequence[Taking]: ...
    def of_discussion(self, id: DiscussionId) -> Sequence[Taking]: ...
    def put(self, taking: Taking) -> bool:
        """False, and nothing is written, when somebody has this place."""

    def change(self, taking: Taking) -> bool:
        """Who holds or takes it, and until when. False when it is not there any more."""

    def free_over(self, slots: Collection[SlotId], now: datetime) -> None:
        """Takes away the holds of these slots that nobody renewed."""

    def free(self, takings: Collection[TakingId]) -> None: ...
