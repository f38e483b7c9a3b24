"""Starting a discussion, and joining it: from then on the person's typed words go there."""

from __future__ import annotations

from dataclasses import replace

from discussions.access import Can, discussion_for
from discussions.agenda.attendance import Attendance
from discussions.agenda.moving import tell_progress
from discussions.agenda.refusals import NotTheMoment
from discussions.agenda.session import safety_item
from discussions.booking.discussion import Discussion, DiscussionState
from discussions.ids import AttendanceId, DiscussionId
from discussions.london import say_moment, to_london
from discussions.needs import Means
from discussions.people import Person
from discussions.practice.types import Practice
from discussions.refusals import Refusal
from discussions.trail import Deed, Entry


class TooEarly(Refusal):
    """Nothing forbids it, but a slip could not be taken back."""

    def __init__(self, discussion: Discussion) -> None:
        super().__init__(f"{discussion.reference} begins on another day: {say_moment(discussion.starts_at)}.")
        self.discussion = discussion


def start_discussion(means: Means, who: Person, id: DiscussionId, *, though_early: bool = False) -> Discussion:
    """The chair's. Started already, it only becomes the chair's current discussion again.

    Raises TooEarly on a day before its own, unless the chair has said that it is meant.
    """
    discussion = discussion_for(means, who, id, Can.START)
    is_early = to_london(means.now).date() < to_london(discussion.starts_at).date()
    if discussion.state is DiscussionState.BOOKED and is_early and not though_early:
        raise TooEarly(discussion)
    if discussion.state is DiscussionState.CANCELLED:
        raise NotTheMoment(f"{discussion.reference} was cancelled, so it can't be started. Nothing was changed.")
    means.store.discussions.set_current(who.id, discussion.id)
    if discussion.state is not DiscussionState.BOOKED:
        return discussion
    first = first_item(means.practice, discussion)
    started = means.store.discussions.save(
        replace(discussion, state=DiscussionState.STARTED, started_at=means.now, current_item=first)
    )
    means.store.trail.write(Entry(Deed.STARTED, means.now, who.id, started.id, str(first), started.version))
    mark_self_here(means, who, started)
    tell_progress(means, started)
    return started


def first_item(practice: Practice, discussion: Discussion) -> int:
    """Safety first when risk is immediate: the urgency whose telephone call a full meeting must follow."""
    is_immediate = practice.urgency(discussion.urgency).full_meeting_within is not None
    safety = safety_item(practice) if is_immediate else None
    return safety.number if safety else practice.items[0].number


def join_discussion(means: Means, who: Person, id: DiscussionId) -> Discussion:
    """The minute-taker's, and the chair's on another device; any time after booking."""
    discussion = discussion_for(means, who, id, Can.CAPTURE)
    if means.store.discussions.current(who.id) != discussion.id:
        means.store.discussions.set_current(who.id, discussion.id)
        means.store.trail.write(Entry(Deed.JOINED, means.now, who.id, discussion.id, version=discussion.version))
    if discussion.state is DiscussionState.STARTED:
        mark_self_here(means, who, discussion)
    return discussion


def mark_self_here(means: Means, who: Person, discussion: Discussion) -> None:
    """Whoever starts or joins is there; somebody who has left again is marked by hand.

    Of what was adjourned each sitting counts by itself.
    """
    attended = [one for one in means.store.discussions.attendance(discussion.id) if one.person == who.id]
    began = discussion.started_at or means.now
    if any(one.is_here or one.came_at >= began for one in attended):
        return
    came = Attendance(
        id=AttendanceId(means.new_id()),
        discussion=discussion.id,
        agency=who.agency,
        person=who.id,
        name=None,
        may_decide=True,
        came_at=means.now,
        left_at=None,
        recorded_by=who.id,
    )
    means.store.discussions.add_attendance(came)
    means.store.trail.write(Entry(Deed.ATTENDANCE, means.now, who.id, discussion.id, came.id, came.version, "here"))
