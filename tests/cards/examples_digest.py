"""Several things for one person on one card: two of them, one page of many, only news."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from cards.digest import DigestLine, digest_card
from cards.render import Card
from discussions.ids import DiscussionId, MessageId
from tests.cards.gallery import example

NOW = datetime(2026, 11, 17, 8, 30, tzinfo=UTC)
DIGEST = MessageId("0196a0d2-7d13-7cc0-9f5f-0b6d2f0a9c01")
DISCUSSION = DiscussionId("0196a0d2-7d13-7cc0-9f5f-0b6d2f0a9a01")


def line(number: int, lead: str, text: str, *, asks: bool = True) -> DigestLine:
    symbol, _, words = lead.partition(" ")
    return DigestLine(
        kind="action",
        id=f"0196a0d2-7d13-7cc0-9f5f-0b6d2f0a9b{number:02}",
        discussion=DISCUSSION,
        symbol=symbol,
        lead=words,
        text=text,
        reference=f"SD-26-0412/{number}",
        due_at=NOW + timedelta(hours=number),
        asks=asks,
    )


BOOKED = DigestLine(
    kind="discussion",
    id=DISCUSSION,
    discussion=DISCUSSION,
    symbol="○",
    lead="An answer has come in",
    text="SD-26-0417, Wed 18 Nov, 14:00",
    reference=None,
    due_at=NOW,
    asks=False,
)


@example(digest_card, "digest-three")
def two_to_answer_and_one_to_know() -> Card:
    lines = [
        line(1, "▲ Overdue since Mon 16 Nov", "Send B's nursery attendance to the social worker"),
        line(2, "● Due today by 15:00", "See A alone at school and tell the chair whether A can go home"),
        line(3, "✓ Done at 08:28", "Confirm licence residence and exclusions to the social worker", asks=False),
    ]
    return digest_card(lines, DIGEST)


@example(digest_card, "digest-many")
def the_second_page() -> Card:
    wording = "Look through the health visitor's records for all three children and write the dates of every contact"
    lines = [line(number, f"○ Due by Wed 18 Nov, {8 + number % 10:02}:00", wording) for number in range(1, 24)]
    return digest_card(lines, DIGEST, page=1)


@example(digest_card, "digest-news")
def only_news() -> Card:
    return digest_card([BOOKED, line(4, "✓ Done at 08:28", "Check records", asks=False)], DIGEST)
