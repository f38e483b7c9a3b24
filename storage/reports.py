"""Reports in SQL: what agencies sent before a meeting; a file is kept beside its report, both encrypted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam

from discussions.booking.sent import Report
from discussions.ids import DiscussionId, ReportId
from storage.rows import Rows, Transaction
from storage.tables import report, report_file


@dataclass(frozen=True, slots=True)
class ReportFile:
    id: ReportId
    discussion: DiscussionId
    content: bytes


REPORTS = Rows(report, Report)
FILES = Rows(report_file, ReportFile)
_OF = REPORTS.select.where(report.c.discussion == bindparam("discussion")).order_by(report.c.place)


class ReportsInSql:
    __slots__ = ("_tx",)

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def add(self, report: Report, file: bytes | None) -> None:
        REPORTS.add(self._tx, [report])
        if file is not None:
            FILES.add(self._tx, [ReportFile(report.id, report.discussion, file)])

    def of(self, discussion: DiscussionId) -> Sequence[Report]:
        return REPORTS.of(self._tx, _OF, discussion=discussion)

    def report(self, id: ReportId) -> Report | None:
        return REPORTS.find(self._tx, id)

    def file(self, id: ReportId) -> bytes | None:
        found = FILES.find(self._tx, id)
        return found.content if found else None
