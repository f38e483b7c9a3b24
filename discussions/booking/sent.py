"""A report that an agency sent before the meeting, as it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from discussions.ids import DiscussionId, InvitationId, ReportId
from discussions.people import AgencyId, PersonId


class FileKind(StrEnum):
    """What may be attached: documents and pictures that run nothing by themselves."""

    PDF = "pdf"
    WORD = "docx"
    PNG = "png"
    JPEG = "jpg"


@dataclass(frozen=True, slots=True)
class Report:
    """`words`, a file, or both. The file is kept beside it; `kind` and `size` (bytes) are the file's. It never changes:
    whoever has more to say sends another.
    """

    id: ReportId
    discussion: DiscussionId
    invitation: InvitationId
    agency: AgencyId
    words: str | None
    kind: FileKind | None
    size: int
    sent_at: datetime
    sent_by: PersonId
    on_behalf: bool
