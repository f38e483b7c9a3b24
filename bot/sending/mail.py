"""Mail for whom Teams does not reach: how it is written down, and what can become of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from enum import StrEnum
from typing import Protocol

from discussions.booking.calendar_entry import CalendarEntry
from documents.calendar import FILE_NAME, method_of, write_calendar
from pages.mail import MailWords, mail_html, mail_text


@dataclass(frozen=True, slots=True)
class MailLetter:
    """`id` is the message's own: a repeat carries the same Message-ID, by which mail programs know it."""

    id: str
    to: str
    words: MailWords
    entry: CalendarEntry | None = None
    """For the calendar of whoever it goes to."""


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
    if letter.entry is not None:
        add_calendar(message, letter.entry, sender, letter.to)
    return message


def add_calendar(message: EmailMessage, entry: CalendarEntry, sender: str, to: str) -> None:
    """As the last alternative, which calendars look for, and as a file, for those who open it by hand."""
    calendar, method = write_calendar(entry, sender, to), method_of(entry)
    parameters = {"method": method, "charset": "utf-8"}
    message.add_alternative(calendar, maintype="text", subtype="calendar", params=parameters)
    message.add_attachment(
        calendar, maintype="application", subtype="ics", filename=FILE_NAME, params={"method": method}
    )
