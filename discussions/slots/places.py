"""Which places of a slot are still free, for whom; pure, so that it is the same for offering and for taking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from discussions.clocks import Calendar, Counting
from discussions.practice.slots import SlotRules
from discussions.slots.slot import Slot, Taking


@dataclass(frozen=True, slots=True)
class Asking:
    """Who looks for a place: how urgently, when, and under which hold they may have one already."""

    now: datetime
    joins_at_most: int
    released_until: datetime
    """What was kept for urgent ones is for everybody in slots that start until then."""
    is_urgent: bool
    holder: str | None = None

    def may_have(self, slot: Slot, number: int) -> bool:
        """Whether this place is not kept for others."""
        is_released = slot.starts_at <= self.released_until
        return self.is_urgent or is_released or not slot.is_kept_for_urgent(number)


def asking(
    rules: SlotRules, counting: Counting, calendar: Calendar, now: datetime, urgency: str, holder: str | None = None
) -> Asking:
    released_until = rules.release_before.deadline(now, calendar, counting)
    return Asking(now, rules.joins_at_most, released_until, urgency in rules.urgent, holder)


def standing(takings: Sequence[Taking], asking: Asking) -> list[Taking]:
    """What counts against the places: not what is over, nor what the asker holds."""
    return [
        one for one in takings
        if not one.is_over(asking.now) and (asking.holder is None or one.holder != asking.holder)
    ]  # fmt: skip


def free_number(slot: Slot, takings: Sequence[Taking], asking: Asking) -> int | None:
    """The number of a place that the asker may take; None when there is none.

    Urgent ones take what is kept for them first, so that the open places stay open for all others.
    """
    taken = standing(takings, asking)
    if slot.withdrawn or sum(not one.joined for one in taken) >= slot.capacity:
        return None
    used = {one.number for one in taken}
    free = [one for one in range(1, slot.capacity + 1) if one not in used and asking.may_have(slot, one)]
    return max(free, key=slot.is_kept_for_urgent, default=None) if asking.is_urgent else next(iter(free), None)


def joining_number(slot: Slot, takings: Sequence[Taking], asking: Asking) -> int | None:
    """The number of one place more than the slot has; None where nobody else can join it."""
    taken = standing(takings, asking)
    if slot.withdrawn or sum(one.joined for one in taken) >= asking.joins_at_most:
        return None
    return max([slot.capacity, *(one.number for one in taken)]) + 1
