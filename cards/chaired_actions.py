"""All open actions of the discussions one chairs, to be narrowed by state, agency and child."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cards.buttons import FetchChairedActions, ShowChairedActions
from cards.lists import ActionLine, action_row, last_page_or, page_buttons, page_parts, shown_of
from cards.notice import notice_card
from cards.parts import (
    AnyButton,
    Choice,
    ChoiceInput,
    Figure,
    Figures,
    FormButton,
    LabelledButton,
    LinkButton,
    Part,
    Text,
    Words,
)
from cards.render import Card, Summary
from discussions.actions.chaired import ENDED
from discussions.london import say_time

EVERYTHING = "all"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the list is narrowed to; EVERYTHING where it is not. Values are those of the choices."""

    standing: str = EVERYTHING
    agency: str = EVERYTHING
    child: str = EVERYTHING

    @property
    def is_narrowed(self) -> bool:
        return (self.standing, self.agency, self.child) != (EVERYTHING,) * 3


@dataclass(frozen=True, slots=True)
class Offered:
    """What one can narrow by; each choice's title says how many there are where that is known."""

    standings: tuple[Choice, ...]
    agencies: tuple[Choice, ...]
    children: tuple[Choice, ...]


def chaired_actions_card(
    lines: Sequence[ActionLine],
    figures: Sequence[Figure],
    offered: Offered,
    chosen: Chosen,
    *,
    in_all: int,
    unheard: int = 0,
    page: int = 0,
) -> Card:
    """`lines` are those that fit, in order; `figures` count all of them, whatever is chosen. `unheard` have ended."""
    page = last_page_or(page, len(lines))
    if not in_all and not unheard and not lines:
        return notice_card(
            "No open actions in the discussions you chair",
            origin="Actions of those I chair",
            foot="When one is agreed, you find it here until it has ended.",
        )

    def show(page: int) -> ShowChairedActions:
        return ShowChairedActions(page, chosen.standing, chosen.agency, chosen.child)

    buttons: list[list[AnyButton]] = [*page_buttons(len(lines), page, show), [narrow_form(offered, chosen)]]
    if chosen.is_narrowed:
        buttons[-1].append(LabelledButton("Show all", ShowChairedActions(), way_out=True))
    buttons.append([LabelledButton("Fetch as a file", FetchChairedActions(), way_out=True)])
    return notice_card(
        heading(len(lines), in_all, chosen),
        [Figures(tuple(figures)), *unheard_line(unheard), *rows(lines, page)],
        buttons,
        origin=f"Actions of those I chair{shown_of(page, len(lines))}",
        summary=Summary.ANSWER,
    )


def unheard_line(count: int) -> list[Part]:
    if not count:
        return []
    which = "1 has ended and is" if count == 1 else f"{count} have ended and are"
    return [Text(f"▲ {which} not heard by all yet: narrow down to feedback outstanding.", small=True)]


def heading(shown: int, in_all: int, chosen: Chosen) -> str:
    if chosen.standing in ENDED:
        return f"{shown} action{'' if shown == 1 else 's'} that {'has' if shown == 1 else 'have'} ended"
    if chosen.is_narrowed:
        return f"{shown} of {in_all} open actions"
    return f"{in_all} open action{'' if in_all == 1 else 's'}"


def rows(lines: Sequence[ActionLine], page: int) -> list[Part]:
    return page_parts(lines, page, lambda line: line.standing.value, action_row)


def narrow_form(offered: Offered, chosen: Chosen) -> FormButton:
    everything = Choice("All", EVERYTHING)
    parts = (
        ChoiceInput("standing", "Which", (everything, *offered.standings), value=chosen.standing),
        ChoiceInput("agency", "Agency of the owner", (everything, *offered.agencies), value=chosen.agency),
        ChoiceInput("child", "Child", (everything, *offered.children), value=chosen.child),
    )
    return FormButton("Narrow down", parts, LabelledButton("Show these", ShowChairedActions(), primary=True))


def link_card(url: str, ends_at: datetime) -> Card:
    """The link stands behind a button: nobody copies it by accident, and a preview can't fetch it."""
    return notice_card(
        "Your link to the list",
        [
            Words(f"It works once, until {say_time(ends_at)}, and it is meant for you alone."),
            Text("The file holds what was agreed in words. Please keep it where such records may be kept."),
        ],
        [
            [LinkButton("Open the page", url, primary=True)],
            [LabelledButton("Back to the list", ShowChairedActions(), way_out=True)],
        ],
        origin="Actions of those I chair",
        summary=Summary.DOCUMENT,
    )
