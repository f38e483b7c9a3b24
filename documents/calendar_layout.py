"""Lays out a calendar entry with the iCalendar library."""

from __future__ import annotations

from datetime import UTC

from icalendar import Calendar, Event, vCalAddress

from discussions.booking.calendar_entry import CalendarEntry
from documents.calendar import PRODUCT, method_of


def lay_out_calendar(entry: CalendarEntry, organizer: str, attendee: str) -> bytes:
    calendar = Calendar()
    calendar.add("PRODID", PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", method_of(entry))
    calendar.add_component(event_for(entry, organizer, attendee))
    written: bytes = calendar.to_ical()
    return written


def event_for(entry: CalendarEntry, organizer: str, attendee: str) -> Event:
    event = Event()
    event.add("UID", entry.uid)
    event.add("SEQUENCE", entry.sequence)
    event.add("DTSTAMP", entry.stamped_at.astimezone(UTC))
    event.add("DTSTART", entry.starts_at.astimezone(UTC))
    event.add("DTEND", entry.ends_at.astimezone(UTC))
    event.add("SUMMARY", entry.summary)
    event.add("LOCATION", entry.location)
    if entry.link:
        event.add("URL", entry.link)
    event.add("DESCRIPTION", entry.says)
    event.add("CLASS", "PRIVATE")
    event.add("TRANSP", "OPAQUE")
    event.add("STATUS", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("ORGANIZER", address_of(organizer, {"CN": "Chairside"}), encode=False)
    event.add("ATTENDEE", address_of(attendee, asked(entry)), encode=False)
    return event


def address_of(mail: str, parameters: dict[str, str]) -> vCalAddress:
    address = vCalAddress(f"mailto:{mail}")
    for name, value in parameters.items():
        address.params[name] = value
    return address


def asked(entry: CalendarEntry) -> dict[str, str]:
    """RSVP=FALSE: a reply by mail would reach nobody, so calendars are told not to ask for one."""
    told = "ACCEPTED" if entry.is_accepted else "NEEDS-ACTION"
    return {"ROLE": "REQ-PARTICIPANT", "PARTSTAT": told, "RSVP": "FALSE"}
