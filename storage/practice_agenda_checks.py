"""Checks across a practice file on the agenda, its forms, the close gate and the outcomes."""

from __future__ import annotations

import string
from collections.abc import Iterator
from dataclasses import dataclass

from discussions.agenda.facts import DECISION_IN_WORDS, GAP_REASON, NOTE
from discussions.practice.types import FieldKind, Mandatory, Scope
from storage.practice_findings import CODE, Finding, doubles, say_choices, unknown
from storage.practice_rows import FieldRow, FormRow, GateRow, ItemRow, NeedRow, PracticeRow, When
from storage.toml_lines import KeyPath

RESERVED = (NOTE, DECISION_IN_WORDS, GAP_REASON)
PLACEHOLDERS = ("child", "agency", "action", "missing")


@dataclass(frozen=True, slots=True)
class _Place:
    """One field where it stands, with the choices it offers."""

    path: KeyPath
    row: FieldRow
    form: FormRow
    offers: dict[str, str]


def problems_with_agenda(file: PracticeRow) -> Iterator[Finding]:
    places = list(_places(file))
    fields = {place.row.code: place for place in places}
    yield from doubles((((*place.path, "code"), place.row.code) for place in places), "field code")
    yield from doubles(_form_codes(file), "form code")
    for index, item in enumerate(file.item):
        yield from _item(("item", index), item, index + 1)
    for place in places:
        yield from _field(place)
        yield from _reason(place)
    for index, test in enumerate(file.gate):
        yield from _gate(("gate", index), test, file, fields)
    for index, outcome in enumerate(file.outcomes.rows):
        yield from _when(("outcomes", "rows", index, "when"), outcome.when, fields)
    yield from _safety_forms(file)


def _places(file: PracticeRow) -> Iterator[_Place]:
    lists = file.lists()
    for item_at, item in enumerate(file.item):
        for form_at, form in enumerate(item.form):
            for field_at, row in enumerate(form.fields):
                path = ("item", item_at, "form", form_at, "fields", field_at)
                yield _Place(path, row, form, row.offers(lists))


def _form_codes(file: PracticeRow) -> Iterator[tuple[KeyPath, str]]:
    for item_at, item in enumerate(file.item):
        for form_at, form in enumerate(item.form):
            yield ("item", item_at, "form", form_at, "code"), form.code


def _item(path: KeyPath, item: ItemRow, expected: int) -> Iterator[Finding]:
    if item.number != expected:
        what = f"This is item {expected} of the agenda, but its number is {item.number}."
        yield Finding((*path, "number"), what, f"Write number = {expected}: items are numbered from 1 without gaps.")
    if item.mandatory is Mandatory.DEFERRABLE and item.defer_within is None:
        mend = 'Add defer_within = "2 working days" or another clock.'
        yield Finding((*path, "mandatory"), "It does not say how long the item may be put off.", mend)
    if item.mandatory is not Mandatory.DEFERRABLE and item.defer_within is not None:
        mend = 'Take it out, or write mandatory = "deferrable".'
        yield Finding((*path, "defer_within"), "Only a deferrable item can be put off.", mend)
    for index, form in enumerate(item.form):
        if form.scope is Scope.ADULT and not form.repeats:
            mend = "Add repeats = true: each adult is one entry."
            yield Finding((*path, "form", index, "scope"), "A form about an adult must repeat.", mend)


def _field(place: _Place) -> Iterator[Finding]:
    path, row = place.path, place.row
    if row.code in RESERVED:
        yield Finding((*path, "code"), f'The code "{row.code}" is kept for typed notes and reasons.', "Use another.")
    yield from _choices(place)
    if row.maximum_length is not None and not row.kind.is_written:
        mend = "Take it out, or use kind text or long_text."
        yield Finding((*path, "maximum_length"), "Only a text has a longest length.", mend)
    if row.is_decision and not (row.kind.is_chosen and place.form.scope is Scope.CHILD):
        mend = "Use kind choice, choices or yes_no in a form with scope child."
        yield Finding((*path, "is_decision"), "A decision is a choice about one child.", mend)
    for index, code in enumerate(row.challenge_when):
        yield from unknown((*path, "challenge_when", index), "choice", code, place.offers)
    if bool(row.challenge_when) != (row.challenge is not None):
        mend = "Give both challenge_when (which choices) and challenge (the question), or neither."
        yield Finding(path, f'The challenge of "{row.code}" is half given.', mend)


def _choices(place: _Place) -> Iterator[Finding]:
    path, row = place.path, place.row
    is_listed = row.kind in (FieldKind.CHOICE, FieldKind.CHOICES)
    if is_listed and (row.choices is None) == (row.choices_from is None):
        mend = 'Give choices = { code = "Label" } or choices_from, one of the two.'
        yield Finding((*path, "kind"), f'"{row.code}" needs its choices said once.', mend)
    elif is_listed and not place.offers:
        yield Finding((*path, "choices"), "There is nothing to choose.", 'Write choices = { code = "Label" }.')
    if not is_listed and (row.choices is not None or row.choices_from is not None):
        key = "choices" if row.choices is not None else "choices_from"
        mend = "Take them out, or use kind choice or choices."
        yield Finding((*path, key), f'A field of kind "{row.kind}" has no choices of its own.', mend)
    for code in row.choices or {}:
        if not CODE.fullmatch(code):
            mend = "Use letters, digits, dots and underscores."
            yield Finding((*path, "choices", code), f'"{code}" can\'t be a choice code.', mend)


def _reason(place: _Place) -> Iterator[Finding]:
    path, row = place.path, place.row
    for index, code in enumerate(row.reason_when):
        yield from unknown((*path, "reason_when", index), "choice", code, place.offers)
    if row.kind is FieldKind.YES_NO_WITH_REASON and not row.reason_when:
        mend = 'Add reason_when = ["no"] and reason_field.'
        yield Finding((*path, "kind"), f'"{row.code}" does not say which answer needs a reason.', mend)
    elif bool(row.reason_when) != (row.reason_field is not None):
        mend = "Give both reason_when (which choices) and reason_field (where the reason goes), or neither."
        yield Finding(path, f'The reason of "{row.code}" is half given.', mend)
    if row.reason_field is not None:
        written = [other.code for other in place.form.fields if other.kind.is_written]
        yield from unknown((*path, "reason_field"), "text field in this form", row.reason_field, written)


def _gate(path: KeyPath, test: GateRow, file: PracticeRow, fields: dict[str, _Place]) -> Iterator[Finding]:
    numbers = [str(item.number) for item in file.item]
    yield from unknown((*path, "item"), "item", str(test.item), numbers)
    yield from _words((*path, "gap"), test.gap)
    yield from _words((*path, "reason_stem"), test.reason_stem)
    yield from _when((*path, "only_when"), test.only_when, fields)
    for index, need in enumerate(test.needs):
        yield from _need((*path, "needs", index), need, test, fields)


def _need(path: KeyPath, need: NeedRow, test: GateRow, fields: dict[str, _Place]) -> Iterator[Finding]:
    scope = Scope.CHILD if test.per_child else Scope.DISCUSSION
    fitting = [code for code, place in fields.items() if place.form.scope is scope and not place.form.repeats]
    for index, code in enumerate(need.any_of):
        yield from unknown((*path, "any_of", index), f"single field about a {scope}", code, fitting)
    yield from _when((*path, "only_when"), need.only_when, fields)
    if need.reason_stem is not None:
        yield from _words((*path, "reason_stem"), need.reason_stem)
    if not need.only_when and not any(fields[code].row.required for code in need.any_of if code in fields):
        mend = "Add required = true to that field, so that its card says what the close looks for."
        yield Finding((*path, "any_of"), "The gate needs this, but no such field is marked as required.", mend)


def _when(path: KeyPath, when: When, fields: dict[str, _Place]) -> Iterator[Finding]:
    """Conditions look at choices about one child."""
    chosen = [code for code, at in fields.items() if at.row.kind.is_chosen and at.form.scope is Scope.CHILD]
    for code, any_of in when.items():
        yield from unknown((*path, code), "choice field about a child", code, chosen)
        if code in chosen:
            for index, choice in enumerate(any_of):
                yield from unknown((*path, code, index), f'choice of "{code}"', choice, fields[code].offers)


def _words(path: KeyPath, words: str) -> Iterator[Finding]:
    accepted = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
    mend = f"Use only {accepted}, and no other curly brackets."
    try:
        named = [part for part in string.Formatter().parse(words) if part[1] is not None]
    except ValueError:
        yield Finding(path, "Its curly brackets don't match.", mend)
        return
    for _, name, spec, conversion in named:
        if name not in PLACEHOLDERS or spec or conversion:
            yield Finding(path, f'"{{{name}}}" can\'t be filled in as it is written.', mend)


def _safety_forms(file: PracticeRow) -> Iterator[Finding]:
    forms = [form for item in file.item for form in item.form]
    fitting = [form.code for form in forms if form.scope is Scope.CHILD and not form.repeats]
    for index, code in enumerate(file.safety_plan.forms):
        if code not in fitting:
            mend = f"Use one of: {say_choices(fitting, code)}."
            path = ("safety_plan", "forms", index)
            yield Finding(path, f'There is no single form about a child "{code}".', mend)
