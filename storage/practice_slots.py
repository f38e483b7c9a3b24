"""The part of a practice file about slots."""

from __future__ import annotations

from pydantic import Field

from discussions.clocks import ClockHours
from discussions.practice.slots import Shortage, SlotRules
from storage.practice_values import AClock, Row


class ShortageRow(Row):
    agency: str
    code: str = Field(pattern=r"^[A-Z][A-Z0-9_]{2,39}$")
    label: str
    decides_desk: str | None = None
    decides_role: str | None = None
    manager_role: str | None = None


class SlotsRow(Row):
    """With the defaults of practices from before there were slots."""

    urgent: tuple[str, ...] = ("U0", "U1")
    urgent_share: float = Field(default=0.25, ge=0, le=1, allow_inf_nan=False)
    release_before: AClock = ClockHours(3)
    hold_minutes: int = Field(default=10, ge=1, le=60)
    times_offered: int = Field(default=3, ge=1, le=5)
    joins_at_most: int = Field(default=1, ge=0, le=5)
    other_code: str = Field(default="CAPACITY_OTHER", pattern=r"^[A-Z][A-Z0-9_]{2,39}$")
    other_label: str = "Another agency has no place in time"
    shortage: tuple[ShortageRow, ...] = ()
    source: str = "UCP"

    def rules(self) -> SlotRules:
        values = self.values()
        shortages = tuple(Shortage(**row.values()) for row in values.pop("shortage"))
        return SlotRules(shortages=shortages, **values)
