"""Who a promise speaks to, and who answers for an action when the owner is a desk, away, or nobody."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from discussions.actions.action import Action, ActionState
from discussions.actions.promises import Promise
from discussions.needs import Means
from discussions.people import Person, PersonId
from discussions.practice.follow_up import Audience, QuietHours
from discussions.practice.types import as_spoken
from discussions.working_hours import (
    EVERY_DAY,
    MONDAY_TO_FRIDAY,
    NotHours,
    OpeningHours,
    WorkingHours,
    read_opening_hours,
)

DUTY_CONTACT = "edt"
# An escalation is never lost for want of a name; a deputy or colleagues are an extra.
STOOD_IN_FOR = frozenset({Audience.OWNER, Audience.MANAGER, Audience.DUTY_DESK})


def owners(means: Means, action: Action) -> tuple[PersonId, ...]:
    """The named owner, or everybody on the rota of the desk that owns it."""
    if action.owner is not None:
        return (action.owner,)
    return ids(means.store.people.at_desk(action.desk)) if action.desk else ()


def recipients(means: Means, promise: Promise, action: Action) -> tuple[PersonId, ...]:
    """The people a promise speaks to: at the moment it was said, or now. An urgent one to an owner who is not at work
    goes to the duty desk too.
    """
    at = promise.said_at or means.now
    to = Audience(promise.audience)
    people = audience(means, to, action)
    if promise.urgent and to is Audience.OWNER and not is_at_work(means, action, at):
        people += on_duty(means) or (chair_of(means, action),)
    if not people and to in STOOD_IN_FOR:
        people = (chair_of(means, action),)
    return tuple(dict.fromkeys(people))


def audience(means: Means, to: Audience, action: Action) -> tuple[PersonId, ...]:
    """Empty where the directory knows nobody. A declined action has no owner to nudge: the chair must find one."""
    match to:
        case Audience.OWNER:
            return () if action.state is ActionState.DECLINED else owners(means, action)
        case Audience.DEPUTY:
            owner = owning_person(means, action)
            return (owner.deputy,) if owner and owner.deputy else ()
        case Audience.MANAGER:
            owner = owning_person(means, action)
            return (owner.manager,) if owner and owner.manager else ()
        case Audience.CHAIR:
            return (chair_of(means, action),)
        case Audience.DESK:
            return colleagues(means, action)
        case Audience.DUTY_DESK:
            return on_duty(means)


def owning_person(means: Means, action: Action) -> Person | None:
    return means.store.people.person(action.owner) if action.owner else None


def colleagues(means: Means, action: Action) -> tuple[PersonId, ...]:
    """The others at the owner's desk. Where the desk itself owns the action, they are the owners."""
    owner = owning_person(means, action)
    rota = means.store.people.at_desk(owner.desk) if owner and owner.desk else ()
    return tuple(person.id for person in rota if person.id != action.owner)


def on_duty(means: Means) -> tuple[PersonId, ...]:
    """The rota of the out-of-hours desk: the desk that is called as the practice's telephone list calls it."""
    wanted = {
        as_spoken(name) for one in means.practice.contacts if one.code == DUTY_CONTACT for name in (one.name, one.code)
    }
    desks = (desk for agency in means.store.people.agencies() for desk in means.store.people.desks(agency.id))
    rotas = (means.store.people.at_desk(desk.id) for desk in desks if as_spoken(desk.name) in wanted)
    return tuple(person.id for rota in rotas for person in rota)


def chair_of(means: Means, action: Action) -> PersonId:
    discussion = means.store.discussions.discussion(action.discussion)
    return discussion.chair if discussion else action.created_by


def is_at_work(means: Means, action: Action, at: datetime) -> bool:
    """Whether the owner or the owning desk works at this moment; the practice's hours where none are known."""
    return hours_of(means, action).is_open(at, means.calendar)


def hours_of(means: Means, action: Action) -> OpeningHours:
    owner = owning_person(means, action)
    desk_id = owner.desk if owner else action.desk
    desk = means.store.people.desk(desk_id) if desk_id else None
    written = (owner.hours if owner else None) or (desk.hours if desk else None)
    return read_hours(written) or OpeningHours((usual_hours(means.practice.quiet_hours),))


def read_hours(written: str | None) -> OpeningHours | None:
    """Hours that can't be read are hours not known: no nudge is ever lost over them."""
    try:
        return read_opening_hours(written) if written else None
    except NotHours:
        return None


def usual_hours(quiet: QuietHours) -> WorkingHours:
    """When people may be disturbed for what is not urgent."""
    days = EVERY_DAY if quiet.on_every_day else MONDAY_TO_FRIDAY
    return WorkingHours(quiet.opens, quiet.closes, days, on_bank_holidays=quiet.on_every_day)


def ids(people: Iterable[Person]) -> tuple[PersonId, ...]:
    return tuple(person.id for person in people)
