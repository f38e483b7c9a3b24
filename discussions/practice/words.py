"""The words of the practice: glossary, words to avoid, telephone numbers, answers to an invitation, sources."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    term: str
    meaning: str


@dataclass(frozen=True, slots=True)
class AvoidedWord:
    word: str
    say: str


@dataclass(frozen=True, slots=True)
class ContactNumber:
    """A public number, with what must be checked before anybody relies on it."""

    code: str
    name: str
    number: str
    hours: str
    note: str
    source: str


@dataclass(frozen=True, slots=True)
class InvitationAnswerKind:
    """`asks` is the question that follows the answer; `informs`: information reaches the meeting without them."""

    code: str
    label: str
    attends: bool
    source: str
    informs: bool = False
    asks: str | None = None
