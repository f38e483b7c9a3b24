"""Examples of typed actions that can be mended by a press: not written down yet, and written down already."""

from __future__ import annotations

from dataclasses import replace

from cards.action_line import Way, Written, line_card, written_card
from cards.render import Card
from discussions.ids import ActionId, DiscussionId
from tests.cards.gallery import example

DISCUSSION, ACTION = DiscussionId("d-1"), ActionId("a-3")
WRITTEN = Written(
    DISCUSSION, ACTION, 1, "SD-26-0412/3", "monitor A alone at school", "DS Helen Marsh", "by Wed 18 Nov, 15:00", False
)
LONG = "see A with [everyone](http://x.example) at the school and at home " * 30


@example(line_card, "action-line-no-moment")
def no_moment() -> Card:
    ways = [
        Way("no_due", 0, "By Wed 18 Nov, 10:00"),
        Way("vague_word", 0, "Say “sees”"),
        Way("no_feedback", 0, "Tell the chair"),
    ]
    asks = ["“monitor” can mean many things. Who looks at what, how often, and tells whom?",
            "Who hears of it when it is done? Somebody at work on this child, besides the owner."]  # fmt: skip
    said = 'Not saved: please say by when, after the word "by".'
    return line_card(DISCUSSION, "SD-26-0412", "Helen Marsh monitors A at school", said, asks, ways)


@example(line_card, "action-line-two-owners")
def two_owners() -> Card:
    ways = [
        Way("two_owners", 0, "Split into two actions"),
        Way("two_owners", 1, "Helen Marsh does it, with Tom Bexley"),
    ]
    line = "Helen Marsh and Tom Bexley see A by Fri 14:00 tell chair"
    return line_card(
        DISCUSSION, "SD-26-0412", line, "Not saved: two or more do this. Every action has one owner.", [], ways
    )


@example(line_card, "action-line-everything-long")
def a_long_line() -> Card:
    ways = [Way("unclear_owner", n, "Bartholomew Featherstonehaugh-Cholmon…") for n in range(4)]
    return line_card(
        DISCUSSION, "SD-26-0412", LONG[:2000], f"Not saved: “{LONG[:60]}…” could be anybody.", [LONG[:300]] * 3, ways
    )


@example(written_card, "action-written-mends")
def vague() -> Card:
    asks = ["“monitor” can mean many things. Who looks at what, how often, and tells whom?"]
    ways = [Way("vague_word", n, label) for n, label in enumerate(("Say “see”", "Say “weigh”", "Say “ring”"))]
    return written_card(WRITTEN, asks, ways)


@example(written_card, "action-written-asks-for-words")
def asks_for_words() -> Card:
    asks = ["This is about immediate safety. What happens if it is not done, and who does it?",
            "An open action of the same owner says the same already: “see A alone at school”.",
            "How will one see that it is done?"]  # fmt: skip
    ways = [
        Way("no_contingency", 0, "Say what if not", field="contingency"),
        Way("duplicate", 0, "Open action 2", opens=ActionId("a-2")),
        Way("no_measure", 0, "Say what done is", field="measure"),
    ]
    return written_card(WRITTEN, asks, ways)


@example(written_card, "action-written-nothing-to-press")
def nothing_to_press() -> Card:
    asks = ["Max Wood is not in the discussion. They get a card and must accept before it is theirs."]
    return written_card(replace(WRITTEN, must_ring="They do not get this in Teams. Please ring them."), asks, [])
