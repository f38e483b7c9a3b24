"""What somebody sees while chairing: the console, who is here, and the meeting chat's neutral progress."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from discussions.access import Access, Can, access_to, discussion_for, note_read
from discussions.agenda.adjourn import is_to_adjourn
from discussions.agenda.quorum import QuorumLight
from discussions.agenda.relatives import Likeness, likenesses
from discussions.agenda.session import agenda_item, quorum_now, safety_item, situation_of
from discussions.agenda.standing import Situation, Standing, left_for, short_title, standing_of
from discussions.agenda.table import AgencySeats, table_of
from discussions.agenda.timing import Timing, is_short, minutes_for, timing_of
from discussions.booking.discussion import Discussion
from discussions.booking.expected import answered_by_absent
from discussions.booking.views import name_child
from discussions.ids import DiscussionId
from discussions.london import to_london
from discussions.needs import Means
from discussions.people import Person
from discussions.practice.types import AgendaItem
from discussions.refusals import NotFound


@dataclass(frozen=True, slots=True)
class ItemLine:
    number: int
    title: str
    minutes: int
    standing: Standing


@dataclass(frozen=True, slots=True)
class ChildLine:
    """`name` is "A, 7"; `left` what is still to do, in words."""

    name: str
    left: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConsoleView:
    """`next_item` is the open item, or the next that is left; None when nothing is."""

    discussion: Discussion
    is_chair: bool
    access: Access
    timing: Timing
    quorum: QuorumLight
    lines: tuple[ItemLine, ...]
    children: tuple[ChildLine, ...]
    next_item: int | None
    safety_item: int | None
    now: datetime
    likenesses: tuple[Likeness, ...] = ()
    """For the chair alone."""
    adjourns: bool = False
    """The chair has said that it is adjourned, and has not set a new time yet."""

    @property
    def left(self) -> tuple[ItemLine, ...]:
        return tuple(line for line in self.lines if line.standing is Standing.LEFT)


@dataclass(frozen=True, slots=True)
class AttendanceView:
    discussion: Discussion
    agencies: tuple[AgencySeats, ...]
    quorum: QuorumLight
    now: datetime


@dataclass(frozen=True, slots=True)
class ProgressView:
    """Numbers only. `item` is None before it starts; `next_item` None when nothing else is left."""

    reference: str
    state: str
    item: int | None
    next_item: int | None
    items: int
    items_left: int
    timing: Timing


def console_view(means: Means, who: Person, id: DiscussionId) -> ConsoleView:
    discussion = discussion_for(means, who, id, Can.SEE_CONTENT)
    note_read(means, who, discussion, "console")
    situation = situation_of(means, discussion)
    lines = item_lines(means, discussion, situation)
    safety = safety_item(means.practice)
    is_chair = discussion.chair == who.id
    return ConsoleView(
        discussion=discussion,
        is_chair=is_chair,
        access=access_to(who, discussion, ()),
        timing=timing_for(means, discussion, situation),
        quorum=quorum_now(means, discussion, answered_by_absent(means, discussion)),
        lines=lines,
        children=child_lines(means, discussion, situation),
        next_item=next_left(lines, discussion.current_item),
        safety_item=safety.number if safety else None,
        now=means.now,
        likenesses=likenesses(means, discussion, situation.captured) if is_chair else (),
        adjourns=is_chair and is_to_adjourn(discussion, situation.captured),
    )


def attendance_view(means: Means, who: Person, id: DiscussionId) -> AttendanceView:
    discussion = discussion_for(means, who, id, Can.SEE_CONTENT)
    note_read(means, who, discussion, "attendance")
    light = quorum_now(means, discussion, answered_by_absent(means, discussion))
    return AttendanceView(discussion, table_of(means, discussion), light, means.now)


def progress_view(means: Means, id: DiscussionId) -> ProgressView:
    """For a chat in which everybody may read: nothing in it says who or what it is about."""
    discussion = means.store.discussions.discussion(id)
    if discussion is None:
        raise NotFound
    situation = situation_of(means, discussion)
    lines = item_lines(means, discussion, situation)
    left = [line for line in lines if line.standing is Standing.LEFT]
    others = [line for line in left if line.number != discussion.current_item]
    return ProgressView(
        reference=discussion.reference,
        state=discussion.state,
        item=discussion.current_item,
        next_item=next_left(others, discussion.current_item),
        items=len(lines),
        items_left=len(left),
        timing=timing_for(means, discussion, situation),
    )


def item_lines(means: Means, discussion: Discussion, situation: Situation) -> tuple[ItemLine, ...]:
    short = is_short(means.practice, discussion)
    return tuple(
        ItemLine(item.number, short_title(item), minutes_for(item, short), standing_of(means.practice, item, situation))
        for item in means.practice.items
    )


def timing_for(means: Means, discussion: Discussion, situation: Situation) -> Timing:
    left = [item for item in means.practice.items if is_left(means, item, situation)]
    return timing_of(means.practice, discussion, left, means.now)


def is_left(means: Means, item: AgendaItem, situation: Situation) -> bool:
    return standing_of(means.practice, item, situation) is Standing.LEFT


def child_lines(means: Means, discussion: Discussion, situation: Situation) -> tuple[ChildLine, ...]:
    today = to_london(means.now).date()
    return tuple(
        ChildLine(name_child(child, today), left_for(means.practice, situation, child.id))
        for child in means.store.discussions.children(discussion.id)
    )


def next_left(lines: Sequence[ItemLine], current: int | None) -> int | None:
    """The current item while it is left, else the next one behind it, else the first."""
    left = [line.number for line in lines if line.standing is Standing.LEFT]
    behind = [number for number in left if current is None or number >= current]
    return next(iter(behind or left), None)


def next_item_after(means: Means, discussion: Discussion, number: int) -> AgendaItem | None:
    """Where saving the last card of an item leads: the next item that is left, not this one again."""
    lines = [line for line in item_lines(means, discussion, situation_of(means, discussion)) if line.number != number]
    following = next_left(lines, number)
    return agenda_item(means.practice, following) if following is not None else None
