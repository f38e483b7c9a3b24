"""Discussions and what belongs to them, kept in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from discussions.actions.promises import PromiseState
from discussions.agenda.attendance import Attendance
from discussions.booking.changes import Change
from discussions.booking.discussion import Child, Discussion, DiscussionState, Form
from discussions.booking.invitations import Invitation
from discussions.booking.kept_proposals import KeptProposal
from discussions.booking.sent import Report
from discussions.chasing.chase import Chase
from discussions.ids import ChaseId, DiscussionId, InvitationId, ReportId
from discussions.meetings.meeting import Meeting
from discussions.people import DeskId, PersonId
from discussions.refusals import Stale


@dataclass(slots=True)
class ChasesInMemory:
    kept: dict[ChaseId, Chase] = field(default_factory=dict)

    def add(self, chases: Sequence[Chase]) -> None:
        self.kept |= {chase.id: chase for chase in chases}

    def of_discussion(self, id: DiscussionId) -> Sequence[Chase]:
        return sorted((one for one in self.kept.values() if one.discussion == id), key=lambda one: one.due_at)

    def save(self, chase: Chase) -> None:
        self.kept[chase.id] = chase

    def void(self, id: DiscussionId) -> None:
        for chase in self.of_discussion(id):
            if chase.state is PromiseState.WAITING:
                self.kept[chase.id] = replace(chase, state=PromiseState.VOID)

    def due(self, now: datetime, limit: int) -> Sequence[Chase]:
        waiting = [one for one in self.kept.values() if one.state is PromiseState.WAITING and one.due_at <= now]
        return sorted(waiting, key=lambda one: one.due_at)[:limit]


def is_before(one: Discussion, until: datetime | None) -> bool:
    return until is None or one.starts_at < until


@dataclass(slots=True)
class MeetingsInMemory:
    kept: dict[DiscussionId, Meeting] = field(default_factory=dict)

    def find(self, discussion: DiscussionId) -> Meeting | None:
        return self.kept.get(discussion)

    def keep(self, meeting: Meeting) -> None:
        self.kept[meeting.discussion] = meeting


@dataclass(slots=True)
class DiscussionsInMemory:
    kept: dict[DiscussionId, Discussion] = field(default_factory=dict)
    all_children: list[Child] = field(default_factory=list)
    all_invitations: dict[InvitationId, Invitation] = field(default_factory=dict)
    all_attendance: dict[str, Attendance] = field(default_factory=dict)
    all_proposals: list[KeptProposal] = field(default_factory=list)
    all_changes: list[Change] = field(default_factory=list)
    currents: dict[PersonId, DiscussionId] = field(default_factory=dict)
    references: dict[int, int] = field(default_factory=dict)

    def add(self, discussion: Discussion, children: Sequence[Child], invitations: Sequence[Invitation]) -> None:
        self.kept[discussion.id] = discussion
        self.all_children += children
        self.all_invitations |= {invitation.id: invitation for invitation in invitations}

    def add_child(self, child: Child) -> None:
        self.all_children.append(child)

    def discussion(self, id: DiscussionId) -> Discussion | None:
        return self.kept.get(id)

    def by_reference(self, reference: str) -> Discussion | None:
        return next((one for one in self.kept.values() if one.reference == reference), None)

    def about_child(self, initials: str, born: date, since: datetime) -> Sequence[Discussion]:
        about = {
            one.discussion
            for one in self.all_children
            if one.born == born and one.initials and one.initials.casefold() == initials.casefold()
        }
        found = [one for one in self.kept.values() if one.id in about and one.state is not DiscussionState.CANCELLED]
        return self._since(since, found)

    def following(self, id: DiscussionId) -> Discussion | None:
        found = [one for one in self.kept.values() if one.follows == id and one.state is not DiscussionState.CANCELLED]
        return next(iter(sorted(found, key=lambda one: one.starts_at)), None)

    def save(self, discussion: Discussion) -> Discussion:
        if self.kept[discussion.id].version != discussion.version:
            raise Stale("this discussion")
        self.kept[discussion.id] = replace(discussion, version=discussion.version + 1)
        return self.kept[discussion.id]

    def children(self, id: DiscussionId) -> Sequence[Child]:
        return sorted((one for one in self.all_children if one.discussion == id), key=lambda one: one.letter)

    def invitations(self, id: DiscussionId) -> Sequence[Invitation]:
        found = [one for one in self.all_invitations.values() if one.discussion == id]
        return [one for one in found if one.withdrawn_at is None]

    def invitation(self, id: InvitationId) -> Invitation | None:
        return self.all_invitations.get(id)

    def save_invitation(self, invitation: Invitation) -> Invitation:
        if self.all_invitations[invitation.id].version != invitation.version:
            raise Stale("this invitation")
        self.all_invitations[invitation.id] = replace(invitation, version=invitation.version + 1)
        return self.all_invitations[invitation.id]

    def add_invitation(self, invitation: Invitation) -> None:
        self.all_invitations[invitation.id] = invitation

    def add_proposals(self, proposals: Sequence[KeptProposal]) -> None:
        self.all_proposals += proposals

    def proposals(self, id: DiscussionId) -> Sequence[KeptProposal]:
        return [one for one in self.all_proposals if one.discussion == id]

    def add_change(self, change: Change) -> None:
        self.all_changes.append(change)

    def changes(self, id: DiscussionId) -> Sequence[Change]:
        return [one for one in self.all_changes if one.discussion == id]

    def telephoned(self, since: datetime, before: datetime) -> Sequence[Discussion]:
        were_held = [one for one in self.kept.values() if one.form is Form.PHONE and (one.started_at or one.entered_at)]
        of_now = [one for one in self._since(since, were_held) if one.starts_at <= before and one.follows is None]
        live = [one for one in of_now if one.state is not DiscussionState.CANCELLED]
        return [one for one in live if self.following(one.id) is None]

    def not_begun(self, since: datetime, before: datetime) -> Sequence[Discussion]:
        booked = [one for one in self.kept.values() if one.state is DiscussionState.BOOKED and one.entered_at is None]
        return [one for one in self._since(since, booked) if one.starts_at <= before]

    def of_person(
        self, person: PersonId, desk: DeskId | None, since: datetime, until: datetime | None = None
    ) -> Sequence[Discussion]:
        def is_on(one: Discussion) -> bool:
            asked = self.invitations(one.id)
            offered = {one.chair_asked, one.booker_asked}
            by_name = person in {one.chair, one.minute_taker, one.booker, *offered, *(ask.person for ask in asked)}
            return by_name or (desk is not None and desk in {one.duty_desk, *(ask.desk for ask in asked)})

        return self._since(since, [one for one in self.kept.values() if is_on(one) and is_before(one, until)])

    def visible(self, since: datetime, until: datetime | None = None) -> Sequence[Discussion]:
        return self._since(since, [one for one in self.kept.values() if not one.restricted and is_before(one, until)])

    def held_since(self, since: datetime) -> Sequence[Discussion]:
        return self._since(since, [one for one in self.kept.values() if one.started_at is not None])

    def _since(self, since: datetime, found: Sequence[Discussion]) -> Sequence[Discussion]:
        return sorted((one for one in found if one.starts_at >= since), key=lambda one: (one.starts_at, one.reference))

    def next_reference(self, year: int) -> str:
        self.references[year] = self.references.get(year, 0) + 1
        return f"SD-{year % 100:02}-{self.references[year]:04}"

    def add_attendance(self, attendance: Attendance) -> None:
        self.all_attendance[attendance.id] = attendance

    def attendance(self, id: DiscussionId) -> Sequence[Attendance]:
        return [one for one in self.all_attendance.values() if one.discussion == id]

    def save_attendance(self, attendance: Attendance) -> Attendance:
        if self.all_attendance[attendance.id].version != attendance.version:
            raise Stale("this attendance")
        self.all_attendance[attendance.id] = replace(attendance, version=attendance.version + 1)
        return self.all_attendance[attendance.id]

    def current(self, person: PersonId) -> DiscussionId | None:
        return self.currents.get(person)

    def set_current(self, person: PersonId, discussion: DiscussionId | None) -> None:
        if discussion is None:
            self.currents.pop(person, None)
        else:
            self.currents[person] = discussion


@dataclass(slots=True)
class ReportsInMemory:
    reports: dict[ReportId, Report] = field(default_factory=dict)
    files: dict[ReportId, bytes] = field(default_factory=dict)

    def add(self, report: Report, file: bytes | None) -> None:
        self.reports[report.id] = report
        if file is not None:
            self.files[report.id] = file

    def of(self, discussion: DiscussionId) -> Sequence[Report]:
        return [one for one in self.reports.values() if one.discussion == discussion]

    def report(self, id: ReportId) -> Report | None:
        return self.reports.get(id)

    def file(self, id: ReportId) -> bytes | None:
        return self.files.get(id)
