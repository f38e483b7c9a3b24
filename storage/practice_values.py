"""The kinds of value in a practice file: what a part of it is, and clocks and times as they are written there."""

from __future__ import annotations

from datetime import time
from typing import Annotated, Any, Generic, TypeAlias, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator

from discussions.clocks import Clock, NotAClock, parse_clock

T = TypeVar("T")


def _read_clock(value: Any) -> Clock:
    if not isinstance(value, str):
        raise ValueError(NotAClock().sentence)
    try:
        return parse_clock(value)
    except NotAClock as refusal:
        raise ValueError(refusal.sentence) from None


def _read_time(value: Any) -> Any:
    """Hours and minutes alone; anything else is left for the refusal."""
    parts = value.split(":") if isinstance(value, str) else []
    if len(parts) == 2 and all(len(part) == 2 and part.isdecimal() and part.isascii() for part in parts):
        hour, minute = map(int, parts)
        if hour < 24 and minute < 60:
            return time(hour, minute)
    raise ValueError('Write a time of day in quotes, as "08:00".')


AClock: TypeAlias = Annotated[Clock, PlainValidator(_read_clock)]
ATime: TypeAlias = Annotated[time, BeforeValidator(_read_time)]
Count: TypeAlias = Annotated[int, Field(gt=0, le=1000)]


class Row(BaseModel):
    """One part of the file. Unknown keys are refused; nothing is bent into another type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)

    def values(self) -> dict[str, Any]:
        return dict(self)


class Rows(Row, Generic[T]):
    rows: tuple[T, ...] = Field(min_length=1)
