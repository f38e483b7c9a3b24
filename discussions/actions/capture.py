"""Typed capture of an action while people talk: the line taken apart, the names found, the action recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from discussions.access import Can, discussion_for
from discussions.actions.action import Action
from discussions.actions.child_named import child_named
from discussions.actions.findings import Owner
from discussions.actions.lint import NewAction, kind_for
from discussions.actions.linter.after import without_after
from discussions.actions.linter.reading import read_sentence
from discussions.actions.linter.rules import owner_of
from discussions.actions.linter.when import says_soft_end
from discussions.actions.named import Named, at_the_table, owner_at_the_start, who_is_meant
from discussions.actions.record import record_action
from discussions.actions.typed import TypedAction, take_apart
from discussions.actions.waiting import numbered
from discussions.actions.world import ids_of, world_of_line
from discussions.booking.discussion import Discussion
from discussions.ids import ActionId, DiscussionId
from discussions.moments import TimeMissing, read_moment
from discussions.needs import Means
from discussions.people import DeskId, Person, PersonId
from discussions.refusals import TooLong, WrongAnswer

LONGEST_LINE = 2_000


def typed_action(means: Means, who: Person, text: str) -> Action:
    """Records it in the discussion that the person's typed words go to. What can't be read is refused whole."""
    return record_action(means, who, read_action(means, who, text))


def read_action(means: Means, who: Person, text: str) -> NewAction:
    """What was typed, with the names found. Raises WrongAnswer where a name or a moment is not clear."""
    if len(text) > LONGEST_LINE:
        raise TooLong("the action", LONGEST_LINE)
    current = means.store.discussions.current(who.id)
    if current is None:
        raise WrongAnswer("Not saved: I don't know which discussion this is for. Please type start or join first.")
    discussion = discussion_for(means, who, current, Can.CAPTURE)
    words, awaited = take_out_awaited(means, discussion, text)
    return replace(read_words(means, who, discussion, words), waits_for=awaited)


def take_out_awaited(means: Means, discussion: Discussion, text: str) -> tuple[str, ActionId | None]:
    """ "after 2": the line without it, and the action that it waits for."""
    siblings = means.store.actions.of_discussion(discussion.id)
    words, numbers = without_after(text, {one.number for one in siblings})
    if len(numbers) > 1:
        raise WrongAnswer("Not saved: an action can wait for one other only. Please name one of them.", "after")
    awaited = numbered(means, discussion.id, numbers[0]) if numbers else None
    return words, awaited.id if awaited else None


def read_words(means: Means, who: Person, discussion: Discussion, text: str) -> NewAction:
    try:
        return read_in_order(means, who, discussion, text)
    except WrongAnswer as refusal:
        free = read_freely(means, who, discussion, text)
        if free is None or (refusal.field == "feedback_to" and loses_a_hearer(means, free, text)):
            raise
        return free


def loses_a_hearer(means: Means, free: NewAction, text: str) -> bool:
    """Whether fewer hear of it than were named behind "tell": a name mistyped must not pass unseen."""
    named = take_apart(text, lambda words: read_due(means, words)).tell
    is_the_deed = any(word.startswith("tell") for word in free.wording.casefold().split())
    return not is_the_deed and len(free.feedback_to or ()) < len(named)


def read_in_order(means: Means, who: Person, discussion: Discussion, text: str) -> NewAction:
    """<owner> <what> by <when> tell <who> if not <what then>."""
    typed = take_apart(text, lambda words: read_due(means, words))
    table = at_the_table(means, who, discussion)
    owner, wording = owner_and_wording(means, typed, table)
    people, desks = who_is_told(means, typed, table)
    kind = kind_for(wording, typed.due_at, typed.says_safety, means.practice, means.now)
    child = child_named(wording, means.store.discussions.children(discussion.id))
    made = new_action(discussion.id, typed, owner, wording, people, kind)
    return replace(made, child=child, feedback_desks=desks)


def read_freely(means: Means, who: Person, discussion: Discussion, text: str) -> NewAction | None:
    """A sentence in any order, if who, what and by when are clear. The usual ones hear of it if nobody is named."""
    world = world_of_line(means, who, discussion, text)
    said = read_sentence(text, world)
    owner = owner_of(said)
    if owner is None or not said.what or said.due is None or said.due.at is None:
        return None
    person, desk = ids_of(owner)
    told = tuple(dict.fromkeys(id for one in said.hearers for id in people_behind(means, one)))
    wording = said.what
    return NewAction(
        discussion=discussion.id,
        wording=wording,
        owner=person,
        desk=desk,
        due_at=said.due.at,
        due_has_time=said.due.has_time,
        kind=kind_for(wording, said.due.at, said.says_safety, means.practice, means.now),
        child=child_named(wording, means.store.discussions.children(discussion.id)),
        feedback_to=told or None,
        contingency=said.contingency,
    )


def people_behind(means: Means, owner: Owner) -> tuple[PersonId, ...]:
    person, desk = ids_of(owner)
    rota = means.store.people.at_desk(desk) if desk else ()
    return (person,) if person else tuple(one.id for one in rota)


def new_action(
    discussion: DiscussionId,
    typed: TypedAction,
    owner: Named,
    wording: str,
    told: tuple[PersonId, ...] | None,
    kind: str,
) -> NewAction:
    return NewAction(
        discussion=discussion,
        wording=wording,
        owner=owner.person,
        desk=owner.desk,
        due_at=typed.due_at,
        due_has_time=typed.due_has_time,
        kind=kind,
        feedback_to=told,
        contingency=typed.contingency,
    )


def read_due(means: Means, words: str) -> tuple[datetime, bool]:
    """A day without a time ends when the working day does."""
    try:
        return read_moment(words, means.now, calendar=means.calendar), not says_soft_end(words)
    except TimeMissing:
        closes = means.practice.counting.closes
        return read_moment(words, means.now, calendar=means.calendar, day_ends=closes), False


def owner_and_wording(means: Means, typed: TypedAction, table: tuple[Named, ...]) -> tuple[Named, str]:
    if typed.owner is not None:
        return who_is_meant(means, typed.owner, table, "owner"), typed.what
    return owner_at_the_start(means, typed.what, table)


def who_is_told(
    means: Means, typed: TypedAction, table: tuple[Named, ...]
) -> tuple[tuple[PersonId, ...] | None, tuple[DeskId, ...]]:
    """People, and desks: a desk has heard once anybody there has. No people and no desks: the usual ones."""
    if not typed.tell:
        return None, ()
    named = [who_is_meant(means, name, table, "feedback_to") for name in typed.tell]
    for one in named:
        if one.desk is not None and not means.store.people.at_desk(one.desk):
            raise WrongAnswer(f"Not saved: nobody is at {one.label} in the directory.", "feedback_to")
    return tuple(one.person for one in named if one.person), tuple(one.desk for one in named if one.desk)
