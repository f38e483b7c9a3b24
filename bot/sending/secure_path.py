"""Where the secure page is found: under our own address, with the link's secret as the last part."""

from __future__ import annotations

SECURE_PATH = "/secure"


def address_of(public_url: str, secret: str) -> str:
    return f"{public_url}{SECURE_PATH}/{secret}"
