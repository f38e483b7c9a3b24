"""Whatever file, calendar and hands do to a desk's slots: whoever has a place keeps it, or is told that it is gone."""

from __future__ import annotations

from contextlib import suppress
from itertools import pairwise

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from discussions.ids import DiscussionId, SlotId
from discussions.post import MessageKind
from discussions.refusals import Refusal
from discussions.slots.changing import NewSlot, add_slot, remove_slot, set_places
from discussions.slots.follow import follow
from discussions.slots.slot import SlotSource
from tests.discussions.slots.rota import NOW, POLICE, at, fill, means_with, row, somebody, take
from tests.doubles import StoreInMemory, counted_ids

HOURS = st.integers(9, 14)


class SlotsOfOneDesk(RuleBasedStateMachine):
    @initialize()
    def begin(self) -> None:
        self.store = StoreInMemory()
        fill(self.store)
        self.means = means_with(self.store, NOW, counted_ids())
        self.lead = somebody(self.store, "Ian Calder")
        self.placed: dict[DiscussionId, SlotId] = {}

    @rule(hours=st.lists(HOURS, unique=True), capacity=st.integers(1, 3), source=st.sampled_from(["file", "feed"]))
    def a_file_or_a_calendar_says(self, hours: list[int], capacity: int, source: str) -> None:
        rows = [row(at(3, hour), capacity=capacity) for hour in hours]
        before = {slot.id: slot for slot in self.store.slots.kept.values()}
        followed = follow(self.means, None, POLICE.id, rows, SlotSource(source))
        again = follow(self.means, None, POLICE.id, rows, SlotSource(source))
        assert (again.added, again.changed, again.withdrawn) == (0, 0, 0)
        by_hand = [slot for slot in before.values() if slot.source is SlotSource.HAND]
        assert all(self.store.slots.kept[slot.id] == slot for slot in by_hand)
        assert followed.same + followed.added + followed.changed + followed.elsewhere == len(rows)

    @rule(hour=HOURS, minutes=st.sampled_from([30, 60, 90]), capacity=st.integers(1, 3))
    def the_lead_adds(self, hour: int, minutes: int, capacity: int) -> None:
        with suppress(Refusal):
            add_slot(self.means, self.lead, POLICE.id, NewSlot(at(3, hour), minutes, capacity))

    @rule(place=st.integers(0, 20), capacity=st.integers(0, 4), reserved=st.integers(0, 4))
    def the_lead_sets_places(self, place: int, capacity: int, reserved: int) -> None:
        id = self.some_slot(place)
        with suppress(Refusal):
            set_places(self.means, self.lead, id or SlotId("none"), None, capacity, reserved)

    @rule(place=st.integers(0, 20), is_sure=st.booleans())
    def the_lead_removes(self, place: int, is_sure: bool) -> None:
        id = self.some_slot(place)
        if id is None:
            return
        had = [discussion for discussion, slot in self.placed.items() if slot == id]
        told = len(self.removed())
        try:
            removal = remove_slot(self.means, self.lead, id, None, is_sure)
        except Refusal:
            return
        assert removal.asks == (bool(had) and not is_sure)
        if not removal.asks:
            # booker and chair of each
            assert len(self.removed()) - told == 2 * len(had)
            self.placed = {one: slot for one, slot in self.placed.items() if slot != id}

    @rule(hour=HOURS)
    def somebody_books(self, hour: int) -> None:
        found = list(self.store.slots.between([POLICE.id], at(3, hour), at(3, hour)))
        for slot in found:
            used = {one.number for one in self.store.slots.takings([slot.id])}
            free = [number for number in range(1, slot.capacity + 1) if number not in used]
            if free and len(used) < slot.capacity:
                self.placed[take(self.store, slot, free[0]).id] = slot.id

    def some_slot(self, place: int) -> SlotId | None:
        kept = sorted(self.store.slots.kept)
        return kept[place % len(kept)] if kept else None

    def removed(self) -> list[object]:
        return [one for one in self.store.outbox.messages if one.kind is MessageKind.SLOT_REMOVED]

    @invariant()
    def whoever_has_a_place_has_it(self) -> None:
        if hasattr(self, "placed"):
            kept = {one.discussion: one.slot for one in self.store.slots.taken.values()}
            assert kept == self.placed

    @invariant()
    def no_moment_of_the_desk_is_counted_twice(self) -> None:
        if hasattr(self, "placed"):
            standing = sorted(
                (one.starts_at, one.ends_at) for one in self.store.slots.kept.values() if not one.withdrawn
            )
            assert all(before[1] <= after[0] for before, after in pairwise(standing))
            assert all(one.capacity >= one.reserved >= 0 for one in self.store.slots.kept.values())


SlotsOfOneDesk.TestCase.settings = settings(deadline=None, max_examples=60, stateful_step_count=30)
TestSlotsOfOneDesk = SlotsOfOneDesk.TestCase
