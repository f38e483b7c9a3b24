"""The record of the story that the tests of the minutes read, whole and changed in one place."""

from __future__ import annotations

from dataclasses import replace

from discussions.record.minutes import make_minutes
from discussions.record.parts import Line, Minutes
from storage.practice_file import standard_practice
from tests.documents.story import (
    told,
)

STORY = told(standard_practice())
MINUTES = make_minutes(STORY)


def with_discussion(**changes: object) -> Minutes:
    return make_minutes(replace(STORY, discussion=replace(STORY.discussion, **changes)))  # type: ignore[arg-type]


def with_facts(*facts: object) -> Minutes:
    return make_minutes(told(standard_practice(), facts))  # type: ignore[arg-type]


def everything_said(part: object) -> str:
    """All words of the record, wherever they stand."""
    if isinstance(part, tuple):
        return "\n".join(everything_said(one) for one in part)
    return str(part)


def passages(minutes: Minutes, number: int) -> dict[str | None, tuple[Line, ...]]:
    item = next(item for item in minutes.items if item.number == number)
    return {passage.title: passage.lines for passage in item.passages}
