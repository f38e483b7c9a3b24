"""By when, as a sentence says it: which of its words are the moment, and what they come to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Final

from discussions.actions.findings import Code, World
from discussions.clocks import END_OF_DAY
from discussions.london import (
    ClockTimeTwice,
    NoSuchClockTime,
    NotLondonTime,
    nearest_from_london,
    say_date,
    to_london,
)
from discussions.moments import (
    AlreadyPassed,
    DaysDisagree,
    MidnightIsUnclear,
    NoSuchDay,
    NoSuchTime,
    SaidTwice,
    TimeMissing,
    TooFarAhead,
    WhichDay,
    YearMissing,
    read_moment,
)
from discussions.phrases import NotAMoment, read_phrase
from discussions.refusals import Refusal
from discussions.said import AtTime, DaySaid, InMinutes, Part, PartOfDay

SOON: Final = timedelta(hours=24)
LONGEST_MOMENT_WORDS: Final = 8
MOST_PLACES_TRIED: Final = 24

_LEAD: Final = re.compile(
    r"(?:(?:no|not) later than|at the latest by|on or before|latest by|within(?: the)?(?: next)?"
    r"|(?:in|over|during) the next|by|before|until|till|due(?: by| on)?|latest|deadline:?|≤|<=)\s*",
    re.IGNORECASE,
)
_SPAN_LEADS: Final = ("within", "in the", "over the", "during the", "≤", "<=")
_NOT_BEHIND: Final = re.compile(
    r"(?:\b(?:of|since|last|dated|after|every|each|most|from)|'s?)(?: the)?\s*$", re.IGNORECASE
)
_FROM: Final = re.compile(r"\bfrom(?: the)?\s*$", re.IGNORECASE)
_UNTIL: Final = re.compile(r"\s+(?:(?:un)?till?|onwards?)\b", re.IGNORECASE)
_ANNOUNCES_A_TIME: Final = re.compile(r"(?:\b(?:at|by|before|until|till|for|from)|@|≤)\s*$", re.IGNORECASE)
_EDGE: Final = re.compile(r"(?:early|late|first thing|last thing|lunchtime|sometime)\s+(?:on\s+)?", re.IGNORECASE)
_END_OF: Final = re.compile(
    r"(?:the )?(?:end|close|start|beginning) of (?:(?:play|business|(?:the )?(?:working |school )?day) )?(?:on )?"
    r"(?=today|tomorrow|tonight|mon|tue|wed|thu|fri|sat|sun|[0-9])",
    re.IGNORECASE,
)
_SOFT_END: Final = re.compile(
    r"\b(?:(?:close|end) of (?:the )?(?:working |school )?(?:play|business|day)|eod|cop|cob)\b", re.IGNORECASE
)
_PART_OF_DAY: Final = re.compile(r"\b(?:in the |this )?(morning|afternoon|evening)\b|\bto(?=night\b)", re.IGNORECASE)
_WEEKDAY: Final = "(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_TIME: Final = r"[0-9]{1,2}(?:[:.][0-9]{2})?(?:am|pm)?"
_HOUR_BEFORE_PART: Final = re.compile(
    r"(?P<at>at\s+|@\s*)?(?P<hour>[0-9]{1,2})\s+(?:on\s+)?"
    rf"(?P<part>(?:this|tomorrow|{_WEEKDAY})\s+(?:morning|afternoon|evening))",
    re.IGNORECASE,
)
_TWO_AT_ONCE: Final = re.compile(
    rf"(?:on\s+|at\s+)?(?:{_WEEKDAY}\s?[/–-]\s?{_WEEKDAY}\b|between\s+{_TIME}\s+and\s+{_TIME}\b"
    rf"|(?:from\s+)?{_TIME}\s?(?:[–-]|to)\s?[0-9]{{1,2}}(?:[:.][0-9]{{2}}|am|pm|[:.][0-9]{{2}}(?:am|pm))(?!\w)"
    rf"|(?:[0-9]{{1,2}}(?:st|nd|rd|th)?)\s+or\s+(?P<rest>[0-9]{{1,2}}(?:st|nd|rd|th)?\s[a-z]))",
    re.IGNORECASE,
)
_DAY_NAMED: Final = re.compile(rf"\b(?:(?:this|next|coming|on)\s+)*{_WEEKDAY}\b", re.IGNORECASE)
_DATE_NAMED: Final = re.compile(
    r"\b[0-9]{1,2}(?:st|nd|rd|th)?(?:[/.-]|\s+[a-z]{3})[\w/.-]*(?:\s+20[0-9]{2})?", re.IGNORECASE
)
_MIDNIGHT: Final = re.compile(r"\b(?:midnight|24[:.]?00|0?0[:.]00|12\s?am)\b", re.IGNORECASE)
_OR: Final = re.compile(r"\s*(?:,?\s*\b(?:or|and)\b|[/&–-])\s*(?:by |on |at )?", re.IGNORECASE)
_BARE_NUMBER: Final = re.compile(r"\s+([0-9]{1,2})(?=[\s.,;)]*$|\s+(?:tell|if)\b)")
_NUMBER_ALONE: Final = re.compile(r"[0-9]{1,4}\s+(?:by|before|until|till|at|on)\b", re.IGNORECASE)
_LOWER_WORDS: Final = frozenset({"sat", "sun", "wed", "mon", "second", "now"})
_PARTS_END: Final = {
    PartOfDay.MORNING: time(12),
    PartOfDay.AFTERNOON: time(17),
    PartOfDay.EVENING: END_OF_DAY,
}
_FIRST_WORD: Final = re.compile(
    rf"(?:{_WEEKDAY}|today|tonight|tom\w*|tmr?o?w|yesterday|noon|midday|midnight|this|next|in|half|quarter|the|an?|eod|end"
    r"|close|cop|cob|at|on|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|day|early|late|first|last"
    r"|jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*|@|start|beginning|sometime)$"
    r"|^[0-9]",
    re.IGNORECASE,
)
_IN_A_MOMENT: Final = re.compile(
    rf"{_WEEKDAY}s?|[0-9].*|(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)\w*|tom\w*|t[mo]\w*w|today|tonight|yesterday"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty(?:-five)?|half|quarter|past|to|a|an|the|of|at|on"
    r"|by|in|for|am|pm|[ap]\.?m\.?|o['’]?clock|noon|midday|midnight|morning|afternoon|evening|this|next|week|weeks|day|days"
    r"|working|hours?|hrs?|min(?:ute)?s?|months?|fortnights?|time|from|after|end|close|start|beginning|play|business|eod|cop|cob"
    r"|bst|gmt|now|@|early|late|first|last|thing|lunchtime|sometime|school",
    re.IGNORECASE,
)

_FAULTS: Final[tuple[tuple[type[Refusal], Code], ...]] = (
    (AlreadyPassed, Code.DUE_PAST),
    (NoSuchDay, Code.IMPOSSIBLE_DUE),
    (NoSuchTime, Code.IMPOSSIBLE_DUE),
    (NoSuchClockTime, Code.IMPOSSIBLE_DUE),
    (NotLondonTime, Code.IMPOSSIBLE_DUE),
    (DaysDisagree, Code.IMPOSSIBLE_DUE),
    (TooFarAhead, Code.IMPOSSIBLE_DUE),
    (WhichDay, Code.UNCLEAR_DUE),
    (MidnightIsUnclear, Code.UNCLEAR_DUE),
    (SaidTwice, Code.UNCLEAR_DUE),
    (ClockTimeTwice, Code.UNCLEAR_DUE),
)
TWO_MOMENTS: Final = "That could be two moments. Please give the one day and time by which it is done."


@dataclass(frozen=True, slots=True)
class Moment:
    """Words that say by when, with what they come to: `at`, or else why not. `start` and `end` are in the text.

    `is_deadline`: said with "by" or the like. `is_soft`: the time is only "close of play".
    `meant`: what it can stand for, where that is unclear.
    """

    start: int
    end: int
    said: str
    is_deadline: bool = False
    at: datetime | None = None
    has_time: bool = True
    is_soft: bool = False
    fault: Code | None = None
    refusal: str = ""
    meant: tuple[datetime, ...] = ()


def moments_in(text: str, world: World) -> tuple[Moment, ...]:
    """All that can be read as a moment, in order, never overlapping."""
    found: list[Moment] = []
    end = 0
    for place in _places(text):
        if place < end:
            continue
        moment = _moment_at(text, place, world)
        if moment is not None:
            found.append(moment)
            end = moment.end
    return tuple(found)


def _places(text: str) -> Iterator[int]:
    """Where a moment may begin. Few are tried, however long the text."""
    places = (
        match.start()
        for match in re.finditer(r"[^\s(]+", text)
        if _LEAD.match(text, match.start()) or _FIRST_WORD.match(_bare(match[0]))
        or _TWO_AT_ONCE.match(text, match.start())
    )  # fmt: skip
    return (place for _, place in zip(range(MOST_PLACES_TRIED * 4), places, strict=False))


def _bare(word: str) -> str:
    return word.strip(",.;:()!?")


def _moment_at(text: str, place: int, world: World) -> Moment | None:
    lead = _LEAD.match(text, place)
    body = lead.end() if lead else place
    is_deadline = lead is not None
    if double := _TWO_AT_ONCE.match(text, body):
        end = (
            double.end()
            if double["rest"] is None
            else _end_of_moment(text, double.start("rest"), None, is_announced=True)
        )
        end = end or double.end()
        behind = _end_of_moment(text, end + 1, None, is_announced=False) if text[end : end + 1] == " " else None
        end = behind or end
        return Moment(place, end, text[place:end], is_deadline, fault=Code.UNCLEAR_DUE, refusal=TWO_MOMENTS)
    end = _end_of_moment(text, body, lead, is_announced=is_deadline or bool(_ANNOUNCES_A_TIME.search(text[:place])))
    if end is None or (not is_deadline and _NOT_BEHIND.search(text[:place]) and not _begins_then(text, place, end)):
        return None
    said = text[place:end]
    if bare := _BARE_NUMBER.match(text, end):
        sentence = f"“{bare[1]}” could be a day or a time. Please write a time like 14:30."
        return Moment(
            place, bare.end(), text[place : bare.end()], is_deadline, fault=Code.UNCLEAR_DUE, refusal=sentence
        )
    if (other := _other_moment(text, end)) is not None:
        return Moment(place, other, text[place:other], is_deadline, fault=Code.UNCLEAR_DUE, refusal=TWO_MOMENTS)
    return _read(Moment(place, end, said, is_deadline), _plain(text[body:end], lead), world)


def _begins_then(text: str, place: int, end: int) -> bool:
    """ "from 3pm today until Dev arrives" says when it is begun; "records from Monday" says nothing of that."""
    says_time = any(isinstance(part, AtTime) for part in _parts_of(text[place:end]))
    return says_time and bool(_FROM.search(text[:place]) and _UNTIL.match(text, end))


def _plain(words: str, lead: re.Match[str] | None) -> str:
    """As the reader of moments wants it: "within 3 days" is "in 3 days", "end of Friday" is "Friday".

    "by 9 this morning" is "this morning at 9"; without "by" or "at" the number may count things.
    """
    plain = _END_OF.sub("", _EDGE.sub("", words.strip(" ,.;:()")))
    if (turned := _HOUR_BEFORE_PART.fullmatch(plain)) and (lead is not None or turned["at"]):
        return f"{turned['part']} at {turned['hour']}"
    if (
        lead is not None
        and lead[0].casefold().startswith(_SPAN_LEADS)
        and re.match("[0-9]|an? |[a-z]+ (?:w|d|h)", plain)
    ):
        return f"in {plain}"
    return re.sub(r"\b(?:cop|cob)\b", "eod", plain, flags=re.IGNORECASE)


def _end_of_moment(text: str, body: int, lead: re.Match[str] | None, *, is_announced: bool) -> int | None:
    """Where the longest words end that say one day, one time, or both."""
    best: int | None = None
    if not is_announced and _NUMBER_ALONE.match(text, body):
        return None
    for number, match in enumerate(re.finditer(r"\S+", text[body : body + 90]), 1):
        end = body + match.start() + len(match[0].rstrip(",.;:)!?"))
        parts = _parts_of(_plain(text[body:end], lead))
        if parts and _is_one_moment(parts, text[body:end], is_announced=is_announced, behind=text[end:]):
            best = end
        is_last = number == LONGEST_MOMENT_WORDS or match[0].endswith((";", ".", ")"))
        if is_last or not _IN_A_MOMENT.fullmatch(_bare(match[0])):
            break
    return best


def _parts_of(words: str) -> tuple[Part, ...]:
    try:
        return read_phrase(words, "")
    except NotAMoment:
        return ()


def _is_one_moment(parts: tuple[Part, ...], said: str, *, is_announced: bool, behind: str) -> bool:
    days = [part for part in parts if isinstance(part, DaySaid)]
    times = [part for part in parts if isinstance(part, AtTime | InMinutes)]
    kinds = {type(part) for part in days}
    if len(times) > 1 or len(kinds) < len(days) or not (days or times):
        return False
    word = said.strip()
    if word in _LOWER_WORDS or word == "24/7" or any(isinstance(part, InMinutes) and not part.count for part in times):
        return is_announced and word not in ("now", "24/7")
    if days:
        return True
    return _is_surely_a_time(word, is_announced=is_announced, behind=behind)


def _is_surely_a_time(word: str, *, is_announced: bool, behind: str) -> bool:
    """ "at 10" is none where a street follows, and "1400" only behind by or at."""
    bare = re.search(r"(?:^|\s)[0-9]{1,4}$", word)
    if bare is None:
        return True
    if re.match(r"\s+(?:[A-Z][a-z]+|[a-z]*days?\b|hours?\b|weeks?\b|children\b|years?\b|months?\b|%)", behind):
        return False
    return is_announced or bool(re.match("(?:at|by|@)", word, re.IGNORECASE))


def _other_moment(text: str, end: int) -> int | None:
    """Where another one ends that stands beside it: "Monday or Tuesday", "10:00 or 14:00"."""
    joined = _OR.match(text, end)
    if joined is None:
        return None
    other = _end_of_moment(text, joined.end(), None, is_announced=False)
    return other if other is not None and not re.match("a |an |the ", text[joined.end() :]) else None


def _read(moment: Moment, words: str, world: World) -> Moment:
    soft = bool(_SOFT_END.search(words)) or bool(_END_OF.search(moment.said))
    try:
        at = read_moment(words, world.now, calendar=world.calendar)
    except TimeMissing as missing:
        return _read_day(moment, words, missing, world)
    except Refusal as refusal:
        meant = tuple(_read_all(_other_words(words, refusal), world))
        return replace(moment, fault=_code_of(refusal), refusal=refusal.sentence, meant=meant)
    return replace(moment, at=at, has_time=not soft, is_soft=soft)


def _read_day(moment: Moment, words: str, missing: TimeMissing, world: World) -> Moment:
    """A day ends when the working day does; its morning at noon. Today never is past for want of a time."""
    named = _PART_OF_DAY.search(words)
    part = PartOfDay(named[1].lower()) if named and named[1] else PartOfDay.EVENING if named else None
    ends = _PARTS_END[part] if part else world.practice.counting.closes
    at = nearest_from_london(missing.day, ends)
    if at < world.now:
        at = nearest_from_london(missing.day, END_OF_DAY)
    soft = bool(_END_OF.search(moment.said)) and bool(_SOFT_END.search(moment.said))
    return replace(moment, at=at, has_time=False, is_soft=soft)


def _other_words(words: str, refusal: Refusal) -> tuple[str, ...]:
    """What can have been meant, typed so that it can be read."""
    match refusal:
        case WhichDay(days=days):
            rest = _DAY_NAMED.sub("", words)
            return tuple(f"{say_date(day)} {rest}" for day in days)
        case DaysDisagree():
            return _DAY_NAMED.sub("", words), _DATE_NAMED.sub("", words)
        case ClockTimeTwice():
            return f"{words} BST", f"{words} GMT"
        case MidnightIsUnclear():
            return (_MIDNIGHT.sub("23:59", words),)
        case NoSuchClockTime():
            return (re.sub(r"\b0?1[:.][0-9]{2}", "02:00", words),)
        case _:
            return ()


def _read_all(texts: tuple[str, ...], world: World) -> Iterator[datetime]:
    for text in texts:
        try:
            yield read_moment(text, world.now, calendar=world.calendar, day_ends=world.practice.counting.closes)
        except Refusal:
            continue


def _code_of(refusal: Refusal) -> Code:
    if isinstance(refusal, YearMissing):
        return Code.DUE_PAST if "passed" in refusal.sentence else Code.UNCLEAR_DUE
    return next((code for kind, code in _FAULTS if isinstance(refusal, kind)), Code.UNCLEAR_DUE)


def says_soft_end(words: str) -> bool:
    """ "close of play": a day is said, and no hour that all agree on."""
    return _SOFT_END.search(words) is not None


def is_soon(at: datetime, now: datetime) -> bool:
    """Today, or within 24 hours: then a time is needed."""
    return at - now <= SOON or to_london(at).date() == to_london(now).date()
