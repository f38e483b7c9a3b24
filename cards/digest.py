"""Several things that came for one person within a minute, on one card: each a line that opens its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from cards.buttons import OpenBelow, ShowDigest, ShowMyActions
from cards.lists import LINE_CHARACTERS, last_page_or, page_buttons, page_parts, shown_of
from cards.notice import notice_card
from cards.parts import AnyButton, LabelledButton, Row, beginning
from cards.render import Card, Summary
from discussions.ids import DiscussionId, MessageId

TO_ANSWER, TO_KNOW = "To answer", "For you to know"


@dataclass(frozen=True, slots=True)
class DigestLine:
    """`lead` is ready to read ("Overdue since 10:00"), `symbol` stands before it. `asks`: an answer is wanted."""

    kind: Literal["action", "discussion", "record", "preparation", "ring"]
    id: str
    discussion: DiscussionId
    symbol: str
    lead: str
    text: str
    reference: str | None
    due_at: datetime
    asks: bool
    is_safety: bool = False

    @property
    def group(self) -> str:
        return TO_ANSWER if self.asks else TO_KNOW


def digest_card(lines: Sequence[DigestLine], digest: MessageId, page: int = 0) -> Card:
    """In the order given; `page` counts from 0."""
    page = last_page_or(page, len(lines))
    asking = sum(line.asks for line in lines)
    return notice_card(
        heading_of(asking, len(lines) - asking),
        page_parts(lines, page, lambda line: line.group, row_of),
        [*page_buttons(len(lines), page, lambda number: ShowDigest(digest, number)), all_actions()],
        origin=f"Several things at once{shown_of(page, len(lines))}",
        foot="What comes for you within one minute comes on one card.",
        summary=Summary.ACTION if asking else Summary.ANSWER,
    )


def heading_of(asking: int, others: int) -> str:
    parts = [f"{asking} to answer"] if asking else []
    return ", ".join([*parts, *([f"{others} to know"] if others else [])])


def row_of(line: DigestLine) -> Row:
    return Row(
        beginning(line.text, LINE_CHARACTERS),
        OpenBelow(line.kind, line.id),
        symbol=line.symbol,
        lead=line.lead,
        small=line.reference,
    )


def all_actions() -> list[AnyButton]:
    return [LabelledButton("All my actions", ShowMyActions(), way_out=True)]
