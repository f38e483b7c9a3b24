"""Before the latest date of the conference: its chair is told, while there is time, what has not been done yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from discussions.access import Can, discussion_for, note_read
from discussions.actions.terms import earlier
from discussions.actions.views import ActionView, viewed
from discussions.actions.world import latest_icpc
from discussions.agenda.close import discussed
from discussions.agenda.gate import icpc_latest
from discussions.attention.hours import usual_hours
from discussions.booking.discussion import Discussion, DiscussionState
from discussions.ids import DiscussionId, MessageId
from discussions.london import from_london, to_london
from discussions.needs import Means
from discussions.people import Person
from discussions.post import Message, MessageKind
from discussions.refusals import NotFound
from discussions.trail import Deed, Entry

LOOKED = "before the conference"
LONGEST_BEFORE = timedelta(days=60)
"""No conference is later than this after the discussion that decides on it."""
HELD = (DiscussionState.STARTED, DiscussionState.CLOSED, DiscussionState.APPROVED)


@dataclass(frozen=True, slots=True)
class StillOpen:
    """`latest` is the last day for the conference. `actions`: open ones, then those that not all have heard of."""

    discussion: DiscussionId
    reference: str
    latest: date
    actions: tuple[ActionView, ...]


def tell_before_conferences(means: Means) -> int:
    """Once each day on which people may be disturbed, at its beginning: one message for each discussion."""
    if not is_time_to_look(means):
        return 0
    # two replicas that look at the same moment tell it once
    means.store.turns.take(LOOKED)
    if not is_time_to_look(means):
        return 0
    means.store.marks.put(LOOKED, means.now)
    found = means.store.discussions.held_since(means.now - LONGEST_BEFORE)
    return sum(tell_chair(means, discussion) for discussion in found)


def is_time_to_look(means: Means) -> bool:
    """The quiet hours of the practice are those of everything that is not immediate safety."""
    last = means.store.marks.find(LOOKED)
    today = to_london(means.now).date()
    if last is not None and to_london(last).date() >= today:
        return False
    return usual_hours(means.practice.quiet_hours).is_open(means.now, means.calendar)


def tell_chair(means: Means, discussion: Discussion) -> bool:
    """The newest of the practice's steps that has come; each is said once."""
    day = latest_icpc(means, discussion)
    if day is None or discussion.state not in HELD:
        return False
    step = newest_step(means, day)
    if step is None or not is_for_a_conference(means, discussion) or not has_open(means, discussion):
        return False
    id = MessageId(means.new_id())
    key = f"icpc:{discussion.id}:{step}"
    about = {"discussion": discussion.id}
    means.store.outbox.put(
        Message(id, MessageKind.STILL_OPEN, about, discussion.chair, None, key, means.now, urgent=False)
    )
    means.store.trail.write(Entry(Deed.NUDGED, means.now, None, discussion.id, discussion.id, why=LOOKED))
    return True


def newest_step(means: Means, latest: date) -> str | None:
    """None while it is too early, and once the day has passed."""
    today = to_london(means.now).date()
    ends = from_london(latest, means.practice.counting.closes)
    begun = [
        (to_london(earlier(ends, clock, means.calendar)).date(), str(clock))
        for clock in means.practice.follow_up.open_before_icpc
    ]
    come = [(day, step) for day, step in begun if day <= today <= latest]
    return max(come)[1] if come else None


def is_for_a_conference(means: Means, discussion: Discussion) -> bool:
    """Whether an enquiry begins here: else there is no conference to be in time for."""
    one = discussed(means, discussion)
    return icpc_latest(means.practice, means.calendar, one) is not None


def has_open(means: Means, discussion: Discussion) -> bool:
    return any(one.state.is_open or one.unheard for one in means.store.actions.of_discussion(discussion.id))


def still_open(means: Means, who: Person, id: DiscussionId) -> StillOpen:
    """For those who may see its content. NotFound when nothing is open any more: then there is nothing to say."""
    discussion = discussion_for(means, who, id, Can.SEE_CONTENT)
    latest = latest_icpc(means, discussion)
    actions = [one for one in means.store.actions.of_discussion(id) if one.state.is_open or one.unheard]
    if latest is None or not actions:
        raise NotFound
    note_read(means, who, discussion, "still open")
    views = viewed(means, who, ((one, discussion) for one in actions))
    return StillOpen(id, discussion.reference, latest, views)
