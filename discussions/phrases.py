"""Days and times as people in England type them, taken apart into what was said; `moments` decides what it means.

The grammar is closed: a text is taken apart whole or refused. Nothing is skipped, nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from discussions.london import MONTHS, WEEKDAYS
from discussions.refusals import Refusal
from discussions.said import (
    AtTime,
    Half,
    InDays,
    InMinutes,
    InMonths,
    InWorkingDays,
    InZone,
    OnDate,
    OnWeekday,
    Part,
    PartOfDay,
    Which,
)

LONGEST_TEXT: Final = 80


class NotAMoment(Refusal):
    """What every refusal of a typed day or time is."""


class NotUnderstood(NotAMoment):
    """The sentence names the word only where it is a plain one, so that nothing odd is echoed back."""

    def __init__(self, word: str, example: str) -> None:
        what = f'"{word}"' if re.fullmatch("[a-z0-9:./-]{1,15}", word) else "that"
        super().__init__(f"I did not understand {what} as part of a day or time. Please type it like {example}.")


class NothingTyped(NotAMoment):
    def __init__(self, example: str) -> None:
        super().__init__(f"There is no day or time yet. Please type it like {example}.")


class Unfinished(NotAMoment):
    def __init__(self, example: str) -> None:
        super().__init__(f"That breaks off before it is complete. Please type it like {example}.")


class TextTooLong(NotAMoment):
    def __init__(self, example: str) -> None:
        super().__init__(f"That is too long for a day or time. Please type it in a few words, like {example}.")


class BareNumber(NotAMoment):
    """A number that stands for nothing in particular: "Friday 3" is the third to one and three o'clock to another."""

    def __init__(self, number: str) -> None:
        what = "year" if len(number) == 4 else "day"
        super().__init__(
            f'"{number}" could be a {what} or a time. Please write a time with a colon, like 14:30, '
            "and a day with its month, like 3 December."
        )


class NotOneMoment(NotAMoment):
    def __init__(self, example: str) -> None:
        super().__init__(f"That is a span of time. Please give only the moment at which it starts, like {example}.")


Match: TypeAlias = re.Match[str]


class Words:
    """The words of a text, taken from the front."""

    def __init__(self, words: list[str]) -> None:
        self._words = words
        self._at = 0

    def take(self, *patterns: str) -> tuple[Match, ...]:
        """The next words if they match these patterns one by one, and moves past them; otherwise () and stays."""
        ahead = self._words[self._at : self._at + len(patterns)]
        if len(ahead) < len(patterns):
            return ()
        matches = [
            match for pattern, word in zip(patterns, ahead, strict=True) if (match := re.fullmatch(pattern, word))
        ]
        if len(matches) < len(patterns):
            return ()
        self._at += len(patterns)
        return tuple(matches)

    def first_of(self, *phrases: tuple[str, ...]) -> tuple[Match, ...]:
        return next((taken for phrase in phrases if (taken := self.take(*phrase))), ())

    @property
    def next(self) -> str:
        """The next word, or "" at the end."""
        return self._words[self._at] if self._at < len(self._words) else ""


def _numbered(names: tuple[str, ...], first: int, *others: tuple[str, int]) -> Mapping[str, int]:
    """Each name and its first three letters, with its number."""
    numbers = {form: first + place for place, name in enumerate(names) for form in (name.lower(), name[:3].lower())}
    return numbers | dict(others)


def _any_of(words: Mapping[str, int]) -> str:
    return "(" + "|".join(words) + ")"


_MONTHS: Final = _numbered(MONTHS, 1, ("sept", 9))
_WEEKDAYS: Final = _numbered(WEEKDAYS, 0, ("tues", 1), ("weds", 2), ("thur", 3), ("thurs", 3))
_ONE_TO_SIX: Final = ("one", "two", "three", "four", "five", "six")
_SEVEN_TO_TWELVE: Final = ("seven", "eight", "nine", "ten", "eleven", "twelve")
_HOURS: Final = {word: number for number, word in enumerate((*_ONE_TO_SIX, *_SEVEN_TO_TWELVE), 1)}
_TOMORROWS: Final = ("tomorrow", "tomorow", "tommorow", "tommorrow", "tomoro", "tomorro", "tmrw", "tmrow", "tmw")
_NEAR_DAYS: Final = {"today": 0, "yesterday": -1} | dict.fromkeys(_TOMORROWS, 1)
_MINUTES: Final = {"five": 5, "ten": 10, "quarter": 15, "twenty": 20, "twenty-five": 25}
_UNITS_IN_MINUTES: Final = {"minute": 1, "min": 1, "hour": 60, "hr": 60}
_UNITS_IN_DAYS: Final = {"day": 1, "week": 7, "fortnight": 14}

_MONTH: Final = _any_of(_MONTHS)
_WEEKDAY: Final = _any_of(_WEEKDAYS)
_NEAR_DAY: Final = _any_of(_NEAR_DAYS)
_TODAY_OR_LATER: Final = f"(today|{'|'.join(_TOMORROWS)})"
_COUNT: Final = f"([1-9][0-9]{{0,2}}|an?|{'|'.join(_HOURS)})"
_HOUR: Final = f"(1[0-2]|[1-9]|{'|'.join(_HOURS)})"
_WEEKS: Final = "(week|fortnight)s?"
_PART_OF_DAY: Final = "(morning|afternoon|evening)"
_DAY: Final = "([0-9]{1,2})(?:st|nd|rd|th)?"
_SPAN: Final = "[0-9:.]+(?:am|pm)?-[0-9:.]+(?:am|pm)?"
_LONG_DATE: Final = r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([1-9][0-9]{3}|[0-9]{2})"


def read_phrase(text: str, example: str, years: str = "20[0-9]{2}") -> tuple[Part, ...]:
    """Everything that the text says, in its order. Raises a NotAMoment that shows `example`.

    `years`: which four figures after a day and month are its year; any others are a time, as in "27 Nov 1400".
    """
    words = _split(text, example)
    parts: list[Part] = []
    while words.next:
        is_time_next = _skip_small_words(words) or (bool(parts) and isinstance(parts[-1], InDays | PartOfDay))
        said = _read_part(words, years) or (_read_bare_hour(words) if is_time_next else ())
        if not said:
            raise _complaint(text, words.next, example)
        parts.extend(said)
    return tuple(parts)


def _split(text: str, example: str) -> Words:
    stripped = text.strip().rstrip(".!?")
    if len(stripped) > LONGEST_TEXT:
        raise TextTooLong(example)
    plain = re.sub("['’`]", "", stripped.lower()).replace("@", " at ").replace(",", " ").replace("–", "-")
    plain = re.sub(r"([ap])\.m\b\.?", r"\1m", plain).replace("a quarter ", "quarter ")
    words = re.sub("(?<=-[0-9]{2})t(?=[0-9]{2}:)", " ", plain).split()
    if not words:
        raise NothingTyped(example)
    return Words(words)


def _skip_small_words(words: Words) -> bool:
    """Whether the words skipped announce a time: "at" and "by" do, "on" and "the" do not."""
    announced = False
    while taken := words.take("(at|by)|on|the|for"):
        announced = announced or taken[0][1] is not None
    return announced


def _complaint(text: str, word: str, example: str) -> NotAMoment:
    if re.fullmatch("[0-9]{1,2}|20[0-9]{2}", word):
        return BareNumber(word)
    looks_like_span = word in {"between", "from", "until", "till", "to"} or re.fullmatch(_SPAN, word)
    if looks_like_span and re.search("[0-9]", text):
        return NotOneMoment(example)
    return NotUnderstood(word, example) if word else Unfinished(example)


def _read_part(words: Words, years: str) -> tuple[Part, ...]:
    readers: tuple[Callable[[Words], tuple[Part, ...]], ...] = (
        *(_read_span_from_now, _read_weeks_on, _read_near_day, _read_weekday),
        lambda words: _read_date(words, years),
        *(_read_named_time, _read_spoken_time, _read_clock_time, _read_part_of_day, _read_zone),
    )
    return next((said for read in readers if (said := read(words))), ())


def _read_span_from_now(words: Words) -> tuple[Part, ...]:
    if words.take("now"):
        return (InMinutes(0),)
    if words.take("in", "half", "an", "hour"):
        return (InMinutes(30),)
    if taken := words.first_of(
        ("in", _COUNT, "(working)", "days?"), ("in", _COUNT, "(minute|min|hour|hr|day|week|fortnight|month)s?")
    ):
        words.take("time")
        return (_span_from_now(_count(taken[1][1]), taken[2][1]),)
    return ()


def _span_from_now(count: int, unit: str) -> Part:
    if unit in _UNITS_IN_MINUTES:
        return InMinutes(count * _UNITS_IN_MINUTES[unit])
    if unit in _UNITS_IN_DAYS:
        return InDays(count * _UNITS_IN_DAYS[unit])
    return InMonths(count) if unit == "month" else InWorkingDays(count)


def _read_weeks_on(words: Words) -> tuple[Part, ...]:
    """ "a week on Thursday", "2 weeks on Monday", "a week today"."""
    day = f"(?:{_WEEKDAY}|{_TODAY_OR_LATER})"
    taken = words.first_of((_COUNT, _WEEKS, "on|from", day), (_COUNT, _WEEKS, day))
    if not taken:
        return ()
    weeks = _count(taken[0][1]) * _UNITS_IN_DAYS[taken[1][1]] // 7
    return (_weeks_after(taken[-1], weeks),)


def _weeks_after(day: Match, weeks: int) -> Part:
    weekday, near = day[1], day[2]
    return InDays(_NEAR_DAYS[near] + 7 * weeks) if near else OnWeekday(_WEEKDAYS[weekday], Which.COMING, weeks)


def _read_near_day(words: Words) -> tuple[Part, ...]:
    if words.take("day", "after", "tomorrow"):
        return (InDays(2),)
    if words.take("tonight"):
        return (InDays(0), PartOfDay.EVENING)
    if taken := words.take("this", _PART_OF_DAY):
        return (InDays(0), PartOfDay(taken[1][1]))
    if taken := words.take(_TODAY_OR_LATER, "(week|fortnight)"):
        return (InDays(_NEAR_DAYS[taken[0][1]] + _UNITS_IN_DAYS[taken[1][1]]),)
    taken = words.take(_NEAR_DAY)
    return (InDays(_NEAR_DAYS[taken[0][1]]),) if taken else ()


def _read_weekday(words: Words) -> tuple[Part, ...]:
    """ "Tuesday", "this Tuesday", "next Tuesday", "Tuesday next week", "Tuesday week"."""
    if taken := words.take("(this|next)", _WEEKDAY):
        return (OnWeekday(_WEEKDAYS[taken[1][1]], Which(taken[0][1])),)
    if taken := words.take(_WEEKDAY, "next", "week"):
        return (OnWeekday(_WEEKDAYS[taken[0][1]], Which.NEXT_WEEK),)
    if taken := words.take(_WEEKDAY, "(week|fortnight)"):
        return (OnWeekday(_WEEKDAYS[taken[0][1]], Which.COMING, _UNITS_IN_DAYS[taken[1][1]] // 7),)
    taken = words.take(_WEEKDAY)
    return (OnWeekday(_WEEKDAYS[taken[0][1]]),) if taken else ()


def _read_date(words: Words, years: str) -> tuple[Part, ...]:
    if taken := words.take("([1-9][0-9]{3})-([0-9]{2})-([0-9]{2})"):
        return (OnDate(int(taken[0][3]), int(taken[0][2]), int(taken[0][1])),)
    if taken := words.take(_LONG_DATE):
        return (OnDate(int(taken[0][1]), int(taken[0][3]), int(taken[0][4])),)
    if taken := words.take("([0-9]{1,2})/([0-9]{1,2})"):
        return (OnDate(int(taken[0][1]), int(taken[0][2]), _year(words, years)),)
    if taken := words.first_of((_DAY, _MONTH), (_DAY, "of", _MONTH)):
        return (OnDate(int(taken[0][1]), _MONTHS[taken[-1][1]], _year(words, years)),)
    if taken := words.take(_MONTH, _DAY):
        return (OnDate(int(taken[1][1]), _MONTHS[taken[0][1]], _year(words, years)),)
    taken = words.take("([0-9]{1,2})(?:st|nd|rd|th)")
    return (OnDate(int(taken[0][1])),) if taken else ()


def _year(words: Words, years: str) -> int | None:
    taken = words.take(years)
    return int(taken[0][0]) if taken else None


def _read_named_time(words: Words) -> tuple[Part, ...]:
    if words.first_of(("noon|midday",), ("12", "noon|midday")):
        return (AtTime(12, is_24_hour=True),)
    if words.take("midnight"):
        return (AtTime(24, is_24_hour=True),)
    day_ends = (
        *(("end", "of", "day"), ("end", "of", "the", "day"), ("end", "of", "play")),
        *(("end", "of", "the", "working", "day"), ("close", "of", "play|business"), ("eod",)),
    )
    return (AtTime(17, is_24_hour=True),) if words.first_of(*day_ends) else ()


def _read_spoken_time(words: Words) -> tuple[Part, ...]:
    """ "half ten", "quarter past 4", "20 to 5". Not "10 to 4", which may be a span: only "10 minutes to 4"."""
    if taken := words.first_of(("half", "past", _HOUR), ("half", _HOUR)):
        return (AtTime(_count(taken[-1][1]), 30, _half(words)),)
    spoken = "(5|10|20|25|" + "|".join(_MINUTES) + ")"
    if taken := words.first_of((spoken, "past", _HOUR), (spoken, "min(?:ute)?s", "past", _HOUR)):
        return (AtTime(_count(taken[-1][1]), _spoken_minutes(taken[0][1]), _half(words)),)
    sure = "(20|25|quarter|twenty|twenty-five)"
    if taken := words.first_of((sure, "to", _HOUR), (spoken, "min(?:ute)?s", "to", _HOUR)):
        hour = (_count(taken[-1][1]) - 2) % 12 + 1
        return (AtTime(hour, 60 - _spoken_minutes(taken[0][1]), _half(words)),)
    return ()


def _spoken_minutes(word: str) -> int:
    return _MINUTES.get(word) or int(word)


def _read_clock_time(words: Words) -> tuple[Part, ...]:
    """ "2.15pm", "14:00", "1400", "2 pm", "2 o'clock"."""
    if taken := words.take("([0-9]{1,2})[:.]([0-9]{2})(?::00)?(am|pm)?"):
        hour, minute, half = taken[0].groups()
        typed_half = Half(half) if half else _half(words)
        return (AtTime(int(hour), int(minute), typed_half, hour.startswith("0") or int(hour) > 12),)
    if taken := words.take("(?!20)([0-9]{2})([0-9]{2})") or words.take("([0-9]{2})([0-9]{2})hr?s?"):
        return (AtTime(int(taken[0][1]), int(taken[0][2]), _half(words), is_24_hour=True),)
    if taken := words.take("([0-9]{1,2})(am|pm)"):
        return (AtTime(int(taken[0][1]), half=Half(taken[0][2])),)
    if taken := words.take(f"([0-9]{{1,2}}|{_HOUR})", "am|pm"):
        return (AtTime(_count(taken[0][1]), half=Half(taken[1][0])),)
    if taken := words.take(_HOUR, "in", "the", _PART_OF_DAY):
        return (AtTime(_count(taken[0][1])), PartOfDay(taken[3][1]))
    taken = words.take(_HOUR, "oclock")
    return (AtTime(_count(taken[0][1]), half=_half(words)),) if taken else ()


def _read_bare_hour(words: Words) -> tuple[Part, ...]:
    """A number alone is a time only where nothing else can be meant: "at 10", "tomorrow 10", "Monday morning 9"."""
    taken = words.take(f"([0-9]{{1,2}}|{_HOUR})")
    if not taken:
        return ()
    hour = _count(taken[0][1])
    return (AtTime(hour, is_24_hour=hour > 12 or taken[0][1].startswith("0")),)


def _half(words: Words) -> Half | None:
    taken = words.take("am|pm")
    return Half(taken[0][0]) if taken else None


def _read_part_of_day(words: Words) -> tuple[Part, ...]:
    taken = words.first_of(("in", "the", _PART_OF_DAY), (_PART_OF_DAY,))
    return (PartOfDay(taken[-1][1]),) if taken else ()


def _read_zone(words: Words) -> tuple[Part, ...]:
    taken = words.take("bst|gmt")
    return (InZone(taken[0][0].upper()),) if taken else ()


def _count(word: str) -> int:
    return 1 if word in {"a", "an"} else _HOURS.get(word) or int(word)
