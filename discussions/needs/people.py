"""Who is who, where they are reached, and the cards that they look at."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from discussions.ids import DiscussionId
from discussions.people import Account, Agency, AgencyId, Desk, DeskId, Person, PersonId, Right, TenantId


class PeopleStore(Protocol):
    def agencies(self) -> Sequence[Agency]:
        """All agencies, by name."""

    def desks(self, agency: AgencyId) -> Sequence[Desk]: ...
    def at_desk(self, desk: DeskId) -> Sequence[Person]: ...
    def of_agency(self, agency: AgencyId) -> Sequence[Person]: ...
    def agency(self, id: AgencyId) -> Agency: ...
    def desk(self, id: DeskId) -> Desk: ...
    def person(self, id: PersonId) -> Person | None:
        """Also who has left, and the mailbox of a desk."""

    def people(self, ids: Collection[PersonId]) -> Mapping[PersonId, Person]: ...
    def is_listed(self, id: PersonId) -> bool:
        """Whether they are in the directory now; of a mailbox, whether its desk is and has an address."""

    def by_account(self, account: Account) -> Person | None: ...
    def by_mail(self, mail: str) -> Person | None:
        """Case is ignored. None unless exactly one person has this address."""

    def named(self, words: str) -> Sequence[Person]:
        """People whose name holds all the words, in any case; at most 20."""

    def holding(self, right: Right) -> Sequence[Person]:
        """Everybody whose role gives this right, by name."""

    def link(self, person: PersonId, account: Account) -> None:
        """Remembers the account of somebody whom the directory knew by mail only."""

    def note_said(self, person: Person) -> None:
        """Keeps the name of somebody whom the directory does not know, as they said it, for what they answered."""

    def is_empty(self) -> bool: ...
    def replace_all(self, agencies: Sequence[Agency], desks: Sequence[Desk], people: Sequence[Person]) -> None:
        """The directory as imported: adds and changes by id; who is no longer in it is kept but can do nothing."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a person or a chat is reached: kept by us, refreshed from each arriving activity."""

    conversation: str
    service_url: str
    tenant: TenantId
    address: str | None


class ConversationStore(Protocol):
    def installed_for(self, person: PersonId) -> Reference | None:
        """The live personal installation, if there is one: this is what makes somebody reachable."""

    def reachable(self, people: Collection[PersonId]) -> frozenset[PersonId]: ...
    def chat(self, conversation: str) -> Reference | None: ...
    def see(self, reference: Reference, person: PersonId | None, kind: str, now: datetime) -> None:
        """Refreshes the reference (a message proves that the bot is installed there). `person` for personal chats."""

    def install(self, reference: Reference, person: PersonId | None, kind: str, now: datetime) -> bool:
        """True the first time since the last removal: that is when to welcome."""

    def remove(self, conversation: str, now: datetime) -> None: ...
    def stop(self, conversation: str, now: datetime) -> None:
        """Nothing is sent there until somebody speaks there again; unlike after a removal nobody is welcomed anew."""

    def meeting_chat(self, discussion: DiscussionId) -> Reference | None: ...
    def tie_meeting(self, discussion: DiscussionId, conversation: str) -> None: ...
    def tied_to(self, conversation: str) -> Sequence[DiscussionId]:
        """The discussions whose meeting chat this is."""


@dataclass(frozen=True, slots=True)
class LiveCard:
    """The message that shows somebody the newest state of something; `about` is e.g. "action:<id>" or "dialog:<id>"."""

    conversation: str
    activity: str


class CardStore(Protocol):
    def live(self, conversation: str, about: str) -> LiveCard | None: ...
    def remember(self, conversation: str, about: str, activity: str, now: datetime) -> None: ...
    def remember_all(self, cards: Sequence[tuple[LiveCard, str]], now: datetime) -> None:
        """Each with what it is about."""

    def holders(self, about: str) -> Sequence[LiveCard]: ...
    def forget(self, conversation: str, about: str) -> None: ...
