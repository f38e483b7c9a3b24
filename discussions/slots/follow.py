"""A desk's slots follow what a file or a calendar says: what is new is added, what is gone nobody can take any more."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from discussions.ids import SlotId
from discussions.needs import Means
from discussions.people import DeskId, Person
from discussions.slots.leading import require_keeper, take_turn
from discussions.slots.reserve import with_reserved
from discussions.slots.rows import SlotRow
from discussions.slots.seeing import look_at
from discussions.slots.slot import MOST_MINUTES, Slot, SlotSource
from discussions.trail import Deed, Entry


@dataclass(frozen=True, slots=True)
class Followed:
    """How many slots of one desk were added, changed, withdrawn, and are as they were.

    `elsewhere`: at that moment the desk has a slot from somewhere else, which was left alone. `taken`: slots whose
    places are taken although they are gone or smaller now; whoever has a place keeps it, so a person has to look.
    """

    desk: DeskId
    added: int = 0
    changed: int = 0
    withdrawn: int = 0
    same: int = 0
    elsewhere: int = 0
    taken: tuple[Slot, ...] = ()

    def __str__(self) -> str:
        return f"{self.added} added, {self.changed} changed, {self.withdrawn} withdrawn, {self.same} as before"


def import_slots(
    means: Means, who: Person | None, rows: Sequence[SlotRow], desks: Collection[DeskId] = ()
) -> Sequence[Followed]:
    """The desks named in the file have from now on these slots, and no others from a file. All of it, or nothing.

    `who` None: whoever runs the service. `desks` are followed too when the file has no line of them.
    """
    of_desk: dict[DeskId, list[SlotRow]] = {desk: [] for desk in desks}
    for row in rows:
        of_desk.setdefault(row.desk, []).append(row)
    for desk in of_desk if who else ():
        assert who is not None
        require_keeper(who, desk)
    # in one order, so that two files never wait for each other
    return [follow(means, who, desk, its, SlotSource.FILE) for desk, its in sorted(of_desk.items())]


def follow(means: Means, who: Person | None, desk: DeskId, rows: Sequence[SlotRow], source: SlotSource) -> Followed:
    """What passed stays as it was. The same rows again change nothing."""
    take_turn(means, desk)
    kept = means.store.slots.of_desk(desk, means.now)
    others = _Others(kept, source)
    wanted = {_key(source, row): row for row in rows if row.starts_at > means.now and not others.have(row)}
    before = {slot.source_key: slot for slot in kept if slot.source is source}
    after = {slot.source_key: slot for slot in _make(means, wanted, before, source)}
    added = [slot for key, slot in after.items() if key not in before]
    changed = [slot for key, slot in after.items() if key in before and slot != before[key]]
    gone = [replace(slot, withdrawn=True) for key, slot in before.items() if key not in after and not slot.withdrawn]
    means.store.slots.add(added)
    taken = _save_locked(means, [*changed, *gone])
    back = sum(before[slot.source_key].withdrawn for slot in changed)
    followed = Followed(
        desk, len(added) + back, len(changed) - back, len(gone), len(after) - len(added) - len(changed),
        len(rows) - len(wanted), tuple(taken),
    )  # fmt: skip
    if added or changed or gone:
        person = who.id if who else None
        means.store.trail.write(Entry(Deed.SLOTS_FOLLOWED, means.now, person, what=desk, why=f"{source}: {followed}"))
    return followed


class _Others:
    """When the desk has slots from somewhere else; what somebody took away by hand stays away at its start."""

    def __init__(self, kept: Sequence[Slot], source: SlotSource) -> None:
        others = [slot for slot in kept if slot.source is not source]
        self._standing = [slot for slot in others if not slot.withdrawn]
        self._starts = [slot.starts_at for slot in self._standing]
        self._taken_away = {
            slot.starts_at for slot in others if slot.withdrawn and slot.source is SlotSource.HAND and slot.source_key
        }

    def have(self, row: SlotRow) -> bool:
        first = bisect_left(self._starts, row.starts_at - timedelta(minutes=MOST_MINUTES))
        near = self._standing[first : bisect_left(self._starts, row.ends_at)]
        return row.starts_at in self._taken_away or any(slot.ends_at > row.starts_at for slot in near)


def _key(source: SlotSource, row: SlotRow) -> str:
    return f"{source.value} {row.key}"


def _make(
    means: Means, wanted: Mapping[str, SlotRow], before: Mapping[str | None, Slot], source: SlotSource
) -> Iterable[Slot]:
    """As they are to be, with the ids and versions of those that are kept already."""
    slots = []
    for key, row in wanted.items():
        kept = before.get(key)
        id, version = (kept.id, kept.version) if kept else (SlotId(means.new_id()), 1)
        slots.append(
            Slot(
                id, row.desk, row.starts_at, row.minutes, row.capacity, row.reserved or 0, source, key, version=version
            )
        )
    left_open = [slot for slot in slots if wanted[slot.source_key or ""].reserved is None]
    said = [slot for slot in slots if wanted[slot.source_key or ""].reserved is not None]
    return [*said, *with_reserved(left_open, means.practice.slots.urgent_share)]


def _save_locked(means: Means, slots: Sequence[Slot]) -> list[Slot]:
    """Gives those that have more places taken than they offer now. Locked, so that none is taken meanwhile, and what
    somebody changed by hand at the same moment stays so."""
    store = means.store.slots
    ids = [slot.id for slot in slots]
    for start in range(0, len(ids), AT_ONCE):
        now = {slot.id: slot for slot in store.lock(ids[start : start + AT_ONCE])}
        for slot in slots[start : start + AT_ONCE]:
            if now[slot.id].source is slot.source:
                store.save(replace(slot, version=now[slot.id].version))
    return [seen.slot for seen in look_at(means, slots) if seen.is_short]


AT_ONCE = 500
