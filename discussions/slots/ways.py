"""The ways on where an agency has no place in time: whoever decides for it is asked, or its managers are told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from discussions.actions.audiences import above, at_desks_called
from discussions.booking.book import require_booker
from discussions.ids import MessageId
from discussions.needs import Means
from discussions.people import Person, PersonId
from discussions.post import Message, MessageKind
from discussions.practice.slots import Shortage
from discussions.refusals import NotFound, WrongAnswer
from discussions.trail import Deed, Entry

ESCALATED = "escalated"


@dataclass(frozen=True, slots=True)
class Need:
    """What is asked for, without a word about a child or a reference: an agency by its category, until when it must
    start, how urgent it is, and which booking asks, so that it asks everybody once.
    """

    category: str
    until: datetime
    urgency: str
    booking: str


@dataclass(frozen=True, slots=True)
class NeedView:
    """What the person reads who is asked."""

    agency: str
    until: datetime
    urgency: str
    booker: str
    phone: str | None
    is_escalated: bool


def who_decides(means: Means, category: str) -> tuple[Person, ...]:
    """Who may say that the agency comes all the same, as the practice names them."""
    shortage = means.practice.slots.shortage_of(category)
    if shortage.decides_desk:
        found = means.store.people.people(set(at_desks_called(means, [shortage.decides_desk])))
        return tuple(sorted(found.values(), key=lambda person: person.name))
    return in_role_of(means, category, shortage.decides_role)


def who_manages(means: Means, who: Person, category: str) -> tuple[Person, ...]:
    """The managers of the agency and of children's social care, none of them the booker."""
    shortage: Shortage = means.practice.slots.shortage_of(category)
    own = in_role_of(means, category, shortage.manager_role)
    managers = [one.manager for one in who_decides(means, category) if one.manager] if not own else []
    ids = dict.fromkeys([*(one.id for one in own), *managers, *above(means, who.id)])
    found = means.store.people.people(set(ids))
    return tuple(found[id] for id in ids if id in found and id != who.id)


def in_role_of(means: Means, category: str, role: str | None) -> tuple[Person, ...]:
    agencies = [one for one in means.store.people.agencies() if one.category == category]
    people = (person for one in agencies for person in means.store.people.of_agency(one.id))
    return tuple(person for person in people if role is not None and person.role == role)


def ask_to_come(means: Means, who: Person, need: Need) -> tuple[Person, ...]:
    """Tells whoever decides for the agency, at once. Raises WrongAnswer where the directory has nobody."""
    return tell(means, who, need, who_decides(means, need.category), Deed.PLACE_ASKED)


def escalate(means: Means, who: Person, need: Need) -> tuple[Person, ...]:
    return tell(means, who, need, who_manages(means, who, need.category), Deed.ESCALATED)


def tell(means: Means, who: Person, need: Need, people: Sequence[Person], deed: Deed) -> tuple[Person, ...]:
    require_booker(who)
    if not people:
        name = means.practice.agency(need.category).name
        raise WrongAnswer(f"The directory has nobody who decides for {name}. Please ring them.", "when")
    about = {
        "booker": who.id,
        "category": need.category,
        "until": need.until.isoformat(),
        "urgency": need.urgency,
        "way": ESCALATED if deed is Deed.ESCALATED else "asked",
    }
    for person in people:
        say_at_once(means, about, person.id, f"{deed}:{need.booking}:{need.category}")
    code = means.practice.slots.shortage_of(need.category).code
    means.store.trail.write(Entry(deed, means.now, who.id, what=code))
    return tuple(people)


def say_at_once(means: Means, about: dict[str, str], to: PersonId, key: str) -> None:
    id, kind = MessageId(means.new_id()), MessageKind.PLACE_ASKED
    means.store.outbox.put(Message(id, kind, about, to, None, f"{key}:{to}", means.now, urgent=True))


def need_view(means: Means, message: Message) -> NeedView:
    """Raises NotFound where the booker is not in the directory any more."""
    about = message.about
    booker = means.store.people.person(PersonId(about["booker"]))
    if booker is None:
        raise NotFound("person")
    return NeedView(
        agency=means.practice.agency(about["category"]).name,
        until=datetime.fromisoformat(about["until"]),
        urgency=means.practice.urgency(about["urgency"]).name,
        booker=f"{booker.name}, {booker.role_name}",
        phone=booker.phone,
        is_escalated=about["way"] == ESCALATED,
    )
