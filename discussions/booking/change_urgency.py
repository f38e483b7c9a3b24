"""Making a discussion more urgent, which its booker and chair may at any time; or less, which needs a manager."""

from __future__ import annotations

from dataclasses import replace

from discussions.access import Can, discussion_for
from discussions.booking.book import NewChild, pressing_of, require_manager, say
from discussions.booking.discussion import Discussion
from discussions.booking.urgency import is_lower
from discussions.ids import DiscussionId
from discussions.needs import Means
from discussions.people import Person
from discussions.post import MessageKind
from discussions.refusals import AlreadyMoved, Missing, TooLong, WrongAnswer
from discussions.trail import Deed, Entry

MOST_WORDS = 1_000


def change_urgency(means: Means, who: Person, id: DiscussionId, urgency: str, why: str | None) -> Discussion:
    """The window is counted from the decision to hold it, as before, and ends no later than police protection."""
    discussion = discussion_for(means, who, id, Can.CHANGE_BOOKING)
    if not discussion.is_open:
        raise AlreadyMoved(f"{discussion.reference} is no longer open, so its urgency stays as it was.")
    codes = [known.code for known in means.practice.urgencies]
    if urgency not in codes:
        raise WrongAnswer(f"Please give one of {', '.join(codes)}.", example=f"urgency {discussion.reference} U1")
    if urgency == discussion.urgency:
        return discussion
    why = (why or "").strip() or None
    if falls := is_lower(means.practice, urgency, than=discussion.urgency):
        require_manager(who)
        if why is None:
            raise Missing("why it may be less urgent, after because")
    if why and len(why) > MOST_WORDS:
        raise TooLong("the reason", MOST_WORDS)
    changed = means.store.discussions.save(with_urgency(means, discussion, urgency, why))
    what, kind = f"{discussion.urgency} {urgency}", "lowered" if falls else "raised"
    means.store.trail.write(Entry(Deed.URGENCY, means.now, who.id, id, what, changed.version, kind))
    for person in dict.fromkeys((changed.booker, changed.chair, changed.minute_taker)):
        if person and person != who.id:
            key = f"urgency:{id}:{changed.version}"
            say(means, MessageKind.BOOKED, {"discussion": id}, person, key, replaces=not falls)
    return changed


def with_urgency(means: Means, discussion: Discussion, urgency: str, why: str | None) -> Discussion:
    """As it was asked for and then changed by hand, so nothing raises it once more."""
    children = means.store.discussions.children(discussion.id)
    pressing = pressing_of(
        means,
        urgency=urgency,
        decided_at=discussion.decided_at,
        children=[NewChild(one.initials, one.born, one.expected) for one in children],
        context=(),
        protection_since=discussion.protection_since,
        kept_lower=why or "by hand",
        follows=discussion.follows,
    )
    asked = discussion.urgency_asked or discussion.urgency
    return replace(discussion, urgency=urgency, window_ends=pressing.ends, urgency_asked=asked, urgency_reason=why)
