"""Who hears a nudge instead of somebody who is away, and who of a desk's rota is on shift."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from discussions.actions.action import Action
from discussions.attention.absence import away
from discussions.attention.hours import hours_for
from discussions.needs import Means
from discussions.people import Person, PersonId


def present(
    means: Means, people: Sequence[PersonId], action: Action, at: datetime, *, urgent: bool
) -> tuple[PersonId, ...]:
    """Those of them who are there, and for each who is away whoever stands in. What is urgent goes to who is away too:
    they may be the only one who knows. If nobody stands in, it goes to them all the same.
    """
    gone = away(means, people, at)
    if not gone:
        return tuple(people)
    found: list[PersonId] = []
    for one in people:
        instead = stand_ins(means, one, action, at) if one in gone else ()
        found += [*([one] if one not in gone or urgent or not instead else []), *instead]
    return tuple(dict.fromkeys(found))


def stand_ins(means: Means, absent: PersonId, action: Action, at: datetime) -> tuple[PersonId, ...]:
    """The deputy; else the colleagues at the desk, those on shift first; else the manager. Never somebody who is away
    too. What is restricted is not spread over a desk."""
    person = means.store.people.person(absent)
    discussion = means.store.discussions.discussion(action.discussion)
    is_spread = discussion is not None and not discussion.restricted
    return who_stands_in(means, person, at, is_spread=is_spread) if person else ()


def who_stands_in(means: Means, person: Person, at: datetime, *, is_spread: bool = True) -> tuple[PersonId, ...]:
    """`is_spread`: also over the desk."""
    deputy, manager = ((one,) if one else () for one in (person.deputy, person.manager))
    for candidates in (deputy, colleagues(means, person, at) if is_spread else (), manager):
        gone = away(means, candidates, at)
        there = tuple(one for one in candidates if one not in gone)
        if there:
            return there
    return ()


def colleagues(means: Means, person: Person, at: datetime) -> tuple[PersonId, ...]:
    if person.desk is None:
        return ()
    return on_shift(means, [one for one in means.store.people.at_desk(person.desk) if one.id != person.id], at)


def on_shift(means: Means, rota: Sequence[Person], at: datetime) -> tuple[PersonId, ...]:
    """Those of a rota who are at work at this moment, by their own hours; all of them where nobody is."""
    there = [one.id for one in rota if one.hours and hours_for(means, one).is_open(at, means.calendar)]
    return tuple(there or [one.id for one in rota])
