"""A discussion that did not begin: chair and booker are asked, then the service manager is told the same day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from discussions.access import Can, access_to
from discussions.actions.audiences import above, on_duty
from discussions.attention.hours import usual_hours
from discussions.booking.changes import ChangeKind
from discussions.booking.discussion import Discussion, Form
from discussions.booking.due import ABOVE, Due, tell_due
from discussions.booking.move import discussion_to_change
from discussions.booking.telling import table_of, tell_the_table, update_invitations
from discussions.booking.why import keep_change
from discussions.ids import DiscussionId
from discussions.london import nearest_from_london, to_london
from discussions.needs import Means
from discussions.people import Person, PersonId
from discussions.post import MessageKind
from discussions.refusals import NotFound
from discussions.slots.taking import release_slots
from discussions.trail import Deed, Entry

LOOKS_BACK = timedelta(days=7)
"""After a longer stop than this nobody is told any more: it stands in everybody's diary as it is."""
LOCK = "not held"


@dataclass(frozen=True, slots=True)
class NotBegun:
    """`reference`, who can be asked about it, and by when it ought to have begun: nothing about a child."""

    discussion: Discussion
    chair: str
    chair_phone: str | None
    booker: str
    booker_phone: str | None
    may: frozenset[Can]


def tell_not_held(means: Means) -> int:
    """How many people were told, by any replica; each once for each time that a discussion was to begin."""
    return tell_due(means, LOCK, to_say, Deed.NOT_HELD)


def to_say(means: Means) -> Iterator[Due]:
    """What is due and not said: read from what was put out, so that no stop and no move loses or doubles it."""
    for one in waiting(means):
        if not is_said(means, one, MessageKind.NOT_BEGUN):
            yield Due(one, MessageKind.NOT_BEGUN, table_of(one))
        if told_due(means, one) <= means.now and not is_said(means, one, MessageKind.NOT_HELD):
            yield Due(one, MessageKind.NOT_HELD, who_must_know(means, one), ABOVE)


def waiting(means: Means) -> Iterable[Discussion]:
    """Those whose start is so long ago that somebody is asked."""
    return means.store.discussions.not_begun(means.now - LOOKS_BACK, means.now - asked_after(means))


def asked_after(means: Means) -> timedelta:
    return timedelta(minutes=means.practice.changing.asked_after_minutes)


def told_due(means: Means, one: Discussion) -> datetime:
    """At the end of its day; of one that began late in the day a while after its start."""
    rules = means.practice.changing
    evening = nearest_from_london(to_london(one.starts_at).date(), rules.told_at)
    return max(evening, one.starts_at + timedelta(minutes=rules.told_after_minutes))


def is_said(means: Means, one: Discussion, kind: MessageKind) -> bool:
    """About this start: what was said of a former one was said before this could be due."""
    due = one.starts_at + asked_after(means)
    return any(told.kind is kind and told.since >= due for told in means.store.told.about("discussion", one.id))


def untold(means: Means, patience: timedelta) -> list[DiscussionId]:
    """For the auditor: neither held nor moved nor cancelled, and nobody above was told though it was time."""
    late = (one for one in waiting(means) if told_due(means, one) + patience <= means.now)
    return [one.id for one in late if not is_said(means, one, MessageKind.NOT_HELD)]


def who_must_know(means: Means, one: Discussion) -> tuple[PersonId, ...]:
    """Whoever is above the chair, out of hours the duty desk too. Of a restricted one only those who are on it may
    learn: then its own people are told once more.
    """
    wanted = above(means, one.chair)
    if not usual_hours(means.practice.quiet_hours).is_open(means.now, means.calendar):
        wanted = (*on_duty(means), *wanted)
    people = means.store.people.people(set(wanted))
    may_know = tuple(id for id in dict.fromkeys(wanted) if id in people and may_learn(means, people[id], one))
    return may_know or managers_of(means, one) or table_of(one)


def managers_of(means: Means, one: Discussion) -> tuple[PersonId, ...]:
    """Where nobody is named above the chair: the chair's own manager."""
    chair = means.store.people.person(one.chair)
    manager = means.store.people.person(chair.manager) if chair and chair.manager else None
    return (manager.id,) if manager and may_learn(means, manager, one) else ()


def may_learn(means: Means, who: Person, one: Discussion) -> bool:
    invitations = means.store.discussions.invitations(one.id)
    return not one.restricted or access_to(who, one, invitations).can(Can.SEE_BOOKING)


def not_begun(means: Means, who: Person, id: DiscussionId) -> NotBegun:
    """What its card holds for this person. NotFound for whoever was not to be told."""
    one = means.store.discussions.discussion(id)
    if one is None:
        raise NotFound
    access = access_to(who, one, means.store.discussions.invitations(id))
    if not access.can(Can.SEE_BOOKING) and who.id not in who_must_know(means, one):
        raise NotFound
    people = means.store.people.people({one.chair, one.booker})
    return NotBegun(
        discussion=one,
        chair=people[one.chair].name,
        chair_phone=people[one.chair].phone,
        booker=people[one.booker].name,
        booker_phone=people[one.booker].phone,
        may=frozenset(can for can in Can if access.can(can)),
    )


def held_by_phone(means: Means, who: Person, id: DiscussionId, at: datetime | None, seen: int) -> Discussion:
    """It was held after all, by telephone: written down now, with when. The full meeting is counted from it."""
    before = discussion_to_change(means, who, id, Can.CHANGE_BOOKING, seen)
    held_at = at or before.starts_at
    after = means.store.discussions.save(replace(before, form=Form.PHONE, starts_at=held_at, entered_at=means.now))
    change = keep_change(means, who, before, ChangeKind.HELD_BY_PHONE)
    means.store.trail.write(Entry(Deed.HELD_BY_PHONE, means.now, who.id, id, str(after.moved), after.version))
    release_slots(means, id)
    update_invitations(means, after, change)
    tell_the_table(means, who, after, change)
    return after
