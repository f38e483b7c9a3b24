"""Checks across a practice file on people, quorum, clocks and nudges: what its shape alone can't tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from itertools import chain

from discussions.people import Right
from discussions.practice.types import OTHER_AGENCY, PARTICIPANT, AgencyCategory, Anchor, Audience, Role, as_spoken
from storage.practice_findings import Finding, doubles, unknown
from storage.practice_follow_up import NudgePolicyRow, NudgeStepRow
from storage.practice_rows import PracticeRow
from storage.toml_lines import KeyPath

POLICY_KINDS = ("immediate_safety", "enquiry", "other")
ONLY_AT = {
    Audience.ASKED: (Anchor.ASKED,),
    Audience.FEEDBACK: (Anchor.DONE, Anchor.CANNOT),
    Audience.STAND_IN: (Anchor.DONE, Anchor.CANNOT),
}


def problems_with_people(file: PracticeRow) -> Iterator[Finding]:
    yield from _codes_used_twice(file)
    yield from _agencies(file.agencies.rows)
    yield from _roles(file)
    yield from _chairs(file)
    yield from _quorum(file)


def problems_with_follow_up(file: PracticeRow) -> Iterator[Finding]:
    yield from _urgencies(file)
    yield from _action_kinds(file)
    yield from _action_words(file)
    yield from chain.from_iterable(_policy(index, policy) for index, policy in enumerate(file.nudge_policy))
    yield from _policy_kinds(file)
    yield from _visits(file)
    yield from _lead(file)
    if file.quiet_hours.opens >= file.quiet_hours.closes:
        yield Finding(("quiet_hours", "closes"), "It closes before it opens.", 'Write a later time, as "18:00".')


def _codes_used_twice(file: PracticeRow) -> Iterator[Finding]:
    tables = ("clocks", "agencies", "roles", "complexity", "harms", "context_flags", "levels", "thresholds")
    more = ("outcomes", "enquiry_outcomes", "action_kinds", "contacts", "invitation_answers")
    for table in (*tables, *more):
        rows = getattr(file, table).rows
        yield from doubles((((table, "rows", at, "code"), row.code) for at, row in enumerate(rows)), "code")
    for table, key in (("urgency", "code"), ("item", "code"), ("gate", "code"), ("nudge_policy", "kind")):
        rows = getattr(file, table)
        yield from doubles((((table, at, key), getattr(row, key)) for at, row in enumerate(rows)), key)
    situations = ((("chair", at, "situation"), row.situation) for at, row in enumerate(file.chair))
    yield from doubles(situations, "situation")
    words = ((("vague_words", "rows", at, "word"), as_spoken(row.word)) for at, row in enumerate(file.vague_words.rows))
    yield from doubles(words, "word")
    changes = enumerate(file.safety_plan.change)
    yield from doubles(((("safety_plan", "change", at, "severity"), row.severity) for at, row in changes), "severity")


def _names(table: str, rows: Iterable[AgencyCategory | Role]) -> Iterator[tuple[KeyPath, str]]:
    """Each name of a row once: a name and an alias of the same row may be alike."""
    for at, row in enumerate(rows):
        for name in dict.fromkeys(map(as_spoken, (row.name, row.code, *row.aliases))):
            yield (table, "rows", at, "aliases" if row.aliases else "name"), name


def _agencies(rows: tuple[AgencyCategory, ...]) -> Iterator[Finding]:
    codes = [row.code for row in rows]
    yield from doubles(_names("agencies", rows), "name or alias")
    if OTHER_AGENCY not in codes:
        mend = f'Add a row with code = "{OTHER_AGENCY}": it stands for every agency that is not listed.'
        yield Finding(("agencies", "rows"), f'The agency "{OTHER_AGENCY}" is missing.', mend)
    whole = [row.code for row in rows if row.part_of is None]
    for at, row in enumerate(rows):
        if row.part_of is not None:
            yield from unknown(("agencies", "rows", at, "part_of"), "agency to be part of", row.part_of, whole)


def _roles(file: PracticeRow) -> Iterator[Finding]:
    rows = file.roles.rows
    yield from doubles(_names("roles", rows), "name or alias")
    agencies = [row.code for row in file.agencies.rows]
    for at, row in enumerate(rows):
        path: KeyPath = ("roles", "rows", at)
        if row.code == PARTICIPANT.code:
            what = f'"{row.code}" is kept for people whose role is not listed.'
            yield Finding((*path, "code"), what, "Use another code.")
        if row.agency is not None:
            yield from unknown((*path, "agency"), "agency", row.agency, agencies)


def _chairs(file: PracticeRow) -> Iterator[Finding]:
    may_chair = [row.code for row in file.roles.rows if Right.CHAIR in row.rights]
    if not may_chair:
        mend = 'Give one of the roles rights = ["chair"].'
        yield Finding(("roles", "rows"), "Nobody may chair.", mend)
    for at, rule in enumerate(file.chair):
        for index, role in enumerate(rule.roles):
            yield from unknown(("chair", at, "roles", index), "role with the right to chair", role, may_chair)


def _quorum(file: PracticeRow) -> Iterator[Finding]:
    agencies = [row.code for row in file.agencies.rows]
    for at, code in enumerate(file.quorum.core):
        yield from unknown(("quorum", "core", at), "agency", code, agencies)
    for at, rule in enumerate(file.quorum.rule):
        yield from unknown(("quorum", "rule", at, "agency"), "agency", rule.agency, agencies)
        if not rule.when:
            mend = 'Say when this agency must be there, as when = ["unborn"], or put it into core.'
            yield Finding(("quorum", "rule", at, "when"), "No condition is named.", mend)


def _urgencies(file: PracticeRow) -> Iterator[Finding]:
    for at, row in enumerate(file.urgency):
        if row.full_meeting_within is not None and "phone" not in row.forms:
            mend = 'Add "phone" to forms, or take full_meeting_within out.'
            what = "A full meeting follows only what may be held by telephone."
            yield Finding(("urgency", at, "full_meeting_within"), what, mend)


def _action_kinds(file: PracticeRow) -> Iterator[Finding]:
    policies = [policy.kind for policy in file.nudge_policy]
    for at, row in enumerate(file.action_kinds.rows):
        path: KeyPath = ("action_kinds", "rows", at)
        yield from unknown((*path, "nudges"), "nudge policy", row.nudges, policies)
        for index, verb in enumerate(row.verbs):
            if verb != as_spoken(verb):
                mend = f'Write it in small letters, with single spaces: "{as_spoken(verb)}".'
                yield Finding((*path, "verbs", index), f'The verb "{verb}" would never be found.', mend)


def _action_words(file: PracticeRow) -> Iterator[Finding]:
    """Words are looked for in small letters: one written otherwise would never be found."""
    lists = {slot.name: getattr(file.action_words, slot.name) for slot in fields(file.action_words)}
    for name, words in lists.items():
        for index, word in enumerate(words if isinstance(words, tuple) else ()):
            if word != as_spoken(word) or not word:
                mend = f'Write it in small letters, with single spaces: "{as_spoken(word)}".'
                yield Finding(("action_words", name, index), f'The word "{word}" would never be found.', mend)


def _visits(file: PracticeRow) -> Iterator[Finding]:
    if file.visits is None:
        return
    kinds = [row.code for row in file.action_kinds.rows]
    fields = [field.code for item in file.item for form in item.form for field in form.fields]
    for at, code in enumerate(file.visits.kinds):
        yield from unknown(("visits", "kinds", at), "kind of action", code, kinds)
    for at, code in enumerate(file.visits.fields):
        yield from unknown(("visits", "fields", at), "field", code, fields)
    ages = [row.under for row in file.visits.approach]
    years = [age for age in ages if age is not None]
    if ages[-1] is not None or len(years) < len(ages) - 1 or sorted(set(years)) != years:
        mend = "Write them from the youngest on, each with a higher `under`, and the last without."
        yield Finding(("visits", "approach"), "The approaches do not cover each age once.", mend)


def _policy_kinds(file: PracticeRow) -> Iterator[Finding]:
    kinds = {policy.kind for policy in file.nudge_policy}
    for kind in POLICY_KINDS:
        if kind not in kinds:
            what = f'The nudge policy "{kind}" is missing.'
            yield Finding(("nudge_policy",), what, f'Add a [[nudge_policy]] with kind = "{kind}".')
    for at, policy in enumerate(file.nudge_policy):
        yield from unknown(("nudge_policy", at, "kind"), "kind of nudge policy", policy.kind, POLICY_KINDS)


def _policy(at: int, policy: NudgePolicyRow) -> Iterator[Finding]:
    path: KeyPath = ("nudge_policy", at, "steps")
    yield from doubles((((*path, index, "code"), step.code) for index, step in enumerate(policy.steps)), "code")
    for index, step in enumerate(policy.steps):
        yield from _step((*path, index), step)


def _step(path: KeyPath, step: NudgeStepRow) -> Iterator[Finding]:
    needs_after = step.anchor not in (Anchor.CREATED, Anchor.DUE)
    if needs_after and step.after is None:
        what = f'A step anchored at "{step.anchor}" needs to say how far from it.'
        yield Finding((*path, "anchor"), what, 'Add after = "1 working day" or another clock.')
    if step.anchor is Anchor.DUE and step.after is not None:
        yield Finding((*path, "after"), 'A step at "due" has no distance.', "Take after out, or anchor it at overdue.")
    if step.fraction is not None and step.anchor is not Anchor.CREATED:
        yield Finding((*path, "fraction"), 'A fraction is counted from "created" alone.', 'Use anchor = "created".')
    if step.fraction is not None and step.after is not None:
        yield Finding((*path, "fraction"), "Both after and fraction are given.", "Keep one of them.")
    if step.repeat_every is not None and step.anchor in (Anchor.CREATED, Anchor.BEFORE_DUE, Anchor.DUE):
        mend = 'Take repeat_every out, or use anchor = "overdue".'
        yield Finding((*path, "repeat_every"), "What is said up to the due moment does not repeat.", mend)
    for audience, anchors in ONLY_AT.items():
        if audience in step.to and step.anchor not in anchors:
            mend = f"Take it out, or anchor the step at {' or '.join(anchors)}."
            yield Finding((*path, "to"), f'At "{step.anchor}" there is nobody who is "{audience}".', mend)


def _lead(file: PracticeRow) -> Iterator[Finding]:
    role = file.follow_up.lead_role if file.follow_up else None
    if role is not None:
        yield from unknown(("follow_up", "lead_role"), "role", role, [row.code for row in file.roles.rows])
