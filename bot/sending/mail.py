"""Mail for whom Teams does not reach: how it is written down, and what can become of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from enum import StrEnum
from typing import Protocol

from pages.mail import MailWords, mail_html, mail_text


@dataclass(frozen=True, slots=True)
class MailLetter:
    """`id` is the message's own: a repeat carries the same Message-ID, by which mail programs know it."""

    id: str
    to: str
    words: MailWords


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
    """As plain text, and the same as simple HTML."""
    message = EmailMessage()
    message["From"] = f"Chairside <{sender}>"
    message["To"] = letter.to
    message["Subject"] = letter.words.subject
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{letter.id}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(mail_text(letter.words))
    message.add_alternative(mail_html(letter.words), subtype="html")
    return message
