"""One card of an agenda item as somebody sees it: the form about one subject, what stands in it, what comes next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from discussions.access import Can, discussion_for, note_read
from discussions.agenda.captured import Captured
from discussions.agenda.facts import DECISION_IN_WORDS, NOTE, Fact
from discussions.agenda.fields import names_for
from discussions.agenda.panels import Panels, panels_of
from discussions.agenda.save import form_of, require_subject
from discussions.agenda.session import agenda_item, situation_of
from discussions.agenda.standing import Situation, asked_now, was_touched
from discussions.agenda.steps import Step, step_after, steps_of
from discussions.agenda.table import AgencySeats, table_of
from discussions.agenda.timing import is_short, minutes_for
from discussions.agenda.values import Names
from discussions.agenda.views import next_item_after
from discussions.booking.discussion import Child, Discussion
from discussions.booking.views import name_child
from discussions.ids import DiscussionId
from discussions.london import to_london
from discussions.needs import Means
from discussions.people import Person
from discussions.practice.types import AgendaItem, Form, Scope


@dataclass(frozen=True, slots=True)
class Subject:
    """`id` is "" for the discussion; `name` "A, 7" or an agency's; `place` "child 1 of 3" where there are several."""

    id: str
    name: str | None
    place: str | None


@dataclass(frozen=True, slots=True)
class ItemView:
    """`values` are those that stand (none on a repeating form, which begins empty; its `entries` are shown beside).

    `next` is where saving leads inside the item, with its subject's name; at its end `next_item` is the item behind.
    """

    discussion: Discussion
    item: AgendaItem
    items: int
    minutes: int
    step: Step
    form: Form | None
    subject: Subject
    others: tuple[Subject, ...]
    values: Mapping[str, str]
    entries: tuple[Mapping[str, str], ...]
    notes: tuple[str, ...]
    names: Names
    seen: int
    last_saved: tuple[str, datetime] | None
    next: Subject | None
    next_item: int | None
    may_end_without: bool
    panels: Panels


def item_view(means: Means, who: Person, id: DiscussionId, number: int, subject: str, form: int) -> ItemView:
    discussion = discussion_for(means, who, id, Can.SEE_CONTENT)
    item = agenda_item(means.practice, number)
    shown = form_of(item, form) if item.forms else None
    if shown is not None:
        require_subject(means, discussion, shown, subject)
    note_read(means, who, discussion, f"item:{number}")
    situation = situation_of(means, discussion)
    table = table_of(means, discussion)
    steps = steps_of(means.practice, item, situation, table)
    step = Step(number, form, subject)
    following = step_after(steps, step)
    subjects = subjects_named(means, discussion, shown, steps, table)
    after = next_item_after(means, discussion, number) if following is None else None
    captured, names = situation.captured, names_for(means, who, discussion)
    return ItemView(
        discussion=discussion,
        item=item,
        items=len(means.practice.items),
        minutes=minutes_for(item, is_short(means.practice, discussion)),
        step=step,
        form=shown,
        subject=subject_called(means, discussion, subject, subjects),
        others=tuple(one for one in subjects if one.id != subject),
        values=standing_values(captured, shown, subject),
        entries=captured.entries(shown, subject) if shown and shown.repeats else (),
        notes=typed_words(captured, number),
        names=names,
        seen=captured.seen(shown, subject) if shown else 0,
        last_saved=last_saved(means, captured, shown, subject),
        next=subject_called(means, discussion, following.subject, subjects) if following else None,
        next_item=after.number if after else None,
        may_end_without=may_end_without(means, item, situation),
        panels=panels_of(means, discussion, item, subject, captured, names),
    )


def subjects_named(
    means: Means, discussion: Discussion, form: Form | None, steps: Sequence[Step], table: Sequence[AgencySeats]
) -> tuple[Subject, ...]:
    """All whom this form is asked about, in their order."""
    if form is None or form.scope not in (Scope.CHILD, Scope.AGENCY):
        return ()
    names = names_of_subjects(means, means.store.discussions.children(discussion.id), table)
    wanted = [step.subject for step in steps if step.subject in names]
    ids = list(dict.fromkeys(id for id in wanted if is_of_scope(form, id, table)))
    kind = "child" if form.scope is Scope.CHILD else "agency"
    return tuple(
        Subject(id, names[id], f"{kind} {place} of {len(ids)}" if len(ids) > 1 else None)
        for place, id in enumerate(ids, 1)
    )


def is_of_scope(form: Form, subject: str, table: Sequence[AgencySeats]) -> bool:
    is_agency = subject in {one.agency.id for one in table}
    return is_agency == (form.scope is Scope.AGENCY)


def names_of_subjects(means: Means, children: Sequence[Child], table: Sequence[AgencySeats]) -> dict[str, str]:
    today = to_london(means.now).date()
    named: dict[str, str] = {child.id: name_child(child, today) for child in children}
    return named | {one.agency.id: one.agency.name for one in table}


def subject_called(means: Means, discussion: Discussion, id: str, subjects: Sequence[Subject]) -> Subject:
    known = next((one for one in subjects if one.id == id), None)
    if known is not None or not id:
        return known or Subject("", None, None)
    names = names_of_subjects(means, means.store.discussions.children(discussion.id), table_of(means, discussion))
    named = names.get(id) or next((one.name for one in means.store.people.agencies() if one.id == id), None)
    return Subject(id, named, None)


def standing_values(captured: Captured, form: Form | None, subject: str) -> dict[str, str]:
    if form is None or form.repeats:
        return {}
    return {fact.field: fact.value for fact in captured.of_form(form, subject) if fact.value is not None}


def typed_words(captured: Captured, item: int) -> tuple[str, ...]:
    found = (fact for fact in captured.standing() if fact.item == item and fact.field in (NOTE, DECISION_IN_WORDS))
    return tuple(fact.value or "" for fact in found)


def last_saved(means: Means, captured: Captured, form: Form | None, subject: str) -> tuple[str, datetime] | None:
    facts: Sequence[Fact] = captured.of_form(form, subject) if form else ()
    newest = max(facts, key=lambda fact: fact.at, default=None)
    if newest is None:
        return None
    person = means.store.people.person(newest.who)
    return (person.name if person else "somebody who has left the directory", newest.at)


def may_end_without(means: Means, item: AgendaItem, situation: Situation) -> bool:
    """Whether it can be marked as talked through: it requires nothing, and nothing was captured."""
    return not any(asked_now(means.practice, item, situation)) and not was_touched(item, situation)
