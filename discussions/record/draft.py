"""The record between the close and the approval: what is in order, what deserves a look, and the approval itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from zlib import crc32

from discussions.access import Can, discussion_for, note_read
from discussions.agenda.captured import Captured
from discussions.agenda.close import access_of, chairs_discussion, gate_of, tell_minute_taker
from discussions.agenda.facts import GAP_REASON
from discussions.agenda.gate import NO_LONGER_AGREED, Gate
from discussions.agenda.refusals import NotTheMoment
from discussions.booking.discussion import Discussion, DiscussionState
from discussions.ids import DiscussionId
from discussions.london import say_short
from discussions.needs import Means
from discussions.people import Person, PersonId
from discussions.practice.types import GateCode
from discussions.record.captured import list_held_back
from discussions.record.material import material_for
from discussions.refusals import AlreadyMoved
from discussions.trail import Deed, Entry

DISSENT = "closing.dissent"
CHILD_DISSENT = "decision.dissent_words"
NUMBER_BITS = 0x7FFFFFFF


@dataclass(frozen=True, slots=True)
class RecordView:
    """`seen` stands for what the record holds now: an approval brings it back, so that nobody approves what they have
    not been shown. `reasons` are the tests of the gate that were closed with a reason, one code a reason.
    """

    discussion: Discussion
    chair: str
    minute_taker: str | None
    seen: int
    due_at: datetime | None
    children: int
    actions: int
    gate: Gate
    reasons: tuple[GateCode, ...]
    dissent: bool
    late: int
    held_back: tuple[str, ...]
    may_approve: bool
    may_fetch: bool


def record_view(means: Means, who: Person, id: DiscussionId) -> RecordView:
    discussion = discussion_for(means, who, id, Can.SEE_CONTENT)
    require_record(discussion)
    note_read(means, who, discussion, "record")
    captured = Captured.of(means.store.facts.current(id))
    access = access_of(means, who, discussion)
    return RecordView(
        discussion=discussion,
        chair=name_of(means, discussion.chair) or "the chair",
        minute_taker=name_of(means, discussion.minute_taker),
        seen=number_of(means, discussion),
        due_at=record_due(means, discussion),
        children=len(means.store.discussions.children(id)),
        actions=sum(action.state not in NO_LONGER_AGREED for action in means.store.actions.of_discussion(id)),
        gate=gate_of(means, discussion),
        reasons=tests_with_reasons(captured),
        dissent=is_dissent_recorded(captured),
        late=sum(fact.late for fact in captured.standing()),
        held_back=list_held_back(material_for(means, discussion, means.practice)),
        may_approve=access.can(Can.APPROVE) and discussion.state is DiscussionState.CLOSED,
        may_fetch=access.can(Can.FETCH_RECORD),
    )


def approve_record(means: Means, who: Person, id: DiscussionId, seen: int | None) -> Discussion:
    """The chair's. From then on the record never changes again. `seen` None: typed, without a card to go by."""
    discussion = chairs_discussion(means, who, id, Can.APPROVE, "approve a record")
    require_record(discussion)
    if discussion.state is DiscussionState.APPROVED:
        raise AlreadyMoved(say_approved(discussion))
    if seen is not None and seen != number_of(means, discussion):
        raise AlreadyMoved("Something in the record has changed since you were shown it. Please read it once more.")
    approved = means.store.discussions.save(replace(discussion, state=DiscussionState.APPROVED, approved_at=means.now))
    means.store.trail.write(Entry(Deed.APPROVED, means.now, who.id, approved.id, version=approved.version))
    tell_minute_taker(means, who, approved, replaces=True)
    return approved


def require_record(discussion: Discussion) -> None:
    match discussion.state:
        case DiscussionState.BOOKED | DiscussionState.STARTED:
            raise NotTheMoment(f"{discussion.reference} is not closed yet, so there is no record. To close it: close")
        case DiscussionState.CANCELLED:
            raise NotTheMoment(f"{discussion.reference} was cancelled, so there is no record.")
        case DiscussionState.CLOSED | DiscussionState.APPROVED:
            return


def say_approved(discussion: Discussion) -> str:
    when = f" on {say_short(discussion.approved_at)}" if discussion.approved_at else ""
    return f"The record of {discussion.reference} was approved{when}."


def number_of(means: Means, discussion: Discussion) -> int:
    """One number for all that the record says; what owners answer since then is no part of what is approved."""
    facts = [(fact.id, fact.version) for fact in means.store.facts.current(discussion.id)]
    attendance = [(one.id, one.version) for one in means.store.discussions.attendance(discussion.id)]
    actions = [
        (one.id, one.wording, one.owner, one.desk, one.due_at, one.child, one.measure, one.feedback_to, one.contingency)
        for one in means.store.actions.of_discussion(discussion.id)
        if one.state not in NO_LONGER_AGREED
    ]
    return crc32(repr((sorted(facts), sorted(attendance), actions)).encode("utf-8", "replace")) & NUMBER_BITS


def record_due(means: Means, discussion: Discussion) -> datetime | None:
    if discussion.closed_at is None:
        return None
    return means.practice.minutes.full_record.deadline(discussion.closed_at, means.calendar, means.practice.counting)


def name_of(means: Means, id: PersonId | None) -> str | None:
    person = means.store.people.person(id) if id else None
    return person.name if person else None


def tests_with_reasons(captured: Captured) -> tuple[GateCode, ...]:
    codes = [fact.subject.split(":")[0] for fact in captured.standing() if fact.field == GAP_REASON]
    known = set(GateCode)
    return tuple(GateCode(code) for code in codes if code in known)


def is_dissent_recorded(captured: Captured) -> bool:
    return captured.value(DISSENT) == "yes" or captured.is_anywhere(CHILD_DISSENT)
