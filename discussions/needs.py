"""What the rules need from outside, as Protocols, and the bundle in which it is handed to a use-case."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from discussions.actions.action import Action
from discussions.actions.promises import Promise
from discussions.agenda.attendance import Attendance
from discussions.agenda.facts import Fact
from discussions.booking.discussion import Child, Discussion
from discussions.booking.invitations import Invitation
from discussions.clocks import Calendar
from discussions.ids import ActionId, DiscussionId, InvitationId, MessageId, PromiseId
from discussions.people import Account, Agency, AgencyId, Desk, DeskId, Person, PersonId, Right, TenantId
from discussions.post import Claimed, Delivery, DeliveryState, Message
from discussions.practice.types import Practice
from discussions.trail import Entry


class PeopleStore(Protocol):
    def agencies(self) -> Sequence[Agency]:
        """All agencies, by name."""

    def desks(self, agency: AgencyId) -> Sequence[Desk]: ...
    def at_desk(self, desk: DeskId) -> Sequence[Person]: ...
    def of_agency(self, agency: AgencyId) -> Sequence[Person]: ...
    def agency(self, id: AgencyId) -> Agency: ...
    def desk(self, id: DeskId) -> Desk: ...
    def person(self, id: PersonId) -> Person | None: ...
    def people(self, ids: Collection[PersonId]) -> Mapping[PersonId, Person]: ...
    def by_account(self, account: Account) -> Person | None: ...
    def by_mail(self, mail: str) -> Person | None:
        """Case is ignored. None unless exactly one person has this address."""

    def named(self, words: str) -> Sequence[Person]:
        """People whose name holds all the words, in any case; at most 20."""

    def holding(self, right: Right) -> Sequence[Person]:
        """Everybody whose role gives this right, by name."""

    def link(self, person: PersonId, account: Account) -> None:
        """Remembers the account of somebody whom the directory knew by mail only."""

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
    def holders(self, about: str) -> Sequence[LiveCard]: ...
    def forget(self, conversation: str, about: str) -> None: ...


class DiscussionStore(Protocol):
    def add(self, discussion: Discussion, children: Sequence[Child], invitations: Sequence[Invitation]) -> None: ...
    def discussion(self, id: DiscussionId) -> Discussion | None: ...
    def by_reference(self, reference: str) -> Discussion | None: ...
    def save(self, discussion: Discussion) -> Discussion:
        """Keeps it, with the next version, if the stored version is still `discussion.version`; else Stale."""

    def children(self, id: DiscussionId) -> Sequence[Child]: ...
    def invitations(self, id: DiscussionId) -> Sequence[Invitation]: ...
    def invitation(self, id: InvitationId) -> Invitation | None: ...
    def save_invitation(self, invitation: Invitation) -> Invitation: ...
    def add_invitation(self, invitation: Invitation) -> None: ...
    def of_person(self, person: PersonId, desk: DeskId | None, since: datetime) -> Sequence[Discussion]:
        """Those the person chairs, minutes, booked, or is asked to (by name or through the desk), soonest first."""

    def visible(self, since: datetime) -> Sequence[Discussion]:
        """All that are not restricted: for those whose role oversees."""

    def next_reference(self, year: int) -> str:
        """SD-26-0001, SD-26-0002, …: never given twice."""

    def add_attendance(self, attendance: Attendance) -> None: ...
    def attendance(self, id: DiscussionId) -> Sequence[Attendance]: ...
    def save_attendance(self, attendance: Attendance) -> Attendance: ...
    def current(self, person: PersonId) -> DiscussionId | None:
        """The discussion the person's typed words go to."""

    def set_current(self, person: PersonId, discussion: DiscussionId | None) -> None: ...


class FactStore(Protocol):
    def add(self, fact: Fact) -> None:
        """Raises Stale if a fact with the same (discussion, field, subject, sequence, version) is there."""

    def current(self, discussion: DiscussionId) -> Sequence[Fact]:
        """The newest fact of each (field, subject, sequence), in the order of capture, taken-back ones included."""

    def history(self, discussion: DiscussionId) -> Sequence[Fact]: ...


class ActionStore(Protocol):
    def add(self, action: Action, promises: Sequence[Promise]) -> None: ...
    def action(self, id: ActionId) -> Action | None: ...
    def save(self, action: Action) -> Action:
        """As DiscussionStore.save."""

    def of_discussion(self, id: DiscussionId) -> Sequence[Action]: ...
    def of_person(self, person: PersonId, desk: DeskId | None) -> Sequence[Action]:
        """Open actions owned by the person, by their desk, or handed to them and not yet accepted."""

    def promises(self, id: ActionId) -> Sequence[Promise]: ...
    def add_promises(self, promises: Sequence[Promise]) -> None: ...
    def save_promise(self, promise: Promise) -> None: ...
    def void_promises(self, id: ActionId) -> None:
        """Waiting promises of the action will not be kept any more."""

    def due(self, now: datetime, limit: int) -> Sequence[Promise]:
        """Waiting promises whose moment has come, of actions still open; urgent first, then oldest first."""


class OutboxStore(Protocol):
    """`has_new`: something was put in during this transaction."""

    @property
    def has_new(self) -> bool: ...
    def put(self, message: Message) -> None:
        """In the same transaction as the change that it tells of. A key that is there already adds nothing."""

    def claim(
        self, now: datetime, limit: int, lease: timedelta, token: str, resting: Collection[str] = ()
    ) -> Sequence[Claimed]:
        """Nobody who is reached through a host of `resting`, unless they have waited for the longest already."""

    def settle(self, claimed: Claimed, delivery: Delivery) -> bool:
        """Ends the message (sent, gave up, …) and writes the ledger; False if the lease was lost meanwhile."""

    def sending(self, claimed: Claimed, now: datetime) -> bool:
        """Says, before the call goes out, that it may have gone out; False if the lease was lost."""

    def retry(
        self,
        claimed: Claimed,
        delivery: Delivery,
        at: datetime,
        *,
        is_attempt: bool = True,
        by_mail: bool | None = None,
    ) -> bool:
        """Later again, with a line in the ledger. `by_mail` changes the way; None leaves it."""

    def put_back(self, claimed: Claimed, at: datetime) -> bool:
        """As if it had never been claimed, but not before `at`: nothing was tried, so the ledger says nothing."""

    def tried_since(self, id: MessageId) -> datetime | None:
        """The moment of the first line that the ledger has of it."""

    def next_at(self, now: datetime) -> datetime | None:
        """When the next of those that wait for their turn or for another try may go."""

    def state(self, id: MessageId) -> DeliveryState | None: ...
    def ledger(self, about: Mapping[str, str]) -> Sequence[Delivery]:
        """What became of all messages whose `about` holds these ids, oldest first."""

    def waiting(self) -> int: ...


class BudgetStore(Protocol):
    """What was sent lately under a name (a conversation, or the app as a whole), and hosts that want rest."""

    def lock(self) -> None:
        """Nobody else counts or spends until the transaction ends."""

    def spent(self, names: Collection[str], since: datetime) -> Mapping[str, Sequence[datetime]]:
        """The moments after `since`, newest first, of each name."""

    def spend(self, names: Sequence[str], now: datetime, forget: datetime) -> None:
        """A name as often as it is given. What these names spent up to `forget` is not needed any more."""

    def rest(self, host: str, until: datetime) -> None:
        """The longer rest counts."""

    def rests(self, now: datetime) -> Mapping[str, datetime]:
        """Hosts that nothing may be sent to yet, and until when."""


@dataclass(frozen=True, slots=True)
class KeptDialog:
    """A guided conversation as it was left. `state` is JSON, kept encrypted; `seen` counts its changes."""

    id: str
    name: str
    dialog_version: int
    conversation: str
    person: PersonId
    state: Mapping[str, object]
    seen: int
    open: bool
    updated_at: datetime


class DialogStore(Protocol):
    def open(self, conversation: str, person: PersonId) -> KeptDialog | None: ...
    def dialog(self, id: str) -> KeptDialog | None: ...
    def saved(self, person: PersonId) -> Sequence[KeptDialog]:
        """Those put aside with "Save for later", newest first."""

    def keep(self, dialog: KeptDialog) -> None: ...
    def drop(self, id: str) -> None: ...


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What a turn was answered with, kept encrypted for a day: the same thing arriving again gets the same answer.

    `card` is the card's JSON. Of an answer that only looked no more is kept than that: whoever asks again, looks again.
    """

    card: str | None
    summary: str | None
    sentence: str | None
    said: bool
    about: str | None = None
    is_a_look: bool = False


class TurnStore(Protocol):
    def take(self, conversation: str) -> None:
        """Orders the turns of one conversation across replicas; held until the transaction ends."""

    def seen(self, key: str) -> KeptAnswer | None: ...
    def remember(self, key: str, answer: KeptAnswer, now: datetime) -> None: ...
    def mark_said(self, keys: Collection[str]) -> None: ...


class TrailStore(Protocol):
    def write(self, entry: Entry) -> None: ...
    def entries(self, discussion: DiscussionId | None = None) -> Sequence[Entry]: ...
    def is_unbroken(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class OneTimeLink:
    """A link to a file: `digest` of its secret is kept, never the secret. `used_at` makes it single-use."""

    digest: str
    discussion: DiscussionId
    person: PersonId
    expires_at: datetime
    used_at: datetime | None = None


class LinkStore(Protocol):
    def add(self, link: OneTimeLink) -> None: ...
    def find(self, digest: str) -> OneTimeLink | None: ...
    def use(self, digest: str, now: datetime) -> bool:
        """True once."""


class PracticeStore(Protocol):
    def keep(self, digest: str, text: str) -> None:
        """Every practice in use is kept whole, so that an old record can be read as it was asked."""

    def text(self, digest: str) -> str | None: ...


@dataclass(frozen=True, slots=True)
class LookedAt:
    """One page of open actions, in the order of their ids: `last` where to go on, None after the last page."""

    unpromised: Sequence[ActionId]
    last: ActionId | None


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits in the outbox, and since when the oldest of what is due has been due."""

    waiting: int
    due_since: datetime | None


class AuditStore(Protocol):
    """What the auditor re-reads, through indexes alone: an answer holds at most `most` ids, the oldest first."""

    def unsaid(self, before: datetime, most: int) -> Sequence[PromiseId]:
        """Waiting promises that were due before this moment."""

    def unwritten(self, since: datetime, before: datetime, most: int) -> Sequence[PromiseId]:
        """Promises said between these moments of which the outbox holds no message."""

    def queued(self, before: datetime, most: int) -> Sequence[MessageId]:
        """Messages due before this moment that nobody has ever tried."""

    def claimed(self, before: datetime, most: int) -> Sequence[MessageId]:
        """Messages whose lease ended before this moment, and nobody took them over."""

    def retried(self, before: datetime, most: int) -> Sequence[MessageId]:
        """Messages still open though their first attempt was before this moment."""

    def unaccounted(self, since: datetime, most: int) -> Sequence[MessageId]:
        """Messages that ended since without the ledger's line for it, or are open though the ledger says sent."""

    def open_actions(self, after: ActionId | None, most: int) -> LookedAt:
        """A page of `most` open actions, and which of them have no promise waiting."""

    def backlog(self, now: datetime) -> Backlog: ...


class MarkStore(Protocol):
    """When something last happened, for all replicas to see: a tick, a word to the administrators."""

    def put(self, name: str, at: datetime) -> None: ...
    def find(self, name: str) -> datetime | None: ...


class Store(Protocol):
    """All that is kept, inside one transaction."""

    people: PeopleStore
    conversations: ConversationStore
    cards: CardStore
    discussions: DiscussionStore
    facts: FactStore
    actions: ActionStore
    outbox: OutboxStore
    budgets: BudgetStore
    dialogs: DialogStore
    turns: TurnStore
    trail: TrailStore
    links: LinkStore
    practices: PracticeStore
    audit: AuditStore
    marks: MarkStore


NewId = Callable[[], str]
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Means:
    """What a use-case has at hand for one transaction; nothing in it is reached for anywhere else."""

    store: Store
    practice: Practice
    calendar: Calendar
    now: datetime
    new_id: NewId


class Transactions(Protocol):
    """The roof's way to a use-case: one transaction, in one hop to a thread."""

    async def run(self, use_case: Callable[..., R], *arguments: object) -> R:
        """Calls `use_case(means, *arguments)`; commits when it returns, rolls back when it raises."""
