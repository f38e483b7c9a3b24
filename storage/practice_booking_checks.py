"""Checks across a practice file on what the booker is asked and whom the answers propose."""

from __future__ import annotations

import re
from collections.abc import Iterator

from discussions.practice.changing import OTHER
from discussions.practice.types import InviteRule, InviteWhen, as_spoken
from storage.practice_findings import Finding, doubles, unknown
from storage.practice_rows import PracticeRow
from storage.toml_lines import KeyPath

PLACEHOLDER = "{children}"


def problems_with_booking(file: PracticeRow) -> Iterator[Finding]:
    yield from _codes_used_twice(file)
    yield from _names_used_twice(file)
    yield from _changing(file)
    for at, rule in enumerate(file.invite_rule):
        yield from _rule(("invite_rule", at), rule, file)
    yield from _slots(file)
    if file.invite_rule and file.decline_reasons is None:
        mend = "Add [decline_reasons] with its rows."
        yield Finding(("invite_rule",), "Nobody who is proposed could be left out: there are no reasons for it.", mend)


def _slots(file: PracticeRow) -> Iterator[Finding]:
    path: KeyPath = ("slots",)
    agencies, roles = [row.code for row in file.agencies.rows], [row.code for row in file.roles.rows]
    for index, code in enumerate(file.slots.urgent):
        yield from unknown((*path, "urgent", index), "urgency", code, [row.code for row in file.urgency])
    shortages = file.slots.shortage
    for at, row in enumerate(shortages):
        yield from unknown((*path, "shortage", at, "agency"), "agency", row.agency, agencies)
        for key, role in (("decides_role", row.decides_role), ("manager_role", row.manager_role)):
            if role is not None:
                yield from unknown((*path, "shortage", at, key), "role", role, roles)
    codes = [((*path, "shortage", at, "code"), row.code) for at, row in enumerate(shortages)]
    yield from doubles([(("slots", "other_code"), file.slots.other_code), *codes], "code")
    yield from doubles([((*path, "shortage", at, "agency"), row.agency) for at, row in enumerate(shortages)], "agency")


def _codes_used_twice(file: PracticeRow) -> Iterator[Finding]:
    yield from doubles(((("invite_rule", at, "code"), rule.code) for at, rule in enumerate(file.invite_rule)), "code")
    facts = file.booking_facts.rows if file.booking_facts else ()
    yield from doubles(((("booking_facts", "rows", at, "code"), row.code) for at, row in enumerate(facts)), "code")
    reasons = file.decline_reasons.rows if file.decline_reasons else ()
    yield from doubles(((("decline_reasons", "rows", at, "code"), row.code) for at, row in enumerate(reasons)), "code")


def _changing(file: PracticeRow) -> Iterator[Finding]:
    changing = file.changing
    for name, reasons in (("move_reasons", changing.move_reasons), ("cancel_reasons", changing.cancel_reasons)):
        yield from doubles(((("changing", name, at, "code"), row.code) for at, row in enumerate(reasons)), "code")
        if OTHER not in {row.code for row in reasons}:
            mend = f'Add one with the code "{OTHER}".'
            yield Finding(("changing", name), "A reason in somebody's own words has no code.", mend)
    known = [row.code for row in file.urgency]
    if file.changing.model_fields_set:
        for at, code in enumerate(changing.urgent):
            yield from unknown(("changing", "urgent", at), "urgency", code, known)


def _names_used_twice(file: PracticeRow) -> Iterator[Finding]:
    """Facts are typed in one line with harms and urgencies, so no word may mean a fact and something else."""
    taken: dict[str, KeyPath] = {}
    for at, urgency in enumerate(file.urgency):
        taken |= {as_spoken(word): ("urgency", at, "name") for word in (urgency.code, urgency.name)}
    for at, harm in enumerate(file.harms.rows):
        taken |= {
            as_spoken(word): ("harms", "rows", at, "label") for word in (harm.code, harm.label, *harm.label.split())
        }
    names = [(path, word) for word, path in taken.items()]
    for at, fact in enumerate(file.booking_facts.rows if file.booking_facts else ()):
        where = "aliases" if fact.aliases else "label"
        spoken = dict.fromkeys(map(as_spoken, (fact.code, fact.label, *fact.aliases)))
        names += [(("booking_facts", "rows", at, where), word) for word in spoken]
    yield from doubles(names, "word")


def _rule(path: KeyPath, rule: InviteRule, file: PracticeRow) -> Iterator[Finding]:
    agencies = [row.code for row in file.agencies.rows]
    yield from unknown((*path, "propose", "agency"), "agency", rule.propose.agency, agencies)
    if rule.propose.role is not None:
        yield from unknown((*path, "propose", "role"), "role", rule.propose.role, [row.code for row in file.roles.rows])
    yield from _when((*path, "when"), rule.when, file)
    for word in re.findall(r"\{.*?\}|[{}]", rule.because):
        if word != PLACEHOLDER:
            mend = f"Use only {PLACEHOLDER}, and no other curly brackets."
            yield Finding((*path, "because"), f'"{word}" can\'t be filled in.', mend)
    if PLACEHOLDER in rule.because and not rule.when.is_about_age:
        mend = f"Take {PLACEHOLDER} out, or say in `when` which children are meant: unborn, from_age, under_age."
        yield Finding((*path, "because"), "The rule is about no child in particular.", mend)


def _when(path: KeyPath, when: InviteWhen, file: PracticeRow) -> Iterator[Finding]:
    facts = [row.code for row in file.booking_facts.rows] if file.booking_facts else []
    for index, code in enumerate(when.facts):
        yield from unknown((*path, "facts", index), "booking fact", code, facts)
    for index, code in enumerate(when.harms):
        yield from unknown((*path, "harms", index), "harm", code, [row.code for row in file.harms.rows])
    if not when.says_something:
        yield Finding(path, "It does not say when.", 'Write for example { facts = ["injury"] } or { always = true }.')
    years = (when.from_age or 0, 120 if when.under_age is None else when.under_age)
    if not 0 <= years[0] < years[1] <= 120:
        yield Finding(path, "No child has such an age.", "Write from_age lower than under_age, in whole years.")
