"""Discussions, and what is captured in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from discussions.agenda.attendance import Attendance
from discussions.agenda.facts import Fact
from discussions.booking.changes import Change
from discussions.booking.discussion import Child, Discussion
from discussions.booking.invitations import Invitation
from discussions.booking.kept_proposals import KeptProposal
from discussions.booking.sent import Report
from discussions.ids import DiscussionId, InvitationId, ReportId
from discussions.people import DeskId, PersonId


class DiscussionStore(Protocol):
    def add(self, discussion: Discussion, children: Sequence[Child], invitations: Sequence[Invitation]) -> None: ...
    def discussion(self, id: DiscussionId) -> Discussion | None: ...
    def by_reference(self, reference: str) -> Discussion | None: ...
    def about_child(self, initials: str, born: date, since: datetime) -> Sequence[Discussion]:
        """Not cancelled, about a child with these initials and this birthday, and starting since; the first first."""

    def following(self, id: DiscussionId) -> Discussion | None:
        """The full meeting that was booked after this telephone discussion, unless it was cancelled."""

    def save(self, discussion: Discussion) -> Discussion:
        """Keeps it, with the next version, if the stored version is still `discussion.version`; else Stale."""

    def add_child(self, child: Child) -> None: ...
    def children(self, id: DiscussionId) -> Sequence[Child]: ...
    def invitations(self, id: DiscussionId) -> Sequence[Invitation]:
        """In the order in which they were asked; without those that were withdrawn."""

    def add_proposals(self, proposals: Sequence[KeptProposal]) -> None: ...
    def proposals(self, id: DiscussionId) -> Sequence[KeptProposal]:
        """In the order in which they were shown."""

    def add_change(self, change: Change) -> None: ...
    def changes(self, id: DiscussionId) -> Sequence[Change]:
        """All of one discussion, the first first."""

    def telephoned(self, since: datetime, before: datetime) -> Sequence[Discussion]:
        """Held by telephone within this time, and no full meeting booked after it; the first first."""

    def not_begun(self, since: datetime, before: datetime) -> Sequence[Discussion]:
        """Booked for a start since then and before that, and neither begun nor written down as held; restricted too."""

    def invitation(self, id: InvitationId) -> Invitation | None: ...
    def save_invitation(self, invitation: Invitation) -> Invitation: ...
    def add_invitation(self, invitation: Invitation) -> None: ...
    def of_person(
        self, person: PersonId, desk: DeskId | None, since: datetime, until: datetime | None = None
    ) -> Sequence[Discussion]:
        """Those the person chairs, minutes, booked, or is asked to (by name or through the desk), soonest first."""

    def visible(self, since: datetime, until: datetime | None = None) -> Sequence[Discussion]:
        """All that are not restricted: for those whose role oversees."""

    def held_since(self, since: datetime) -> Sequence[Discussion]:
        """All that have started and whose content is still kept, restricted ones too: for what the clock says."""

    def next_reference(self, year: int) -> str:
        """SD-26-0001, SD-26-0002, …: never given twice."""

    def add_attendance(self, attendance: Attendance) -> None: ...
    def attendance(self, id: DiscussionId) -> Sequence[Attendance]: ...
    def save_attendance(self, attendance: Attendance) -> Attendance: ...
    def current(self, person: PersonId) -> DiscussionId | None:
        """The discussion the person's typed words go to."""

    def set_current(self, person: PersonId, discussion: DiscussionId | None) -> None: ...


class ReportStore(Protocol):
    """What agencies sent before the meeting."""

    def add(self, report: Report, file: bytes | None) -> None: ...
    def of(self, discussion: DiscussionId) -> Sequence[Report]:
        """In the order in which they were sent, without their files."""

    def report(self, id: ReportId) -> Report | None: ...
    def file(self, id: ReportId) -> bytes | None: ...


class FactStore(Protocol):
    def add(self, fact: Fact) -> None:
        """Raises Stale if a fact with the same (discussion, field, subject, sequence, version) is there."""

    def current(self, discussion: DiscussionId) -> Sequence[Fact]:
        """The newest fact of each (field, subject, sequence), in the order of capture, taken-back ones included."""

    def history(self, discussion: DiscussionId) -> Sequence[Fact]: ...
