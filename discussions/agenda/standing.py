"""Where each agenda item stands: what it still needs, for the discussion or for each child. Nothing is read here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from discussions.agenda.captured import Captured
from discussions.practice.types import (
    AgendaItem,
    Field,
    GateCode,
    GateNeed,
    GateTest,
    Mandatory,
    Match,
    Panel,
    Practice,
    Scope,
)

LONGEST_ROW = 30


class Standing(StrEnum):
    LEFT = "left"
    DONE = "done"
    NOT_NEEDED = "not needed"


@dataclass(frozen=True, slots=True)
class Situation:
    """What a discussion's standing depends on. `children` are their ids, in the order of their letters."""

    children: tuple[str, ...]
    captured: Captured
    is_quorate: bool
    has_actions: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """One of `fields` must be answered before the close, where all of `only_when` holds."""

    fields: tuple[Field, ...]
    only_when: tuple[Match, ...]
    unless_quorate: bool = False

    @property
    def is_per_child(self) -> bool:
        return self.fields[0].scope is Scope.CHILD

    @property
    def repeats(self) -> bool:
        """True for what is about adults and agencies: one entry about anybody answers it."""
        return self.fields[0].scope in (Scope.ADULT, Scope.AGENCY)


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that an item still needs. `subject` is a child's id, or "" for the discussion."""

    subject: str
    asked: Asked


def standing_of(practice: Practice, item: AgendaItem, situation: Situation) -> Standing:
    """Done when all that is required of it is captured; where nothing is, when anything was."""
    if is_not_needed(practice, item, situation):
        return Standing.NOT_NEEDED
    asked = list(asked_now(practice, item, situation))
    if asked:
        return Standing.LEFT if any(not is_met(one, situation.captured) for one in asked) else Standing.DONE
    return Standing.DONE if was_touched(item, situation) else Standing.LEFT


def gaps_in(practice: Practice, item: AgendaItem, situation: Situation) -> tuple[Gap, ...]:
    if is_not_needed(practice, item, situation):
        return ()
    return tuple(one for one in asked_now(practice, item, situation) if not is_met(one, situation.captured))


def is_untouched_for(practice: Practice, item: AgendaItem, situation: Situation, child: str) -> bool:
    """Whether nothing of what this item needs is there for the child."""
    of_child = [one for one in asked_now(practice, item, situation) if one.subject == child]
    return not any(is_met(one, situation.captured) for one in of_child)


def is_not_needed(practice: Practice, item: AgendaItem, situation: Situation) -> bool:
    """An item for s47 enquiries falls away when every child's decisions come to something else."""
    if item.mandatory is not Mandatory.IF_S47 or not situation.children:
        return False
    outcomes = [practice.outcome_for(situation.captured.values_of(child)) for child in situation.children]
    return all(outcome is not None and not outcome.is_s47 for outcome in outcomes)


def was_touched(item: AgendaItem, situation: Situation) -> bool:
    if Panel.ACTIONS in item.panels and situation.has_actions:
        return True
    return any(fact.item == item.number for fact in situation.captured.standing())


def asked_now(practice: Practice, item: AgendaItem, situation: Situation) -> Iterator[Gap]:
    """Everything that the item must answer as things stand, for each child where it is per child."""
    for asked in all_asked(practice, item):
        for subject in situation.children if asked.is_per_child else ("",):
            if is_asked(practice, item, asked, subject, situation):
                yield Gap(subject, asked)


def all_asked(practice: Practice, item: AgendaItem) -> Iterator[Asked]:
    """What the close gate asks of the item's fields, then the required fields that it does not name."""
    fields = {field.code: field for field in item.fields}
    named: set[str] = set()
    for test, need in gate_needs(practice):
        if need.any_of[0] in fields:
            named |= set(need.any_of)
            any_of = tuple(fields[code] for code in need.any_of if code in fields)
            yield Asked(any_of, (*test.only_when, *need.only_when), test.code is GateCode.QUORUM)
    for field in item.fields:
        if field.required_before_close and field.code not in named:
            yield Asked((field,), ())


def gate_needs(practice: Practice) -> Iterable[tuple[GateTest, GateNeed]]:
    return ((test, need) for test in practice.gate for need in test.needs if need.any_of)


def is_asked(practice: Practice, item: AgendaItem, asked: Asked, subject: str, situation: Situation) -> bool:
    if asked.unless_quorate and situation.is_quorate:
        return False
    return all(may_hold(practice, item, match, subject, situation) for match in asked.only_when)


def may_hold(practice: Practice, item: AgendaItem, match: Match, subject: str, situation: Situation) -> bool:
    """A condition that is decided in another item, and not yet, may still come true; one of this item shows itself."""
    is_of_children = practice.field(match.field).scope is Scope.CHILD
    subjects: Sequence[str] = [subject] if subject or not is_of_children else situation.children
    values = [situation.captured.value(match.field, one if is_of_children else "") for one in subjects]
    if any(value is not None and match.holds({match.field: value}) for value in values):
        return True
    is_own = any(field.code == match.field for field in item.fields)
    return not is_own and any(value is None for value in values)


def is_met(gap: Gap, captured: Captured) -> bool:
    if gap.asked.repeats:
        return any(captured.is_anywhere(field.code) for field in gap.asked.fields)
    return any(is_answered(field, gap.subject, captured) for field in gap.asked.fields)


def is_answered(field: Field, subject: str, captured: Captured) -> bool:
    """With its reason, where the choice needs one."""
    value = captured.value(field.code, subject)
    if value is None:
        return False
    if field.reason_field is None or not field.needs_reason(value):
        return True
    return captured.value(field.reason_field, subject) is not None


def short_title(item: AgendaItem) -> str:
    """The title up to its first colon or comma, and of a long one its first half: what a row has room for."""
    title = first_part(item.title)
    return title if len(title) <= LONGEST_ROW else title.partition(" and ")[0]


def first_part(words: str) -> str:
    return re.split("[:,]", words)[0]


def left_for(practice: Practice, situation: Situation, child: str) -> tuple[str, ...]:
    """What is still to do for one child, in words: whole items by their title, begun ones by what is missing."""
    words: list[str] = []
    for item in practice.items:
        gaps = [gap for gap in gaps_in(practice, item, situation) if gap.subject == child]
        if gaps and is_untouched_for(practice, item, situation, child):
            words.append(inside_a_line(short_title(item)))
        else:
            words += [inside_a_line(first_part(gap.asked.fields[0].label)) for gap in gaps]
    return tuple(words)


def inside_a_line(words: str) -> str:
    """Without its capital, unless it begins with an abbreviation."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]
