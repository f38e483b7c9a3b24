"""The auditor's part: re-reads what was promised and what became of it, apart from those who say and send it.

It mends nothing. Whoever finds that a promise is not being kept must be somebody else than the one who keeps it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import chain

from discussions.booking.full_meeting import untold_of_full_meetings
from discussions.booking.not_held import untold
from discussions.chasing.promise import unchased_discussions
from discussions.ids import ActionId, MessageId
from discussions.needs import LookedAt, Means
from discussions.people import Right
from discussions.post import Message, MessageKind

TICK = "tick"
UNSAID_FOR = timedelta(minutes=5)
QUEUED_FOR = timedelta(minutes=15)
UNTOLD_FOR = timedelta(minutes=15)
CLAIMED_FOR = timedelta(minutes=5)
"""After the end of its lease."""
RETRIED_FOR = timedelta(minutes=45)
"""Longer than the sender itself waits before it takes another way."""
LOOKS_BACK = timedelta(hours=2)
"""How long something that went wrong for good is counted."""
TOLD_AGAIN_AFTER = timedelta(hours=1)
MOST_COUNTED = 1000
"""More of one kind are not counted: it is read every minute, and a thousand are reason enough."""
IDS_TOLD = 5


class Defect(StrEnum):
    """A way in which a promise is not being kept."""

    TICKS_STOPPED = "ticks_stopped"
    UNSAID = "unsaid"
    QUEUED = "queued"
    CLAIMED = "claimed"
    RETRIED = "retried"
    UNWRITTEN = "unwritten"
    UNACCOUNTED = "unaccounted"
    UNPROMISED = "unpromised"
    UNHELD = "unheld"
    UNFOLLOWED = "unfollowed"
    UNCHASED = "unchased"


@dataclass(frozen=True, slots=True)
class Finding:
    """`count` goes up to MOST_COUNTED; `ids` are the first few: promises, messages or actions."""

    defect: Defect
    count: int
    ids: tuple[str, ...] = ()


def note_tick(means: Means) -> None:
    """Each tick says that it came through; any replica's auditor sees when none does."""
    means.store.marks.put(TICK, means.now)


def audit(means: Means, awake_since: datetime, ticks_late_after: timedelta) -> tuple[Finding, ...]:
    """All that moments tell. Nothing counts as late before the auditor itself has been awake for as long.

    So after a stop those who say and send have their time to catch up.
    """
    now, kept = means.now, means.store.audit
    looks = (
        (Defect.UNSAID, kept.unsaid, UNSAID_FOR),
        (Defect.QUEUED, kept.queued, QUEUED_FOR),
        (Defect.CLAIMED, kept.claimed, CLAIMED_FOR),
        (Defect.RETRIED, kept.retried, RETRIED_FOR),
    )
    late = [
        finding_of(defect, look(now - patience, MOST_COUNTED))
        for defect, look, patience in looks
        if awake_since <= now - patience
    ]
    stopped = (Finding(Defect.TICKS_STOPPED, 1),) if have_ticks_stopped(means, awake_since, ticks_late_after) else ()
    unwritten = finding_of(Defect.UNWRITTEN, kept.unwritten(now - LOOKS_BACK, now, MOST_COUNTED))
    unaccounted = finding_of(Defect.UNACCOUNTED, kept.unaccounted(now - LOOKS_BACK, MOST_COUNTED))
    unchased = finding_of(Defect.UNCHASED, unchased_discussions(means, MOST_COUNTED))
    found = (*stopped, *chain.from_iterable(late), *unwritten, *unaccounted)
    return (*found, *unheld_untold(means, awake_since), *unchased)


def unheld_untold(means: Means, awake_since: datetime) -> tuple[Finding, ...]:
    """Discussions that were not held, or not followed by a full meeting, and nobody above their chair was told."""
    if awake_since > means.now - UNTOLD_FOR:
        return ()
    unheld = finding_of(Defect.UNHELD, untold(means, UNTOLD_FOR))
    return (*unheld, *finding_of(Defect.UNFOLLOWED, untold_of_full_meetings(means, UNTOLD_FOR)))


def have_ticks_stopped(means: Means, awake_since: datetime, late_after: timedelta) -> bool:
    last = means.store.marks.find(TICK)
    return max(awake_since, last or awake_since) < means.now - late_after


def look_at_actions(means: Means, after: ActionId | None, most: int) -> LookedAt:
    """A page of open actions: each must have a promise waiting, since nudges go on until an action ends."""
    return means.store.audit.open_actions(after, most)


def finding_of(defect: Defect, ids: Sequence[str]) -> tuple[Finding, ...]:
    return (Finding(defect, len(ids), tuple(ids[:IDS_TOLD])),) if ids else ()


def tell_administrators(means: Means, found: Sequence[Finding]) -> int:
    """A message to each administrator, with kinds, counts and ids; of one kind at most once an hour, by any replica."""
    # two replicas that find the same at the same moment tell it once
    means.store.turns.take("audit")
    news = [finding for finding in found if is_news(means, finding.defect)]
    people = means.store.people.holding(Right.ADMINISTER) if news else ()
    for finding in news:
        means.store.marks.put(told_mark(finding.defect), means.now)
    about = {finding.defect.value: " ".join((str(finding.count), *finding.ids)) for finding in news}
    for person in people:
        id = MessageId(means.new_id())
        # urgent: what it tells of may be that this very person's messages are held up
        told = Message(id, MessageKind.AUDIT, about, person.id, None, f"audit:{id}", means.now, urgent=True)
        means.store.outbox.put(told)
    return len(people)


def is_news(means: Means, defect: Defect) -> bool:
    last = means.store.marks.find(told_mark(defect))
    return last is None or last <= means.now - TOLD_AGAIN_AFTER


def told_mark(defect: Defect) -> str:
    return f"told:{defect.value}"


def read_told(about: Mapping[str, str]) -> tuple[Finding, ...]:
    """What a message about findings holds, in the order of the kinds."""
    told = ((defect, about[defect.value].split()) for defect in Defect if defect.value in about)
    return tuple(Finding(defect, int(count), tuple(ids)) for defect, (count, *ids) in told)
