"""What is kept about when somebody may be disturbed: leave, reminders put off, how often the list comes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

from discussions.ids import AbsenceId, ActionId, MessageId
from discussions.people import PersonId


@dataclass(frozen=True, slots=True)
class Absence:
    """Kept when it is over: who stood in for whom at a moment can always be told. `ended_at`: back before `until`."""

    id: AbsenceId
    person: PersonId
    since: datetime
    until: datetime
    noted_by: PersonId
    ended_at: datetime | None = None

    @property
    def over_at(self) -> datetime:
        return self.until if self.ended_at is None else min(self.ended_at, self.until)

    def covers(self, moment: datetime) -> bool:
        return self.since <= moment < self.over_at


@dataclass(frozen=True, slots=True)
class Snooze:
    """`id` is that of the message which comes at `until`, in place of the person's own reminders before it."""

    id: MessageId
    action: ActionId
    person: PersonId
    until: datetime


class Often(StrEnum):
    """How often the list of the morning comes. Reminders come all the same."""

    DAILY = "daily"
    WEEKLY = "weekly"
    OVERDUE = "overdue"
    """Only on days on which something is overdue."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What a person chose for their list of the morning. `at` is London time; None: when their working day begins."""

    person: PersonId
    often: Often = Often.DAILY
    at: time | None = None
