"""Discussions in SQL: with their children, invitations and attendance, and whose typed words go where."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from sqlalchemy import bindparam, exists, func, literal_column, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from discussions.agenda.attendance import Attendance
from discussions.booking.changes import Change
from discussions.booking.discussion import Child, Discussion, DiscussionState, Form
from discussions.booking.invitations import Invitation
from discussions.booking.kept_proposals import KeptProposal
from discussions.ids import DiscussionId, InvitationId
from discussions.people import DeskId, PersonId
from storage.rows import Rows, Transaction, Upserts, Values
from storage.tables import (
    attendance,
    booking_change,
    child,
    counter,
    current_discussion,
    discussion,
    invitation,
    proposal,
)

DISCUSSIONS = Rows(discussion, Discussion, are_known=True)
CHILDREN = Rows(child, Child)
INVITATIONS = Rows(invitation, Invitation)
PROPOSALS = Rows(proposal, KeptProposal)
CHANGES = Rows(booking_change, Change)
ATTENDANCES = Rows(attendance, Attendance)
_CHILD = "child"
_FOR_EVER = datetime(9000, 1, 1, tzinfo=UTC)
_PUT_CURRENT = Upserts(current_discussion, by=["person"])

_BY_REFERENCE = DISCUSSIONS.select.where(discussion.c.reference == bindparam("reference"))
_FOLLOWING = DISCUSSIONS.select.where(
    discussion.c.follows == bindparam("follows"), discussion.c.state != DiscussionState.CANCELLED.value
).order_by(discussion.c.starts_at)
_ABOUT_CHILD = DISCUSSIONS.select.where(
    exists().where(child.c.discussion == discussion.c.id, child.c.fingerprint == bindparam("fingerprint")),
    discussion.c.starts_at >= bindparam("since"),
    discussion.c.state != DiscussionState.CANCELLED.value,
).order_by(discussion.c.starts_at)
_CHILDREN = CHILDREN.select.where(child.c.discussion == bindparam("discussion")).order_by(child.c.letter)
_INVITATIONS = INVITATIONS.select.where(
    invitation.c.discussion == bindparam("discussion"), invitation.c.withdrawn_at.is_(None)
).order_by(invitation.c.place)
_PROPOSALS = PROPOSALS.select.where(proposal.c.discussion == bindparam("discussion")).order_by(proposal.c.place)
_CHANGES = CHANGES.select.where(booking_change.c.discussion == bindparam("discussion")).order_by(booking_change.c.place)
_ATTENDANCE = ATTENDANCES.select.where(attendance.c.discussion == bindparam("discussion")).order_by(
    attendance.c.came_at, attendance.c.place
)
_IS_ASKED = exists().where(
    invitation.c.discussion == discussion.c.id,
    invitation.c.withdrawn_at.is_(None),
    or_(invitation.c.person == bindparam("person"), invitation.c.desk == bindparam("desk")),
)
# By day first: the days in hand are few, a desk's invitations over the years are many.
_OF_PERSON = DISCUSSIONS.select.where(
    discussion.c.starts_at >= bindparam("since"),
    discussion.c.starts_at < bindparam("until"),
    or_(
        discussion.c.chair == bindparam("person"),
        discussion.c.minute_taker == bindparam("person"),
        discussion.c.booker == bindparam("person"),
        discussion.c.chair_asked == bindparam("person"),
        discussion.c.booker_asked == bindparam("person"),
        discussion.c.duty_desk == bindparam("desk"),
        _IS_ASKED,
    ),
).order_by(discussion.c.starts_at, discussion.c.reference)
_VISIBLE = DISCUSSIONS.select.where(
    discussion.c.starts_at >= bindparam("since"),
    discussion.c.starts_at < bindparam("until"),
    discussion.c.restricted.is_(False),
).order_by(discussion.c.starts_at, discussion.c.reference)
_HELD = DISCUSSIONS.select.where(
    discussion.c.starts_at >= bindparam("since"), discussion.c.started_at.is_not(None), discussion.c.purged_at.is_(None)
).order_by(discussion.c.starts_at, discussion.c.reference)
_FULL_MEETING = discussion.alias("full_meeting")
_TELEPHONED = DISCUSSIONS.select.where(
    discussion.c.starts_at >= bindparam("since"),
    discussion.c.starts_at <= bindparam("before"),
    discussion.c.form == Form.PHONE.value,
    # so that the index on what follows what is of no use: nearly all discussions follow none
    func.coalesce(discussion.c.follows, "") == "",
    or_(discussion.c.started_at.is_not(None), discussion.c.entered_at.is_not(None)),
    discussion.c.state != DiscussionState.CANCELLED.value,
    ~exists().where(
        _FULL_MEETING.c.follows == discussion.c.id, _FULL_MEETING.c.state != DiscussionState.CANCELLED.value
    ),
).order_by(discussion.c.starts_at, discussion.c.reference)
# spelt as the index has it, which then alone is read
_NOT_BEGUN = DISCUSSIONS.select.where(
    discussion.c.state == literal_column("'booked'"),
    discussion.c.starts_at >= bindparam("since"),
    discussion.c.starts_at <= bindparam("before"),
    discussion.c.entered_at.is_(None),
).order_by(discussion.c.starts_at, discussion.c.reference)
_CURRENT = select(current_discussion.c.discussion).where(current_discussion.c.person == bindparam("person"))
_NO_CURRENT = current_discussion.delete().where(current_discussion.c.person == bindparam("its_person"))
_COUNT_ON = {
    engine.__name__.rpartition(".")[2]: engine.insert(counter)
    .values(name=bindparam("name"), value=1)
    .on_conflict_do_update(index_elements=["name"], set_={"value": counter.c.value + 1})
    .returning(counter.c.value)
    for engine in (sqlite, postgresql)
}


def child_fingerprint(tx: Transaction, its: Child) -> str | None:
    """Two children with the same initials and day of birth have the same one; the unborn have none."""
    if its.initials is None or its.born is None:
        return None
    return child_key(tx, its.initials, its.born)


def child_key(tx: Transaction, initials: str, born: date) -> str:
    return tx.keyring.fingerprint(_CHILD, f"{initials.casefold()}|{born.isoformat()}")


class DiscussionsInSql:
    __slots__ = ("_tx",)

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def add(self, discussion: Discussion, children: Sequence[Child], invitations: Sequence[Invitation]) -> None:
        DISCUSSIONS.add(self._tx, [discussion])
        CHILDREN.add(self._tx, children, self._found_by)
        INVITATIONS.add(self._tx, invitations)

    def add_child(self, child: Child) -> None:
        CHILDREN.add(self._tx, [child], self._found_by)

    def _found_by(self, its: Child) -> Values:
        return {"fingerprint": child_fingerprint(self._tx, its)}

    def discussion(self, id: DiscussionId) -> Discussion | None:
        return DISCUSSIONS.find(self._tx, id)

    def by_reference(self, reference: str) -> Discussion | None:
        if not reference.isprintable():
            return None
        return DISCUSSIONS.one(self._tx, _BY_REFERENCE, reference=reference)

    def about_child(self, initials: str, born: date, since: datetime) -> Sequence[Discussion]:
        key = child_key(self._tx, initials, born)
        return DISCUSSIONS.all(self._tx, _ABOUT_CHILD, fingerprint=key, since=since)

    def following(self, id: DiscussionId) -> Discussion | None:
        return DISCUSSIONS.one(self._tx, _FOLLOWING, follows=id)

    def save(self, discussion: Discussion) -> Discussion:
        return DISCUSSIONS.save(self._tx, discussion, discussion.version, "this discussion")

    def children(self, id: DiscussionId) -> Sequence[Child]:
        return CHILDREN.of(self._tx, _CHILDREN, discussion=id)

    def invitations(self, id: DiscussionId) -> Sequence[Invitation]:
        return INVITATIONS.all(self._tx, _INVITATIONS, discussion=id)

    def invitation(self, id: InvitationId) -> Invitation | None:
        return INVITATIONS.find(self._tx, id)

    def save_invitation(self, invitation: Invitation) -> Invitation:
        return INVITATIONS.save(self._tx, invitation, invitation.version, "this invitation")

    def add_invitation(self, invitation: Invitation) -> None:
        INVITATIONS.add(self._tx, [invitation])

    def add_proposals(self, proposals: Sequence[KeptProposal]) -> None:
        PROPOSALS.add(self._tx, proposals)

    def proposals(self, id: DiscussionId) -> Sequence[KeptProposal]:
        return PROPOSALS.all(self._tx, _PROPOSALS, discussion=id)

    def add_change(self, change: Change) -> None:
        CHANGES.add(self._tx, [change])

    def changes(self, id: DiscussionId) -> Sequence[Change]:
        return CHANGES.of(self._tx, _CHANGES, discussion=id)

    def telephoned(self, since: datetime, before: datetime) -> Sequence[Discussion]:
        return DISCUSSIONS.all(self._tx, _TELEPHONED, since=since, before=before)

    def not_begun(self, since: datetime, before: datetime) -> Sequence[Discussion]:
        return DISCUSSIONS.all(self._tx, _NOT_BEGUN, since=since, before=before)

    def of_person(
        self, person: PersonId, desk: DeskId | None, since: datetime, until: datetime | None = None
    ) -> Sequence[Discussion]:
        return DISCUSSIONS.all(self._tx, _OF_PERSON, person=person, desk=desk, since=since, until=until or _FOR_EVER)

    def visible(self, since: datetime, until: datetime | None = None) -> Sequence[Discussion]:
        return DISCUSSIONS.all(self._tx, _VISIBLE, since=since, until=until or _FOR_EVER)

    def held_since(self, since: datetime) -> Sequence[Discussion]:
        return DISCUSSIONS.all(self._tx, _HELD, since=since)

    def next_reference(self, year: int) -> str:
        counting = _COUNT_ON[self._tx.connection.dialect.name]
        number: int = self._tx.do(counting, name=f"reference {year}").value()
        return f"SD-{year % 100:02}-{number:04}"

    def add_attendance(self, attendance: Attendance) -> None:
        ATTENDANCES.add(self._tx, [attendance])

    def attendance(self, id: DiscussionId) -> Sequence[Attendance]:
        return ATTENDANCES.all(self._tx, _ATTENDANCE, discussion=id)

    def save_attendance(self, attendance: Attendance) -> Attendance:
        return ATTENDANCES.save(self._tx, attendance, attendance.version, "this attendance")

    def current(self, person: PersonId) -> DiscussionId | None:
        found: DiscussionId | None = self._tx.do(_CURRENT, person=person).value()
        return found

    def set_current(self, person: PersonId, discussion: DiscussionId | None) -> None:
        if discussion is None:
            self._tx.do(_NO_CURRENT, its_person=person)
        else:
            _PUT_CURRENT.put(self._tx, {"person": person, "discussion": discussion})
