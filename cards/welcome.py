"""The first card: what Chairside does for this person, and that it is no place to report a child in danger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cards.buttons import ShowHelp, ShowMyActions, ShowMyDiscussions, StartBooking
from cards.parts import Bullet, LabelledButton, rows_that_fit
from cards.render import Card, Summary, render


@dataclass(frozen=True, slots=True)
class Ability:
    """One thing this person can do: "Book." and a sentence about it."""

    verb: str
    explanation: str


@dataclass(frozen=True, slots=True)
class UnsafeNow:
    """Whom to ring: "Ring 999, or First Response on …". From the practice file."""

    ring: str
    out_of_hours: str | None = None


def welcome_card(can: Sequence[Ability], *, may_book: bool, unsafe_now: UnsafeNow, may_chair: bool = False) -> Card:
    """Sent once in personal chat. `can` is what this person's role lets them do."""
    book = [LabelledButton("Book a discussion", StartBooking(), primary=True)]
    mine = [
        LabelledButton("My discussions", ShowMyDiscussions(), way_out=True),
        LabelledButton("My actions", ShowMyActions(), way_out=True),
    ]
    verb = "chair" if may_chair else "with"
    return render(
        "welcome.json.j2",
        Summary.WELCOME,
        heading=f"I help you {verb} strategy discussions",
        text="You and the agencies decide. I bring people together, keep the agenda and the time, "
        "and follow up what was agreed.",
        can=[Bullet(ability.explanation, lead=ability.verb) for ability in can],
        rows=rows_that_fit([book, mine] if may_book else [mine]),
        foot=f"You can also type {'book, ' if may_book else ''}my discussions, my actions or help.",
        unsafe_now=unsafe_now,
    )


def group_welcome_card(unsafe_now: UnsafeNow) -> Card:
    """Sent once in a group chat, a meeting chat or a channel: everybody there sees it."""
    return render(
        "welcome.json.j2",
        Summary.WELCOME,
        heading="I keep the time of multi-agency meetings here",
        text="Everyone here sees what I write, so it is only references, item numbers and minutes. "
        "To book, chair or answer, write to me in our own chat. Please keep case details out of this one.",
        can=(),
        rows=rows_that_fit([[LabelledButton("What I can do", ShowHelp(), way_out=True)]]),
        foot=None,
        unsafe_now=unsafe_now,
    )


def not_in_directory_card(whom: str, unsafe_now: UnsafeNow) -> Card:
    """For people the directory does not hold: they see nothing and have nothing to press. `whom` to ask, in words."""
    return render(
        "stranger.json.j2",
        Summary.ANSWER,
        whom=whom,
        unsafe_now=unsafe_now,
    )
