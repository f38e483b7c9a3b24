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
    INFORMATION = "information_only"
    NO_RECORD = "no_record"

    @property
    def is_absent(self) -> bool:
        """They have answered, and nobody of theirs will be in the room."""
        return self in (InvitationAnswer.NOT_COMING, InvitationAnswer.INFORMATION, InvitationAnswer.NO_RECORD)


@dataclass(frozen=True, slots=True)
class Invitation:
    """One ask. A desk or a person is asked, never neither. `words` are the invitee's: the reason, or whom they send.

    `answered_by` is who pressed; `on_behalf` is True when somebody else recorded what the invitee said. `former` is
    what was answered to a time that is no longer so, with its words.
    `deputy` is whom they send, where the directory has them, and `may_decide` that the deputy is said to decide for the
    agency. `stands_for` is the invitation whose deputy this person is. One that was `withdrawn` asks nobody any more.
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
    former: InvitationAnswer | None = None
    former_words: str | None = None
    version: int = 1
    deputy: PersonId | None = None
    may_decide: bool = False
    stands_for: InvitationId | None = None
    withdrawn_at: datetime | None = None
