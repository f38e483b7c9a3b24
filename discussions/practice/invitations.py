"""What invitations ask for and say: reports sent instead of coming, and what goes into calendars."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class InvitationTerms:
    """The defaults hold for practices kept from before there were reports and calendar entries.

    A report that comes later than `report_minutes` before the start is taken too, and the chair is told at once.
    `calendar_beside_teams`: whoever has the card in Teams gets the entry for their calendar by mail as well.
    `meeting_hosts`: only links to these places go into a calendar; any other may say whom it is about.
    """

    report_minutes: int = 30
    report_letters: int = 4000
    report_megabytes: int = 4
    reports_each: int = 5
    calendar_beside_teams: bool = True
    meeting_hosts: tuple[str, ...] = ("teams.microsoft.com", "teams.live.com")
    source: str = "DESIGN, UCP"
