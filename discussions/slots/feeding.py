"""A desk's calendar feed over time: whose turn it is, what was read, and what is said when it can't be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from discussions.ids import MessageId
from discussions.needs import Means
from discussions.people import DeskId, Person, Right
from discussions.post import Message, MessageKind
from discussions.refusals import NotFound
from discussions.slots.feed import Feed, FeedProblem
from discussions.slots.follow import Followed, follow
from discussions.slots.leading import keepers_of, keeps, leads_of
from discussions.slots.rows import SlotRow
from discussions.slots.seeing import SlotSeen, slots_of
from discussions.slots.slot import SlotSource
from discussions.trail import Deed, Entry

EVERY = timedelta(minutes=15)
LONGEST_WAIT = timedelta(hours=4)
"""Between two looks at a feed that can't be read."""
LEASE = timedelta(minutes=3)
TOLD_AFTER = 3
"""So many failures in a row: an hour or less, so that a restart at night wakes nobody."""
READ_WHOLE_EVERY = timedelta(days=1)
"""Unchanged or not: what repeats for ever reaches a day further each day."""


def claim_feed(means: Means, desk: DeskId, digest: str) -> Feed | None:
    """The feed when it is due and this process alone is to look at it now; without what no longer holds."""
    store = means.store.feeds
    known = store.feed(desk)
    if known is not None and known.digest == digest and known.next_at > means.now:
        return None
    store.add(Feed(desk, digest, means.now))
    token = means.new_id()
    if not store.claim(desk, digest, means.now, means.now + LEASE, token):
        return None
    feed = store.feed(desk)
    assert feed is not None, "it was claimed"
    if feed.digest != digest:
        return Feed(desk, digest, means.now, token=token, leased_until=feed.leased_until)
    is_stale = feed.read_at is None or means.now - feed.read_at >= READ_WHOLE_EVERY
    return replace(feed, etag=None, modified=None) if is_stale else feed


def keep_read(
    means: Means, feed: Feed, rows: Sequence[SlotRow], etag: str | None, modified: str | None
) -> Followed | None:
    """It was read whole. None, and nothing is changed, when it took so long that somebody else is at it."""
    if not _save_well(means, replace(feed, read_at=means.now, etag=etag, modified=modified)):
        return None
    followed = follow(means, None, feed.desk, rows, SlotSource.FEED)
    for slot in followed.taken:
        tell_to_look(means, feed.desk, keepers_of(means, feed.desk), f"slot:{slot.id}:{slot.starts_at:%Y%m%d%H%M}")
    return followed


def note_unchanged(means: Means, feed: Feed) -> bool:
    return _save_well(means, feed)


def _save_well(means: Means, feed: Feed) -> bool:
    well = replace(feed, next_at=means.now + EVERY, failures=0, failing_since=None, problem=None, leased_until=None)
    return means.store.feeds.save(well)


def note_failure(means: Means, feed: Feed, problem: FeedProblem) -> bool:
    """The slots stay as they were. True when it is said to somebody now."""
    failures, since = feed.failures + 1, feed.failing_since or means.now
    next_at = means.now + min(EVERY * 2 ** min(failures - 1, 10), LONGEST_WAIT)
    failing = replace(
        feed, failures=failures, failing_since=since, problem=problem, next_at=next_at, leased_until=None
    )  # fmt: skip
    if not means.store.feeds.save(failing) or failures != TOLD_AFTER:
        return False
    means.store.trail.write(Entry(Deed.FEED_BROKEN, means.now, None, what=feed.desk, why=problem.value))
    told = {
        person.id: person for person in (*leads_of(means, feed.desk), *means.store.people.holding(Right.ADMINISTER))
    }
    tell_to_look(means, feed.desk, list(told.values()), f"feed:{since:%Y%m%d%H%M%S}")
    return True


def tell_to_look(means: Means, desk: DeskId, people: Sequence[Person], why: str) -> None:
    """Once to each, for each reason."""
    for person in people:
        key = f"look:{desk}:{why}:{person.id}"
        about = {"desk": str(desk)}
        id = MessageId(means.new_id())
        means.store.outbox.put(Message(id, MessageKind.SLOTS_TO_LOOK_AT, about, person.id, None, key, means.now))


@dataclass(frozen=True, slots=True)
class ToLookAt:
    """What those who keep a desk's slots have to look at: a feed that can't be read, or taken slots that are gone."""

    desk: DeskId
    desk_name: str
    problem: FeedProblem | None
    since: datetime | None
    gone: tuple[SlotSeen, ...]


def to_look_at(means: Means, who: Person, desk: DeskId) -> ToLookAt:
    """Raises NotFound when it is not theirs, or nothing is left to look at."""
    if not keeps(who, desk):
        raise NotFound("desk")
    feed = means.store.feeds.feed(desk) if is_failing(means, desk) else None
    gone = tuple(one for one in slots_of(means, desk) if one.is_short)
    if feed is None and not gone:
        raise NotFound("desk")
    name = means.store.people.desk(desk).name
    if feed is None:
        return ToLookAt(desk, name, None, None, gone)
    return ToLookAt(desk, name, feed.problem, feed.read_at, gone)


def is_failing(means: Means, desk: DeskId) -> bool:
    feed = means.store.feeds.feed(desk)
    return feed is not None and feed.failures >= TOLD_AFTER


def failing_feeds(means: Means) -> int:
    """How many can't be read, for the metric."""
    return len(means.store.feeds.failing(TOLD_AFTER))
