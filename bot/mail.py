"""Mail for whom Teams does not reach: neutral words, and what can become of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from enum import StrEnum
from typing import Protocol

SUBJECT = "A message waits for you in Chairside"


@dataclass(frozen=True, slots=True)
class MailLetter:
    """`id` is the message's own: a repeat carries the same Message-ID, by which mail programs know it."""

    id: str
    to: str
    reference: str | None
    ring: str | None


class MailKind(StrEnum):
    TAKEN = "taken"
    """The mail server has taken it. Whether it arrives nobody can know."""
    LATER = "later"
    """Certainly not taken, and may be tried again."""
    UNKNOWN = "unknown"
    """It may have been taken. A repeat is recognisable, so it is tried again."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class MailOutcome:
    """`code` is the server's number, or the kind of fault."""

    kind: MailKind
    code: str | None = None


class MailPost(Protocol):
    async def send(self, letter: MailLetter) -> MailOutcome: ...


def write(letter: MailLetter, sender: str, now: datetime) -> EmailMessage:
    """No name, nothing of the matter: a reference at most, and where to turn to."""
    message = EmailMessage()
    message["From"] = f"Chairside <{sender}>"
    message["To"] = letter.to
    message["Subject"] = SUBJECT
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{letter.id}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(words_of(letter))
    return message


def words_of(letter: MailLetter) -> str:
    what = f"A message about {letter.reference}" if letter.reference else "A message"
    ring = f", or ring the chair on {letter.ring}" if letter.ring else ""
    return (
        f"{what} waits for you in Chairside.\n\n"
        f"Please open Chairside in Teams{ring}.\n\n"
        "This mail was written by a machine. Please don't answer it, and don't write about a case by mail.\n"
    )
