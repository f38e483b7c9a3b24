"""What each agenda item captured, form by form and subject by subject, and what of it is held back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from discussions.agenda.facts import DECISION_IN_WORDS, GAP_REASON, NOTE, Fact
from discussions.london import say_moment
from discussions.practice.types import AgendaItem, Field, Form, Panel, Practice, Sensitivity
from discussions.record.material import Material
from discussions.record.parts import ItemRecord, LateEntry, Line, Passage

TYPED = (NOTE, DECISION_IN_WORDS, GAP_REASON)

PANELS_ELSEWHERE = {
    Panel.ATTENDANCE: "Who took part stands in a section of its own.",
    Panel.CHILDREN: "The children are named at the beginning.",
    Panel.ACTIONS: "The actions stand near the beginning.",
}
MARKS = {Sensitivity.POLICE: "police restricted", Sensitivity.THIRD_PARTY: "third-party information"}

DECISIONS_ELSEWHERE = "The decisions stand at the beginning."
SAFETY_PLAN_ELSEWHERE = "The interim safety plan stands near the beginning."


def list_items(material: Material) -> tuple[ItemRecord, ...]:
    """Every item of the agenda, also those under which nothing was said; then items this practice doesn't know."""
    known = {item.number for item in material.practice.items}
    strays = sorted({fact.item for fact in material.facts if fact.value and fact.item not in known})
    return (
        *(record_of(material, item) for item in material.practice.items),
        *(stray_item(material, number) for number in strays),
    )


def record_of(material: Material, item: AgendaItem) -> ItemRecord:
    return ItemRecord(
        number=item.number,
        title=item.title,
        passages=(*passages_of(material, item), *unknown_fields(material, item.number)),
        notes=list_notes(material, item.number),
        elsewhere=point_elsewhere(material.practice, item),
    )


def stray_item(material: Material, number: int) -> ItemRecord:
    return ItemRecord(
        number=number,
        title="An item that is not on this agenda",
        passages=tuple(unknown_fields(material, number)),
        notes=list_notes(material, number),
        elsewhere=None,
    )


def list_notes(material: Material, item: int) -> tuple[Line, ...]:
    """As they were typed, in their order."""
    facts = [fact for fact in material.facts_of(NOTE) if fact.item == item]
    return tuple(Line("Note", with_subject(material, fact), fact.late) for fact in facts)


def with_subject(material: Material, fact: Fact) -> str:
    subject = material.name_subject(fact.subject)
    return f"{subject}: {fact.value}" if subject else fact.value or ""


def point_elsewhere(practice: Practice, item: AgendaItem) -> str | None:
    sentences = [PANELS_ELSEWHERE[panel] for panel in item.panels if panel in PANELS_ELSEWHERE]
    if any(field.is_decision for field in item.fields):
        sentences.append(DECISIONS_ELSEWHERE)
    if any(form.code in practice.safety_plan.forms for form in item.forms):
        sentences.append(SAFETY_PLAN_ELSEWHERE)
    return " ".join(sentences) or None


def passages_of(material: Material, item: AgendaItem) -> Iterator[Passage]:
    for form in item.forms:
        if stands_elsewhere(material.practice, form):
            continue
        entries = entries_of(material, form)
        for entry in entries:
            lines = () if is_privileged(form, entry) else tuple(lines_of(material, form, entry))
            if lines:
                yield Passage(title_of(material, item, form, entry, entries), lines)


def stands_elsewhere(practice: Practice, form: Form) -> bool:
    return form.code in practice.safety_plan.forms or any(field.is_decision for field in form.fields)


@dataclass(frozen=True, slots=True)
class Entry:
    """One saving of a form: all its facts about one subject with one sequence."""

    subject: str
    sequence: int
    facts: tuple[Fact, ...]

    def under(self, field: str | None) -> Fact | None:
        return next((fact for fact in self.facts if fact.field == field), None)


def entries_of(material: Material, form: Form) -> tuple[Entry, ...]:
    """By subject (children by letter, agencies by name), then as they were entered."""
    facts = [fact for code in dict.fromkeys(codes_of(form)) for fact in material.facts_of(code)]
    keys = sorted({(order_of(material, fact.subject), fact.subject, fact.sequence) for fact in facts})
    return tuple(
        Entry(subject, sequence, tuple(fact for fact in facts if (fact.subject, fact.sequence) == (subject, sequence)))
        for _, subject, sequence in keys
    )


def codes_of(form: Form) -> Iterator[str]:
    for field in form.fields:
        yield field.code
        if field.reason_field is not None:
            yield field.reason_field


def order_of(material: Material, subject: str) -> str:
    return material.name_subject(subject) or ""


def title_of(material: Material, item: AgendaItem, form: Form, entry: Entry, entries: Sequence[Entry]) -> str | None:
    same = [other for other in entries if other.subject == entry.subject]
    count = f", {same.index(entry) + 1} of {len(same)}" if len(same) > 1 else ""
    subject = material.name_subject(entry.subject)
    if subject is None and len(item.forms) == 1 and not count:
        return None
    if subject is not None and len(item.forms) == 1:
        return f"{subject}{count}"
    return f"{subject}: {form.title}{count}" if subject else f"{form.title}{count}"


def lines_of(material: Material, form: Form, entry: Entry, leave_out: str | None = None) -> Iterator[Line]:
    """Reasons stand behind what they explain. Decisions are left out: they have their own place."""
    reasons = {field.reason_field for field in form.fields}
    for field in form.fields:
        fact = entry.under(field.code)
        if field.is_decision or field.code in (leave_out, *reasons) or field.sensitivity is Sensitivity.LEGAL:
            continue
        reason = entry.under(field.reason_field)
        if fact is not None or reason is not None:
            late = any(one.late for one in (fact, reason) if one)
            yield Line(label_of(field), say_with_reason(material, field, fact, reason), late)


def label_of(field: Field) -> str:
    mark = MARKS.get(field.sensitivity)
    return f"{field.label} ({mark})" if mark else field.label


def say_with_reason(material: Material, field: Field, fact: Fact | None, reason: Fact | None) -> str:
    said = material.say_value(field, fact.value) if fact and fact.value else "Not answered"
    return f"{said} – {reason.value}" if reason else said


def is_privileged(form: Form, entry: Entry) -> bool:
    """An entry that was itself marked as legal advice: privileged, so it never stands in a record that goes round."""
    marks = [fact.value for fact in entry.facts for field in form.fields if field.code == fact.field and is_mark(field)]
    return Sensitivity.LEGAL in marks


def is_mark(field: Field) -> bool:
    """True for the field by which an entry says who may see it."""
    codes = {choice.code for choice in field.choices}
    return Sensitivity.LEGAL in codes and codes <= set(Sensitivity)


def list_held_back(material: Material) -> tuple[str, ...]:
    return tuple(
        f"Item {item.number}, {item.title}: {count} kept apart, because legal advice is privileged."
        for item in material.practice.items
        if (count := count_privileged(material, item))
    )


def count_privileged(material: Material, item: AgendaItem) -> str | None:
    entries = [(form, entry) for form in item.forms for entry in entries_of(material, form)]
    whole = sum(is_privileged(form, entry) for form, entry in entries)
    single = sum(
        entry.under(field.code) is not None
        for form, entry in entries
        for field in form.fields
        if field.sensitivity is Sensitivity.LEGAL and not is_privileged(form, entry)
    )
    total = whole + single
    return None if total == 0 else "1 entry" if total == 1 else f"{total} entries"


def unknown_fields(material: Material, item: int) -> Iterator[Passage]:
    """What stands under codes that this practice doesn't have: a record loses nothing."""
    known = {*TYPED, *(code for form in material.practice.forms for code in codes_of(form))}
    facts = [fact for fact in material.facts if fact.item == item and fact.field not in known and fact.value]
    if facts:
        yield Passage("Asked differently at the time", tuple(unknown_line(material, fact) for fact in facts))


def unknown_line(material: Material, fact: Fact) -> Line:
    return Line(fact.field, with_subject(material, fact), fact.late)


def list_late(material: Material) -> tuple[LateEntry, ...]:
    """What was entered afterwards or told by telephone: by whom and when. What it says stands in its place."""
    late = sorted((fact for fact in material.facts if fact.late and fact.value), key=lambda fact: (fact.at, fact.id))
    return tuple(
        LateEntry(say_place(material, fact), material.introduce(fact.who), say_moment(fact.at)) for fact in late
    )


def say_place(material: Material, fact: Fact) -> str:
    subject = material.name_subject(fact.subject)
    return ", ".join(part for part in (f"Item {fact.item}", subject, say_field(material.practice, fact.field)) if part)


def say_field(practice: Practice, code: str) -> str:
    names = {NOTE: "Note", DECISION_IN_WORDS: "Decision in words", GAP_REASON: "Reason for a gap"}
    return names.get(code) or label_in(practice.fields, code) or code


def label_in(fields: Iterable[Field], code: str) -> str | None:
    for field in fields:
        if field.code == code:
            return field.label
        if field.reason_field == code:
            return f"{field.label}: reason"
    return None
