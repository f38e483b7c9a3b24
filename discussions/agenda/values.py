"""What was typed for a field, the value kept for it, and the words for that value again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from discussions.clocks import Calendar
from discussions.london import say_date, say_moment, say_time, to_london
from discussions.moments import AlreadyPassed, read_day, read_moment
from discussions.practice.types import Choice, Field, FieldKind
from discussions.recent import read_recent_moment
from discussions.refusals import Refusal, WrongAnswer

LONGEST = {FieldKind.TEXT: 1_000, FieldKind.LONG_TEXT: 4_000}
LONGEST_OTHER = 200
YES_NO = (Choice("yes", "Yes"), Choice("no", "No"))
NUMBER = re.compile(r"-?\d{1,9}(?:\.\d{1,3})?")


@dataclass(frozen=True, slots=True)
class Names:
    """Those whom person and agency fields can name: id to what is shown."""

    people: Mapping[str, str]
    agencies: Mapping[str, str]


def longest(field: Field) -> int:
    return field.maximum_length or LONGEST.get(field.kind, LONGEST_OTHER)


def choices_of(field: Field) -> tuple[Choice, ...]:
    return field.choices or (YES_NO if field.kind.is_yes_no else ())


def read_value(field: Field, typed: str, names: Names, now: datetime, calendar: Calendar) -> str | None:
    """The value to keep; None for nothing. Raises WrongAnswer naming the field."""
    text = tidy(typed)
    if not text:
        return None
    if len(text) > longest(field) and not field.kind.is_chosen:
        raise WrongAnswer(f"Please keep “{field.label}” to {longest(field):,} characters.", field.code)
    match field.kind:
        case FieldKind.CHOICE | FieldKind.CHOICES | FieldKind.YES_NO | FieldKind.YES_NO_WITH_REASON:
            return read_choice(field, text)
        case FieldKind.DATE | FieldKind.MOMENT:
            return read_time(field, text, now, calendar)
        case FieldKind.NUMBER:
            return read_number(field, text)
        case FieldKind.PERSON:
            return read_id(field, text, names.people)
        case FieldKind.AGENCY:
            return read_id(field, text, names.agencies)
        case FieldKind.TEXT | FieldKind.LONG_TEXT:
            return text


def tidy(typed: str) -> str:
    return typed.replace("\r\n", "\n").replace("\r", "\n").strip()


def read_choice(field: Field, text: str) -> str:
    """Several are kept in the order of the practice file, so that the order of ticking makes no difference."""
    chosen = {code.strip() for code in text.split(",") if code.strip()}
    known = [choice.code for choice in choices_of(field)]
    is_one = field.kind is not FieldKind.CHOICES
    if not chosen <= set(known) or (is_one and len(chosen) != 1):
        raise WrongAnswer(f"Please choose “{field.label}” from the list.", field.code)
    return ",".join(code for code in known if code in chosen)


def read_time(field: Field, text: str, now: datetime, calendar: Calendar) -> str:
    try:
        if field.kind is FieldKind.DATE:
            return read_day(text, now, calendar=calendar).isoformat()
        return read_either_way(text, now, calendar).isoformat()
    except Refusal as refusal:
        example = "25/11/2026" if field.kind is FieldKind.DATE else "25/11/2026 14:30"
        raise WrongAnswer(f"“{field.label}”: {refusal.sentence}", field.code, example) from refusal


def read_either_way(text: str, now: datetime, calendar: Calendar) -> datetime:
    """A meeting speaks of moments to come and of moments that lie behind."""
    try:
        return read_moment(text, now, calendar=calendar)
    except AlreadyPassed as passed:
        try:
            return read_recent_moment(text, now, calendar)
        except WrongAnswer:
            raise passed from None


def read_number(field: Field, text: str) -> str:
    number = text.replace(",", ".")
    if not NUMBER.fullmatch(number):
        raise WrongAnswer(f"Please give “{field.label}” as a number, for example 4.", field.code, "4")
    return number


def read_id(field: Field, text: str, known: Mapping[str, str]) -> str:
    if text not in known:
        raise WrongAnswer(f"Please choose “{field.label}” from the list.", field.code)
    return text


def show_value(field: Field, value: str | None) -> str:
    """As it stands in the field when the form is opened again."""
    if value is None:
        return ""
    try:
        if field.kind is FieldKind.DATE:
            return say_date(date.fromisoformat(value))
        if field.kind is FieldKind.MOMENT:
            moment = datetime.fromisoformat(value)
            return f"{say_date(to_london(moment).date())} {say_time(moment)}"
    except ValueError:
        return value
    return value


def say_value(field: Field, value: str | None, names: Names) -> str:
    """As people read it."""
    if value is None:
        return "nothing"
    match field.kind:
        case FieldKind.PERSON:
            return names.people.get(value, value)
        case FieldKind.AGENCY:
            return names.agencies.get(value, value)
        case FieldKind.MOMENT:
            return say_kept_moment(value)
        case FieldKind.DATE:
            return show_value(field, value)
    labels = {choice.code: choice.label for choice in choices_of(field)}
    return ", ".join(labels.get(code, code) for code in field.chosen(value)) if labels else value


def say_kept_moment(value: str) -> str:
    try:
        return say_moment(datetime.fromisoformat(value))
    except ValueError:
        return value
