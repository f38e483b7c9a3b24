"""Typed capture while people talk: notes and decisions in words, into the discussion the person works in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from discussions.agenda.facts import DECISION_IN_WORDS, NOTE, Fact
from discussions.agenda.save import write_words
from discussions.agenda.session import current_discussion, is_entered_late, require_capturable
from discussions.booking.discussion import Discussion
from discussions.needs import Means
from discussions.people import Person
from discussions.practice.types import AgendaItem, Practice
from discussions.refusals import Missing, TooLong, WrongAnswer

LONGEST_NOTE = 4_000
ITEM_BEFORE = re.compile(r"item\s+(\d{1,3})\s*[:,]?\s+(?=\S)", re.IGNORECASE)
PHONE_BEFORE = re.compile(r"by\s+(?:tele)?phone\s*[:,]\s*(?=\S)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Noted:
    discussion: Discussion
    item: AgendaItem
    fact: Fact


def note(means: Means, who: Person, text: str) -> Noted:
    """Into the open item, or as in "note item 6 …". "by phone: …" marks what was told by telephone."""
    discussion = current_discussion(means, who)
    require_capturable(discussion)
    number, words = item_before(text)
    item = item_meant(means.practice, discussion, number)
    return write_typed(means, who, discussion, NOTE, item, words)


def decide_in_words(means: Means, who: Person, text: str) -> Noted:
    """Into the item that holds the decisions, whichever is open."""
    discussion = current_discussion(means, who)
    require_capturable(discussion)
    return write_typed(means, who, discussion, DECISION_IN_WORDS, decisions_item(means.practice), text)


def write_typed(means: Means, who: Person, discussion: Discussion, code: str, item: AgendaItem, text: str) -> Noted:
    phone = PHONE_BEFORE.match(text)
    words = text[phone.end() :].strip() if phone else text.strip()
    if not words:
        raise Missing("what to write down, after the word")
    if len(words) > LONGEST_NOTE:
        raise TooLong("what you write down", LONGEST_NOTE)
    late = phone is not None or is_entered_late(discussion)
    return Noted(discussion, item, write_words(means, who, discussion, code, item.number, words, late))


def item_before(text: str) -> tuple[int | None, str]:
    match = ITEM_BEFORE.match(text)
    return (int(match[1]), text[match.end() :]) if match else (None, text)


def item_meant(practice: Practice, discussion: Discussion, number: int | None) -> AgendaItem:
    if number is None:
        current = discussion.current_item
        return next((item for item in practice.items if item.number == current), practice.items[0])
    found = next((item for item in practice.items if item.number == number), None)
    if found is None:
        raise WrongAnswer(f"Not saved: there is no item {number} on this agenda.")
    return found


def decisions_item(practice: Practice) -> AgendaItem:
    """The last item without any field for decisions, where a practice has none: that is where it closes."""
    with_decisions = (item for item in practice.items if any(field.is_decision for field in item.fields))
    return next(with_decisions, practice.items[-1])
