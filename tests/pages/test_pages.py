"""Every page is whole in itself, labelled, and says nothing about anybody."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from pages import fetch
from pages.render import Page

PAGES = {name: page for name, page in vars(fetch).items() if name.endswith("_page")}


class Outline(HTMLParser):
    """The tags of a page with their attributes, and its text outside the style."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.style = ""
        self._inside: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "link", "input"):
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._inside.pop() == tag, f"{tag} is closed out of order"

    def handle_data(self, data: str) -> None:
        if self._inside and self._inside[-1] == "style":
            self.style += data
        else:
            self.texts.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def test_the_pages_are_found() -> None:
    assert set(PAGES) == {"ask_page", "away_page", "gone_page", "foreign_page", "fault_page", "nothing_here_page"}


@pytest.mark.parametrize("make", PAGES.values(), ids=PAGES)
def test_a_page_is_whole_without_script_and_fetches_nothing(make: Callable[[], Page]) -> None:
    outline = Outline(make().html)

    assert not [tag for tag, _ in outline.tags if tag in ("script", "link", "img", "iframe", "object")]
    assert not [name for _, attributes in outline.tags for name in attributes if name.startswith("on")]
    assert not [attributes for _, attributes in outline.tags if "style" in attributes or "src" in attributes]
    assert "url(" not in outline.style


@pytest.mark.parametrize("make", PAGES.values(), ids=PAGES)
def test_a_page_can_be_read_aloud_and_on_a_phone(make: Callable[[], Page]) -> None:
    outline = Outline(make().html)

    assert outline.all("html") == [{"lang": "en-GB"}]
    assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in outline.all("meta")
    assert len(outline.all("h1")) == len(outline.all("main")) == len(outline.all("title")) == 1
    assert "prefers-color-scheme: dark" in outline.style
    assert not re.search(r"user-scalable|maximum-scale", make().html)


@pytest.mark.parametrize("make", PAGES.values(), ids=PAGES)
def test_the_policy_names_the_one_style_and_allows_no_script(make: Callable[[], Page]) -> None:
    page = make()
    digest = b64encode(sha256(Outline(page.html).style.encode()).digest()).decode()

    assert f"style-src 'sha256-{digest}'" in page.policy
    assert "default-src 'none'" in page.policy
    assert "script" not in page.policy
    assert "unsafe" not in page.policy


def test_the_page_that_asks_has_one_button_and_sends_nothing_but_the_press() -> None:
    outline = Outline(fetch.ask_page().html)

    assert outline.all("form") == [{"method": "post", "action": ""}]
    assert len(outline.all("button")) == 1
    assert outline.all("input") == []
    assert "Fetch the document" in [text.strip() for text in outline.texts]


@pytest.mark.parametrize("name", sorted(set(PAGES) - {"ask_page"}))
def test_every_other_page_says_the_way_forward(name: str) -> None:
    text = " ".join(Outline(PAGES[name]().html).texts)

    assert "What you can do" in text
    assert "Teams" in text


def test_no_page_takes_anything_in() -> None:
    assert PAGES["ask_page"]() == PAGES["ask_page"]()
    assert not any(page.__code__.co_argcount for page in PAGES.values())
