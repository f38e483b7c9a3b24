"""Adjourning: an interim safety plan first, then a new time; what was captured stays, and everybody is asked again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from discussions.access import Can, discussion_for
from discussions.agenda.captured import Captured
from discussions.agenda.refusals import NotTheMoment
from discussions.agenda.session import safety_item
from discussions.booking.changes import ChangeKind
from discussions.booking.discussion import Child, Discussion, DiscussionState
from discussions.booking.move import Move, ask_everybody, moved, note, who_was_first
from discussions.booking.why import keep_change, read_why
from discussions.ids import DiscussionId
from discussions.meetings.wanting import follow_meeting
from discussions.needs import Means
from discussions.people import Person
from discussions.refusals import AlreadyMoved, WrongAnswer
from discussions.trail import Deed

CHOICE, ADJOURN, NEW_TIME = "opening.inquorate_choice", "adjourn", "opening.adjourned_to"
INQUORATE = "inquorate"


def adjourn(means: Means, who: Person, id: DiscussionId, move: Move, seen: int) -> Discussion:
    """The chair's. Until the new time it is booked as before; begun again, it goes on with what was captured."""
    before = discussion_to_adjourn(means, who, id, seen)
    why = read_why(move.why, means.practice.changing.move_reasons, "it is adjourned")
    if move.starts_at <= means.now:
        raise WrongAnswer("Please choose a new time that is still to come.", "when", "tomorrow 10am")
    for one in means.store.discussions.attendance(id):
        if one.is_here:
            means.store.discussions.save_attendance(replace(one, left_at=means.now))
    after = means.store.discussions.save(
        replace(moved(before, move, why, means), state=DiscussionState.BOOKED, started_at=None, current_item=None)
    )
    change = keep_change(means, who, before, ChangeKind.ADJOURNED, why)
    note(means, who, Deed.ADJOURNED, after, why.code)
    follow_meeting(means, after)
    ask_everybody(means, who, before, after, change)
    return after


def discussion_to_adjourn(means: Means, who: Person, id: DiscussionId, seen: int | None = None) -> Discussion:
    """Begun, not over, and every child with an interim safety plan. Raises NotTheMoment, AlreadyMoved."""
    one = discussion_for(means, who, id, Can.CLOSE)
    if one.state is not DiscussionState.STARTED:
        raise NotTheMoment(f"{one.reference} is not in progress, so there is nothing to adjourn. To move it: move.")
    if seen is not None and one.moved != seen:
        raise AlreadyMoved(who_was_first(means, one))
    bare = without_plan(means, one)
    if bare:
        item = safety_item(means.practice)
        where = f" (item {item.number})" if item else ""
        letters = " and ".join(child.letter for child in bare)
        raise NotTheMoment(f"First save an interim safety plan for {letters}{where}; then it can be adjourned.")
    return one


def without_plan(means: Means, one: Discussion) -> Sequence[Child]:
    """Children of whom nothing stands in any field of the plan."""
    codes = {field.code for field in means.practice.safety_plan_fields}
    captured = Captured.of(means.store.facts.current(one.id))
    planned = {fact.subject for fact in captured.standing() if fact.field in codes}
    return [child for child in means.store.discussions.children(one.id) if child.id not in planned]


def is_to_adjourn(one: Discussion, captured: Captured) -> bool:
    """Whether the chair has said so in this sitting, not in one before."""
    said = captured.facts.get((CHOICE, "", 0))
    is_running = one.state is DiscussionState.STARTED and one.started_at is not None
    return is_running and said is not None and said.value == ADJOURN and said.at >= (one.started_at or said.at)


def new_time(means: Means, one: Discussion) -> datetime | None:
    """As it was captured in the item, if it was."""
    value = Captured.of(means.store.facts.current(one.id)).value(NEW_TIME)
    try:
        moment = datetime.fromisoformat(value) if value else None
    except ValueError:
        return None
    return moment if moment and moment.tzinfo and moment > means.now else None
