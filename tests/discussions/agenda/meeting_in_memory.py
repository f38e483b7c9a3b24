"""The same fictitious meeting without a database: for cards to look at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from itertools import count
from typing import Concatenate, ParamSpec, TypeVar

from discussions.agenda.captured import Captured
from discussions.agenda.save import Saved, Saving, save_form
from discussions.agenda.start import join_discussion, start_discussion
from discussions.booking.discussion import Child, Discussion
from discussions.needs import Means
from discussions.people import Person
from discussions.practice.types import Practice
from storage.practice_file import standard_practice
from tests.discussions.agenda.meeting import (
    CARE,
    CHAIR,
    CHILDREN,
    DISCUSSION,
    DUTY,
    EVERYBODY,
    HEALTH,
    INVITATIONS,
    MINUTES,
    NOON,
    POLICE,
    SCHOOL,
    SD,
    NoHolidays,
)
from tests.doubles import StoreInMemory

P = ParamSpec("P")
R = TypeVar("R")


@cache
def practice() -> Practice:
    return standard_practice()


@dataclass(slots=True)
class MeetingInMemory:
    store: StoreInMemory = field(default_factory=StoreInMemory)
    now: datetime = NOON
    numbers: Callable[[], int] = field(default_factory=lambda: count(1).__next__)

    @property
    def practice(self) -> Practice:
        return practice()

    @property
    def means(self) -> Means:
        return Means(self.store, self.practice, NoHolidays(), self.now, lambda: f"id-{self.numbers():04}")

    @property
    def discussion(self) -> Discussion:
        return self.store.discussions.kept[SD]

    @property
    def children(self) -> Sequence[Child]:
        return self.store.discussions.children(SD)

    def becomes(self, discussion: Discussion) -> None:
        self.store.discussions.kept[SD] = replace(discussion, version=discussion.version + 1)

    def does(
        self, who: Person, use_case: Callable[Concatenate[Means, Person, P], R], *args: P.args, **named: P.kwargs
    ) -> R:
        return use_case(self.means, who, *args, **named)

    def after(self, minutes: int) -> MeetingInMemory:
        self.now += timedelta(minutes=minutes)
        return self

    def seen(self, item: int, form: int, subject: str) -> int:
        return Captured.of(self.store.facts.current(SD)).seen(self.practice.item(item).forms[form], subject)

    def saves(
        self, who: Person, item: int, form: int, subject: str, typed: Mapping[str, str], seen: int | None = None
    ) -> Saved:
        seen = self.seen(item, form, subject) if seen is None else seen
        return self.does(who, save_form, Saving(SD, item, form, subject, typed, seen))


def booked(children: Sequence[Child] = ()) -> MeetingInMemory:
    meeting = MeetingInMemory()
    meeting.store.people.replace_all((CARE, POLICE, HEALTH, SCHOOL), (DUTY,), EVERYBODY)
    meeting.store.discussions.add(DISCUSSION, children or CHILDREN, INVITATIONS)
    return meeting


def started(children: Sequence[Child] = ()) -> MeetingInMemory:
    meeting = booked(children)
    meeting.does(CHAIR, start_discussion, SD)
    meeting.does(MINUTES, join_discussion, SD)
    return meeting
