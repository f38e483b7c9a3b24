"""The close gate: what a discussion has not settled yet, told by child. It asks for reasons; it never bars."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from discussions.actions.action import Action, ActionState
from discussions.agenda.captured import Captured
from discussions.agenda.facts import GAP_REASON
from discussions.agenda.seeing import is_seen
from discussions.booking.discussion import Child, Discussion
from discussions.booking.views import name_child
from discussions.clocks import Calendar
from discussions.london import to_london
from discussions.practice.types import GateCode, GateNeed, GateTest, Match, Practice

ICPC = "icpc"
S47_BEGINS = Match("decision.s47", ("yes",))
NO_VISIT = "no action with a date"
LACKS = {"owner": "no owner", "feedback": "nobody who hears when it is done"}
NO_LONGER_AGREED = (ActionState.CANCELLED, ActionState.SUPERSEDED)


@dataclass(frozen=True, slots=True)
class Discussed:
    """All that the gate looks at. `came` holds the agency categories that took part, with what they are part of."""

    discussion: Discussion
    children: Sequence[Child]
    captured: Captured
    came: Collection[str]
    actions: Sequence[Action]

    @property
    def held_on(self) -> date:
        return to_london(self.discussion.started_at or self.discussion.starts_at).date()


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing. `key` is the subject under which its reason is kept: the test's code, then what it is
    about, with colons between. `short_key` says the same by letters and numbers, for the field on a form.

    `about` is the child's letter, the agency or the action inside the sentence that the reason ends, `missing` what is
    not there. `subject` is the child's id where the item at which it is mended asks by child. `reason` is the one kept.
    """

    test: GateTest
    key: str
    short_key: str
    words: str
    stem: str
    about: str
    missing: str
    item: int
    subject: str = ""
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Gate:
    """Gaps about safety stand first. `icpc_latest` is None while no s47 enquiry begins here."""

    gaps: tuple[Gap, ...]
    met: tuple[GateCode, ...]
    icpc_latest: date | None

    @property
    def open_gaps(self) -> tuple[Gap, ...]:
        """Those without a reason."""
        return tuple(gap for gap in self.gaps if gap.reason is None)

    @property
    def tests_not_met(self) -> int:
        return len({gap.test.code for gap in self.gaps})

    @property
    def tests(self) -> int:
        return self.tests_not_met + len(self.met)


@dataclass(frozen=True, slots=True)
class About:
    """What a gap is about: by its ids, by letter or number, as a line begins with it, and inside a sentence."""

    ids: tuple[str, ...]
    short: tuple[str, ...]
    said: str
    inside: str
    subject: str = ""


def check_gate(practice: Practice, calendar: Calendar, one: Discussed) -> Gate:
    found = [gap for test in practice.gate for gap in gaps_of(practice, test, one)]
    gaps = tuple(with_reason(gap, one.captured) for gap in sorted(found, key=lambda gap: not gap.test.is_safety))
    missed = {gap.test.code for gap in gaps}
    return Gate(
        gaps=gaps,
        met=tuple(test.code for test in practice.gate if test.code not in missed),
        icpc_latest=icpc_latest(practice, calendar, one),
    )


def with_reason(gap: Gap, captured: Captured) -> Gap:
    return replace(gap, reason=captured.value(GAP_REASON, gap.key))


def gaps_of(practice: Practice, test: GateTest, one: Discussed) -> Iterator[Gap]:
    match test.code:
        case GateCode.QUORUM:
            return quorum_gaps(practice, test, one)
        case GateCode.ACTIONS_COMPLETE:
            return action_gaps(practice, test, one)
        case _ if test.per_child:
            return (gap for child in one.children for gap in child_gaps(practice, test, one, child))
        case _:
            return table_gaps(practice, test, one)


def quorum_gaps(practice: Practice, test: GateTest, one: Discussed) -> Iterator[Gap]:
    """One for each core agency that did not take part, unless the chair settled at the table how to go on."""
    if test.needs and all(is_answered(practice, need, one.captured, "") for need in test.needs):
        return
    for code in practice.quorum.core:
        if code not in one.came:
            name = practice.agency(code).name
            yield make_gap(test, About((code,), (code,), name, name), "not there", test.item)


def action_gaps(practice: Practice, test: GateTest, one: Discussed) -> Iterator[Gap]:
    """Owner, and who hears of it, of each action; then a dated visit for each child whose s47 enquiry begins."""
    for action in one.actions:
        if action.state in NO_LONGER_AGREED:
            continue
        for part in lacking(action):
            ids, short = (action.id, part), (str(action.number), part)
            about = About(ids, short, f"Action {action.number}", f"action {action.number}")
            yield make_gap(test, about, LACKS[part], test.item)
    for child in one.children:
        if is_s47_beginning(one, child) and not is_seen(practice, child, one.children, one.actions):
            yield make_gap(test, visit_to(child, one.held_on), NO_VISIT, test.item)


def visit_to(child: Child, held_on: date) -> About:
    said = f"{name_visit(child).capitalize()} {name_child(child, held_on)}"
    return About((child.id,), (child.letter,), said, f"{name_visit(child)} {child.letter}")


def name_visit(child: Child) -> str:
    return "visiting the mother of" if child.is_unborn else "seeing"


def lacking(action: Action) -> Iterator[str]:
    """An action is never kept without its due moment, so that is not asked again."""
    if action.owner is None and action.desk is None:
        yield "owner"
    if not action.feedback_to and not action.feedback_desks:
        yield "feedback"


def is_s47_beginning(one: Discussed, child: Child) -> bool:
    return S47_BEGINS.holds(one.captured.values_of(child.id))


def child_gaps(practice: Practice, test: GateTest, one: Discussed, child: Child) -> Iterator[Gap]:
    values = one.captured.values_of(child.id)
    if not all(match.holds(values) for match in test.only_when):
        return
    for need in test.needs:
        is_asked = all(match.holds(values) for match in need.only_when)
        if is_asked and not is_answered(practice, need, one.captured, child.id):
            apart, said = need_code(test, need), name_child(child, one.held_on)
            about = About((child.id, *apart), (child.letter, *apart), said, child.letter, child.id)
            yield make_gap(test, about, need.missing, item_of(practice, test, need), need)


def table_gaps(practice: Practice, test: GateTest, one: Discussed) -> Iterator[Gap]:
    """What is asked once, where its conditions hold for any child."""
    each = [one.captured.values_of(child.id) for child in one.children]
    if test.only_when and not any(all(match.holds(values) for match in test.only_when) for values in each):
        return
    for need in test.needs:
        if not is_answered(practice, need, one.captured, ""):
            about = About(need_code(test, need), need_code(test, need), "", "")
            yield make_gap(test, about, need.missing, item_of(practice, test, need), need)


def need_code(test: GateTest, need: GateNeed) -> tuple[str, ...]:
    """Tells the needs of one test apart; a test with a single need has nothing to tell apart."""
    return (need.any_of[0],) if len(test.needs) > 1 else ()


def item_of(practice: Practice, test: GateTest, need: GateNeed) -> int:
    """Where the need is answered; the test's own item where the agenda no longer asks it."""
    known = any(field.code == need.any_of[0] for field in practice.fields)
    return practice.item_of(need.any_of[0]).number if known else test.item


def is_answered(practice: Practice, need: GateNeed, captured: Captured, subject: str) -> bool:
    return any(is_field_answered(practice, code, captured, subject) for code in need.any_of)


def is_field_answered(practice: Practice, code: str, captured: Captured, subject: str) -> bool:
    """With its reason where the choice needs one; a reason that a test of its own asks for is left to that test."""
    value = captured.value(code, subject)
    if value is None:
        return False
    field = next((field for field in practice.fields if field.code == code), None)
    if field is None or field.reason_field is None or not field.needs_reason(value):
        return True
    asked_elsewhere = any(field.reason_field in need.any_of for test in practice.gate for need in test.needs)
    return asked_elsewhere or captured.value(field.reason_field, subject) is not None


def make_gap(test: GateTest, about: About, missing: str, item: int, need: GateNeed | None = None) -> Gap:
    stem = (need.reason_stem if need else None) or test.reason_stem
    return Gap(
        test=test,
        key=":".join((test.code, *about.ids)),
        short_key=".".join((test.code, *about.short)),
        words=fill(test.gap, about.said, missing),
        stem=fill(inside_a_sentence(stem), about.inside, missing),
        about=about.inside,
        missing=missing,
        item=item,
        subject=about.subject,
    )


def fill(text: str, about: str, missing: str) -> str:
    """The practice file's words with what they are about. Plain replacing: nothing in a name is read as a pattern."""
    for placeholder in ("{child}", "{agency}", "{action}"):
        text = text.replace(placeholder, about)
    return text.replace("{missing}", missing)


def inside_a_sentence(stem: str) -> str:
    return stem if stem.startswith("{") or stem[1:2].isupper() else stem[:1].lower() + stem[1:]


def icpc_latest(practice: Practice, calendar: Calendar, one: Discussed) -> date | None:
    """The last day for the conference, counted from the day of this discussion as the practice counts."""
    clock = next((row.clock for row in practice.clocks if row.code == ICPC), None)
    if clock is None or not any(is_s47_beginning(one, child) for child in one.children):
        return None
    began = one.discussion.started_at or one.discussion.starts_at
    return to_london(clock.deadline(began, calendar, practice.counting)).date()
