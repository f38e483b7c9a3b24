"""The parts of a practice file on actions: their kinds, nudges and hours, what to read before a visit, who leads."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from discussions.practice import types as practice
from storage.practice_values import AClock, ATime, Row


class ActionKindRow(Row):
    code: str
    label: str
    verbs: tuple[str, ...] = Field(min_length=1)
    nudges: str
    window: AClock
    source: str
    sees_child: bool = False
    needs_contingency: bool = True


class NudgeStepRow(Row):
    code: str
    anchor: practice.Anchor
    to: tuple[practice.Audience, ...] = Field(min_length=1)
    after: AClock | None = None
    fraction: Annotated[float, Field(gt=0, lt=1, allow_inf_nan=False)] | None = None
    repeat_every: AClock | None = None


class NudgePolicyRow(Row):
    kind: str
    label: str
    overrides_quiet_hours: bool
    needs_contingency: bool
    needs_time: bool
    steps: tuple[NudgeStepRow, ...] = Field(min_length=1)
    source: str

    def policy(self) -> practice.NudgePolicy:
        steps = tuple(practice.NudgeStep(**row.values()) for row in self.steps)
        return practice.NudgePolicy(**{**self.values(), "steps": steps})


class RemindersRow(Row):
    rhythms: tuple[Literal["daily", "weekly", "overdue"], ...]
    snooze_at_most: AClock
    snooze_overdue_at_most: AClock | None = None
    away_at_most: AClock
    source: str


class QuietHoursRow(Row):
    opens: ATime
    closes: ATime
    source: str
    on_every_day: bool = False


class ApproachRow(Row):
    label: str
    says: tuple[str, ...] = Field(min_length=1)
    source: str
    under: int | None = None


class VisitsRow(Row):
    kinds: tuple[str, ...] = Field(min_length=1)
    fields: tuple[str, ...] = Field(min_length=1)
    before: AClock
    not_to_ask: tuple[str, ...]
    approach: tuple[ApproachRow, ...] = Field(min_length=1)
    source: str

    def visits(self) -> practice.Visits:
        values = self.values()
        approaches = tuple(practice.Approach(**row.values()) for row in values.pop("approach"))
        return practice.Visits(approaches=approaches, **values)


class FollowUpRow(Row):
    source: str
    duty_desk: str | None = None
    lead_person: str | None = None
    lead_desk: str | None = None
    lead_role: str | None = None
    bring_back_within: AClock | None = None
    contingency_within: AClock | None = None
    open_before_icpc: tuple[AClock, ...] | None = None

    def follow_up(self) -> practice.FollowUp:
        given = {name: value for name, value in self.values().items() if name != "source" and value is not None}
        return practice.FollowUp(**given)
