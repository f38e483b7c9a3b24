"""The diary: discussions of a day or a week that somebody may see, with what each still lacks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from discussions.agenda.quorum import QuorumLight
from discussions.booking.discussion import Discussion
from discussions.booking.expected import expected_quorum
from discussions.booking.invitations import Invitation, InvitationAnswer
from discussions.booking.views import discussions_since, people_in
from discussions.london import nearest_from_london
from discussions.needs import Means
from discussions.people import Person

DAYS_OF_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Days:
    """From the first to the last, both included, as London counts them."""

    first: date
    last: date

    @classmethod
    def week_from(cls, day: date) -> Days:
        return cls(day, day + timedelta(days=DAYS_OF_A_WEEK - 1))

    @property
    def begins_at(self) -> datetime:
        return nearest_from_london(self.first, time(0))

    @property
    def ends_at(self) -> datetime:
        return nearest_from_london(self.last + timedelta(days=1), time(0))


@dataclass(frozen=True, slots=True)
class DiaryLine:
    """`light` is None once it has begun, or is cancelled: answers tell nothing any more. `unanswered` of `asked`."""

    discussion: Discussion
    light: QuorumLight | None
    unanswered: int
    asked: int


@dataclass(frozen=True, slots=True)
class Diary:
    """`lines` are those of the page, `count` all that fit; `agencies` are the categories asked on all of these days."""

    lines: tuple[DiaryLine, ...]
    count: int
    page: int
    agencies: tuple[str, ...]


def diary(means: Means, who: Person, days: Days, agency: str | None, page: int, a_page: int) -> Diary:
    """What access grants and nothing else. `agency` narrows it to those to which this category is asked."""
    found = discussions_since(means, who, days.begins_at, days.ends_at)
    asked = {one.id: means.store.discussions.invitations(one.id) for one in found}
    among = {one.id: categories(means, one, asked[one.id]) for one in found}
    fitting = [one for one in found if agency is None or agency in among[one.id]]
    page = min(page, max(len(fitting) - 1, 0) // a_page)
    shown = fitting[page * a_page : (page + 1) * a_page]
    agencies = sorted({code for codes in among.values() for code in codes})
    return Diary(tuple(line(means, one, asked[one.id]) for one in shown), len(fitting), page, tuple(agencies))


def categories(means: Means, one: Discussion, invitations: Sequence[Invitation]) -> frozenset[str]:
    """Those of who is asked and who chairs, each with what it is part of."""
    chair = means.store.people.person(one.chair)
    agencies = {*(asked.agency for asked in invitations), *([chair.agency] if chair else [])}
    own = {means.store.people.agency(agency).category for agency in agencies}
    return frozenset(code for category in own for code in means.practice.counts_for(category))


def line(means: Means, one: Discussion, invitations: Sequence[Invitation]) -> DiaryLine:
    waits = one.is_open and one.started_at is None
    people = people_in(means, one, invitations)
    return DiaryLine(
        discussion=one,
        light=expected_quorum(means, one, invitations, people) if waits else None,
        unanswered=sum(asked.answer is InvitationAnswer.ASKED for asked in invitations) if waits else 0,
        asked=len(invitations),
    )
