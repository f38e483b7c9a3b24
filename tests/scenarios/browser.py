"""A browser of the scenarios: real HTTP with cookies, and a page as its visitor reads it, by its words and forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from html.parser import HTMLParser
from re import search
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

import aiohttp

from tests.mail_server import MailServerInTests

LINK = r"https?://[^\s\"<]+/secure/[A-Za-z0-9_-]+"
CODE = r"\b(\d{3,4} \d{3,4})\b"
VOID = ("meta", "input", "link", "br")


@dataclass(slots=True)
class Form:
    """`fields` as they stand; of radio buttons only the checked one. `lists` hold what each list offers."""

    fields: dict[str, str] = field(default_factory=dict)
    buttons: dict[str, str] = field(default_factory=dict)
    lists: dict[str, dict[str, str]] = field(default_factory=dict)
    radios: list[str] = field(default_factory=list)


class Seen(HTMLParser):
    """A page: its title, its visible words, its forms."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.title = ""
        self.forms: list[Form] = []
        self.ids: set[str] = set()
        self._words: list[str] = []
        self._inside: list[str] = []
        self._button: str | None = None
        self._list: str | None = None
        self._option: str | None = None
        self._area: str | None = None
        self.feed(html)

    @property
    def words(self) -> str:
        return " ".join(" ".join(self._words).split())

    def form(self, button: str) -> Form:
        """The form that has the button with these words."""
        return next(form for form in self.forms if button in form.buttons)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids |= {given["id"]} if "id" in given else set()
        if tag not in VOID:
            self._inside.append(tag)
        if tag == "form":
            self.forms.append(Form())
        elif tag == "input":
            self._input(given)
        elif tag == "select":
            self._list = given["name"]
            self.forms[-1].lists[self._list] = {}
        elif tag == "option" and self._list:
            self._option = given["value"]
            if "selected" in given or self._list not in self.forms[-1].fields:
                self.forms[-1].fields[self._list] = self._option
        elif tag == "textarea" and "name" in given:
            self._area = given["name"]
            self.forms[-1].fields[self._area] = ""
        elif tag == "button":
            self._button = given.get("value", "")

    def _input(self, given: Mapping[str, str]) -> None:
        if given.get("type") == "radio":
            self.forms[-1].radios.append(given["value"])
            if "checked" not in given:
                return
        if given.get("type") == "checkbox" and "checked" not in given:
            return
        self.forms[-1].fields[given["name"]] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        assert self._inside.pop() == tag, f"{tag} is closed out of order"
        if tag == "textarea":
            self._area = None
        if tag == "select":
            self._list = None

    def handle_data(self, data: str) -> None:
        if "style" in self._inside:
            return
        if "title" in self._inside:
            self.title += data
            return
        self._words.append(data)
        words = " ".join(data.split())
        if self._button is not None and words and "button" in self._inside:
            self.forms[-1].buttons[words] = self._button
        if self._option is not None and self._list and words:
            self.forms[-1].lists[self._list][words] = self._option
            self._option = None
        if self._area:
            self.forms[-1].fields[self._area] += data.removeprefix("\n")


class Browser:
    """`async with Browser(base, link)`: `base` is where the service listens, whatever address the mail names."""

    def __init__(self, base: str, link: str, **headers: str) -> None:
        self.url = base + urlsplit(link).path
        self._headers = headers
        self.statuses: list[int] = []
        self.headers: Mapping[str, str] = {}
        self.seen: Seen

    async def __aenter__(self) -> Self:
        self.client = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True), headers=self._headers)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.client.close()

    async def open(self) -> Seen:
        return await self._take(self.client.get(self.url))

    async def press(self, button: str, **typed: str) -> Seen:
        """Presses the button with these words, in the form as it stands, with what is typed besides."""
        form = self.seen.form(button)
        return await self.post(**(form.fields | {"do": form.buttons[button]} | typed))

    async def post(self, **fields: str) -> Seen:
        return await self._take(self.client.post(self.url, data=fields))

    async def _take(self, request: Any) -> Seen:
        async with request as response:
            self.statuses.append(response.status)
            self.headers = response.headers
            self.seen = Seen(await response.text())
        return self.seen

    @property
    def status(self) -> int:
        return self.statuses[-1]


def plain(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def links_to(server: MailServerInTests, address: str) -> list[str]:
    """The links that were mailed to this address, oldest first."""
    found = [search(LINK, plain(mail)) for mail in server.mails if mail["To"] == address]
    return [match.group() for match in found if match]


def codes_to(server: MailServerInTests, address: str) -> list[str]:
    found = [search(CODE, plain(mail)) for mail in server.mails if mail["To"] == address and "code" in mail["Subject"]]
    return [match.group() for match in found if match]
