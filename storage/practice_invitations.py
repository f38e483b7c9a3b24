"""The invitations' part of a practice file."""

from __future__ import annotations

from pydantic import Field

from storage.practice_values import Row


class InvitationsRow(Row):
    """With the defaults of practices from before there were reports and calendar entries."""

    report_minutes: int = Field(default=30, ge=0, le=1440)
    report_letters: int = Field(default=4000, ge=100, le=6000)
    report_megabytes: int = Field(default=4, ge=1, le=10)
    reports_each: int = Field(default=5, ge=1, le=20)
    calendar_beside_teams: bool = True
    meeting_hosts: tuple[str, ...] = ("teams.microsoft.com", "teams.live.com")
    source: str = "DESIGN, UCP"
