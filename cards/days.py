"""Days and times to choose from: only days that are allowed, and a 24-hour list, so that nobody types a date."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import islice

from cards.parts import Choice
from discussions.clocks import Calendar, is_working_day
from discussions.london import say_short_day, to_london

DAYS_OFFERED = 12
SEARCHED_DAYS = 60
TIMES = tuple(Choice(text, text) for text in (f"{hour:02}:{minute:02}" for hour in range(7, 22) for minute in (0, 30)))


def day_choices(
    now: datetime, calendar: Calendar, *, every_day: bool = False, since: datetime | None = None
) -> tuple[Choice, ...]:
    """Working days from today on, or from `since` if that is later, the first always among them; `every_day` for what
    can't wait for Monday.
    """
    today = to_london(now).date()
    first = max(today, to_london(since).date()) if since else today
    return _days_from(first, today, calendar, every_day)


@lru_cache(maxsize=64)
def _days_from(first: date, today: date, calendar: Calendar, every_day: bool) -> tuple[Choice, ...]:
    """The same on every card of a day."""
    days = (first + timedelta(days=ahead) for ahead in range(SEARCHED_DAYS))
    offered = (day for day in days if every_day or day == first or is_working_day(day, calendar))
    return tuple(Choice(name_day(day, today), day.isoformat()) for day in islice(offered, DAYS_OFFERED))


def next_moment(after: datetime) -> tuple[datetime, str]:
    """Some moment of the first day on which a time of the list is still to come after this, and that time."""
    later = (time.value for time in TIMES if time.value > f"{to_london(after):%H:%M}")
    return next(((after, time) for time in later), (after + timedelta(days=1), TIMES[0].value))


def name_day(day: date, today: date) -> str:
    """ "Wed 18 Nov", with "Today" beside the date, never in its place. More would be cut off in a list of 170 px."""
    return f"Today, {say_short_day(day)}" if day == today else say_short_day(day)
