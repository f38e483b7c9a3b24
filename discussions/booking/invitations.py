"""Invitations: who is asked to a discussion, for which agency, and what they answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from discussions.ids import DiscussionId, InvitationId
from discussions.people import AgencyId, DeskId, PersonId


class InvitationAnswer(StrEnum):
    ASKED = "asked"
    COMING = "coming"
    NOT_COMING = "not_coming"
    DEPUTY = "deputy"


@dataclass(frozen=True, slots=True)
class Invitation:
    """One ask. A desk or a person is asked, never neither. `words` are the invitee's: the reason, or whom they send.

    `answered_by` is who pressed; `on_behalf` is True when somebody else recorded what the invitee said.
    """

    id: InvitationId
    discussion: DiscussionId
    agency: AgencyId
    desk: DeskId | None
    person: PersonId | None
    answer: InvitationAnswer = InvitationAnswer.ASKED
    words: str | None = None
    answered_at: datetime | None = None
    answered_by: PersonId | None = None
    on_behalf: bool = False
    version: int = 1
