"""Calendars of the scenarios: the calendar part of a mail, read by a library that did not write it."""

from __future__ import annotations

from email.message import EmailMessage

import vobject

from tests.mail_server import MailServerInTests


def calendar_in(mail: EmailMessage) -> vobject.base.Component:
    """The part that mail programs look for; the attached file holds the very same."""
    parts = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    files = [part for part in mail.iter_attachments() if part.get_filename() == "invite.ics"]
    assert len(parts) == len(files) == 1
    written = parts[0].get_payload(decode=True)
    assert written == files[0].get_payload(decode=True)
    calendar = vobject.readOne(written.decode())
    assert calendar.validate(raiseException=True)
    assert parts[0].get_param("method") == calendar.method.value
    assert parts[0].get_param("charset") == "utf-8"
    return calendar


def has_calendar(mail: EmailMessage) -> bool:
    return any(part.get_content_type() == "text/calendar" for part in mail.walk())


def entries_to(server: MailServerInTests, address: str) -> list[vobject.base.Component]:
    """What came for this address's calendar, oldest first."""
    return [calendar_in(mail) for mail in server.mails if mail["To"] == address and has_calendar(mail)]


class CalendarOfSomebody:
    """Keeps entries as calendars do: the same UID is the same entry, and only a higher SEQUENCE changes it."""

    def __init__(self) -> None:
        self.entries: dict[str, vobject.base.Component] = {}

    def take(self, calendar: vobject.base.Component) -> None:
        event = calendar.vevent
        uid, known = event.uid.value, self.entries.get(event.uid.value)
        if known is not None and int(event.sequence.value) <= int(known.sequence.value):
            return
        self.entries[uid] = event

    @property
    def standing(self) -> list[vobject.base.Component]:
        return [event for event in self.entries.values() if event.status.value != "CANCELLED"]
