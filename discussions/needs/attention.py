"""When people may be disturbed, as they said it themselves."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from discussions.attention.kept import Absence, Rhythm, Snooze
from discussions.ids import ActionId
from discussions.people import PersonId


class AttentionStore(Protocol):
    def add_absence(self, absence: Absence) -> None: ...
    def save_absence(self, absence: Absence) -> None: ...
    def absences(self, people: Collection[PersonId]) -> Sequence[Absence]:
        """All that were ever noted of these people, the oldest first."""

    def put_snooze(self, snooze: Snooze) -> None:
        """In place of an earlier one of the same person for the same action."""

    def snoozed(self, of: Collection[tuple[ActionId, PersonId]]) -> Sequence[Snooze]: ...
    def put_rhythm(self, rhythm: Rhythm) -> None: ...
    def rhythms(self, people: Collection[PersonId]) -> Mapping[PersonId, Rhythm]:
        """Of those who chose one."""

    def with_actions(self, due_before: datetime, after: PersonId | None, most: int) -> Sequence[PersonId]:
        """A page of the people who have an open action due before then, their own or their desk's, by their ids."""
