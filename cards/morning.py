"""The list of the morning: what is overdue, due today, due this week, each a line that opens its own card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from cards.buttons import OpenBelow, SetRhythm, ShowDigest, ShowMyActions
from cards.digest import DigestLine
from cards.digest import row_of as news_row
from cards.lists import LINE_CHARACTERS, LINES_A_PAGE, SYMBOLS, ActionLine, Standing, counted
from cards.notice import notice_card
from cards.parts import (
    AnyButton,
    Choice,
    ChoiceInput,
    FormButton,
    LabelledButton,
    Part,
    Row,
    Text,
    TextInput,
    beginning,
)
from cards.render import Card, Summary
from discussions.attention.kept import Often
from discussions.ids import MessageId

MOST_NEWS = 5
TITLES = {
    Often.DAILY: "Every working day",
    Often.WEEKLY: "Once a week",
    Often.OVERDUE: "Only when something is overdue",
}
COMES = {
    Often.DAILY: "This comes as your working day begins.",
    Often.WEEKLY: "This comes as your working week begins.",
    Often.OVERDUE: "This comes on days on which something is overdue.",
}


@dataclass(frozen=True, slots=True)
class MorningNews:
    """What else there is to say; `digest` shows all of it again."""

    lines: tuple[DigestLine, ...]
    digest: MessageId


def morning_card(
    lines: Sequence[ActionLine],
    day: str,
    often: Often,
    offered: Sequence[Often],
    news: MorningNews | None = None,
    *,
    is_back: bool = False,
) -> Card:
    """`lines` in the order of their due moments. `day` is ready to read. At most ten of them, then all my actions."""
    ordered = sorted(lines, key=lambda line: list(Standing).index(line.standing))
    told = news.lines[:MOST_NEWS] if news else ()
    parts: list[Part] = [Text("Press a line to answer it.", small=True)] if ordered else []
    for standing, members in groupby(ordered[:LINES_A_PAGE], key=lambda line: line.standing):
        parts += [Text(standing.value, bold=True), *map(row_of, members)]
    for group, news_lines in groupby(sorted(told, key=lambda line: not line.asks), key=lambda line: line.group):
        parts += [Text(group, bold=True), *map(news_row, news_lines)]
    return notice_card(
        heading_of(ordered, is_back=is_back),
        parts,
        buttons(len(ordered) - LINES_A_PAGE, often, offered, news),
        origin=f"{'While you were away' if is_back else 'Your actions'} · {day}",
        foot=None if is_back else COMES[often],
        summary=Summary.ACTION if lines else Summary.ANSWER,
    )


def heading_of(lines: Sequence[ActionLine], *, is_back: bool) -> str:
    return f"Welcome back: {counted(lines) or 'nothing is open for you'}" if is_back else counted(lines)


def row_of(line: ActionLine) -> Row:
    return Row(
        beginning(line.wording, LINE_CHARACTERS),
        OpenBelow("action", line.action),
        symbol=SYMBOLS[line.standing],
        lead=line.due,
        small=line.reference,
    )


def buttons(left_out: int, often: Often, offered: Sequence[Often], news: MorningNews | None) -> list[list[AnyButton]]:
    more = f" ({left_out} more)" if left_out > 0 else ""
    rows: list[list[AnyButton]] = [[LabelledButton(f"All my actions{more}", ShowMyActions(), way_out=True)]]
    if news and len(news.lines) > MOST_NEWS:
        rows.append([LabelledButton("All that is new", ShowDigest(news.digest), way_out=True)])
    return [*rows, [often_form(often, offered)]] if offered else rows


def often_form(often: Often, offered: Sequence[Often]) -> FormButton:
    choices = tuple(Choice(TITLES[one], one.value) for one in offered)
    fields: tuple[Part, ...] = (
        ChoiceInput("often", "How often shall this list come?", choices, value=often.value, expanded=True),
        TextInput("list_at", "At what time?", max_length=20, hint="For example: 09:30. Empty: as it is."),
        Text("Reminders come all the same; none of them can be switched off.", small=True),
    )
    return FormButton("How often", fields, LabelledButton("Save", SetRhythm(), primary=True))
