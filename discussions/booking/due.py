"""What is found to be due about a discussion, by looking at each tick, and is said once whichever replica looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from discussions.booking.book import say
from discussions.booking.discussion import Discussion
from discussions.needs import Means
from discussions.people import PersonId
from discussions.post import MessageKind
from discussions.trail import Deed, Entry

ABOVE = "above the chair"


@dataclass(frozen=True, slots=True)
class Due:
    """What these people are to be told. `why` goes into the trail: ABOVE where it has gone beyond its own people."""

    discussion: Discussion
    kind: MessageKind
    people: tuple[PersonId, ...]
    why: str | None = None


def tell_due(means: Means, lock: str, find: Callable[[Means], Iterator[Due]], deed: Deed) -> int:
    """How many people were told; each once for each time that the discussion was to begin."""
    if not any(find(means)):
        return 0
    # two replicas that look at the same moment tell it once
    means.store.turns.take(lock)
    said = 0
    for due in find(means):
        one, kind = due.discussion, due.kind
        for person in due.people:
            about = {"discussion": one.id, "moved": str(one.moved)}
            say(means, kind, about, person, f"{kind.value}:{one.id}:{one.moved}")
        means.store.trail.write(Entry(deed, means.now, None, one.id, str(one.moved), one.version, due.why))
        said += len(due.people)
    return said
