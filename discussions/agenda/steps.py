"""The order in which an item's forms are filled in: child by child, agency by agency."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from discussions.agenda.standing import Situation, asked_now, is_met
from discussions.agenda.table import AgencySeats
from discussions.practice.types import AgendaItem, Form, GateCode, Panel, Practice, Scope


@dataclass(frozen=True, slots=True)
class Step:
    """One card: a form of an item, about one subject. `form` counts the item's forms from 0."""

    item: int
    form: int
    subject: str


def steps_of(
    practice: Practice, item: AgendaItem, situation: Situation, table: Sequence[AgencySeats]
) -> tuple[Step, ...]:
    """All forms about one child before the next child's; so for agencies. An item without forms has one step."""
    numbered = [(number, form) for number, form in enumerate(item.forms) if is_wanted(practice, form, situation)]
    steps: list[Step] = []
    for scope, group in groupby(numbered, key=lambda one: one[1].scope):
        numbers = [number for number, _ in group]
        subjects = subjects_of(item, scope, situation, table)
        steps += [Step(item.number, number, subject) for subject in subjects for number in numbers]
    return tuple(steps) or (Step(item.number, 0, ""),)


def is_wanted(practice: Practice, form: Form, situation: Situation) -> bool:
    """The form for a missing core agency is asked for only while one is missing, or once it was begun."""
    quorum = {code for test in practice.gate if test.code is GateCode.QUORUM for n in test.needs for code in n.any_of}
    if not situation.is_quorate or not any(field.code in quorum for field in form.fields):
        return True
    return any(situation.captured.is_anywhere(field.code) for field in form.fields)


def subjects_of(item: AgendaItem, scope: Scope, situation: Situation, table: Iterable[AgencySeats]) -> tuple[str, ...]:
    match scope:
        case Scope.CHILD:
            return situation.children
        case Scope.AGENCY:
            # where attendance is taken, agencies are asked about for being away
            for_absence = Panel.ATTENDANCE in item.panels
            return tuple(one.agency.id for one in table if not (for_absence and one.is_here))
        case _:
            return ("",)


def first_step(
    practice: Practice, item: AgendaItem, situation: Situation, table: Sequence[AgencySeats], subject: str = ""
) -> Step | None:
    """The first that still lacks something; None where the item has nothing to ask about this subject."""
    steps = steps_of(practice, item, situation, table)
    about = [step for step in steps if not subject or step.subject == subject]
    if not about:
        return None
    lacking = [step for step in about if lacks_something(practice, item, situation, step)]
    return (lacking or about)[0]


def lacks_something(practice: Practice, item: AgendaItem, situation: Situation, step: Step) -> bool:
    if step.form >= len(item.forms):
        return False
    codes = {field.code for field in item.forms[step.form].fields}
    return any(
        gap.subject == step.subject and gap.asked.fields[0].code in codes and not is_met(gap, situation.captured)
        for gap in asked_now(practice, item, situation)
    )


def step_after(steps: Sequence[Step], step: Step) -> Step | None:
    """None at the end of the item. A form that is no longer asked for leads to the one behind it."""
    if step in steps:
        place = steps.index(step) + 1
        return steps[place] if place < len(steps) else None
    return next((other for other in steps if other.form > step.form), None)
