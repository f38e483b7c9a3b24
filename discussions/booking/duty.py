"""Handing a discussion to the duty desk out of hours: why, what is planned, and whom to ring."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from discussions.access import Can, discussion_for
from discussions.actions.audiences import DUTY_CONTACT, on_duty
from discussions.booking.book import say
from discussions.booking.changes import Change, ChangeKind
from discussions.booking.discussion import Discussion
from discussions.booking.hand_over import require_open
from discussions.booking.telling import table_of, tell_the_table
from discussions.booking.views import line_for, people_in
from discussions.booking.why import Why, keep_change, within
from discussions.ids import DiscussionId
from discussions.needs import Means
from discussions.people import DeskId, Person
from discussions.post import MessageKind
from discussions.refusals import Missing, NotFound, WrongAnswer
from discussions.trail import Deed, Entry

WHAT = "duty desk"


@dataclass(frozen=True, slots=True)
class ToRing:
    who: str
    phone: str


@dataclass(frozen=True, slots=True)
class DutyHandOver:
    """`reason` and `plan` are the words of whoever hands it over; `taken_by` who of the desk has it."""

    discussion: Discussion
    by: str
    reason: str
    plan: str
    to_ring: tuple[ToRing, ...]
    taken_by: str | None


def tell_duty_desk(means: Means, who: Person, id: DiscussionId, reason: str | None, plan: str | None) -> Discussion:
    """By chair or booker, who stay responsible until somebody of the desk says that they have it."""
    before = discussion_for(means, who, id, Can.CHANGE_BOOKING)
    require_open(before)
    why, planned = (
        within((reason or "").strip() or None, "duty_reason"),
        within((plan or "").strip() or None, "duty_plan"),
    )
    if why is None:
        raise Missing("why the duty desk is needed", "duty_reason")
    if planned is None:
        raise Missing("what is planned until the morning, and what they are to do", "duty_plan")
    desk = duty_desk_of(means)
    after = means.store.discussions.save(replace(before, duty_desk=desk))
    change = keep_change(means, who, before, ChangeKind.DUTY_TOLD, Why(None, why), safety=planned)
    means.store.trail.write(Entry(Deed.OFFERED, means.now, who.id, id, WHAT, after.version))
    for person in on_duty(means):
        if person != who.id:
            say(means, MessageKind.DUTY, {"discussion": id}, person, f"duty:{change.id}")
    return after


def duty_desk_of(means: Means) -> DeskId:
    """Raises WrongAnswer with the number to ring where the directory knows nobody on duty."""
    people = means.store.people.people(set(on_duty(means))).values()
    desk = next((person.desk for person in people if person.desk), None)
    if desk is None:
        numbers = [f"{one.name}, {one.number}" for one in means.practice.contacts if one.code == DUTY_CONTACT]
        ring = f" Please ring: {numbers[0]}." if numbers else " Please ring them."
        raise WrongAnswer(f"The directory has nobody on duty out of hours.{ring}")
    return desk


def take_duty(means: Means, who: Person, id: DiscussionId) -> Discussion:
    """Whoever of the desk is first; a second press changes nothing."""
    one, told = of_duty(means, who, id)
    require_open(one)
    if taken_since(means, told) is not None:
        return one
    # two of the desk at the same moment: the second finds it changed
    means.store.discussions.save(one)
    change = keep_change(means, who, one, ChangeKind.DUTY_TAKEN)
    means.store.trail.write(Entry(Deed.TAKEN_OVER, means.now, who.id, id, WHAT, one.version))
    tell_the_table(means, who, one, change)
    for person in on_duty(means):
        if person != who.id:
            key = f"duty taken:{change.id}"
            say(means, MessageKind.DUTY, {"discussion": id}, person, key, replaces=True)
    return one


def of_duty(means: Means, who: Person, id: DiscussionId) -> tuple[Discussion, Change]:
    """What was handed to the desk last. NotFound for whoever is not at that desk."""
    one = means.store.discussions.discussion(id)
    told = [change for change in means.store.discussions.changes(id) if change.kind is ChangeKind.DUTY_TOLD]
    if one is None or one.duty_desk is None or who.desk != one.duty_desk or not told:
        raise NotFound
    return one, told[-1]


def taken_since(means: Means, told: Change) -> Change | None:
    changes = list(means.store.discussions.changes(told.discussion))
    later = changes[changes.index(told) + 1 :]
    return next((change for change in later if change.kind is ChangeKind.DUTY_TAKEN), None)


def duty_seen(means: Means, who: Person, id: DiscussionId) -> DutyHandOver:
    one, told = of_duty(means, who, id)
    by, taken = means.store.people.person(told.who), taken_since(means, told)
    taker = means.store.people.person(taken.who) if taken else None
    return DutyHandOver(
        discussion=one,
        by=by.name if by else "Somebody",
        reason=told.words or "",
        plan=told.safety or "",
        to_ring=tuple(dict.fromkeys(whom_to_ring(means, one))),
        taken_by=taker.name if taker else None,
    )


def whom_to_ring(means: Means, one: Discussion) -> Iterator[ToRing]:
    """Who runs it, then who is asked, then the practice's own numbers."""
    invitations = means.store.discussions.invitations(one.id)
    people = people_in(means, one, invitations)
    for id in table_of(one):
        if id in people and people[id].phone:
            yield ToRing(f"{people[id].name}, {people[id].role_name}", people[id].phone or "")
    for invitation in invitations:
        line = line_for(means, invitation, people)
        if line.phone:
            yield ToRing(f"{line.agency}, {line.who}", line.phone)
    for contact in means.practice.contacts:
        yield ToRing(contact.name, contact.number)
