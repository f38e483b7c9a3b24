"""The list of the morning: for whom it is due now, and what stands on it when it is sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from discussions.actions.views import ActionView, my_actions
from discussions.attention.absence import away
from discussions.attention.hours import hours_for
from discussions.attention.kept import Often, Rhythm
from discussions.ids import ActionId, MessageId
from discussions.london import from_london, nearest_from_london, to_london
from discussions.needs import Means
from discussions.people import Person, PersonId
from discussions.post import Message, MessageKind
from discussions.refusals import Refusal
from discussions.trail import Deed, Entry

LOOKED_AT = "mornings"
LOOKS_EVERY = timedelta(minutes=15)
LOOKS_BACK_AT_MOST = timedelta(hours=2)
"""After a longer stop the lists of the time between are left out: reminders come all the same."""
PAGE = 500
MIDNIGHT = time(0)


@dataclass(frozen=True, slots=True)
class Window:
    """Whose working day begins after `since`, up to `until`."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Morning:
    """Overdue, today, later this week, in the order of their due moments."""

    views: tuple[ActionView, ...]
    often: Often
    today: date


class NoSuchRhythm(Refusal):
    def __init__(self, offered: Sequence[str]) -> None:
        said = ", ".join(f"digest {one}" for one in offered)
        super().__init__(
            f"Your list can come in these ways: {said}; or digest at 09:30. Nothing was changed."
            if offered
            else "There is no list of the morning here. Nothing was changed."
        )


def begin_mornings(means: Means) -> Window | None:
    """None if this quarter of an hour has been looked at."""
    if not means.practice.reminders.rhythms:
        return None
    until = means.now - (means.now - datetime.min.replace(tzinfo=means.now.tzinfo)) % LOOKS_EVERY
    kept = means.store.marks.find(LOOKED_AT)
    since = max(kept or until - LOOKS_EVERY, until - LOOKS_BACK_AT_MOST)
    return Window(since, until) if since < until else None


def end_mornings(means: Means, window: Window) -> None:
    means.store.marks.put(LOOKED_AT, window.until)


def say_mornings(means: Means, window: Window, after: PersonId | None) -> PersonId | None:
    """A page of people: one transaction. Gives where to go on, None after the last."""
    ids = means.store.attention.with_actions(end_of_week(means.now), after, PAGE)
    absent = away(means, ids, window.until)
    reachable = means.store.conversations.reachable(ids)
    rhythms = means.store.attention.rhythms(ids)
    for person in means.store.people.people(ids).values():
        rhythm = rhythms.get(person.id, Rhythm(person.id))
        at = begins_at(means, person, rhythm)
        if at is not None and window.since < at <= window.until and person.id in reachable - absent:
            put(means, person, at)
    return ids[-1] if len(ids) == PAGE else None


def put(means: Means, person: Person, at: datetime) -> None:
    key = f"morning:{person.id}:{to_london(at).date()}"
    about = {"person": person.id}
    id = MessageId(means.new_id())
    means.store.outbox.put(Message(id, MessageKind.MORNING, about, person.id, None, key, at))


def begins_at(means: Means, person: Person, rhythm: Rhythm) -> datetime | None:
    """When the list comes today: as their working day begins, or at the time they chose within it; None: not today."""
    today = to_london(means.now).date()
    starts = day_begins(means, person, today)
    if starts is None or (rhythm.often is Often.WEEKLY and not is_first_of_week(means, person, today)):
        return None
    chosen = nearest_from_london(today, rhythm.at) if rhythm.at else starts
    is_open = hours_for(means, person).is_open(chosen, means.calendar)
    return max(starts, chosen) if is_open else starts


def day_begins(means: Means, person: Person, day: date) -> datetime | None:
    """Who is at work at midnight begins the day when the practice does, if they work then."""
    hours = hours_for(means, person)
    midnight = from_london(day, MIDNIGHT)
    if hours.is_open(midnight, means.calendar):
        midnight = nearest_from_london(day, means.practice.quiet_hours.opens)
    starts = hours.next_open(midnight, means.calendar)
    return starts if to_london(starts).date() == day else None


def is_first_of_week(means: Means, person: Person, day: date) -> bool:
    earlier = (day - timedelta(days=back) for back in range(1, day.weekday() + 1))
    return all(day_begins(means, person, one) is None for one in earlier)


def end_of_week(now: datetime) -> datetime:
    today = to_london(now).date()
    return from_london(today + timedelta(days=7 - today.weekday()), MIDNIGHT)


def morning_of(means: Means, who: Person, *, is_back: bool = False) -> Morning:
    """As it stands at this moment. After an absence everything that is open; nothing where their rhythm says so."""
    often = means.store.attention.rhythms([who.id]).get(who.id, Rhythm(who.id)).often
    ends = end_of_week(means.now)
    views = tuple(view for view in my_actions(means, who) if is_back or view.action.due_at < ends)
    put_off = set() if is_back else put_off_by(means, who, views)
    views = tuple(view for view in views if view.action.id not in put_off)
    if often is Often.OVERDUE and not is_back and not any(view.is_overdue for view in views):
        views = ()
    return Morning(views, often, to_london(means.now).date())


def put_off_by(means: Means, who: Person, views: Sequence[ActionView]) -> set[ActionId]:
    """What they asked to be reminded of later, as long as it is not overdue."""
    kept = means.store.attention.snoozed([(view.action.id, who.id) for view in views if not view.is_overdue])
    return {one.action for one in kept if one.until > means.now}


def choose_rhythm(means: Means, who: Person, often: Often | None, at: time | None) -> Rhythm:
    """Either alone leaves the other as it was. Raises NoSuchRhythm."""
    offered = means.practice.reminders.rhythms
    if not offered or (often is None and at is None) or (often is not None and often.value not in offered):
        raise NoSuchRhythm(offered)
    kept = means.store.attention.rhythms([who.id]).get(who.id, Rhythm(who.id))
    chosen = Rhythm(who.id, often or kept.often, at if at is not None else kept.at)
    means.store.attention.put_rhythm(chosen)
    means.store.trail.write(Entry(Deed.RHYTHM_CHOSEN, means.now, who.id, what=chosen.often.value))
    return chosen
