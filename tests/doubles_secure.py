"""The double of secure links and visits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from discussions.ids import SecureLinkId
from discussions.needs.secure import PageVisit, SecureLink
from discussions.people import PersonId


@dataclass(slots=True)
class SecureLinksInMemory:
    links: dict[SecureLinkId, SecureLink] = field(default_factory=dict)
    visits: dict[str, PageVisit] = field(default_factory=dict)

    def add(self, link: SecureLink) -> None:
        self.links[link.id] = link

    def find(self, digest: str) -> SecureLink | None:
        return next((link for link in self.links.values() if link.digest == digest), None)

    def link(self, id: SecureLinkId) -> SecureLink | None:
        return self.links.get(id)

    def save(self, link: SecureLink) -> None:
        self.links[link.id] = link

    def of_subject(self, subject: str) -> Sequence[SecureLink]:
        return [link for link in self.links.values() if link.subject == subject and link.ended_at is None]

    def live(self, now: datetime) -> Sequence[SecureLink]:
        return [link for link in self.links.values() if link.is_live(now)]

    def begin(self, visit: PageVisit) -> None:
        self.visits[visit.digest] = visit

    def visit(self, digest: str) -> PageVisit | None:
        return self.visits.get(digest)

    def say_who(self, digest: str, person: PersonId) -> None:
        self.visits[digest] = replace(self.visits[digest], said=person)

    def leave(self, digest: str) -> None:
        self.visits.pop(digest, None)
