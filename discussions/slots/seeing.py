"""What a desk's slots look like to those who keep them: how many places are taken, held, free and reserved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from discussions.ids import DiscussionId, SlotId
from discussions.london import say_short
from discussions.needs import Means
from discussions.people import DeskId
from discussions.slots.rows import SlotRow
from discussions.slots.slot import Slot, Taking


@dataclass(frozen=True, slots=True)
class SlotSeen:
    """`taken` are the discussions that have a place, in the order of their numbers, `joined` how many of them joined
    it when it was full; `held` is how many are being booked at this moment."""

    slot: Slot
    taken: tuple[DiscussionId, ...]
    held: int
    joined: int = 0

    @property
    def free(self) -> int:
        """Places that can still be taken, reserved ones with them."""
        used = len(self.taken) - self.joined + self.held
        return 0 if self.slot.withdrawn else max(self.slot.capacity - used, 0)

    @property
    def is_short(self) -> bool:
        """More have a place than there are: it was withdrawn or made smaller, and whoever had one keeps it."""
        return len(self.taken) > (0 if self.slot.withdrawn else self.slot.capacity + self.joined)

    @property
    def row(self) -> SlotRow:
        slot = self.slot
        return SlotRow(slot.desk, slot.starts_at, slot.minutes, slot.capacity, slot.reserved)

    def __str__(self) -> str:
        parts = [f"{say_short(self.slot.starts_at)}, {self.slot.minutes} min", f"{self.free} free"]
        parts += [f"{len(self.taken)} taken"] if self.taken else []
        parts += [f"{self.held} being booked"] if self.held else []
        parts += [f"{self.slot.reserved} for urgent"] if self.slot.reserved and not self.slot.withdrawn else []
        parts += ["withdrawn"] if self.slot.withdrawn else []
        return " · ".join(parts)


def slots_of(means: Means, desk: DeskId, until: datetime | None = None) -> Sequence[SlotSeen]:
    """To come, by start. Withdrawn ones only as long as somebody has a place."""
    kept = means.store.slots.of_desk(desk, means.now)
    seen = look_at(means, [slot for slot in kept if until is None or slot.starts_at <= until])
    return [one for one in seen if one.taken or not one.slot.withdrawn]


def look_at(means: Means, slots: Sequence[Slot]) -> Sequence[SlotSeen]:
    takings = by_slot(means.store.slots.takings([slot.id for slot in slots]))
    return [see(slot, takings.get(slot.id, ()), means.now) for slot in slots]


def by_slot(takings: Iterable[Taking]) -> Mapping[SlotId, Sequence[Taking]]:
    found: dict[SlotId, list[Taking]] = defaultdict(list)
    for taking in takings:
        found[taking.slot].append(taking)
    return found


def see(slot: Slot, takings: Iterable[Taking], now: datetime) -> SlotSeen:
    """A hold that is over is free again."""
    standing = [one for one in takings if not one.is_over(now)]
    taken = tuple(one.discussion for one in standing if one.discussion is not None)
    joined = sum(one.joined for one in standing if one.discussion is not None)
    return SlotSeen(slot, taken, sum(one.discussion is None for one in standing), joined)
