"""Reads a moment that lies behind: when it was decided to hold a discussion, when a child was seen."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

from discussions.clocks import Calendar
from discussions.london import nearest_from_london, to_london
from discussions.moments import read_moment
from discussions.refusals import Refusal, WrongAnswer

LOOKS_BACK = timedelta(days=60)
EXAMPLE = "today 09:15"
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
DATED = re.compile(rf"\d/\d|\d\.\d+\.\d|\d{{4}}-|\b{MONTH}\b")
WEEKDAY = re.compile(r"\b(?:mon|tue|wed|thu|fri|sat|sun)")


def read_recent_moment(text: str, now: datetime, calendar: Calendar) -> datetime:
    """ "now", "today 09:15", "yesterday 4pm", "20/11/2026 16:30": at most 60 days back, UTC. Raises WrongAnswer."""
    words = " ".join(text.casefold().split())
    if words in ("now", "just now"):
        return now
    for said, start in _readings(words, now):
        moment = _read(said, start, calendar)
        if moment is not None and moment <= now:
            return moment
    raise WrongAnswer("Please give a day and time that is not still to come.", example=EXAMPLE)


def _readings(words: str, now: datetime) -> list[tuple[str, datetime]]:
    """The words with the moment they are read from: the grammar only looks forward, so it starts earlier."""
    today = to_london(now).date()
    midnight = nearest_from_london(today, time())
    if "yesterday" in words:
        return [(re.sub(r"\byesterday\b", "today", words), nearest_from_london(today - timedelta(days=1), time()))]
    if DATED.search(words):
        return [(words, now - LOOKS_BACK)]
    if WEEKDAY.search(words):
        return [(words, now - timedelta(days=7))]
    return [(words, midnight)]


def _read(words: str, start: datetime, calendar: Calendar) -> datetime | None:
    try:
        return read_moment(words, start, calendar=calendar)
    except Refusal:
        return None
