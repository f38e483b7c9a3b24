"""Moving a discussion: the window stays where it is, everybody is asked again, and what changed is kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from discussions.access import Can, discussion_for
from discussions.booking.book import GRACE, read_breach
from discussions.booking.changes import Change, ChangeKind
from discussions.booking.discussion import Discussion, DiscussionState, Form
from discussions.booking.invitations import Invitation, InvitationAnswer
from discussions.booking.telling import ask_anew, tell_the_table
from discussions.booking.why import Why, keep_change, read_why, within
from discussions.chasing.promise import promise_chases
from discussions.ids import DiscussionId
from discussions.london import say_moment, say_time
from discussions.meetings.wanting import follow_meeting
from discussions.needs import Means
from discussions.people import Person
from discussions.refusals import AlreadyMoved, WrongAnswer
from discussions.slots.taking import take_slots
from discussions.trail import Deed, Entry

CHANGE_NOTHING = "It is booked so already. Please give another day, time, form or way to join."
CAN_NOT_ANY_MORE = {
    DiscussionState.STARTED: "has started, so it can't be moved or cancelled.",
    DiscussionState.CLOSED: "is over, so it can't be moved or cancelled.",
    DiscussionState.APPROVED: "is over, so it can't be moved or cancelled.",
    DiscussionState.CANCELLED: "is cancelled already.",
}


@dataclass(frozen=True, slots=True)
class Move:
    """How it shall be from now on. Where it does not start inside the window: `late_reason` says why, and `breach` is
    the practice's code for an agency without a place in time.
    """

    starts_at: datetime
    form: Form
    join_details: str | None
    why: Why
    late_reason: str | None = None
    breach: str | None = None


def move_discussion(means: Means, who: Person, id: DiscussionId, move: Move, seen: int) -> Discussion:
    """By its chair or booker; `seen` is how often it had been moved when they looked. The window never moves."""
    before = discussion_to_change(means, who, id, Can.CHANGE_BOOKING, seen)
    why = read_why(move.why, means.practice.changing.move_reasons, "it is moved")
    asks = is_asked_again(before, move)
    if not asks and move.join_details == before.join_details:
        raise WrongAnswer(CHANGE_NOTHING, "when")
    if move.starts_at != before.starts_at and move.starts_at < means.now - GRACE:
        raise WrongAnswer("That start has passed. Please choose a time that is still to come.", "when")
    after = means.store.discussions.save(moved(before, move, why, means))
    change = keep_change(means, who, before, ChangeKind.MOVED if asks else ChangeKind.DETAILS, why)
    note(means, who, Deed.MOVED, after, why.code)
    follow_meeting(means, after)
    if asks:
        ask_everybody(means, who, before, after, change)
        return after
    coming = [one for one in invitations_of(means, after) if one.answer is not InvitationAnswer.NOT_COMING]
    ask_anew(means, who, after, coming)
    tell_the_table(means, who, after, change)
    return after


def ask_everybody(means: Means, who: Person, before: Discussion, after: Discussion, change: Change) -> None:
    """For the new time: places, and answers, of all who were asked for the former one."""
    if after.starts_at != before.starts_at:
        take_slots(means, who, after)
    invitations = [asked_again(means, who, one) for one in invitations_of(means, after)]
    ask_anew(means, who, after, invitations)
    promise_chases(means, after, [one for one in invitations if one.withdrawn_at is None])
    tell_the_table(means, who, after, change)


def is_asked_again(before: Discussion, move: Move) -> bool:
    """Whoever can come at that time in that way need not be asked once more because of a new link."""
    return (move.starts_at, move.form) != (before.starts_at, before.form)


def moved(before: Discussion, move: Move, why: Why, means: Means) -> Discussion:
    is_late = move.starts_at > before.window_ends
    reason = within((move.late_reason or "").strip() or None, "late_reason") or why.words or label_of(means, why)
    return replace(
        before,
        starts_at=move.starts_at,
        form=move.form,
        join_details=move.join_details,
        late_reason=reason if is_late else None,
        breach=read_breach(means, move.breach or before.breach) if is_late else None,
        moved=before.moved + 1,
    )


def label_of(means: Means, why: Why) -> str | None:
    known = means.practice.changing.move_reasons
    return next((one.label for one in known if one.code == why.code), None)


def asked_again(means: Means, who: Person, invitation: Invitation) -> Invitation:
    """Back to where nothing is answered. What was answered to the former time stays to be read."""
    has_answered = invitation.answer is not InvitationAnswer.ASKED
    fresh = replace(
        invitation,
        answer=InvitationAnswer.ASKED,
        words=None,
        answered_at=None,
        answered_by=None,
        on_behalf=False,
        former=invitation.answer if has_answered else invitation.former,
        former_words=invitation.words if has_answered else invitation.former_words,
    )
    saved = means.store.discussions.save_invitation(fresh)
    means.store.trail.write(
        Entry(Deed.ASKED_AGAIN, means.now, who.id, saved.discussion, saved.id, saved.version, invitation.answer)
    )
    return saved


def invitations_of(means: Means, discussion: Discussion) -> list[Invitation]:
    return list(means.store.discussions.invitations(discussion.id))


def discussion_to_change(means: Means, who: Person, id: DiscussionId, can: Can, seen: int) -> Discussion:
    """Booked, not begun, and as it was when this person looked. Raises NotFound, AlreadyMoved."""
    discussion = discussion_for(means, who, id, can)
    if discussion.state is not DiscussionState.BOOKED:
        raise AlreadyMoved(f"{discussion.reference} {CAN_NOT_ANY_MORE[discussion.state]}")
    if discussion.entered_at is not None and can is not Can.CANCEL:
        raise AlreadyMoved(f"{discussion.reference} was held by telephone already, so it can't be moved.")
    if discussion.moved != seen:
        raise AlreadyMoved(who_was_first(means, discussion))
    return discussion


def who_was_first(means: Means, discussion: Discussion) -> str:
    changes = means.store.discussions.changes(discussion.id)
    last = changes[-1] if changes else None
    person = means.store.people.person(last.who) if last else None
    by = f"{person.name if person else 'Somebody'} changed {discussion.reference}"
    at = f" at {say_time(last.at)}" if last else ""
    return f"{by}{at}: it is {say_moment(discussion.starts_at)} now."


def note(means: Means, who: Person, deed: Deed, discussion: Discussion, why: str | None) -> None:
    means.store.trail.write(
        Entry(deed, means.now, who.id, discussion.id, str(discussion.moved), discussion.version, why)
    )
