"""What was agreed to be done: the actions in their two tables, and the dates that follow."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from discussions.actions.action import Action, ActionState
from discussions.ids import ChildId
from discussions.london import say_day, say_moment, to_london
from discussions.practice.types import IcpcAnchor, Outcome
from discussions.record.material import Material, say_time_value
from discussions.record.parts import ActionRow, Line

IMMEDIATE = "immediate_safety"
IMMEDIATE_WITHIN = timedelta(hours=24)
ICPC = "icpc"
ALREADY_RUNNING = "S47_CONTINUES"
NEXT_AT = "closing.next_at"

STATES = {
    ActionState.PROPOSED: "Waiting for the owner's answer",
    ActionState.ACCEPTED: "Accepted",
    ActionState.DECLINED: "Declined",
    ActionState.DONE: "Done",
    ActionState.CANNOT: "Can't be done",
    ActionState.SUPERSEDED: "Replaced by another",
    ActionState.CANCELLED: "Cancelled",
}


def list_actions(material: Material, immediate: bool) -> tuple[ActionRow, ...]:
    ordered = sorted(material.actions, key=lambda action: action.number)
    return tuple(row_for(material, action) for action in ordered if is_immediate(material, action) is immediate)


def is_immediate(material: Material, action: Action) -> bool:
    """Immediate safety is so by its kind, or because it is due within 24 hours of the discussion."""
    began = material.discussion.started_at or material.discussion.starts_at
    return action.kind == IMMEDIATE or action.due_at <= began + IMMEDIATE_WITHIN


def row_for(material: Material, action: Action) -> ActionRow:
    child = next((child for child in material.children if child.id == action.child), None)
    owner = material.people.get(action.owner) if action.owner else None
    desk = material.desks.get(action.desk) if action.desk else None
    of = owner or desk
    return ActionRow(
        number=action.number,
        child=material.name_child(child) if child else None,
        wording=action.wording,
        measure=action.measure,
        contingency=action.contingency,
        owner=of.name if of else material.name_person(None),
        agency=material.name_agency(of.agency) if of else "–",
        due=say_moment(action.due_at),
        feedback=say_feedback(material, action),
        state=say_state(material, action),
    )


def say_feedback(material: Material, action: Action) -> str | None:
    desks = [material.desks[desk].name for desk in action.feedback_desks if desk in material.desks]
    names = ", ".join([*(material.name_person(person) for person in action.feedback_to), *desks])
    return ": ".join(part for part in (names, action.feedback_how) if part) or None


def say_state(material: Material, action: Action) -> str:
    state = STATES[action.state]
    if action.is_overdue(material.now):
        state = f"{state}, overdue"
    if action.on_behalf:
        state = f"{state} (recorded by {material.name_person(action.state_by)})"
    says_it = action.note and (not action.state.is_open or action.state is ActionState.DECLINED)
    return f"{state}: {action.note}" if says_it else state


def list_dates(material: Material) -> tuple[Line, ...]:
    return (*icpc_lines(material), *next_discussion(material), *record_due(material))


def icpc_lines(material: Material) -> Iterable[Line]:
    """The latest conference date for those whose s47 enquiry this discussion began, and a pointer for the rest."""
    begun: list[str] = []
    running: list[str] = []
    for child in material.children:
        outcome = outcome_of(material, child.id)
        if outcome is not None and outcome.is_s47:
            (begun if starts_icpc_clock(material, outcome) else running).append(child.letter)
    if begun:
        yield Line(
            f"Child protection conference (ICPC) for {', '.join(begun)}", f"at the latest on {icpc_day(material)}"
        )
    if running:
        yield Line(
            f"Child protection conference (ICPC) for {', '.join(running)}",
            "its latest date counts from the discussion that began the s47 enquiry; see that record",
        )


def outcome_of(material: Material, child: ChildId) -> Outcome | None:
    return material.practice.outcome_for(material.values_of(child))


def starts_icpc_clock(material: Material, outcome: Outcome) -> bool:
    return material.practice.icpc_anchor is IcpcAnchor.LAST_DISCUSSION or outcome.code != ALREADY_RUNNING


def icpc_day(material: Material) -> str:
    """With the rule beside it: counting from 0 or from 1 moves a child in or out of the time limit."""
    clock, began = material.practice.clock(ICPC).clock, material.discussion.started_at or material.discussion.starts_at
    latest = clock.deadline(began, material.calendar, material.practice.counting)
    first = material.practice.counting.first_day
    return f"{say_day(to_london(latest).date())} ({clock}; the day of the discussion is day {first})"


def record_due(material: Material) -> Iterable[Line]:
    ended: datetime | None = material.discussion.closed_at
    if ended is not None:
        due = material.practice.minutes.full_record.deadline(ended, material.calendar, material.practice.counting)
        yield Line("Full record due", say_moment(due))


def next_discussion(material: Material) -> Iterable[Line]:
    for fact in material.facts_of(NEXT_AT):
        yield Line("Next discussion", say_time_value(fact.value or ""), fact.late)
