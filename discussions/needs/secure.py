"""Secure links and the visits that they lead to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from discussions.ids import DiscussionId, MessageId, SecureLinkId
from discussions.people import PersonId


class Purpose(StrEnum):
    """The one thing that a link is for. A new kind of link is a new purpose; what it is about is its subject."""

    ANSWER = "answer an action"
    TAKE_OVER = "take an action over"
    HEAR = "hear of an action"
    INVITED = "answer an invitation"


class Ended(StrEnum):
    """Why a link works no longer, though its time is not over."""

    CLOSED = "its matter is closed"
    MOVED = "it is another's now"
    LEFT = "left the directory"
    WITHDRAWN = "withdrawn by the chair"

    @property
    def ends_visits(self) -> bool:
        """Whoever is on the page when its matter closes may still read how it stands."""
        return self is not Ended.CLOSED


@dataclass(frozen=True, slots=True)
class SecureLink:
    """Of the secret only the digest is kept, of the code only what it makes together with that digest.

    `subject` is the id of what it is about, `addressee` the person or mailbox it was mailed to, `message` the mail's.
    `codes_made` since `codes_since` are those asked for within an hour; `tries` those that failed for the code.
    """

    id: SecureLinkId
    digest: str
    purpose: Purpose
    subject: str
    discussion: DiscussionId
    addressee: PersonId
    message: MessageId
    made_at: datetime
    expires_at: datetime
    ended_at: datetime | None = None
    ended_why: Ended | None = None
    codes_since: datetime | None = None
    codes_made: int = 0
    code: str | None = None
    code_expires_at: datetime | None = None
    tries: int = 0

    def is_live(self, now: datetime) -> bool:
        return self.ended_at is None and now < self.expires_at


@dataclass(frozen=True, slots=True)
class PageVisit:
    """From the right code until it is over. `said` is who somebody at a shared mailbox said they are."""

    digest: str
    link: SecureLinkId
    began_at: datetime
    ends_at: datetime
    said: PersonId | None = None


class SecureLinkStore(Protocol):
    def add(self, link: SecureLink) -> None: ...
    def find(self, digest: str) -> SecureLink | None: ...
    def link(self, id: SecureLinkId) -> SecureLink | None: ...
    def save(self, link: SecureLink) -> None:
        """Over what is there: whoever changes a link has taken its turn."""

    def of_subject(self, subject: str) -> Sequence[SecureLink]:
        """Those that have not been ended, oldest first."""

    def live(self, now: datetime) -> Sequence[SecureLink]:
        """All that still work, oldest first."""

    def begin(self, visit: PageVisit) -> None: ...
    def visit(self, digest: str) -> PageVisit | None: ...
    def say_who(self, digest: str, person: PersonId) -> None: ...
    def leave(self, digest: str) -> None: ...
