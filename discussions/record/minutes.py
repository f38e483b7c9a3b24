"""The minutes of a discussion, put together from everything that was captured: decisions first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import chain

from discussions.agenda.facts import GAP_REASON, Fact
from discussions.agenda.gate import LACKS, NO_VISIT, name_visit
from discussions.booking.discussion import DiscussionKind, DiscussionState, Form
from discussions.london import say_moment, say_time, to_london
from discussions.practice.types import GateTest
from discussions.record.agreed import list_actions, list_dates
from discussions.record.attended import list_absences, list_attendees, name_attendee, say_quorum
from discussions.record.captured import list_held_back, list_items, list_late
from discussions.record.decided import decisions_in_words, list_decisions, list_safety_plans, table_dissent
from discussions.record.material import Material
from discussions.record.parts import Gap, Heading, Line, Minutes

MARKING = "OFFICIAL-SENSITIVE"
DISTRIBUTION = "closing.distribution"

KINDS = {
    DiscussionKind.INITIAL: "Initial strategy discussion",
    DiscussionKind.REVIEW: "Review strategy discussion",
}
FORMS = {Form.VIDEO: "Video call", Form.PHONE: "Telephone", Form.IN_PERSON: "In person"}


def file_name(reference: str) -> str:
    """Neutral, since file names are shown by mail, by downloads and by logs."""
    return f"{reference}-record.docx"


def make_minutes(material: Material) -> Minutes:
    return Minutes(
        heading=make_heading(material),
        decisions=list_decisions(material),
        decisions_in_words=decisions_in_words(material, ""),
        dissent=table_dissent(material),
        safety_plans=list_safety_plans(material),
        immediate_actions=list_actions(material, immediate=True),
        enquiry_actions=list_actions(material, immediate=False),
        dates=list_dates(material),
        attendees=list_attendees(material),
        absences=list_absences(material),
        items=list_items(material),
        gaps=list_gaps(material),
        late=list_late(material),
        held_back=list_held_back(material),
        distribution=list_distribution(material),
        made_at=material.now,
    )


def make_heading(material: Material) -> Heading:
    discussion, practice = material.discussion, material.practice
    harms = {harm.code: harm.label for harm in practice.harms}
    urgency = practice.urgency(discussion.urgency)
    return Heading(
        reference=discussion.reference,
        kind=KINDS[discussion.kind],
        held=say_held(material),
        form=FORMS[discussion.form],
        urgency=f"{urgency.name} ({urgency.code}): {urgency.window} from the decision to hold it",
        window=say_window(material),
        harm=", ".join(harms.get(code, code) for code in discussion.harms) or "Not yet known",
        chair=material.introduce(discussion.chair),
        minute_taker=material.introduce(discussion.minute_taker) if discussion.minute_taker else "None named",
        practice=f"{practice.name}, version {practice.version}",
        quorum=say_quorum(material),
        children=tuple(Line(f"Child {child.letter}", material.identify(child)) for child in material.children),
        marking=MARKING,
        status=say_status(material),
        is_draft=discussion.state is not DiscussionState.APPROVED,
    )


def say_held(material: Material) -> str:
    began, ended = material.discussion.started_at, material.discussion.closed_at
    if began is None:
        return f"Not held yet; booked for {say_moment(material.discussion.starts_at)}"
    if ended is None:
        return f"{say_moment(began)}, not closed yet"
    return f"{say_moment(began)} to {say_end(began, ended)}"


def say_end(began: datetime, ended: datetime) -> str:
    is_same_day = to_london(began).date() == to_london(ended).date()
    return say_time(ended) if is_same_day else say_moment(ended)


def say_window(material: Material) -> str:
    """Whether it began in time; the reason, if one was given at booking, stands beside a breach."""
    discussion = material.discussion
    latest = f"the latest start was {say_moment(discussion.window_ends)}"
    reason = f" Reason given at booking: {discussion.late_reason}" if discussion.late_reason else ""
    if discussion.started_at is None:
        return f"Not held yet; {latest}.{reason}"
    if discussion.started_at <= discussion.window_ends:
        return f"Held inside its window: {latest}.{reason}"
    return f"Held after its window: {latest}.{reason or ' No reason was given at booking.'}"


def say_status(material: Material) -> str:
    discussion = material.discussion
    if discussion.state is DiscussionState.APPROVED and discussion.approved_at is not None:
        return f"Approved by {material.name_person(discussion.chair)} on {say_moment(discussion.approved_at)}."
    if discussion.state is DiscussionState.CLOSED:
        return "DRAFT: not yet approved by the chair."
    return "DRAFT: the discussion is not closed yet."


def list_gaps(material: Material) -> tuple[Gap, ...]:
    """What the close gate asked for and did not get, in the order of its tests."""
    tests: dict[str, GateTest] = {test.code: test for test in material.practice.gate}
    order = list(tests)
    facts = sorted(material.facts_of(GAP_REASON), key=lambda fact: [*order, code_of(fact)].index(code_of(fact)))
    return tuple(Gap(say_gap(material, tests.get(code_of(fact)), fact), fact.value or "") for fact in facts)


def code_of(fact: Fact) -> str:
    return fact.subject.split(":")[0]


def say_gap(material: Material, test: GateTest | None, fact: Fact) -> str:
    """The gate's own words, with what the subject names behind the test's code: child, agency, action, need."""
    if test is None:
        return code_of(fact)
    named = fact.subject.split(":")[1:]
    need = next((need for need in test.needs if any(field in named for field in need.any_of)), None)
    words = {
        "{child}": next((material.name_child(child) for child in material.children if child.id in named), "a child"),
        "{agency}": next((agency.name for agency in material.practice.agencies if agency.code in named), "an agency"),
        "{action}": name_action(material, named),
        "{missing}": need.missing if need else name_lack(material, named),
    }
    said = test.gap
    for placeholder, word in words.items():
        said = said.replace(placeholder, word)
    return said


def name_action(material: Material, named: Sequence[str]) -> str:
    """The action that is not complete; or the visit that nobody is to make."""
    actions = (f"Action {action.number}" for action in material.actions if action.id in named)
    visits = (f"{name_visit(child)} {material.name_child(child)}" for child in material.children if child.id in named)
    words = next(chain(actions, visits), "an action")
    return words[:1].upper() + words[1:]


def name_lack(material: Material, named: Sequence[str]) -> str:
    lacks = [LACKS[part] for part in named if part in LACKS]
    is_visit = any(child.id in named for child in material.children)
    return lacks[0] if lacks else NO_VISIT if is_visit else "not complete"


def list_distribution(material: Material) -> tuple[str, ...]:
    """Those who took part, those who were asked and were not there, and whom the chair named beside them."""
    took_part = [f"{name_attendee(material, one)} ({material.name_agency(one.agency)})" for one in material.attendance]
    absent = [f"{absence.who} ({absence.agency}), not there" for absence in list_absences(material)]
    named = [fact.value for fact in material.facts_of(DISTRIBUTION) if fact.value]
    return tuple(dict.fromkeys((*sorted(took_part), *sorted(absent), *named)))
