"""A report that an agency sent before the meeting, as the chair and the minute-taker read it."""

from __future__ import annotations

from cards.buttons import OpenDiscussion, ReadReport
from cards.notice import notice_card
from cards.parts import AnyButton, LabelledButton, LinkButton, Part, Row, Text, Words
from cards.render import Card
from discussions.booking.reports import ReportLine
from discussions.booking.sent import FileKind, Report
from discussions.london import say_short

KINDS = {
    FileKind.PDF: "PDF",
    FileKind.WORD: "Word",
    FileKind.PNG: "picture",
    FileKind.JPEG: "picture",
}
NOT_A_FACT = "It is kept apart from what is said in the meeting. What matters of it is said and written down there."


def report_row(line: ReportLine) -> Row:
    """ "✓ Police: 24 Nov, 12:02 ›"."""
    one = line.report
    late = "; ▲ late: after the time for reports" if line.is_late else ""
    return Row(
        f"by {line.by}, {say_short(one.sent_at)}",
        ReadReport(one.discussion, line.place),
        symbol="▲" if line.is_late else "✓",
        lead=f"{line.agency}:",
        small=f"{what_it_is(one)}{late}",
    )


def what_it_is(report: Report) -> str:
    words = f"{len(report.words):,} letters" if report.words else None
    file = f"a file ({say_file(report)})" if report.kind else None
    return " and ".join(part for part in (words, file) if part)


def say_file(report: Report) -> str:
    assert report.kind is not None
    size = f"{report.size / 1_000_000:.1f} MB" if report.size >= 100_000 else f"{max(report.size // 1000, 1)} KB"
    return f"{KINDS[report.kind]}, {size}"


def report_card(reference: str, line: ReportLine, link: str | None) -> Card:
    """`link` is where the file is fetched, once."""
    one = line.report
    by = f"by {line.by}{', as told by telephone' if one.on_behalf else ''}, {say_short(one.sent_at)}"
    parts: list[Part] = [Text(by)]
    if line.is_late:
        parts.append(Text("▲ It came after the time for reports.", bold=True))
    if one.words:
        parts.append(Words(one.words))
    if one.kind:
        parts.append(Text(f"With a file: {say_file(one)}. Its link works once.", small=True))
    return notice_card(
        f"Sent by {line.agency}",
        parts,
        report_buttons(line, link),
        origin=f"{reference} · before the meeting · {line.place} of {line.of}",
        foot=NOT_A_FACT,
    )


def report_buttons(line: ReportLine, link: str | None) -> list[list[AnyButton]]:
    id, place = line.report.discussion, line.place
    first: list[AnyButton] = [LinkButton("Fetch the file", link, primary=True)] if link else []
    onwards: list[AnyButton] = [LabelledButton("Next report", ReadReport(id, place + 1))] if place < line.of else []
    return [first, [*onwards, LabelledButton("The booking", OpenDiscussion(id), way_out=True)]]
