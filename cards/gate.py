"""The close gate's card: what is missing, safety first, each line leading to its item with room for a reason below."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from cards.buttons import CloseDiscussion, KeepReasons, OpenConsole, OpenItem
from cards.form import form_card
from cards.notice import notice_card
from cards.parts import AnyButton, Bullet, LabelledButton, Part, Row, Text, TextInput, Tone, beginning
from cards.render import Card, Summary
from discussions.agenda.close import LONGEST_REASON, GateView
from discussions.agenda.gate import Gap, Gate, fill, inside_a_sentence
from discussions.ids import DiscussionId
from discussions.london import say_short_day
from discussions.practice.types import GateCode

MOST_LINES = 10
LONGEST_LINE = 110
MOST_TOLD_APART = 2
BECAUSE = "because."

NAMES = {
    GateCode.QUORUM: "quorum",
    GateCode.CHILD_COMPLETE: "each child's answers",
    GateCode.HARM: "kinds of harm",
    GateCode.SIBLINGS: "other children",
    GateCode.SAFETY_PLAN: "safety plans",
    GateCode.SINGLE_AGENCY_REASON: "reason for acting alone",
    GateCode.ACTIONS_COMPLETE: "actions",
    GateCode.PARENTS_INFORMED: "parents informed",
    GateCode.GENOGRAM: "genogram",
    GateCode.TIMELINE: "timeline",
    GateCode.DISSENT: "dissent",
    GateCode.ICPC_DATE: "conference date",
}


@dataclass(frozen=True, slots=True)
class GapLine:
    """One line of the card: a gap, or several of one test told together. `input` is the id of its reason's field."""

    gaps: tuple[Gap, ...]
    words: str
    label: str
    input: str

    @property
    def first(self) -> Gap:
        return self.gaps[0]


def gate_card(view: GateView) -> Card:
    """With more gaps than a card can hold the first are shown; those that have a reason make room for the next."""
    if not view.gate.gaps:
        return nothing_missing(view)
    lines = lines_of(view.gate.open_gaps)
    return form_card(
        f"{view.discussion.reference} · check before you close",
        heading_of(view.gate),
        ask_of(view, lines),
        [*shown(view, lines[:MOST_LINES]), *more_to_come(lines), *settled(view.gate)],
        buttons_of(view, lines),
        summary=Summary.FORM,
    )


def nothing_missing(view: GateView) -> Card:
    says = "Closing makes the record a draft for you to approve." if view.may_close else "The chair can close it now."
    close = LabelledButton("Close it", CloseDiscussion(view.discussion.id, view.discussion.version), primary=True)
    agenda = LabelledButton("Agenda", OpenConsole(view.discussion.id), way_out=True)
    return notice_card(
        f"✓ All {view.gate.tests} checks are met",
        [Text(says), *settled(view.gate)],
        [[close, agenda] if view.may_close else [agenda]],
        tone=Tone.GOOD,
        origin=f"{view.discussion.reference} · check before you close",
        summary=Summary.FORM,
    )


def heading_of(gate: Gate) -> str:
    if not gate.open_gaps:
        return "Every gap has a reason"
    left = {gap.test.code for gap in gate.open_gaps}
    return f"{len(left)} of {gate.tests} checks {'is' if len(left) == 1 else 'are'} not met"


def ask_of(view: GateView, lines: Sequence[GapLine]) -> str:
    if not view.may_close:
        return "Press a line to put it right. The chair closes, and gives the reasons."
    if not lines:
        return "The reasons go into the record. Closing makes it a draft for you to approve."
    return "Press a line to put it right, or give a reason and close. Reasons go into the record."


def shown(view: GateView, lines: Iterable[GapLine]) -> list[Part]:
    parts: list[Part] = []
    for line in lines:
        parts.append(row_of(view.discussion.id, line))
        if view.may_close:
            parts.append(TextInput(line.input, f"Or: {line.label}", max_length=LONGEST_REASON))
    return parts


def row_of(discussion: DiscussionId, line: GapLine) -> Row:
    return Row(
        line.words,
        OpenItem(discussion, line.first.item, line.first.subject),
        symbol="▲" if line.first.test.is_safety else "○",
        right=f"Item {line.first.item}",
        bold=True,
    )


def more_to_come(lines: Sequence[GapLine]) -> list[Part]:
    left = len(lines) - MOST_LINES
    return [Text(f"{left} more come after these, once these have an answer or a reason.")] if left > 0 else []


def settled(gate: Gate) -> list[Part]:
    """What needs no more doing, in small type: kept reasons, what is met, and the conference's latest date."""
    with_reason = [gap for gap in gate.gaps if gap.reason is not None]
    parts: list[Part] = []
    if with_reason:
        names = list_names(gap.test.code for gap in with_reason)
        parts.append(Bullet(f"{len(with_reason)} with a reason: {names}", symbol="✓", small=True))
    if gate.met:
        parts.append(Bullet(f"{len(gate.met)} met: {list_names(gate.met)}", symbol="✓", small=True))
    if gate.icpc_latest is not None:
        day = say_short_day(gate.icpc_latest)
        parts.append(Bullet(f"Conference (ICPC) at the latest on {day}", symbol="●", small=True))
    return parts


def list_names(codes: Iterable[GateCode]) -> str:
    return ", ".join(dict.fromkeys(NAMES[code] for code in codes))


def buttons_of(view: GateView, lines: Sequence[GapLine]) -> list[list[AnyButton]]:
    id = view.discussion.id
    agenda = LabelledButton("Agenda", OpenConsole(id), way_out=True)
    if not lines:
        close = LabelledButton("Close it", CloseDiscussion(id, view.discussion.version), primary=True)
        return [[close, agenda] if view.may_close else [agenda]]
    first = lines[0].first
    go = LabelledButton(f"Go to item {first.item}", OpenItem(id, first.item, first.subject), primary=True, way_out=True)
    return [[go, agenda], [closing_button(view, lines)]] if view.may_close else [[go, agenda]]


def closing_button(view: GateView, lines: Sequence[GapLine]) -> AnyButton:
    if len(lines) > MOST_LINES:
        return LabelledButton("Keep these, show more", KeepReasons(view.discussion.id))
    return LabelledButton("Close with these reasons", CloseDiscussion(view.discussion.id, view.discussion.version))


def lines_of(gaps: Sequence[Gap]) -> list[GapLine]:
    """One line a gap while they fit. Else those of one test share a line and a reason; about safety never."""
    if len(gaps) <= MOST_LINES:
        return [line_of(gap) for gap in gaps]
    lines: list[GapLine] = []
    for test, group in groupby(gaps, key=lambda gap: gap.test):
        alike = tuple(group)
        apart = test.is_safety or len(alike) == 1
        lines += [line_of(gap) for gap in alike] if apart else [shared_line(alike)]
    return lines


def line_of(gap: Gap) -> GapLine:
    return GapLine((gap,), beginning(gap.words, LONGEST_LINE), gap.stem, f"{BECAUSE}{gap.short_key}")


def shared_line(gaps: tuple[Gap, ...]) -> GapLine:
    test = gaps[0].test
    about = in_a_row([gap.about for gap in gaps])
    distinct = list(dict.fromkeys(gap.missing for gap in gaps))
    missing = "; ".join(distinct) if len(distinct) <= MOST_TOLD_APART else f"{len(gaps)} answers missing"
    words = beginning(fill(test.gap, about, missing), LONGEST_LINE)
    label = fill(inside_a_sentence(test.reason_stem), about, missing)
    return GapLine(gaps, words, label, f"{BECAUSE}{test.code}")


def in_a_row(names: Iterable[str]) -> str:
    *others, last = dict.fromkeys(names)
    return f"{', '.join(others)} and {last}" if others else last


def reasons_in(gate: Gate, typed: Mapping[str, str]) -> dict[str, str]:
    """Gap keys and what was typed for them; a reason given for several counts for each.

    Read without regard to how the card was laid out: meanwhile somebody else may have mended some of its gaps.
    """
    found = {}
    for gap in gate.gaps:
        own = typed.get(f"{BECAUSE}{gap.short_key}", "").strip()
        words = own or typed.get(f"{BECAUSE}{gap.test.code}", "").strip()
        if words:
            found[gap.key] = words
    return found
