"""Reads a desk's calendar, as a feed gives it: iCalendar in, slots of the coming weeks out, or why it can't be read.

Every event is a slot, unless `FeedTerms` say which are. Titles, places and people in it are looked at for that alone:
they may name somebody, so nothing of them leaves this file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from icalendar import Calendar, Event
from recurring_ical_events import of

from discussions.london import nearest_from_london
from discussions.slots.feed import FeedProblem, FeedTerms
from discussions.slots.slot import MOST_MINUTES, MOST_PLACES

HORIZON: Final = timedelta(weeks=8)
FEWEST_MINUTES: Final = 5
MOST_EVENTS: Final = 50_000
MOST_SERIES: Final = 500
MOST_OCCURRENCES: Final = 5_000
LOOKED_AT_ONCE: Final = timedelta(weeks=1)
LONGEST_EVENT: Final = timedelta(hours=24)
TOO_OFTEN: Final = ("SECONDLY", "MINUTELY")
ENDS: Final = "END:VCALENDAR"


class BadCalendar(Exception):
    """The calendar can't be used, and nothing of it was."""

    def __init__(self, problem: FeedProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class FeedSlot:
    """When the desk can come, and to how many discussions at once."""

    starts_at: datetime
    minutes: int
    capacity: int


@dataclass(frozen=True, slots=True)
class CalendarRead:
    """`left_out`: events of the coming weeks that are no slot, since they last whole days, or too short or too long."""

    slots: tuple[FeedSlot, ...]
    left_out: int


def read_calendar(content: bytes, terms: FeedTerms, now: datetime) -> CalendarRead:
    """The slots from `now` to HORIZON. Raises BadCalendar, and nothing else, whatever the bytes are."""
    text = _decode(content)
    if "BEGIN:VCALENDAR" not in text[:1000].upper():
        raise BadCalendar(FeedProblem.NOT_A_CALENDAR)
    if not text.rstrip("\0 \t\r\n").upper().endswith(ENDS):
        raise BadCalendar(FeedProblem.CUT_OFF)
    try:
        calendars = Calendar.from_ical(text, multiple=True)
        if not calendars:
            raise BadCalendar(FeedProblem.CUT_OFF)
        return _read(calendars, terms, now)
    except BadCalendar:
        raise
    except Exception:
        # two libraries on bytes from outside: which of their many errors it was helps nobody, and may quote the bytes
        raise BadCalendar(FeedProblem.UNREADABLE) from None


def _decode(content: bytes) -> str:
    """What is not UTF-8 can only be in words, and those are not kept."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _read(calendars: Iterable[Calendar], terms: FeedTerms, now: datetime) -> CalendarRead:
    found: list[FeedSlot] = []
    left_out = 0
    for calendar in calendars:
        for event in _events(calendar, now):
            slots = list(_slots_of(event, terms)) if _is_offered(event, terms) else None
            left_out += slots == []
            found += [slot for slot in slots or () if now < slot.starts_at <= now + HORIZON]
    return CalendarRead(tuple(_merge(found, terms.capacity)), left_out)


def _events(calendar: Calendar, now: datetime) -> Iterator[Event]:
    """Each occurrence of the coming weeks once; also one that began up to a day ago, since its later part may count."""
    _drop_what_cannot_matter(calendar, now)
    query, start, until = of(calendar), now - LONGEST_EVENT, now + HORIZON
    count = 0
    while start < until:
        end = start + LOOKED_AT_ONCE
        for event in query.between(start, end):
            if isinstance(event, Event) and start <= _moment(event.start) < end:
                count += 1
                if count > MOST_OCCURRENCES:
                    raise BadCalendar(FeedProblem.TOO_MANY)
                yield event
        start = end


def _drop_what_cannot_matter(calendar: Calendar, now: datetime) -> None:
    """A calendar brings years that have passed; and what comes every minute is no slot, but would take for ever."""
    events = calendar.events
    if len(events) > MOST_EVENTS:
        raise BadCalendar(FeedProblem.TOO_MANY)
    recurring = [event for event in events if "RRULE" in event or "RDATE" in event]
    if len(recurring) > MOST_SERIES:
        raise BadCalendar(FeedProblem.TOO_MANY)
    if any(_comes_too_often(event) for event in recurring):
        raise BadCalendar(FeedProblem.TOO_MANY)
    since, until = now - 2 * LONGEST_EVENT, now + HORIZON + LONGEST_EVENT
    kept = {id(event) for event in recurring}
    kept |= {id(event) for event in events if "RECURRENCE-ID" in event or _is_near(event, since, until)}
    calendar.subcomponents = [one for one in calendar.subcomponents if one.name != "VEVENT" or id(one) in kept]


def _comes_too_often(event: Event) -> bool:
    return any(str(often).upper() in TOO_OFTEN for rule in event.rrules for often in rule.get("FREQ", []))


def _is_near(event: Event, since: datetime, until: datetime) -> bool:
    return "DTSTART" in event and since <= _moment(event.start) <= until


def _moment(at: date) -> datetime:
    """UTC. A time without a zone is the desk's own, so London's; a whole day counts from its first moment."""
    if not isinstance(at, datetime):
        return nearest_from_london(at, time(0))
    return at.astimezone(UTC) if at.tzinfo else nearest_from_london(at.date(), at.time())


def _is_offered(event: Event, terms: FeedTerms) -> bool:
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return False
    return terms.only is None or terms.only.casefold() in _words(event).casefold()


def _words(event: Event) -> str:
    """Title and categories."""
    return "\n".join((str(event.get("SUMMARY", "")), *map(str, event.categories)))


def _slots_of(event: Event, terms: FeedTerms) -> Iterator[FeedSlot]:
    """The event as one slot, or as many of the length that `terms` give as fit into it."""
    if not isinstance(event.start, datetime):
        return
    start, end = _moment(event.start), _moment(event.end)
    start = start.replace(second=0, microsecond=0)
    lasts = (end - start) // timedelta(minutes=1)
    minutes = terms.minutes or lasts
    if not FEWEST_MINUTES <= minutes <= MOST_MINUTES or end - start > LONGEST_EVENT:
        return
    for number in range(lasts // minutes):
        yield FeedSlot(start + timedelta(minutes=number * minutes), minutes, terms.capacity)


def _merge(slots: Iterable[FeedSlot], capacity: int) -> Iterator[FeedSlot]:
    """Two events at the same moment are two people who can come: one slot with the places of both."""
    at: dict[datetime, list[FeedSlot]] = {}
    for slot in slots:
        at.setdefault(slot.starts_at, []).append(slot)
    for starts_at, found in sorted(at.items()):
        minutes = min(slot.minutes for slot in found)
        yield FeedSlot(starts_at, minutes, min(capacity * len(found), MOST_PLACES))
