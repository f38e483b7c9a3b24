"""A double of what people said about when they may be disturbed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from discussions.attention.kept import Absence, Rhythm, Snooze
from discussions.ids import AbsenceId, ActionId
from discussions.people import PersonId


@dataclass(slots=True)
class AttentionInMemory:
    """`people` are those with actions, for the list of the morning."""

    kept: dict[AbsenceId, Absence] = field(default_factory=dict)
    snoozes: dict[tuple[ActionId, PersonId], Snooze] = field(default_factory=dict)
    chosen: dict[PersonId, Rhythm] = field(default_factory=dict)
    people: list[PersonId] = field(default_factory=list)

    def add_absence(self, absence: Absence) -> None:
        self.kept[absence.id] = absence

    def save_absence(self, absence: Absence) -> None:
        self.kept[absence.id] = absence

    def absences(self, people: Collection[PersonId]) -> Sequence[Absence]:
        return [one for one in self.kept.values() if one.person in people]

    def put_snooze(self, snooze: Snooze) -> None:
        self.snoozes[snooze.action, snooze.person] = snooze

    def snoozed(self, of: Collection[tuple[ActionId, PersonId]]) -> Sequence[Snooze]:
        return [self.snoozes[one] for one in of if one in self.snoozes]

    def put_rhythm(self, rhythm: Rhythm) -> None:
        self.chosen[rhythm.person] = rhythm

    def rhythms(self, people: Collection[PersonId]) -> Mapping[PersonId, Rhythm]:
        return {id: self.chosen[id] for id in people if id in self.chosen}

    def with_actions(self, due_before: datetime, after: PersonId | None, most: int) -> Sequence[PersonId]:
        return [id for id in sorted(self.people) if id > (after or "")][:most]
