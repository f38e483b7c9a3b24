"""The part of a practice file that says how invitations are chased."""

from __future__ import annotations

from pydantic import Field

from discussions.practice.chasing import STANDARD_CHASING, USUAL_STEPS, ChaseStep, ChaseTo, Chasing
from storage.practice_values import Row


class ChaseStepRow(Row):
    code: str
    to: ChaseTo
    source: str
    share_gone: int | None = Field(default=None, ge=1, le=99)
    before_start_minutes: int | None = Field(default=None, ge=1, le=1440)


class ChasingRow(Row):
    """With the defaults of practices from before there was chasing."""

    least_minutes: int = Field(default=STANDARD_CHASING.least_minutes, ge=1, le=120)
    overrides_hours: tuple[str, ...] = STANDARD_CHASING.overrides_hours
    source: str = STANDARD_CHASING.source
    step: tuple[ChaseStepRow, ...] | None = None

    def chasing(self) -> Chasing:
        steps = USUAL_STEPS if self.step is None else tuple(ChaseStep(**step.values()) for step in self.step)
        return Chasing(steps, self.least_minutes, self.overrides_hours, self.source)
