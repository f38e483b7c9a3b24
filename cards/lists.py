"""Lists of what is mine, discussions and actions: each a line to press, ten at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import TypeVar

from cards.buttons import Button, OpenAction, OpenDiscussion, ShowMyActions, ShowMyDiscussions, StartBooking
from cards.notice import notice_card
from cards.parts import AnyButton, LabelledButton, Part, Row, Text, beginning
from cards.render import Card, Summary
from discussions.actions.mine import Section
from discussions.ids import ActionId, DiscussionId

LINES_A_PAGE = 10
LINE_CHARACTERS = 90


class Standing(StrEnum):
    """How near an action's due moment is; the value is its heading."""

    OVERDUE = "Overdue"
    TODAY = "Today"
    WEEK = "Later this week"
    LATER = "Later"


SYMBOLS = {Standing.OVERDUE: "▲", Standing.TODAY: "●", Standing.WEEK: "○", Standing.LATER: "○"}
ORDER = list(Section)
COUNTED = {
    Standing.OVERDUE: "overdue",
    Standing.TODAY: "due today",
    Standing.WEEK: "later this week",
    Standing.LATER: "later",
}


@dataclass(frozen=True, slots=True)
class ActionLine:
    """`due` is ready to read: "By 15:00", "Wed 18 Nov, 12:00", "Done, Tue 17 Nov, 10:00". `section`: whose it is to see
    to.
    """

    action: ActionId
    standing: Standing
    due: str
    wording: str
    reference: str
    section: Section = Section.OWN


@dataclass(frozen=True, slots=True)
class DiscussionLine:
    """`group` is the heading it stands under ("Today", "To come", "Closed"); `when` is ready to read."""

    discussion: DiscussionId
    group: str
    when: str
    reference: str
    state: str
    symbol: str = "○"


Line = TypeVar("Line")


def my_actions_card(lines: Sequence[ActionLine], page: int = 0) -> Card:
    """What is mine, to be received by me, my desk's, and what I chair; in each the most urgent first.

    `page` counts from 0.
    """
    page = last_page_or(page, len(lines))
    ordered = sorted(lines, key=lambda line: (ORDER.index(line.section), list(Standing).index(line.standing)))
    sections = Counter(line.section for line in lines)
    return notice_card(
        counted(lines) or "You have no open actions",
        [*tally(sections), *page_parts(ordered, page, lambda line: heading_over(line, sections), action_row)],
        page_buttons(len(lines), page, ShowMyActions),
        origin=f"My actions{shown_of(page, len(lines))}",
        foot=None if lines else "When one is agreed for you, I tell you here.",
        summary=Summary.ACTION if lines else Summary.ANSWER,
    )


def counted(lines: Sequence[ActionLine]) -> str:
    """What is open by its standing, then what has ended and is to be received."""
    counts = Counter(line.standing for line in lines if line.section is not Section.TO_RECEIVE)
    told = [f"{counts[standing]} {COUNTED[standing]}" for standing in Standing if counts[standing]]
    ended = len(lines) - counts.total()
    return ", ".join([*told, *([f"{ended} to be received"] if ended else [])])


def tally(sections: Mapping[Section, int]) -> list[Part]:
    """Only where there is more than one's own."""
    if set(sections) <= {Section.OWN}:
        return []
    return [Text(", ".join(f"{section.value}: {sections[section]}" for section in ORDER if sections[section]))]


def heading_over(line: ActionLine, sections: Mapping[Section, int]) -> str:
    if line.section is Section.TO_RECEIVE:
        return f"{line.section.value} · overdue" if line.standing is Standing.OVERDUE else line.section.value
    return line.standing.value if len(sections) == 1 else f"{line.section.value} · {line.standing.value.lower()}"


def my_discussions_card(lines: Sequence[DiscussionLine], page: int = 0, *, may_book: bool = False) -> Card:
    """In the order given, which is expected to keep each group together."""
    count = len(lines)
    page = last_page_or(page, count)
    book: list[list[AnyButton]] = [[LabelledButton("Book a discussion", StartBooking())]] if may_book else []
    return notice_card(
        f"{count} discussion{'' if count == 1 else 's'}" if lines else "You have no discussions",
        page_parts(lines, page, lambda line: line.group, discussion_row),
        [*page_buttons(count, page, ShowMyDiscussions), *book],
        origin=f"My discussions{shown_of(page, count)}",
        foot=None if lines else "You see those you booked, chair, minute or were asked to.",
    )


def last_page_or(page: int, count: int) -> int:
    """The page asked for, or the last there is: the list may have grown shorter since the card was sent."""
    return min(page, max(count - 1, 0) // LINES_A_PAGE)


def shown_of(page: int, count: int) -> str:
    """Which of them are on this page, where there is more than one page."""
    first = page * LINES_A_PAGE
    return f" · {first + 1} to {min(first + LINES_A_PAGE, count)} of {count}" if count > LINES_A_PAGE else ""


def page_parts(
    lines: Sequence[Line], page: int, group_of: Callable[[Line], str], row_of: Callable[[Line], Row]
) -> list[Part]:
    shown = lines[page * LINES_A_PAGE : (page + 1) * LINES_A_PAGE]
    parts: list[Part] = [Text("Press a line to open it.", small=True)] if shown else []
    for group, members in groupby(shown, key=group_of):
        parts += [Text(group, bold=True), *map(row_of, members)]
    return parts


def page_buttons(count: int, page: int, show: Callable[[int], Button]) -> list[list[AnyButton]]:
    earlier = [LabelledButton("Show earlier", show(page - 1), way_out=True)] if page else []
    more = [LabelledButton("Show more", show(page + 1), way_out=True)] if count > (page + 1) * LINES_A_PAGE else []
    return [[*earlier, *more]] if earlier or more else []


def action_row(line: ActionLine) -> Row:
    return Row(
        beginning(line.wording, LINE_CHARACTERS),
        OpenAction(line.action),
        symbol=SYMBOLS[line.standing],
        lead=line.due,
        small=line.reference,
    )


def discussion_row(line: DiscussionLine) -> Row:
    return Row(line.reference, OpenDiscussion(line.discussion), symbol=line.symbol, lead=line.when, small=line.state)
