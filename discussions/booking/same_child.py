"""Has there been a discussion of the same child just now? Then this one may be its review."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from discussions.access import Can, access_to, note_read
from discussions.booking.book import NewChild
from discussions.booking.discussion import Discussion
from discussions.needs import Means
from discussions.people import Person

SAME_CHILD = "same_child"
LOOKS_BACK = timedelta(days=60)


def recent_of_same_children(means: Means, who: Person, children: Sequence[NewChild]) -> tuple[Discussion, ...]:
    """Those within the practice's time, soonest first. Of a restricted one learns only who is on it.

    Whoever may book and names a child learns that others are discussing it, and when: that is what keeps two teams
    from planning past each other. Of an open one that is written into the trail.
    """
    found = {one.id: one for one in candidates(means, children) if may_learn(means, who, one)}
    for one in found.values():
        note_read(means, who, one, SAME_CHILD)
    return tuple(sorted(found.values(), key=lambda one: one.starts_at))


def candidates(means: Means, children: Sequence[NewChild]) -> Iterator[Discussion]:
    clocks = [known.clock for known in means.practice.clocks if known.code == SAME_CHILD]
    for child in children if clocks else ():
        if child.initials is None or child.born is None:
            continue
        for one in means.store.discussions.about_child(child.initials, child.born, means.now - LOOKS_BACK):
            if clocks[0].deadline(one.starts_at, means.calendar, means.practice.counting) >= means.now:
                yield one


def may_learn(means: Means, who: Person, one: Discussion) -> bool:
    if not one.restricted:
        return True
    return access_to(who, one, means.store.discussions.invitations(one.id)).can(Can.SEE_BOOKING)
