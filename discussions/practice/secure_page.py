"""How long links, codes and visits of the secure page last, and how often a code may be tried or asked for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SecurePage:
    """The defaults hold for practices kept from before there was a secure page."""

    link_days: int = 14
    code_digits: int = 6
    code_minutes: int = 10
    code_tries: int = 5
    codes_per_hour: int = 5
    visit_minutes: int = 30
    source: str = "DESIGN, UCP"
