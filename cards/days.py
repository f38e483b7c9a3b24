"""Days and times to choose from: only days that are allowed, and a 24-hour list, so that nobody types a date."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import islice

from cards.parts import Choice
from discussions.clocks import Calendar, is_working_day
from discussions.london import say_short_day, to_london

DAYS_OFFERED = 12
SEARCHED_DAYS = 60
TIMES = tuple(Choice(text, text) for text in (f"{hour:02}:{minute:02}" for hour in range(7, 22) for minute in (0, 30)))


def day_choices(now: datetime, calendar: Calendar, *, every_day: bool = False) -> tuple[Choice, ...]:
    """Working days from today on, today always among them; `every_day` for what can't wait for Monday."""
    today = to_london(now).date()
    days = (today + timedelta(days=ahead) for ahead in range(SEARCHED_DAYS))
    offered = (day for day in days if every_day or day == today or is_working_day(day, calendar))
    return tuple(Choice(name_day(day, today), day.isoformat()) for day in islice(offered, DAYS_OFFERED))


def name_day(day: date, today: date) -> str:
    """ "Wed 18 Nov", with "Today" beside the date, never in its place. More would be cut off in a list of 170 px."""
    return f"Today, {say_short_day(day)}" if day == today else say_short_day(day)
