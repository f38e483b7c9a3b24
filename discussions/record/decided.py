"""What was decided, child by child: each decision with its reason and dissent, and the interim safety plan."""

from __future__ import annotations

from collections.abc import Iterator

from discussions.agenda.facts import DECISION_IN_WORDS
from discussions.booking.discussion import Child
from discussions.practice.types import Field, Form, Sensitivity
from discussions.record.agreed import outcome_of
from discussions.record.captured import Entry, entries_of, lines_of, say_with_reason
from discussions.record.material import Material
from discussions.record.parts import ChildDecisions, DecisionRow, Line, SafetyPlan

CHILD_DISSENT = "decision.dissent_words"
DISSENT = "closing.dissent"
DISSENT_WORDS = "closing.dissent_words"


def list_decisions(material: Material) -> tuple[ChildDecisions, ...]:
    return tuple(decisions_about(material, child) for child in material.children)


def decisions_about(material: Material, child: Child) -> ChildDecisions:
    outcome = outcome_of(material, child.id)
    rows = (row_for(material, child, field) for field in material.practice.decisions)
    return ChildDecisions(
        child=material.name_child(child),
        outcome=outcome.label if outcome else None,
        rows=tuple(row for row in rows if row is not None),
        in_words=decisions_in_words(material, child.id),
        dissent=line_under(material, CHILD_DISSENT, child.id, "Dissent"),
        remarks=tuple(remarks_about(material, child)),
    )


def row_for(material: Material, child: Child, field: Field) -> DecisionRow | None:
    """None where nothing was decided: what should have been is among the gaps."""
    fact = material.fact(field.code, child.id)
    if fact is None or fact.value is None or field.sensitivity is Sensitivity.LEGAL:
        return None
    reason = material.fact(field.reason_field, child.id) if field.reason_field else None
    return DecisionRow(
        decision=field.label,
        choice=material.say_value(field, fact.value),
        reason=reason.value if reason else None,
        late=fact.late or (reason is not None and reason.late),
    )


def decisions_in_words(material: Material, subject: str) -> tuple[Line, ...]:
    facts = material.facts_of(DECISION_IN_WORDS, subject)
    return tuple(Line("Decided, as it was spoken", fact.value or "", fact.late) for fact in facts)


def remarks_about(material: Material, child: Child) -> Iterator[Line]:
    """What the forms of the decisions ask beside the decisions, their reasons and the dissent."""
    forms = [form for form in material.practice.forms if any(field.is_decision for field in form.fields)]
    for entry_form in forms:
        for entry in entries_of(material, entry_form):
            if entry.subject == child.id:
                yield from lines_of(material, entry_form, entry, leave_out=CHILD_DISSENT)


def table_dissent(material: Material) -> Line | None:
    """Whether any agency disagrees, as the whole table was asked at the end."""
    fact = material.fact(DISSENT, "")
    if fact is None or fact.value is None:
        return None
    field = next((field for field in material.practice.fields if field.code == DISSENT), None)
    return (
        Line(field.label, say_with_reason(material, field, fact, material.fact(DISSENT_WORDS, "")), fact.late)
        if field
        else None
    )


def line_under(material: Material, field: str, subject: str, label: str) -> Line | None:
    fact = material.fact(field, subject)
    return Line(label, fact.value, fact.late) if fact and fact.value else None


def list_safety_plans(material: Material) -> tuple[SafetyPlan, ...]:
    return tuple(
        SafetyPlan(material.name_child(child), tuple(plan_lines(material, child))) for child in material.children
    )


def plan_lines(material: Material, child: Child) -> Iterator[Line]:
    for code in material.practice.safety_plan.forms:
        form = material.practice.form(code)
        entries = [entry for entry in entries_of(material, form) if entry.subject in (child.id, "")]
        for number, entry in enumerate(entries, 1):
            yield from entry_lines(material, form, entry, number if form.repeats else None)


def entry_lines(material: Material, form: Form, entry: Entry, number: int | None) -> Iterator[Line]:
    for line in lines_of(material, form, entry):
        yield Line(f"{form.title} {number}: {line.label}", line.value, line.late) if number else line
