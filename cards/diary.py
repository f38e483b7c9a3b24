"""The card of the diary: a line a discussion, to be pressed; other days, other agencies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cards.booking import STATES
from cards.buttons import OpenBelow, ShowDiary
from cards.lists import page_buttons, shown_of
from cards.notice import notice_card
from cards.parts import AnyButton, Choice, ChoiceInput, FormButton, LabelledButton, Part, Row, Text
from cards.render import Card
from discussions.booking.diary import Diary, DiaryLine
from discussions.booking.discussion import DiscussionState
from discussions.london import say_day, say_short, say_time, to_london

EVERYBODY = "all"
OTHER_DAYS = (("today", "Today"), ("tomorrow", "Tomorrow"), ("week", "Seven days"))


def diary_card(seen: Diary, when: str, chosen: ShowDiary, agencies: Sequence[Choice]) -> Card:
    """`when` says which days, `chosen` is what made this card; `agencies` can be narrowed to."""
    narrowed = next((choice.title for choice in agencies if choice.value == chosen.agency), None)

    def show(page: int) -> ShowDiary:
        return ShowDiary(chosen.days, chosen.agency, page)

    other = [LabelledButton(title, ShowDiary(days, chosen.agency), way_out=True) for days, title in OTHER_DAYS
             if days != chosen.days]  # fmt: skip
    buttons: list[list[AnyButton]] = [*page_buttons(seen.count, seen.page, show), [*other[:2]]]
    if len(agencies) > 1 or narrowed:
        buttons.append([agency_form(chosen, agencies)])
    return notice_card(
        heading(seen.count),
        [Text("Press a line to open it.", small=True), *rows(seen)] if seen.lines else [],
        buttons,
        origin=f"Diary · {when}{f' · {narrowed}' if narrowed else ''}{shown_of(seen.page, seen.count)}",
        foot=None if seen.lines else "You see those you booked, chair, minute or were asked to.",
    )


def heading(count: int) -> str:
    return f"{count} discussion{'' if count == 1 else 's'}" if count else "No discussions"


def agency_form(chosen: ShowDiary, agencies: Sequence[Choice]) -> FormButton:
    everybody = Choice("All", EVERYBODY)
    choice = ChoiceInput("agency", "Agency", (everybody, *agencies), value=chosen.agency or EVERYBODY)
    return FormButton("By agency", (choice,), LabelledButton("Show these", ShowDiary(chosen.days), primary=True))


def rows(seen: Diary) -> list[Part]:
    """Each day under its heading."""
    parts: list[Part] = []
    day: date | None = None
    for line in seen.lines:
        of_line = to_london(line.discussion.starts_at).date()
        if of_line != day:
            parts.append(Text(say_day(of_line), bold=True))
            day = of_line
        parts.append(row(line))
    return parts


def row(line: DiaryLine) -> Row:
    one = line.discussion
    return Row(
        f"{one.reference} · {one.form}",
        OpenBelow("discussion", one.id),
        symbol=symbol(line),
        lead=say_time(one.starts_at),
        small=" · ".join(said_of(line)),
    )


def symbol(line: DiaryLine) -> str:
    if line.light is None:
        return "○"
    return "✓" if line.light.is_quorate and not is_late(line) else "▲"


def is_late(line: DiaryLine) -> bool:
    return line.discussion.starts_at > line.discussion.window_ends


def said_of(line: DiaryLine) -> list[str]:
    """The light in words, the answers that are missing, and the latest start."""
    one = line.discussion
    if line.light is None:
        return [STATES[one.state]]
    window = f"{'later than' if is_late(line) else 'latest start'} {say_short(one.window_ends)}"
    told = [quorate(line.light.is_quorate, line.unanswered), answers(line), window]
    return told if one.state is DiscussionState.BOOKED else [STATES[one.state], *told]


def quorate(is_quorate: bool, unanswered: int) -> str:
    if not is_quorate:
        return "not quorate"
    return "quorate if all come" if unanswered else "quorate"


def answers(line: DiaryLine) -> str:
    if not line.asked:
        return "nobody asked"
    return f"{line.unanswered} of {line.asked} not answered" if line.unanswered else "all answered"
