"""What must be said, and how much of it may be said at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from discussions.delivery_lines import Logged, Which
from discussions.ids import MessageId
from discussions.post import Claimed, Delivery, DeliveryState, Message, Told


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

    def gather(self, leaders: Sequence[Claimed], now: datetime, lease: timedelta) -> Sequence[Claimed]:
        """What else is due for the recipients of these and may go on one card with them, claimed under their tokens,
        in the order in which it was put in."""

    def postpone(self, claimed: Claimed, until: datetime) -> bool:
        """It is not due before then, and nobody waits for it meanwhile. Nothing was tried: the ledger says nothing."""

    def bind(self, messages: Sequence[MessageId], digest: MessageId) -> None:
        """These go on one card, known by the first of them; a later word about the same message counts."""

    def bound(self, digest: MessageId) -> Sequence[Message]:
        """What went on that card, in the order in which it was put in."""

    def settle(self, claimed: Claimed, delivery: Delivery) -> bool:
        """Ends the message (sent, gave up, …) and writes the ledger; False if the lease was lost meanwhile."""

    def settle_all(self, ended: Sequence[tuple[Claimed, Delivery]]) -> frozenset[MessageId]:
        """As `settle` for many, in a few statements: the ids of those whose lease was still held."""

    def sending(self, claimed: Claimed, now: datetime, *, by_mail: bool = False) -> bool:
        """Says, before the call goes out, that it may have gone out, and which way; False if the lease was lost."""

    def sending_all(self, claimed: Sequence[Claimed], now: datetime) -> frozenset[MessageId]:
        """As `sending` for many: the ids of those whose lease is held."""

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
        """When the next of those that are not due yet, or wait for their turn or another try, may go."""

    def state(self, id: MessageId) -> DeliveryState | None: ...
    def ledger(self, about: Mapping[str, str]) -> Sequence[Delivery]:
        """What became of all messages whose `about` holds these ids, oldest first."""

    def is_followed(self, message: Message) -> bool:
        """Whether a later one of the same kind, about the same and for the same person or chat, waits already."""

    def waiting(self) -> int: ...


class ToldStore(Protocol):
    def about(self, name: str, id: str) -> Sequence[Told]:
        """What people were newly told of e.g. ("action", its id), oldest first; updates of cards they hold left out."""


class DeliveryLogStore(Protocol):
    """The outbox and its ledger, to be read."""

    def counts(self, which: Which, now: datetime) -> Mapping[str, int]:
        """How many, by how they stand."""

    def lines(self, which: Which, now: datetime, most: int | None = None) -> Sequence[Logged]:
        """Newest first."""

    def find(self, ids: Sequence[MessageId], now: datetime) -> Sequence[Logged]: ...
    def messages(self, ids: Sequence[MessageId]) -> Sequence[Message]: ...
    def said_again(self, ids: Sequence[MessageId]) -> Mapping[MessageId, MessageId]:
        """For each that was said again by hand, the newest message that does."""


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


class MarkStore(Protocol):
    """When something last happened, for all replicas to see: a tick, a word to the administrators."""

    def put(self, name: str, at: datetime) -> None: ...
    def find(self, name: str) -> datetime | None: ...
