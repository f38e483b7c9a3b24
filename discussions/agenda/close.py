"""Closing a discussion: what the gate finds, a reason for each gap, and then the record is a draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from discussions.access import Access, Can, access_to, discussion_for, note_read
from discussions.agenda.captured import Captured
from discussions.agenda.facts import GAP_REASON, Fact
from discussions.agenda.gate import Discussed, Gap, Gate, check_gate
from discussions.agenda.moving import tell_progress
from discussions.agenda.refusals import NotTheMoment
from discussions.booking.discussion import Discussion, DiscussionState
from discussions.ids import DiscussionId, FactId, MessageId
from discussions.london import say_short
from discussions.needs import Means
from discussions.people import Person
from discussions.post import Message, MessageKind
from discussions.refusals import AlreadyMoved, NotAllowed, TooLong, WrongAnswer
from discussions.trail import Deed, Entry

LONGEST_REASON = 300
NO_LONGER_A_GAP = "mended"

Reasons = Mapping[str, str]
"""What was given for gaps, by Gap.key."""


@dataclass(frozen=True, slots=True)
class GateView:
    """`may_close` is the chair's; whoever takes the minutes sees the gaps too."""

    discussion: Discussion
    gate: Gate
    may_close: bool


def gate_view(means: Means, who: Person, id: DiscussionId) -> GateView:
    discussion = discussion_for(means, who, id, Can.SEE_CONTENT)
    require_started(discussion)
    note_read(means, who, discussion, "gate")
    may_close = access_of(means, who, discussion).can(Can.CLOSE)
    return GateView(discussion, gate_of(means, discussion), may_close)


def gate_of(means: Means, discussion: Discussion) -> Gate:
    return check_gate(means.practice, means.calendar, discussed(means, discussion))


def discussed(means: Means, discussion: Discussion) -> Discussed:
    agencies = {agency.id: agency for agency in means.store.people.agencies()}
    attendance = means.store.discussions.attendance(discussion.id)
    came = {agencies[one.agency].category for one in attendance if one.agency in agencies}
    return Discussed(
        discussion=discussion,
        children=means.store.discussions.children(discussion.id),
        captured=Captured.of(means.store.facts.current(discussion.id)),
        came=frozenset(code for category in came for code in means.practice.counts_for(category)),
        actions=means.store.actions.of_discussion(discussion.id),
    )


def keep_reasons(means: Means, who: Person, id: DiscussionId, reasons: Reasons) -> GateView:
    """Keeps what was given and leaves the discussion open: where there are more gaps than one card can show."""
    discussion = to_close(means, who, id)
    write_reasons(means, who, discussion, given_in(gate_of(means, discussion), reasons))
    return gate_view(means, who, id)


def close_discussion(means: Means, who: Person, id: DiscussionId, reasons: Reasons) -> Discussion:
    """The chair's. Every gap has a reason or nothing is changed; then the record is a draft.

    What the chair's card showed may be old: the gate is looked at again, so a gap that has appeared since asks for its
    reason, and one that somebody has mended meanwhile no longer needs one. Raises WrongAnswer naming the first gap.
    """
    discussion = to_close(means, who, id)
    gate = gate_of(means, discussion)
    given = given_in(gate, reasons)
    require_reasons(gate, given)
    write_reasons(means, who, discussion, given)
    take_back_reasons(means, who, discussion, gate)
    closed = means.store.discussions.save(replace(discussion, state=DiscussionState.CLOSED, closed_at=means.now))
    gaps = f"{len(gate.gaps)} gaps"
    means.store.trail.write(Entry(Deed.CLOSED, means.now, who.id, closed.id, gaps, closed.version))
    tell_minute_taker(means, who, closed)
    tell_progress(means, closed)
    return closed


def to_close(means: Means, who: Person, id: DiscussionId) -> Discussion:
    discussion = chairs_discussion(means, who, id, Can.CLOSE, "close a discussion")
    require_started(discussion)
    return discussion


def chairs_discussion(means: Means, who: Person, id: DiscussionId, can: Can, what: str) -> Discussion:
    """Whoever sees the content learns that it is the chair's to do; to all others it is not there."""
    discussion = discussion_for(means, who, id, Can.SEE_CONTENT)
    if not access_of(means, who, discussion).can(can):
        raise NotAllowed(what, "the chair")
    return discussion


def access_of(means: Means, who: Person, discussion: Discussion) -> Access:
    return access_to(who, discussion, means.store.discussions.invitations(discussion.id))


def require_started(discussion: Discussion) -> None:
    match discussion.state:
        case DiscussionState.BOOKED:
            raise NotTheMoment(f"{discussion.reference} has not started yet, so there is nothing to close.")
        case DiscussionState.CANCELLED:
            raise NotTheMoment(f"{discussion.reference} was cancelled, so there is nothing to close.")
        case DiscussionState.CLOSED | DiscussionState.APPROVED:
            when = f" on {say_short(discussion.closed_at)}" if discussion.closed_at else ""
            raise AlreadyMoved(f"{discussion.reference} was closed{when}.")
        case DiscussionState.STARTED:
            return


def given_in(gate: Gate, reasons: Reasons) -> dict[Gap, str]:
    """Reasons that say something, each with its gap; those for what is no gap any more fall away."""
    given = {gap: reasons.get(gap.key, "").strip() for gap in gate.gaps}
    for gap, words in given.items():
        if len(words) > LONGEST_REASON:
            raise TooLong("a reason", LONGEST_REASON, gap.short_key)
    return {gap: words for gap, words in given.items() if words}


def require_reasons(gate: Gate, given: Mapping[Gap, str]) -> None:
    left = [gap for gap in gate.open_gaps if gap not in given]
    if not left:
        return
    first = left[0]
    more = f" {len(left) - 1} more need one too." if len(left) > 1 else ""
    raise WrongAnswer(
        f"Not closed yet. “{first.words}” needs an answer in item {first.item}, or a reason.{more}", first.short_key
    )


def write_reasons(means: Means, who: Person, discussion: Discussion, given: Mapping[Gap, str]) -> None:
    captured = Captured.of(means.store.facts.current(discussion.id))
    for gap, words in given.items():
        if gap.reason != words:
            add_reason(means, who, discussion, captured, gap.key, gap.item, words)


def take_back_reasons(means: Means, who: Person, discussion: Discussion, gate: Gate) -> None:
    """A reason that was kept earlier for what has been answered since does not belong in the record."""
    captured = Captured.of(means.store.facts.current(discussion.id))
    keys = {gap.key for gap in gate.gaps}
    for fact in list(captured.standing()):
        if fact.field == GAP_REASON and fact.subject not in keys:
            add_reason(means, who, discussion, captured, fact.subject, fact.item, None)


def add_reason(
    means: Means, who: Person, discussion: Discussion, captured: Captured, key: str, item: int, words: str | None
) -> None:
    earlier = captured.facts.get((GAP_REASON, key, 0))
    fact = Fact(
        id=FactId(means.new_id()),
        discussion=discussion.id,
        item=item,
        field=GAP_REASON,
        subject=key,
        sequence=0,
        value=words,
        version=earlier.version + 1 if earlier else 1,
        practice=means.practice.digest,
        who=who.id,
        at=means.now,
    )
    means.store.facts.add(fact)
    why = None if words else NO_LONGER_A_GAP
    means.store.trail.write(Entry(Deed.CAPTURED, means.now, who.id, discussion.id, fact.id, fact.version, why))


def tell_minute_taker(means: Means, who: Person, discussion: Discussion, replaces: bool = False) -> None:
    """The chair sees the draft as the answer to the press."""
    if discussion.minute_taker is None or discussion.minute_taker == who.id:
        return
    means.store.outbox.put(
        Message(
            id=MessageId(means.new_id()),
            kind=MessageKind.RECORD_READY,
            about={"discussion": discussion.id},
            recipient=discussion.minute_taker,
            conversation=None,
            key=f"record:{discussion.id}:{discussion.state}",
            due_at=means.now,
            replaces_card=replaces,
        )
    )
