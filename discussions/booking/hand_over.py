"""Handing over the chair or the booking: the other must accept, and until then the first stays responsible."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from discussions.access import Can, discussion_for
from discussions.booking.book import say
from discussions.booking.changes import Change, ChangeKind
from discussions.booking.discussion import Discussion
from discussions.booking.telling import tell_the_table, update_invitations
from discussions.booking.why import Why, keep_change, within
from discussions.ids import ChangeId, DiscussionId
from discussions.needs import Means
from discussions.people import Person, PersonId, Right
from discussions.post import MessageKind
from discussions.refusals import AlreadyMoved, Missing, NotFound, WrongAnswer
from discussions.trail import Deed, Entry


class Handed(StrEnum):
    """What is handed over; the value is how it is said."""

    CHAIR = "chair"
    BOOKING = "booking"

    @property
    def can(self) -> Can:
        return Can.HAND_OVER_CHAIR if self is Handed.CHAIR else Can.CHANGE_BOOKING

    @property
    def right(self) -> Right:
        return Right.CHAIR if self is Handed.CHAIR else Right.BOOK

    def holder(self, one: Discussion) -> PersonId:
        return one.chair if self is Handed.CHAIR else one.booker

    def asked(self, one: Discussion) -> PersonId | None:
        return one.chair_asked if self is Handed.CHAIR else one.booker_asked

    def asking(self, one: Discussion, whom: PersonId | None) -> Discussion:
        if self is Handed.CHAIR:
            return replace(one, chair_asked=whom)
        return replace(one, booker_asked=whom)

    def held_by(self, one: Discussion, whom: PersonId) -> Discussion:
        if self is Handed.CHAIR:
            return replace(one, chair=whom, chair_asked=None)
        return replace(one, booker=whom, booker_asked=None)


OFFERED = {Handed.CHAIR: ChangeKind.CHAIR_OFFERED, Handed.BOOKING: ChangeKind.BOOKING_OFFERED}
TAKEN = {Handed.CHAIR: ChangeKind.CHAIR_TAKEN, Handed.BOOKING: ChangeKind.BOOKING_TAKEN}
REFUSED = {Handed.CHAIR: ChangeKind.CHAIR_REFUSED, Handed.BOOKING: ChangeKind.BOOKING_REFUSED}


@dataclass(frozen=True, slots=True)
class Offer:
    """What whoever is asked to take over reads: when it is and who asks. Nothing about a child."""

    discussion: Discussion
    what: Handed
    by: str
    phone: str | None
    words: str | None
    waits: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an offer, for whoever made it or had it before."""

    discussion: Discussion
    what: Handed
    is_taken: bool
    by: str
    words: str | None


def offer(
    means: Means, who: Person, id: DiscussionId, what: Handed, to: PersonId | None, words: str | None
) -> Discussion:
    """To somebody whose role may do it. Whoever was asked before them is not asked any more."""
    before = discussion_for(means, who, id, what.can)
    require_open(before)
    person = read_taker(means, before, what, to)
    said = within((words or "").strip() or None, "hand_words")
    if what.asked(before) == person.id:
        return before
    after = means.store.discussions.save(what.asking(before, person.id))
    change = keep_change(means, who, before, OFFERED[what], Why(None, said), person=person.id)
    note(means, who, Deed.OFFERED, after, what)
    about = {"discussion": id, "part": what.value}
    say(means, MessageKind.TAKE_OVER, about, person.id, f"offer:{change.id}")
    return after


def read_taker(means: Means, one: Discussion, what: Handed, to: PersonId | None) -> Person:
    if to is None:
        raise Missing("who takes it over", "to")
    person = means.store.people.person(to)
    if person is None or not person.may(what.right):
        does = "chair" if what is Handed.CHAIR else "book"
        raise WrongAnswer(f"Please choose somebody whose role may {does} strategy discussions.", "to")
    if person.id == what.holder(one):
        raise WrongAnswer(f"{person.name} has it already.", "to")
    return person


def take_over(means: Means, who: Person, id: DiscussionId, what: Handed) -> Discussion:
    """By whoever was asked. Everybody on it is told; invitees see the new chair on their cards."""
    before = offered_to(means, who, id, what)
    if what.holder(before) == who.id:
        return before
    after = means.store.discussions.save(what.held_by(before, who.id))
    former = what.holder(before)
    change = keep_change(means, who, before, TAKEN[what], person=former)
    note(means, who, Deed.TAKEN_OVER, after, what)
    tell_the_table(means, who, after, change)
    tell_outcome(means, who, change, {former, *offerers(means, before, what)})
    if what is Handed.CHAIR:
        update_invitations(means, after, change)
    return after


def refuse(means: Means, who: Person, id: DiscussionId, what: Handed, words: str | None) -> Discussion:
    """The first stays responsible, as before, and is told."""
    before = offered_to(means, who, id, what)
    if what.holder(before) == who.id:
        raise AlreadyMoved(f"You have taken the {what.value} of {before.reference} over already.")
    said = within((words or "").strip() or None, "hand_words")
    after = means.store.discussions.save(what.asking(before, None))
    change = keep_change(means, who, before, REFUSED[what], Why(None, said), person=what.holder(before))
    note(means, who, Deed.TAKE_OVER_REFUSED, after, what)
    tell_outcome(means, who, change, {what.holder(before), *offerers(means, before, what)})
    return after


def offered_to(means: Means, who: Person, id: DiscussionId, what: Handed) -> Discussion:
    """Whoever was never asked finds nothing; who is not asked any more is told so."""
    one = means.store.discussions.discussion(id)
    if one is None or not was_offered(means, one, what, who.id):
        raise NotFound
    require_open(one)
    if who.id not in (what.asked(one), what.holder(one)):
        raise AlreadyMoved(f"You are not asked to take over the {what.value} of {one.reference} any more.")
    return one


def was_offered(means: Means, one: Discussion, what: Handed, whom: PersonId) -> bool:
    return any(
        change.kind is OFFERED[what] and change.person == whom for change in means.store.discussions.changes(one.id)
    )


def offerers(means: Means, one: Discussion, what: Handed) -> set[PersonId]:
    """Who asked last: the chair may have handed over the booking of somebody else."""
    found = [change.who for change in means.store.discussions.changes(one.id) if change.kind is OFFERED[what]]
    return set(found[-1:])


def require_open(one: Discussion) -> None:
    if not one.is_open:
        raise AlreadyMoved(f"{one.reference} is no longer open, so it can't be handed over.")


def tell_outcome(means: Means, who: Person, change: Change, people: set[PersonId]) -> None:
    """Whoever had it may no longer be on it, so this needs no access: it says what they were part of."""
    for person in sorted(people - {who.id}):
        about = {"discussion": change.discussion, "change": change.id}
        say(means, MessageKind.HANDED_OVER, about, person, f"handed:{change.id}")


def offer_seen(means: Means, who: Person, id: DiscussionId, what: Handed) -> Offer:
    one = means.store.discussions.discussion(id)
    if one is None or not was_offered(means, one, what, who.id):
        raise NotFound
    changes = [change for change in means.store.discussions.changes(id) if change.kind is OFFERED[what]]
    mine = [change for change in changes if change.person == who.id]
    by = means.store.people.person(mine[-1].who) if mine else None
    return Offer(
        discussion=one,
        what=what,
        by=by.name if by else "The chair",
        phone=by.phone if by else None,
        words=mine[-1].words if mine else None,
        waits=what.asked(one) == who.id and one.is_open,
    )


def outcome_seen(means: Means, who: Person, id: DiscussionId, change: ChangeId) -> Outcome:
    """For those it was said to: who had it, and who offered it."""
    one = means.store.discussions.discussion(id)
    found = [had for had in means.store.discussions.changes(id) if had.id == change]
    if one is None or not found:
        raise NotFound
    what = next((what for what in Handed if found[0].kind in (TAKEN[what], REFUSED[what])), None)
    if what is None or who.id not in {found[0].person, *offerers(means, one, what)}:
        raise NotFound
    by = means.store.people.person(found[0].who)
    return Outcome(one, what, found[0].kind is TAKEN[what], by.name if by else "Somebody", found[0].words)


def note(means: Means, who: Person, deed: Deed, one: Discussion, what: Handed) -> None:
    means.store.trail.write(Entry(deed, means.now, who.id, one.id, what.value, one.version))
