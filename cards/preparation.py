"""The prep card before somebody sees or interviews a child: short enough to be read in the car park."""

from __future__ import annotations

from collections.abc import Iterable

from cards.buttons import OpenAction
from cards.notice import notice_card
from cards.parts import Bullet, LabelledButton, Part, Text, Tone, Words
from cards.render import Card, Summary
from discussions.actions.prepare import Planned, Preparation
from discussions.london import say_moment, say_time

NOTHING_PLANNED = (
    "How to see or speak with this child was not planned in the discussion. Please agree it with the chair first."
)
HELD_BACK = "Something that police marked as theirs is left out here. Ask the officer what must wait."


def preparation_card(preparation: Preparation) -> Card:
    """Purpose first, then the plan, the child's age, what not to ask, and whom to ring after."""
    action = preparation.action
    parts: list[Part] = [
        Words(action.wording, lead="What for:", bold=True),
        *([Words(action.measure, lead="Done means:")] if action.measure else []),
        *planned(preparation),
        Text(f"Child {preparation.child}, {age_words(preparation)}", bold=True),
        *bullets(preparation.approach.says),
        Text("Not to ask", bold=True),
        *bullets(preparation.not_to_ask),
        Words(ring_words(preparation), lead="After it, ring"),
    ]
    return notice_card(
        f"● Before you go: {say_time(action.due_at)}",
        parts,
        [[LabelledButton("Open the action", OpenAction(action.id), way_out=True)]],
        tone=Tone.EMPHASIS,
        lines=(say_moment(action.due_at),),
        origin=f"{preparation.reference}/{action.number}",
        foot="From the enquiry plan of the discussion and your partnership's practice.",
        summary=Summary.ACTION,
    )


def planned(preparation: Preparation) -> list[Part]:
    parts: list[Part] = [part for one in preparation.planned for part in field_parts(one)]
    if not parts:
        parts.append(Text(NOTHING_PLANNED))
    if preparation.held_back:
        parts.append(Text(HELD_BACK, small=True))
    return parts


def field_parts(field: Planned) -> Iterable[Part]:
    """One entry stands behind its label, several below it."""
    if len(field.words) == 1:
        return [Words(field.words[0], lead=f"{field.label}:")]
    return [Text(field.label, bold=True), *(Words(words) for words in field.words)]


def bullets(sentences: Iterable[str]) -> list[Part]:
    return [Bullet(sentence) for sentence in sentences]


def age_words(preparation: Preparation) -> str:
    if preparation.age is None:
        return "not born yet"
    return f"{preparation.age} years old" if preparation.age != 1 else "1 year old"


def ring_words(preparation: Preparation) -> str:
    phone = f" on {preparation.ring_phone}" if preparation.ring_phone else ""

    return f"{preparation.ring}, who chairs{phone}, at once if anything is not as planned."
