"""Who a promise speaks to, and who answers for an action when the owner is a desk, away, or nobody."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from discussions.actions.action import Action, ActionState
from discussions.actions.promises import Promise
from discussions.actions.receipts import still_to_hear, to_hear
from discussions.attention.absence import away
from discussions.attention.hours import read_hours, usual_hours
from discussions.attention.standing_in import on_shift, present
from discussions.mailboxes import mailbox_id
from discussions.needs import Means
from discussions.people import DeskId, Person, PersonId
from discussions.practice.follow_up import Audience
from discussions.practice.types import as_spoken
from discussions.working_hours import OpeningHours

DUTY_CONTACT = "edt"
# An escalation is never lost for want of a name; a deputy or colleagues are an extra.
STOOD_IN_FOR = frozenset({Audience.OWNER, Audience.MANAGER, Audience.DUTY_DESK, Audience.LEAD})


def owners(means: Means, action: Action) -> tuple[PersonId, ...]:
    """The named owner, or everybody on the rota of the desk that owns it; its mailbox if none of them has Teams."""
    if action.owner is not None:
        return (action.owner,)
    return of_desk(means, action.desk) if action.desk else ()


def of_desk(means: Means, desk: DeskId) -> tuple[PersonId, ...]:
    return ids(people_of_desk(means, desk))


def people_of_desk(means: Means, desk: DeskId) -> tuple[Person, ...]:
    rota, id = tuple(means.store.people.at_desk(desk)), mailbox_id(desk)
    if means.store.conversations.reachable(ids(rota)) or not means.store.people.is_listed(id):
        return rota
    box = means.store.people.person(id)
    return (box,) if box else rota


def owners_on_shift(means: Means, action: Action, at: datetime) -> tuple[PersonId, ...]:
    """Of a desk that owns it those at work then; all of its rota where nobody is."""
    people = owners(means, action)
    if action.desk is None or people == (mailbox_id(action.desk),):
        return people
    return on_shift(means, means.store.people.at_desk(action.desk), at)


def recipients(means: Means, promise: Promise, action: Action) -> tuple[PersonId, ...]:
    """The people a promise speaks to: at the moment it was said, or now. An urgent one to an owner who is not at work
    goes to the duty desk too. Of a desk it speaks to those on shift; for who is away to whoever stands in.
    """
    at = promise.said_at or means.now
    to = Audience(promise.audience)
    meant = audience(means, to, action, at, whole=promise.said_at is not None)
    people = present(means, meant, action, at, urgent=promise.urgent)
    if promise.urgent and to is Audience.OWNER and not is_at_work(means, action, at):
        people += on_duty(means) or (chair_of(means, action),)
    if not people and to in STOOD_IN_FOR:
        people = (chair_of(means, action),)
    return tuple(dict.fromkeys(people))


def audience(means: Means, to: Audience, action: Action, at: datetime, *, whole: bool = False) -> tuple[PersonId, ...]:
    """Empty where the directory knows nobody. A declined action has no owner to nudge: the chair must find one.

    `whole`: of those who must hear, also who has heard by now.
    """
    match to:
        case Audience.OWNER:
            return () if action.state is ActionState.DECLINED else owners_on_shift(means, action, at)
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
        case Audience.LEAD:
            return leads(means, action)
        case Audience.ASKED:
            return asked(means, action)
        case Audience.FEEDBACK:
            return ids(hearers(means, action, whole=whole))
        case Audience.STAND_IN:
            return stand_ins(means, action, whole=whole)


def owning_person(means: Means, action: Action) -> Person | None:
    return means.store.people.person(action.owner) if action.owner else None


def colleagues(means: Means, action: Action) -> tuple[PersonId, ...]:
    """The others at the owner's desk. Where the desk itself owns the action, they are the owners."""
    owner = owning_person(means, action)
    rota = means.store.people.at_desk(owner.desk) if owner and owner.desk else ()
    return tuple(person.id for person in rota if person.id != action.owner)


def on_duty(means: Means) -> tuple[PersonId, ...]:
    """The rota of the practice's duty desk; where it names none, of the one its telephone list calls so."""
    contacts = [one for one in means.practice.contacts if one.code == DUTY_CONTACT]
    named = means.practice.follow_up.duty_desk
    return at_desks_called(means, [named] if named else [name for one in contacts for name in (one.name, one.code)])


def at_desks_called(means: Means, names: Iterable[str]) -> tuple[PersonId, ...]:
    wanted = set(map(as_spoken, names))
    desks = (desk for agency in means.store.people.agencies() for desk in means.store.people.desks(agency.id))
    rotas = (means.store.people.at_desk(desk.id) for desk in desks if as_spoken(desk.name) in wanted)
    return tuple(person.id for rota in rotas for person in rota)


def leads(means: Means, action: Action) -> tuple[PersonId, ...]:
    """Who is above the chair: the first of the practice's ways that leads to somebody. Never the chair themselves."""
    return above(means, chair_of(means, action))


def above(means: Means, chair: PersonId) -> tuple[PersonId, ...]:
    rules = means.practice.follow_up
    ways = (
        person_called(means, rules.lead_person) if rules.lead_person else (),
        at_desks_called(means, [rules.lead_desk]) if rules.lead_desk else (),
        in_role(means, rules.lead_role, chair) if rules.lead_role else (),
    )
    found = (tuple(id for id in people if id != chair) for people in ways)
    return next((people for people in found if people), ())


def person_called(means: Means, words: str) -> tuple[PersonId, ...]:
    """By mail address or whole name; nobody where two are called so."""
    person = means.store.people.by_mail(words)
    if person is not None:
        return (person.id,)
    called = [one.id for one in means.store.people.named(words) if as_spoken(one.name) == as_spoken(words)]
    return tuple(called) if len(called) == 1 else ()


def in_role(means: Means, role: str, chair: PersonId) -> tuple[PersonId, ...]:
    """Of the chair's own agency; of all where that has none."""
    person = means.store.people.person(chair)
    own = means.store.people.of_agency(person.agency) if person else ()
    found = [one.id for one in own if one.role == role]
    agencies = () if found else means.store.people.agencies()
    everybody = (one for agency in agencies for one in means.store.people.of_agency(agency.id))
    return tuple(found) or tuple(one.id for one in everybody if one.role == role)


def asked(means: Means, action: Action) -> tuple[PersonId, ...]:
    """Whoever must answer what is asked about it at this moment."""
    people: list[PersonId] = []
    if action.handed_to is not None:
        people.append(action.handed_to)
    if action.offered_until is not None:
        people += owners(means, action)
    elif action.asked_until is not None or action.state is ActionState.DECLINED:
        people.append(chair_of(means, action))
    return tuple(dict.fromkeys(people))


def waits_to_hear(means: Means, action: Action) -> tuple[PersonId | DeskId, ...]:
    """Whom its end has not reached yet."""
    if not action.unheard:
        return ()
    return still_to_hear(action, chair_of(means, action), means.store.actions.receipts(action.id))


def hearers(means: Means, action: Action, *, whole: bool = False) -> tuple[Person, ...]:
    """The people, and everybody of the desks, who must hear what came of it and have not."""
    whom = to_hear(action, chair_of(means, action)) if whole else waits_to_hear(means, action)
    found = means.store.people.people({PersonId(one) for one in whom if one not in action.feedback_desks})
    desks = [desk for desk in action.feedback_desks if desk in whom]
    rotas = [person for desk in desks for person in people_of_desk(means, desk)]
    return (*(found[PersonId(one)] for one in whom if one in found), *rotas)


def stand_ins(means: Means, action: Action, *, whole: bool = False) -> tuple[PersonId, ...]:
    """Who may take what came of it for somebody who does not answer: their deputy; without one, their desk."""
    waiting = hearers(means, action, whole=whole)
    told = {one.id for one in waiting}
    found = [id for one in waiting for id in stand_ins_of(means, one)]
    return tuple(id for id in dict.fromkeys(found) if id not in told)


def stand_ins_of(means: Means, person: Person) -> tuple[PersonId, ...]:
    if person.deputy is not None:
        return (person.deputy,)
    return ids(means.store.people.at_desk(person.desk)) if person.desk is not None else ()


def chair_of(means: Means, action: Action) -> PersonId:
    discussion = means.store.discussions.discussion(action.discussion)
    return discussion.chair if discussion else action.created_by


def is_at_work(means: Means, action: Action, at: datetime) -> bool:
    """Whether the owner or the owning desk works at this moment; the practice's hours where none are known."""
    if action.owner is not None and away(means, [action.owner], at):
        return False
    return hours_of(means, action).is_open(at, means.calendar)


def hours_of(means: Means, action: Action) -> OpeningHours:
    owner = owning_person(means, action)
    desk_id = owner.desk if owner else action.desk
    desk = means.store.people.desk(desk_id) if desk_id else None
    written = (owner.hours if owner else None) or (desk.hours if desk else None)
    return read_hours(written) or OpeningHours((usual_hours(means.practice.quiet_hours),))


def ids(people: Iterable[Person]) -> tuple[PersonId, ...]:
    return tuple(person.id for person in people)
