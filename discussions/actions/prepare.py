"""The prep card: what whoever is about to see or interview a child reads before they go, from the enquiry plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from discussions.access import note_read
from discussions.actions.action import Action
from discussions.actions.lint import begins
from discussions.actions.parties import Tie, action_for
from discussions.actions.promises import Promise
from discussions.actions.refusals import NotTheTime
from discussions.actions.telling import is_urgent
from discussions.actions.terms import Span, earlier
from discussions.agenda.facts import Fact
from discussions.booking.discussion import Child
from discussions.ids import ActionId, PromiseId
from discussions.london import to_london
from discussions.needs import Means
from discussions.people import Person
from discussions.practice.types import Anchor, Audience, Field, Practice, Sensitivity
from discussions.practice.visits import Approach, age_on

POLICE = "POLICE"
PREPARE = "prepare"
"""The step of a promise that brings the prep card."""

AFTER_THE_CARD = timedelta(minutes=5)
"""So that somebody who is asked to go has a moment to say that they do, before the next card comes."""

MAY_READ = frozenset({Tie.OWNER, Tie.CHAIR, Tie.MINUTE_TAKER, Tie.ASKED_TO_TAKE_OVER})


@dataclass(frozen=True, slots=True)
class Planned:
    """One field of the enquiry plan with what was written there, in order."""

    label: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preparation:
    """`child` is the letter, `age` in whole years on the day it is due; None of a child who is not born yet.

    `planned` is empty where the discussion planned nothing for this child: the card says so. `held_back` says that
    something police marked is left out, and whom to ask.
    """

    action: Action
    reference: str
    child: str
    age: int | None
    planned: tuple[Planned, ...]
    held_back: bool
    approach: Approach
    not_to_ask: tuple[str, ...]
    ring: str
    ring_phone: str | None


def needs_preparation(practice: Practice, action: Action) -> bool:
    """It is about a child, and begins as the actions do that the practice prepares people for."""
    if practice.visits is None or action.child is None:
        return False
    kinds = (practice.action_kind(code) for code in practice.visits.kinds)
    return any(begins(action.wording, verb) for kind in kinds for verb in kind.verbs)


def prepare(means: Means, who: Person, id: ActionId) -> Preparation:
    """For the owner, their desk, whom it is handed to, the chair and the minute-taker. Raises NotFound for others,
    NotTheTime where there is nothing to prepare.
    """
    action, discussion, held = action_for(means, who, id)
    visits, child = means.practice.visits, child_of(means, action)
    if not held & MAY_READ or visits is None or child is None or not needs_preparation(means.practice, action):
        raise NotTheTime(
            "There is nothing to prepare for this action: it is not one of seeing or interviewing a child."
        )
    note_read(means, who, discussion, f"preparation:{action.id}")
    chair = means.store.people.person(discussion.chair)
    fields = [means.practice.field(code) for code in visits.fields]
    planned, held_back = plan_for(means, who, child, fields)
    age = None if child.born is None else age_on(child.born, to_london(action.due_at).date())
    return Preparation(
        action=action,
        reference=discussion.reference,
        child=child.letter,
        age=age,
        planned=planned,
        held_back=held_back,
        approach=visits.approach_at(age),
        not_to_ask=visits.not_to_ask,
        ring=chair.name if chair else "the chair",
        ring_phone=chair.phone if chair else None,
    )


def child_of(means: Means, action: Action) -> Child | None:
    children = means.store.discussions.children(action.discussion)
    return next((child for child in children if child.id == action.child), None)


def plan_for(means: Means, who: Person, child: Child, fields: Sequence[Field]) -> tuple[tuple[Planned, ...], bool]:
    """What was captured about this child; and whether anything was left out that only police may read."""
    facts = [fact for fact in means.store.facts.current(child.discussion) if fact.subject == child.id and fact.value]
    shown = [field for field in fields if may_read(means, who, field)]
    planned = [Planned(field.label, words_of(facts, field)) for field in shown]
    held_back = any(words_of(facts, field) for field in fields if field not in shown)
    return tuple(one for one in planned if one.words), held_back


def words_of(facts: Sequence[Fact], field: Field) -> tuple[str, ...]:
    return tuple(fact.value for fact in facts if fact.field == field.code and fact.value)


def may_read(means: Means, who: Person, field: Field) -> bool:
    """What police marked stays with police; what lawyers said is quoted nowhere."""
    if field.sensitivity is Sensitivity.POLICE:
        return means.store.people.agency(who.agency).category == POLICE
    return field.sensitivity is not Sensitivity.LEGAL


def promise_preparation(means: Means, action: Action) -> tuple[Promise, ...]:
    """Frozen with the action like every other promise, and moved with its due moment."""
    visits = means.practice.visits
    if visits is None or not needs_preparation(means.practice, action):
        return ()
    return (
        Promise(
            id=PromiseId(means.new_id()),
            action=action.id,
            step=PREPARE,
            round=0,
            audience=Audience.OWNER.value,
            due_at=preparation_moment(means, action),
            urgent=is_urgent(means.practice, action.kind),
            anchor=Anchor.BEFORE_DUE.value,
            after=str(visits.before),
        ),
    )


def preparation_moment(means: Means, action: Action) -> datetime:
    """Soon after the action itself when it is due soon. A visit early in the morning is prepared for the day before."""
    visits, practice = means.practice.visits, means.practice
    assert visits is not None, "only promised where the practice prepares people"
    urgent = is_urgent(practice, action.kind)
    span = Span(action.created_at, action.due_at, urgent, practice.quiet_hours, means.calendar)
    wanted = earlier(action.due_at, visits.before, means.calendar)
    at = span.kept(max(means.now + AFTER_THE_CARD, wanted))
    return at if at < action.due_at else max(means.now, last_open(span, wanted))


def last_open(span: Span, at: datetime) -> datetime:
    """The last hour before this moment in which people may be disturbed."""
    while span.kept(at) != at:
        at -= timedelta(hours=1)
    return at
