"""Turns, guided conversations, links, practices, and the trail."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from discussions.ids import DiscussionId
from discussions.people import PersonId
from discussions.trail import Entry


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
    """A link to a file: `digest` of its secret is kept, never the secret. `used_at` makes it single-use.

    To the record of `discussion`; where there is none, to what `what` says, or else to the open actions of all that the
    person chairs.
    """

    digest: str
    discussion: DiscussionId | None
    person: PersonId
    expires_at: datetime
    used_at: datetime | None = None
    what: str | None = None


class LinkStore(Protocol):
    def add(self, link: OneTimeLink) -> None: ...
    def find(self, digest: str) -> OneTimeLink | None: ...
    def use(self, digest: str, now: datetime) -> bool:
        """True once."""


class PracticeStore(Protocol):
    def keep(self, digest: str, text: str) -> None:
        """Every practice in use is kept whole, so that an old record can be read as it was asked."""

    def text(self, digest: str) -> str | None: ...
