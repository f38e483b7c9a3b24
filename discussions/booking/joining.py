"""How to join, as far as it may stand in a calendar: the link to a meeting service, telephone numbers and their code.

What the booker typed may say more, such as a school's name, and calendars are read by others. So only what can be told
to be a link or a number leaves the page behind the code.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

LINK = re.compile(r"https://[^\s<>\"']+")
PHONE = re.compile(r"(?<![\w/])(?:\+44[ -]?(?:\(0\)[ -]?)?|0)\d(?:[ -]?\d){8,9}(?!\d)")
CODE = re.compile(
    r"\b(?:conference id|meeting id|id|pin|code|passcode|type|enter)\b[:\s]*(\d(?:[ -]?\d){2,11})#?", re.I
)
TRAILING = ".,;:!?)]}"
LONGEST_LINK = 2000


@dataclass(frozen=True, slots=True)
class Joining:
    """`codes` belong to the telephone numbers."""

    link: str | None = None
    phones: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


def read_joining(details: str | None, hosts: Collection[str]) -> Joining:
    """`hosts`: the services whose links may stand in a calendar."""
    words = details or ""
    links = [link.rstrip(TRAILING) for link in LINK.findall(words)]
    known = (link for link in links if len(link) <= LONGEST_LINK and is_at(link, hosts))
    without_links = LINK.sub(" ", words)
    phones = tuple(dict.fromkeys(" ".join(found.split()) for found in PHONE.findall(without_links)))
    codes = tuple(dict.fromkeys(CODE.findall(PHONE.sub(" ", without_links)))) if phones else ()
    return Joining(next(known, None), phones, codes)


def is_at(link: str, hosts: Collection[str]) -> bool:
    """The host itself or one below it; nothing that only looks like it, nor a link that logs somebody in."""
    try:
        parts = urlsplit(link)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return False
    return "@" not in parts.netloc and any(host == one or host.endswith(f".{one}") for one in hosts)


def say_phones(joining: Joining) -> str | None:
    """ "0117 496 0111, code 4421"."""
    if not joining.phones:
        return None
    codes = f", code {' or '.join(joining.codes)}" if joining.codes else ""
    return f"{' or '.join(joining.phones)}{codes}"
