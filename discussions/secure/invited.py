"""The secure page of an invitation: what it shows to whoever is asked, and the answers that can be given there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from discussions.booking.answer import Reply, answer_invitation
from discussions.booking.calendar_entry import planned_minutes
from discussions.booking.invitations import Invitation, InvitationAnswer
from discussions.booking.report_files import kind_of
from discussions.booking.reports import NewReport
from discussions.booking.views import InvitationView, invitation_view
from discussions.ids import InvitationId
from discussions.needs import Means
from discussions.needs.secure import Purpose
from discussions.people import Person, PersonId
from discussions.refusals import WrongAnswer
from discussions.secure.answering import require_visitor, who_answers
from discussions.secure.codes import Visitor, visitor_of
from discussions.secure.links import note
from discussions.trail import Deed

OFFERED = (
    InvitationAnswer.COMING,
    InvitationAnswer.DEPUTY,
    InvitationAnswer.INFORMATION,
    InvitationAnswer.NO_RECORD,
    InvitationAnswer.NOT_COMING,
)
WRONG_KIND = "That file can't be taken: only PDF, Word (.docx, without macros), PNG and JPEG. Please choose another."


@dataclass(frozen=True, slots=True)
class Invited:
    """`brings` is what the practice says that this agency brings. `largest_file` in megabytes."""

    view: InvitationView
    minutes: int
    brings: str | None
    largest_file: int
    longest_report: int
    reader: Person
    is_shared: bool
    said: Person | None
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class GivenToInvitation:
    """What came from the form. `file` is what was chosen; `is_too_big`: it was, and is not kept."""

    answer: InvitationAnswer
    seen: int
    words: str | None = None
    report: str | None = None
    file: bytes | None = None
    is_too_big: bool = False
    deputy: str | None = None
    may_decide: bool = False
    name: str | None = None
    role: str | None = None


def is_for_invitation(means: Means, secret: str, token: str) -> bool:
    visitor = visitor_of(means, secret, token)
    return visitor is not None and visitor.link.purpose is Purpose.INVITED


def look_invited(means: Means, secret: str, token: str) -> Invited:
    """Raises PageClosed, NotFound."""
    visitor = require_visitor(means, secret, token)
    view = invitation_view(means, visitor.who, InvitationId(visitor.link.subject))
    terms = means.practice.invitations
    category = means.store.people.agency(view.invitation.agency).category
    note(means, Deed.READ, visitor.link, visitor.who)
    return Invited(
        view=view,
        minutes=planned_minutes(means, view.discussion),
        brings=means.practice.agency(category).brings,
        largest_file=terms.report_megabytes,
        longest_report=terms.report_letters,
        reader=visitor.who,
        is_shared=visitor.is_shared,
        said=visitor.said,
        ends_at=visitor.visit.ends_at,
    )


def answer_invited(means: Means, secret: str, token: str, given: GivenToInvitation) -> Invitation:
    """One transaction: the answer, what was sent with it, who gave it, and in the trail that it came by the page."""
    visitor = require_visitor(means, secret, token)
    reply = reply_of(means, given)
    speaker = who_answers(means, visitor, given.name, given.role)
    saved = answer_invitation(means, visitor.who, subject_of(visitor), reply, given.seen, said=speaker)
    note(means, Deed.PAGE_ANSWERED, visitor.link, speaker, given.answer.value)
    return saved


def subject_of(visitor: Visitor) -> InvitationId:
    return InvitationId(visitor.link.subject)


def reply_of(means: Means, given: GivenToInvitation) -> Reply:
    report = read_file(means, given) if given.answer is InvitationAnswer.INFORMATION else None
    deputy = PersonId(given.deputy) if given.deputy else None
    return Reply(given.answer, given.words, deputy, given.may_decide, report)


def read_file(means: Means, given: GivenToInvitation) -> NewReport:
    """Raises WrongAnswer for a file that is too large or not of a kind that is taken."""
    if given.is_too_big:
        most = means.practice.invitations.report_megabytes
        raise WrongAnswer(f"That file is larger than {most} MB. Please choose a smaller one.", "file")
    if not given.file:
        return NewReport(given.report)
    kind = kind_of(given.file)
    if kind is None:
        raise WrongAnswer(WRONG_KIND, "file")
    return NewReport(given.report, given.file, kind)
