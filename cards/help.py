"""What people can type and press, and a way forward from words that are not understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cards.buttons import ShowDiary, ShowHelp, ShowMyActions, ShowMyDiscussions, StartBooking
from cards.parts import Bullet, LabelledButton, Part, Text, Words, beginning, rows_that_fit
from cards.render import Card, Summary, render

ECHOED_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class Command:
    """What to type, such as "book" or "start SD-26-0412", and what it does."""

    words: str
    explanation: str


@dataclass(frozen=True, slots=True)
class CommandGroup:
    heading: str
    commands: tuple[Command, ...]


def help_card(groups: Sequence[CommandGroup], *, may_book: bool, foot: str | None = None) -> Card:
    """`groups` hold only what this person may do, here where they asked."""
    mine = [
        LabelledButton("My discussions", ShowMyDiscussions(), way_out=True),
        LabelledButton("My actions", ShowMyActions(), way_out=True),
    ]
    diary = [LabelledButton("Diary", ShowDiary(), way_out=True)]
    book = [LabelledButton("Book a discussion", StartBooking(), primary=True)]
    return render(
        "notice.json.j2",
        Summary.ANSWER,
        band=None,
        origin=None,
        heading="What you can type",
        parts=[part for group in groups for part in group_parts(group)],
        rows=rows_that_fit([book, mine, diary] if may_book else [mine, diary]),
        foot=foot,
    )


def unknown_text_card(typed: str, near: Sequence[Command]) -> Card:
    """`near` are the commands that are most like what was typed; it may be empty."""
    meant: list[Part] = [Text("Perhaps you meant", bold=True), *map(command_line, near)] if near else []
    return render(
        "notice.json.j2",
        Summary.ANSWER,
        band=None,
        origin=None,
        heading="I did not understand that",
        parts=[Words(f"“{beginning(typed, ECHOED_CHARACTERS)}”", lead="You wrote"), *meant],
        rows=rows_that_fit([[LabelledButton("What I can do", ShowHelp(), way_out=True)]]),
        foot="Nothing was changed or kept.",
    )


def group_parts(group: CommandGroup) -> list[Part]:
    return [Text(group.heading, bold=True), *map(command_line, group.commands)]


def command_line(command: Command) -> Bullet:
    return Bullet(command.explanation, lead=command.words)
