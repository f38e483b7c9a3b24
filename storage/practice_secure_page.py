"""The secure page's part of a practice file."""

from __future__ import annotations

from pydantic import Field

from storage.practice_values import Row


class SecurePageRow(Row):
    """With the defaults of practices from before there was a secure page."""

    link_days: int = Field(default=14, ge=1, le=90)
    code_digits: int = Field(default=6, ge=6, le=8)
    code_minutes: int = Field(default=10, ge=2, le=30)
    code_tries: int = Field(default=5, ge=1, le=10)
    codes_per_hour: int = Field(default=5, ge=1, le=20)
    visit_minutes: int = Field(default=30, ge=5, le=120)
    source: str = "DESIGN, UCP"
