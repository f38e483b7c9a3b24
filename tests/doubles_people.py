"""Doubles of the directory, of where people are reached, and of the cards they hold."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from discussions.ids import DiscussionId
from discussions.mailboxes import desk_of_mailbox, mailbox
from discussions.needs import LiveCard, Reference
from discussions.people import Account, Agency, AgencyId, Desk, DeskId, Person, PersonId, Right
from discussions.refusals import NotFound


@dataclass(slots=True)
class PeopleInMemory:
    all_agencies: dict[AgencyId, Agency] = field(default_factory=dict)
    all_desks: dict[DeskId, Desk] = field(default_factory=dict)
    everybody: dict[PersonId, Person] = field(default_factory=dict)
    unlisted: dict[PersonId, Person] = field(default_factory=dict)

    def agencies(self) -> Sequence[Agency]:
        return sorted(self.all_agencies.values(), key=lambda agency: agency.name)

    def desks(self, agency: AgencyId) -> Sequence[Desk]:
        return [desk for desk in self.all_desks.values() if desk.agency == agency]

    def at_desk(self, desk: DeskId) -> Sequence[Person]:
        return sorted((one for one in self.everybody.values() if one.desk == desk), key=lambda one: one.name)

    def of_agency(self, agency: AgencyId) -> Sequence[Person]:
        return sorted((one for one in self.everybody.values() if one.agency == agency), key=lambda one: one.name)

    def agency(self, id: AgencyId) -> Agency:
        if id not in self.all_agencies:
            raise NotFound("agency")
        return self.all_agencies[id]

    def desk(self, id: DeskId) -> Desk:
        if id not in self.all_desks:
            raise NotFound("desk")
        return self.all_desks[id]

    def person(self, id: PersonId) -> Person | None:
        desk = self.all_desks.get(desk_of_mailbox(id) or DeskId(""))
        return mailbox(desk) if desk else self.everybody.get(id) or self.unlisted.get(id)

    def people(self, ids: Collection[PersonId]) -> Mapping[PersonId, Person]:
        found = ((id, self.person(id)) for id in ids)
        return {id: them for id, them in found if them is not None}

    def is_listed(self, id: PersonId) -> bool:
        desk = self.all_desks.get(desk_of_mailbox(id) or DeskId(""))
        return bool(desk and desk.mail) or id in self.everybody

    def note_said(self, person: Person) -> None:
        self.unlisted[person.id] = person

    def by_account(self, account: Account) -> Person | None:
        return next((one for one in self.everybody.values() if one.account == account), None)

    def by_mail(self, mail: str) -> Person | None:
        found = [one for one in self.everybody.values() if one.mail and one.mail.casefold() == mail.strip().casefold()]
        return found[0] if len(found) == 1 else None

    def named(self, words: str) -> Sequence[Person]:
        wanted = words.casefold().split()
        found = [one for one in self.everybody.values() if wanted and all(w in one.name.casefold() for w in wanted)]
        return sorted(found, key=lambda one: one.name)[:20]

    def holding(self, right: Right) -> Sequence[Person]:
        return sorted((one for one in self.everybody.values() if one.may(right)), key=lambda one: one.name)

    def link(self, person: PersonId, account: Account) -> None:
        self.everybody[person] = replace(self.everybody[person], account=account)

    def is_empty(self) -> bool:
        return not self.everybody

    def replace_all(self, agencies: Sequence[Agency], desks: Sequence[Desk], people: Sequence[Person]) -> None:
        self.all_agencies |= {agency.id: agency for agency in agencies}
        self.all_desks |= {desk.id: desk for desk in desks}
        gone = {id: replace(one, rights=frozenset(), account=None, desk=None) for id, one in self.everybody.items()}
        self.everybody = gone | {one.id: one for one in people}


@dataclass(slots=True)
class ConversationsInMemory:
    references: dict[str, Reference] = field(default_factory=dict)
    persons: dict[str, PersonId] = field(default_factory=dict)
    meetings: dict[DiscussionId, str] = field(default_factory=dict)

    def installed_for(self, person: PersonId) -> Reference | None:
        return next((self.references[chat] for chat, owner in self.persons.items() if owner == person), None)

    def reachable(self, people: Collection[PersonId]) -> frozenset[PersonId]:
        return frozenset(people) & frozenset(self.persons.values())

    def chat(self, conversation: str) -> Reference | None:
        return self.references.get(conversation)

    def see(self, reference: Reference, person: PersonId | None, kind: str, now: datetime) -> None:
        self.references[reference.conversation] = reference
        if person is not None:
            self.persons[reference.conversation] = person

    def install(self, reference: Reference, person: PersonId | None, kind: str, now: datetime) -> bool:
        is_new = reference.conversation not in self.references
        self.see(reference, person, kind, now)
        return is_new

    def remove(self, conversation: str, now: datetime) -> None:
        self.references.pop(conversation, None)
        self.persons.pop(conversation, None)

    def stop(self, conversation: str, now: datetime) -> None:
        self.remove(conversation, now)

    def meeting_chat(self, discussion: DiscussionId) -> Reference | None:
        return self.references.get(self.meetings.get(discussion, ""))

    def tie_meeting(self, discussion: DiscussionId, conversation: str) -> None:
        self.meetings[discussion] = conversation

    def tied_to(self, conversation: str) -> Sequence[DiscussionId]:
        return [discussion for discussion, chat in self.meetings.items() if chat == conversation]


@dataclass(slots=True)
class CardsInMemory:
    cards: dict[tuple[str, str], str] = field(default_factory=dict)

    def live(self, conversation: str, about: str) -> LiveCard | None:
        activity = self.cards.get((conversation, about))
        return None if activity is None else LiveCard(conversation, activity)

    def remember(self, conversation: str, about: str, activity: str, now: datetime) -> None:
        self.cards[conversation, about] = activity

    def remember_all(self, cards: Sequence[tuple[LiveCard, str]], now: datetime) -> None:
        for card, about in cards:
            self.remember(card.conversation, about, card.activity, now)

    def holders(self, about: str) -> Sequence[LiveCard]:
        return [LiveCard(chat, activity) for (chat, what), activity in self.cards.items() if what == about]

    def forget(self, conversation: str, about: str) -> None:
        self.cards.pop((conversation, about), None)
