"""Looks for words where they must never stand: mails, calendars, file names, addresses, toasts and log lines."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from email.header import decode_header, make_header
from email.message import EmailMessage
from urllib.parse import unquote

import vobject

from bot.logs import OUR_LOGGERS, JsonLines
from tests.teams.rooms import Event

Seen = tuple[str, str]
"""Where something stands, and what stands there."""


@dataclass(slots=True)
class Words:
    """`parts` are found inside of other words too; `whole` only by themselves: ids and secrets hold any letters."""

    parts: tuple[str, ...]
    whole: tuple[str, ...] = ()
    pattern: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        inside = [re.escape(one) for one in self.parts]
        alone = [rf"(?<![A-Za-z0-9_-]){re.escape(one)}(?![A-Za-z0-9_-])" for one in self.whole]
        self.pattern = re.compile("|".join(inside + alone), re.IGNORECASE)

    def found_in(self, seen: Iterable[Seen]) -> list[str]:
        """ "subject: Zelda", one for each place where one of them stands."""
        return [f"{where}: {match.group()}" for where, what in seen for match in self.pattern.finditer(what)]


def seen_in_mail(mail: EmailMessage) -> Iterator[Seen]:
    """All of it: as it went, its headers decoded, each part decoded, file names, and each property of a calendar."""
    yield "mail as it went", mail.as_string()
    for part in mail.walk():
        for name, value in part.items():
            yield f"header {name}", str(make_header(decode_header(value)))
        if part.get_filename():
            yield "attachment name", str(part.get_filename())
        content = part.get_payload(decode=True)
        if isinstance(content, bytes):
            text = content.decode("utf-8", "replace")
            yield part.get_content_type(), text
            if part.get_content_subtype() in ("calendar", "ics"):
                yield from seen_in_calendar(text)


def seen_in_calendar(written: str) -> Iterator[Seen]:
    calendar = vobject.readOne(written)
    for line in calendar.lines():
        yield f"calendar {line.name}", str(line.value)
    for event in calendar.vevent_list:
        for line in event.lines():
            yield f"calendar {line.name}", f"{line.value} {line.params}"


def seen_in_toast(event: Event) -> Iterator[Seen]:
    """What a lock screen shows, and the addresses behind the card's links."""
    yield "toast", f"{event.activity.get('summary')} {event.activity.get('text')} {event.activity.get('title')}"
    for address in addresses_in(event.activity):
        yield from seen_in_address(address)


def addresses_in(part: object) -> Iterator[str]:
    if isinstance(part, list):
        for item in part:
            yield from addresses_in(item)
    if isinstance(part, dict):
        if part.get("type") == "Action.OpenUrl":
            yield str(part["url"])
        for value in part.values():
            yield from addresses_in(value)


def seen_in_address(address: str) -> Iterator[Seen]:
    yield "address", unquote(address)


def seen_in_log(record: logging.LogRecord) -> Iterator[Seen]:
    """The line as it is written. Of our own loggers also what a formatter less careful than ours would write."""
    yield "log line", str(json.loads(JsonLines().format(record)))
    if record.name.partition(".")[0] in OUR_LOGGERS:
        yield "log record", f"{record.getMessage()} {vars(record)}"
        if record.exc_info:
            yield "log record", logging.Formatter().formatException(record.exc_info)
