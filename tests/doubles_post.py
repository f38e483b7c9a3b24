"""Doubles of what is said and answered: outbox, dialogs, turns, trail, links, practices."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from discussions.ids import DiscussionId, MessageId
from discussions.needs import KeptAnswer, KeptDialog, OneTimeLink
from discussions.people import PersonId
from discussions.post import Claimed, Delivery, DeliveryState, Message, Told, is_gathered
from discussions.trail import Entry


@dataclass(slots=True)
class OutboxInMemory:
    """`messages` in the order in which they were put, each key once."""

    messages: list[Message] = field(default_factory=list)
    ended: dict[MessageId, DeliveryState] = field(default_factory=dict)
    leases: dict[MessageId, tuple[str, datetime]] = field(default_factory=dict)
    attempts: dict[MessageId, int] = field(default_factory=dict)
    out: set[MessageId] = field(default_factory=set)
    not_before: dict[MessageId, datetime] = field(default_factory=dict)
    mailed: set[MessageId] = field(default_factory=set)
    deliveries: list[Delivery] = field(default_factory=list)
    digests: dict[MessageId, MessageId] = field(default_factory=dict)
    has_new: bool = False

    def put(self, message: Message) -> None:
        if message.key not in {one.key for one in self.messages}:
            self.messages.append(message)
            self.has_new = True

    def claim(
        self, now: datetime, limit: int, lease: timedelta, token: str, resting: Collection[str] = ()
    ) -> Sequence[Claimed]:
        ready = [one for one in self.messages if one.id not in self.ended and self._is_free(one, now)]
        taken = sorted(ready, key=lambda one: (not one.urgent, one.due_at))[:limit]
        for one in taken:
            self.leases[one.id] = (token, now + lease)
            self.attempts[one.id] = self.attempts.get(one.id, 0) + 1
        return [Claimed(one, token, self.attempts[one.id], one.id in self.out, one.id in self.mailed) for one in taken]

    def gather(self, leaders: Sequence[Claimed], now: datetime, lease: timedelta) -> Sequence[Claimed]:
        tokens = {one.message.recipient: one.token for one in leaders}
        ready = [one for one in self.messages if one.id not in self.ended and one.recipient in tokens]
        taken = [one for one in ready if is_gathered(one) and self._is_due(one, now) and one.id not in self.mailed]
        for one in taken:
            self.leases[one.id] = (tokens[one.recipient], now + lease)
            self.attempts[one.id] = self.attempts.get(one.id, 0) + 1
        return [Claimed(one, tokens[one.recipient], self.attempts[one.id], one.id in self.out) for one in taken]

    def _is_due(self, message: Message, now: datetime) -> bool:
        _, until = self.leases.get(message.id, ("", now))
        return until <= now and message.due_at <= now

    def postpone(self, claimed: Claimed, until: datetime) -> bool:
        if not self.put_back(claimed, until):
            return False
        at = self.messages.index(claimed.message)
        self.messages[at] = replace(claimed.message, due_at=until)
        del self.not_before[claimed.message.id]
        return True

    def bind(self, messages: Sequence[MessageId], digest: MessageId) -> None:
        self.digests |= dict.fromkeys(messages, digest)

    def bound(self, digest: MessageId) -> Sequence[Message]:
        return [one for one in self.messages if self.digests.get(one.id) == digest]

    def _is_free(self, message: Message, now: datetime) -> bool:
        _, until = self.leases.get(message.id, ("", now))
        return until <= now and self.not_before.get(message.id, message.due_at) <= now

    def _holds(self, claimed: Claimed) -> bool:
        return self.leases.get(claimed.message.id, ("",))[0] == claimed.token and claimed.message.id not in self.ended

    def sending(self, claimed: Claimed, now: datetime, *, by_mail: bool = False) -> bool:
        if self._holds(claimed) and by_mail:
            self.mailed.add(claimed.message.id)
        if self._holds(claimed):
            self.out.add(claimed.message.id)
        return self._holds(claimed)

    def sending_all(self, claimed: Sequence[Claimed], now: datetime) -> frozenset[MessageId]:
        return frozenset(one.message.id for one in claimed if self.sending(one, now))

    def settle_all(self, ended: Sequence[tuple[Claimed, Delivery]]) -> frozenset[MessageId]:
        return frozenset(one.message.id for one, line in ended if self.settle(one, line))

    def settle(self, claimed: Claimed, delivery: Delivery) -> bool:
        if not self._holds(claimed):
            return False
        self.ended[claimed.message.id] = delivery.state
        self.deliveries.append(delivery)
        return True

    def retry(
        self,
        claimed: Claimed,
        delivery: Delivery,
        at: datetime,
        *,
        is_attempt: bool = True,
        by_mail: bool | None = None,
    ) -> bool:
        if not self._holds(claimed):
            return False
        if by_mail is not None:
            (self.mailed.add if by_mail else self.mailed.discard)(claimed.message.id)
        self.attempts[claimed.message.id] = claimed.attempts - (not is_attempt)
        if by_mail not in (None, claimed.by_mail):
            self.attempts[claimed.message.id] = 0
        self.deliveries.append(delivery)
        self._free(claimed, at, maybe_sent=delivery.state is DeliveryState.MAYBE_SENT)
        return True

    def put_back(self, claimed: Claimed, at: datetime) -> bool:
        if not self._holds(claimed):
            return False
        self.attempts[claimed.message.id] -= 1
        self._free(claimed, at, maybe_sent=False)
        return True

    def _free(self, claimed: Claimed, at: datetime, *, maybe_sent: bool) -> None:
        del self.leases[claimed.message.id]
        if not maybe_sent and not claimed.maybe_sent:
            self.out.discard(claimed.message.id)
        self.not_before[claimed.message.id] = at

    def tried_since(self, id: MessageId) -> datetime | None:
        return next((delivery.at for delivery in self.deliveries if delivery.message == id), None)

    def next_at(self, now: datetime) -> datetime | None:
        waiting = [one for one in self.messages if one.id not in self.ended]
        moments = (self.not_before.get(one.id, one.due_at) for one in waiting)
        return min((at for at in moments if at > now), default=None)

    def state(self, id: MessageId) -> DeliveryState | None:
        if id not in {one.id for one in self.messages}:
            return None
        said = [delivery.state for delivery in self.deliveries if delivery.message == id]
        return said[-1] if said else DeliveryState.QUEUED

    def ledger(self, about: Mapping[str, str]) -> Sequence[Delivery]:
        meant = {one.id for one in self.messages if about.items() <= one.about.items()}
        return [delivery for delivery in self.deliveries if delivery.message in meant]

    def is_followed(self, message: Message) -> bool:
        later = self.messages[self.messages.index(message) + 1 :]
        alike = [one for one in later if replace(one, id=message.id, key=message.key, due_at=message.due_at) == message]
        return any(one.id not in self.ended for one in alike)

    def waiting(self) -> int:
        return len(self.messages) - len(self.ended)


@dataclass(slots=True)
class ToldInMemory:
    outbox: OutboxInMemory

    def about(self, name: str, id: str) -> Sequence[Told]:
        meant = [one for one in self.outbox.messages if one.about.get(name) == id and not one.replaces_card]
        return [self._told(one, one.recipient) for one in meant if one.recipient is not None]

    def _told(self, message: Message, recipient: PersonId) -> Told:
        lines = [line for line in self.outbox.deliveries if line.message == message.id]
        newest = lines[-1] if lines else None
        return Told(
            message.id,
            message.kind,
            recipient,
            message.due_at,
            newest.state if newest else DeliveryState.QUEUED,
            newest.at if newest else None,
            message.id in self.outbox.mailed,
            newest.code if newest else None,
        )


@dataclass(slots=True)
class BudgetsInMemory:
    moments: list[tuple[str, datetime]] = field(default_factory=list)
    hosts: dict[str, datetime] = field(default_factory=dict)

    def lock(self) -> None: ...

    def spent(self, names: Collection[str], since: datetime) -> Mapping[str, Sequence[datetime]]:
        lately = [(name, at) for name, at in self.moments if at > since]
        return {wanted: sorted((at for name, at in lately if name == wanted), reverse=True) for wanted in names}

    def spend(self, names: Sequence[str], now: datetime, forget: datetime) -> None:
        self.moments += [(name, now) for name in names]

    def rest(self, host: str, until: datetime) -> None:
        self.hosts[host] = max(until, self.hosts.get(host, until))

    def rests(self, now: datetime) -> Mapping[str, datetime]:
        return {host: until for host, until in self.hosts.items() if until > now}


@dataclass(slots=True)
class DialogsInMemory:
    dialogs: dict[str, KeptDialog] = field(default_factory=dict)

    def open(self, conversation: str, person: PersonId) -> KeptDialog | None:
        held = (one for one in self.dialogs.values() if one.open)
        return next((one for one in held if (one.conversation, one.person) == (conversation, person)), None)

    def dialog(self, id: str) -> KeptDialog | None:
        return self.dialogs.get(id)

    def saved(self, person: PersonId) -> Sequence[KeptDialog]:
        found = (one for one in self.dialogs.values() if one.person == person and not one.open)
        return sorted(found, key=lambda one: one.updated_at, reverse=True)

    def keep(self, dialog: KeptDialog) -> None:
        self.dialogs[dialog.id] = dialog

    def drop(self, id: str) -> None:
        self.dialogs.pop(id, None)


@dataclass(slots=True)
class TurnsInMemory:
    taken: list[str] = field(default_factory=list)
    answers: dict[str, KeptAnswer] = field(default_factory=dict)

    def take(self, conversation: str) -> None:
        self.taken.append(conversation)

    def seen(self, key: str) -> KeptAnswer | None:
        return self.answers.get(key)

    def remember(self, key: str, answer: KeptAnswer, now: datetime) -> None:
        self.answers[key] = answer

    def mark_said(self, keys: Collection[str]) -> None:
        self.answers |= {key: replace(self.answers[key], said=True) for key in keys if key in self.answers}


@dataclass(slots=True)
class TrailInMemory:
    lines: list[Entry] = field(default_factory=list)

    def write(self, entry: Entry) -> None:
        self.lines.append(entry)

    def entries(self, discussion: DiscussionId | None = None) -> Sequence[Entry]:
        return [entry for entry in self.lines if discussion is None or entry.discussion == discussion]

    def is_unbroken(self) -> bool:
        return True


@dataclass(slots=True)
class LinksInMemory:
    links: dict[str, OneTimeLink] = field(default_factory=dict)

    def add(self, link: OneTimeLink) -> None:
        self.links[link.digest] = link

    def find(self, digest: str) -> OneTimeLink | None:
        return self.links.get(digest)

    def use(self, digest: str, now: datetime) -> bool:
        link = self.links.get(digest)
        if link is None or link.used_at is not None or link.expires_at <= now:
            return False
        self.links[digest] = replace(link, used_at=now)
        return True


@dataclass(slots=True)
class PracticesInMemory:
    texts: dict[str, str] = field(default_factory=dict)

    def keep(self, digest: str, text: str) -> None:
        self.texts[digest] = text

    def text(self, digest: str) -> str | None:
        return self.texts.get(digest)
