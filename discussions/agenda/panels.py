"""What an item shows beside its forms: how a child was booked, the actions so far, the decisions to read back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from discussions.actions.action import Action
from discussions.actions.parties import owner_name
from discussions.actions.world import latest_icpc
from discussions.agenda.captured import Captured
from discussions.agenda.facts import DECISION_IN_WORDS
from discussions.agenda.session import COUNTS_NOT
from discussions.agenda.values import Names, say_value
from discussions.booking.discussion import Child, Discussion
from discussions.booking.reports import ReportLine, report_lines
from discussions.booking.views import name_child
from discussions.london import say_date, say_short, to_london
from discussions.needs import Means
from discussions.practice.types import AgendaItem, Panel, Practice


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided for one child, ready to read aloud; `child` is None for decisions in words."""

    child: str | None
    words: str


@dataclass(frozen=True, slots=True)
class Panels:
    """`booked_as` tells how the child of this card was booked. `latest_conference` is the last day for it."""

    attendance: bool = False
    booked_as: str | None = None
    actions: tuple[str, ...] = ()
    takes_actions: bool = False
    read_back: tuple[Decided, ...] = ()
    latest_conference: date | None = None
    reports: tuple[ReportLine, ...] = ()
    """What the agency of this card sent before the meeting."""


def panels_of(
    means: Means, discussion: Discussion, item: AgendaItem, subject: str, captured: Captured, names: Names
) -> Panels:
    shown = set(item.panels)
    children = means.store.discussions.children(discussion.id)
    reads_back = Panel.READ_BACK in shown
    return Panels(
        attendance=Panel.ATTENDANCE in shown,
        booked_as=booked_as(children, subject) if Panel.CHILDREN in shown else None,
        actions=actions_said(means, discussion) if Panel.ACTIONS in shown else (),
        takes_actions=Panel.ACTIONS in shown,
        read_back=decisions_said(means, children, captured, names) if reads_back else (),
        latest_conference=latest_icpc(means, discussion) if reads_back else None,
        reports=tuple(one for one in report_lines(means, discussion) if one.report.agency == subject)
        if subject
        else (),
    )


def booked_as(children: Sequence[Child], subject: str) -> str | None:
    child = next((one for one in children if one.id == subject), None)
    if child is None:
        return None
    if child.born is not None:
        return f"{child.initials or 'no initials'}, born {say_date(child.born)}"
    return f"unborn, expected {say_date(child.expected)}" if child.expected else "unborn"


def actions_said(means: Means, discussion: Discussion) -> tuple[str, ...]:
    actions = means.store.actions.of_discussion(discussion.id)
    return tuple(action_said(means, action) for action in actions if action.state not in COUNTS_NOT)


def action_said(means: Means, action: Action) -> str:
    return f"{action.number}. {owner_name(means, action)}: {action.wording}, by {say_short(action.due_at)}"


def decisions_said(means: Means, children: Sequence[Child], captured: Captured, names: Names) -> tuple[Decided, ...]:
    today = to_london(means.now).date()
    per_child = [
        Decided(name_child(child, today), decided_for(means.practice, captured, child, names)) for child in children
    ]
    in_words = [Decided(None, fact.value or "") for fact in captured.standing() if fact.field == DECISION_IN_WORDS]
    return (*per_child, *in_words)


def decided_for(practice: Practice, captured: Captured, child: Child, names: Names) -> str:
    decided = [(field, captured.value(field.code, child.id)) for field in practice.decisions]
    said = [f"{field.label}: {say_value(field, value, names)}" for field, value in decided if value is not None]
    return "; ".join(said) or "nothing decided yet"
