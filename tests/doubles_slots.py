"""A double of the desks' slots: what is held and taken in a dict by slot and number, as the constraint has it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from discussions.ids import DiscussionId, SlotId, TakingId
from discussions.people import DeskId
from discussions.refusals import Stale
from discussions.slots.slot import Slot, Taking


@dataclass(slots=True)
class SlotsInMemory:
    kept: dict[SlotId, Slot] = field(default_factory=dict)
    taken: dict[tuple[SlotId, int], Taking] = field(default_factory=dict)

    def add(self, slots: Sequence[Slot]) -> None:
        keys = {(one.desk, one.source_key) for one in self.kept.values() if one.source_key}
        assert not any((one.desk, one.source_key) in keys for one in slots)
        self.kept |= {one.id: one for one in slots}

    def slot(self, id: SlotId) -> Slot | None:
        return self.kept.get(id)

    def save(self, slot: Slot) -> Slot:
        if self.kept[slot.id].version != slot.version:
            raise Stale("this slot")
        self.kept[slot.id] = replace(slot, version=slot.version + 1)
        return self.kept[slot.id]

    def between(self, desks: Collection[DeskId], since: datetime, until: datetime) -> Sequence[Slot]:
        found = [one for one in self._by_start() if one.desk in desks and since <= one.starts_at <= until]
        return [one for one in found if not one.withdrawn]

    def with_room(
        self, desks: Collection[DeskId], since: datetime, until: datetime, now: datetime, holder: str | None
    ) -> Sequence[Slot]:
        def others(slot: Slot) -> int:
            taken = [one for one in self.takings([slot.id]) if not one.joined and not one.is_over(now)]
            return sum(holder is None or one.holder != holder for one in taken)

        return [one for one in self.between(desks, since, until) if others(one) < one.capacity]

    def first_starts(self, desks: Collection[DeskId], since: datetime, until: datetime) -> Mapping[DeskId, datetime]:
        return {one.desk: one.starts_at for one in reversed(self.between(desks, since, until))}

    def of_desk(self, desk: DeskId, since: datetime) -> Sequence[Slot]:
        return [one for one in self._by_start() if one.desk == desk and one.starts_at >= since]

    def _by_start(self) -> list[Slot]:
        return sorted(self.kept.values(), key=lambda one: (one.starts_at, one.id))

    def by_source_keys(self, desk: DeskId, keys: Collection[str]) -> Sequence[Slot]:
        return [one for one in self.kept.values() if one.desk == desk and one.source_key in keys]

    def keeping(self, desks: Collection[DeskId], since: datetime) -> frozenset[DeskId]:
        found = [one for one in self.kept.values() if one.starts_at >= since and not one.withdrawn]
        return frozenset(one.desk for one in found if one.desk in desks)

    def are_kept(self, since: datetime) -> bool:
        return any(one.starts_at >= since and not one.withdrawn for one in self.kept.values())

    def lock(self, slots: Collection[SlotId]) -> Sequence[Slot]:
        return [self.kept[id] for id in sorted(set(slots)) if id in self.kept]

    def takings(self, slots: Collection[SlotId]) -> Sequence[Taking]:
        return [self.taken[place] for place in sorted(self.taken) if place[0] in slots]

    def takings_between(self, desks: Collection[DeskId], since: datetime, until: datetime) -> Sequence[Taking]:
        return self.takings([one.id for one in self.between(desks, since, until)])

    def of_holder(self, holder: str) -> Sequence[Taking]:
        return [one for one in self.taken.values() if one.holder == holder]

    def of_discussion(self, id: DiscussionId) -> Sequence[Taking]:
        return [one for one in self.taken.values() if one.discussion == id]

    def put(self, taking: Taking) -> bool:
        return self.taken.setdefault((taking.slot, taking.number), taking) is taking

    def change(self, taking: Taking) -> bool:
        place = taking.slot, taking.number
        if place not in self.taken or self.taken[place].id != taking.id:
            return False
        self.taken[place] = taking
        return True

    def free_over(self, slots: Collection[SlotId], now: datetime) -> None:
        self.free([one.id for one in self.taken.values() if one.slot in slots and one.is_over(now)])

    def free(self, takings: Collection[TakingId]) -> None:
        self.taken = {place: one for place, one in self.taken.items() if one.id not in takings}
