"""A calendar entry as an iCalendar file (RFC 5545) that asks one person, or takes it back (RFC 5546)."""

from __future__ import annotations

from discussions.booking.calendar_entry import CalendarEntry

PRODUCT = "-//Chairside//Meetings//EN"
FILE_NAME = "invite.ics"


def method_of(entry: CalendarEntry) -> str:
    return "CANCEL" if entry.is_cancelled else "REQUEST"


def write_calendar(entry: CalendarEntry, organizer: str, attendee: str) -> bytes:
    """UTF-8, with lines folded and ended as calendars want them. `organizer` and `attendee` are mail addresses.

    Times are in UTC, so no rule about clock changes has to travel with them. Nobody else is named in it.
    """
    # the calendar library is large and most turns need none, so it is loaded with the first entry
    from documents.calendar_layout import lay_out_calendar

    return lay_out_calendar(entry, organizer, attendee)
