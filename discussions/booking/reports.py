"""Reports: what an agency sends before the meeting, in place of coming or besides; for the chair and minute-taker."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from discussions.access import Can, discussion_for, note_read
from discussions.booking.discussion import Discussion
from discussions.booking.invitations import Invitation
from discussions.booking.sent import FileKind, Report
from discussions.ids import DiscussionId, ReportId
from discussions.needs import Means, OneTimeLink
from discussions.people import Person
from discussions.record.links import LIFETIME, LinkGone, digest_of
from discussions.refusals import NotFound, TooLong, WrongAnswer
from discussions.trail import Deed, Entry

FILE_OF = "report file:"
"""Before a report's id, in the link that opens its file."""


@dataclass(frozen=True, slots=True)
class NewReport:
    words: str | None = None
    file: bytes | None = None
    kind: FileKind | None = None


@dataclass(frozen=True, slots=True)
class ReportFile:
    """`name` is ours: it says nothing about anybody, whatever the sender called it."""

    name: str
    kind: FileKind
    content: bytes


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report as the chair and the minute-taker see it. `place` of `of`, the first being 1, in the order sent."""

    report: Report
    agency: str
    by: str
    is_late: bool
    place: int
    of: int


def report_until(means: Means, discussion: Discussion) -> datetime:
    """The latest moment at which a report is sure to be read before the start."""
    return discussion.starts_at - timedelta(minutes=means.practice.invitations.report_minutes)


def is_late(means: Means, discussion: Discussion, at: datetime) -> bool:
    return at > report_until(means, discussion)


def read_report(means: Means, report: NewReport | None) -> NewReport | None:
    """None where nothing was given. Raises TooLong."""
    if report is None:
        return None
    words = (report.words or "").replace("\r\n", "\n").strip() or None
    longest = means.practice.invitations.report_letters
    if words and len(words) > longest:
        raise TooLong("the report", longest, "report")
    return NewReport(words, report.file, report.kind) if words or report.file else None


def add_report(means: Means, who: Person, invitation: Invitation, new: NewReport, on_behalf: bool) -> Report:
    """The same sent twice is one report. Raises WrongAnswer when there are too many."""
    sent = [one for one in means.store.reports.of(invitation.discussion) if one.invitation == invitation.id]
    same = next((one for one in sent if is_same(means, one, new)), None)
    if same is not None:
        return same
    if len(sent) >= means.practice.invitations.reports_each:
        raise WrongAnswer("There are enough reports for this invitation now. Please ring the chair.", "report")
    report = Report(
        id=ReportId(means.new_id()),
        discussion=invitation.discussion,
        invitation=invitation.id,
        agency=invitation.agency,
        words=new.words,
        kind=new.kind if new.file else None,
        size=len(new.file) if new.file else 0,
        sent_at=means.now,
        sent_by=who.id,
        on_behalf=on_behalf,
    )
    means.store.reports.add(report, new.file)
    means.store.trail.write(Entry(Deed.REPORT_SENT, means.now, who.id, report.discussion, report.id, 1))
    return report


def is_same(means: Means, report: Report, new: NewReport) -> bool:
    if report.words != new.words or report.size != len(new.file or b""):
        return False
    return report.kind is None or means.store.reports.file(report.id) == new.file


def report_lines(means: Means, discussion: Discussion) -> tuple[ReportLine, ...]:
    """Whoever calls this has seen to it that they may be seen."""
    found = means.store.reports.of(discussion.id)
    people = means.store.people.people({one.sent_by for one in found}) if found else {}
    return tuple(
        ReportLine(
            report=one,
            agency=means.store.people.agency(one.agency).name,
            by=people[one.sent_by].name if one.sent_by in people else "somebody of theirs",
            is_late=is_late(means, discussion, one.sent_at),
            place=place,
            of=len(found),
        )
        for place, one in enumerate(found, 1)
    )


def open_report(means: Means, who: Person, id: DiscussionId, place: int) -> tuple[Discussion, ReportLine]:
    """The report at this place, to be read by the chair and the minute-taker alone. Raises NotFound."""
    discussion = discussion_for(means, who, id, Can.SEE_CONTENT)
    line = next((one for one in report_lines(means, discussion) if one.place == place), None)
    if line is None:
        raise NotFound("report")
    note_read(means, who, discussion, f"report:{line.report.id}")
    return discussion, line


def give_report_link(means: Means, who: Person, line: ReportLine, secret: str) -> OneTimeLink:
    """To its file: ten minutes, one use, for whoever has just been shown it. The digest is kept, never the secret."""
    report = line.report
    link = OneTimeLink(digest_of(secret), report.discussion, who.id, means.now + LIFETIME, what=f"{FILE_OF}{report.id}")
    means.store.links.add(link)
    means.store.trail.write(Entry(Deed.LINK_GIVEN, means.now, who.id, report.discussion, link.what))
    return link


def is_to_report(link: OneTimeLink) -> bool:
    return link.what is not None and link.what.startswith(FILE_OF)


def use_report_link(means: Means, link: OneTimeLink) -> ReportFile:
    """Once, if the person it was given to may still read it. Raises LinkGone."""
    person = means.store.people.person(link.person)
    id = ReportId((link.what or "").removeprefix(FILE_OF))
    report, content = means.store.reports.report(id), means.store.reports.file(id)
    if person is None or report is None or report.kind is None or content is None:
        raise LinkGone
    try:
        discussion = discussion_for(means, person, report.discussion, Can.SEE_CONTENT)
    except NotFound:
        raise LinkGone from None
    if not means.store.links.use(link.digest, means.now):
        raise LinkGone
    means.store.trail.write(Entry(Deed.FETCHED, means.now, person.id, discussion.id, link.what))
    place = next((line.place for line in report_lines(means, discussion) if line.report.id == id), 1)
    return ReportFile(f"{discussion.reference}-report-{place}.{report.kind.value}", report.kind, content)
