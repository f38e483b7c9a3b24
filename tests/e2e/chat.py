"""One person's chat in the Agents Playground, driven as people drive it: typing, filling in, pressing, reading."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

# A card, but not the forms that open inside it, which are drawn as cards too.
CARD = ".ac-adaptiveCard:not(.ac-adaptiveCard .ac-adaptiveCard)"
COMPOSER = "[contenteditable=true][role=textbox]"
LOOKS_FOR_SECONDS = 30
DRAWS_WITHIN_MILLISECONDS = 150


class Chat:
    """The personal chat with Chairside. Every look waits until what is looked for is there.

    `settle` waits until the service has updated every message it means to: a card that is drawn again takes new ids,
    and people do not type as fast as a test does.
    """

    def __init__(self, page: Page, address: str, settle: Callable[[], None]) -> None:
        self.page = page
        self._address = address
        self._settle = settle

    def open(self) -> None:
        self.page.goto(self._address, timeout=60_000)
        expect(self.page.locator(COMPOSER)).to_be_visible()

    def say(self, words: str) -> None:
        composer = self.page.locator(COMPOSER)
        composer.click()
        self.page.keyboard.type(words)
        expect(composer).to_have_text(words)
        self.page.keyboard.press("Enter")
        expect(composer).to_have_text("")

    def ask(self, words: str, answer: str) -> Card:
        """Types a line, and waits for a new card that shows `answer`."""
        before = self.page.locator(CARD).count()
        self.say(words)
        return self.newest(answer, since=before)

    def newest(self, shows: str, since: int = 0) -> Card:
        """The newest card that shows this, `since` cards apart. It stays the same card when others come after it."""
        gives_up_at = time.monotonic() + LOOKS_FOR_SECONDS
        while not (places := [n for n, text in enumerate(self.texts()) if n >= since and shows in text]):
            assert time.monotonic() < gives_up_at, f"no card shows {shows!r}"
            self.page.wait_for_timeout(50)
        self.calm_down()
        return Card(self, self.page.locator(CARD).nth(places[-1]))

    def texts(self) -> list[str]:
        """What each card shows, the oldest first."""
        return [squeezed(text) for text in self.page.locator(CARD).all_inner_texts()]

    def calm_down(self) -> None:
        """The page itself does not say when it has drawn an update."""
        self._settle()
        self.page.wait_for_timeout(DRAWS_WITHIN_MILLISECONDS)

    def keep(self, folder: Path, name: str) -> None:
        """What the page shows now, for whoever must find out what went wrong."""
        self.page.screenshot(path=folder / f"{name}.png", full_page=True)
        print(f"{name}: {folder / f'{name}.png'}\n{self.page.locator('body').inner_text()}")


class Card:
    """One card in the chat, which may change its content while it stays in its place."""

    def __init__(self, chat: Chat, place: Locator) -> None:
        self._chat = chat
        self._page = chat.page
        self._place = place

    def shows(self, *words: str) -> Card:
        for some in words:
            expect(self._place).to_contain_text(some)
        return self

    def lacks(self, words: str) -> None:
        expect(self._place).not_to_contain_text(words)

    def press(self, title: str, then: str | None = None) -> Card:
        """Presses a button or a line; then the card in the same place must show `then`."""
        self.button(title).click()
        return self if then is None else self.turned_into(then)

    def turned_into(self, words: str) -> Card:
        self.shows(words)
        self._chat.calm_down()
        return self

    def press_line(self, words: str, then: str) -> Card:
        """Presses the line of a list that holds these words."""
        self._place.locator("[role=button], button").filter(has_text=words).last.click()
        return self.turned_into(then)

    def button(self, title: str) -> Locator:
        """The button with this title, also where it is marked as hidden from screen readers by an open list."""
        return self._place.get_by_role("button", name=title, exact=True, include_hidden=True).and_(
            self._page.locator(":visible")
        )

    def write(self, label: str, words: str) -> None:
        self.field(label).fill(words)

    def tick(self, label: str) -> None:
        """A box or one of several choices, by the beginning of its label."""
        self._place.locator("label").filter(has_text=re.compile(rf"^{re.escape(label)}")).click()

    def choose(self, label: str, choice: str | int) -> None:
        """From a list that drops down: by its words, or by its place counted from 0."""
        self.field(label).click()
        options = self._page.get_by_role("option", include_hidden=True)
        option = options.nth(choice) if isinstance(choice, int) else options.filter(has_text=choice)
        option.click()

    def field(self, label: str) -> Locator:
        """By the label that people see; that of a required field ends in a star."""
        labels = self._place.locator("label:visible").filter(
            has_text=re.compile(rf"^\s*{re.escape(label)}(\s*\*)?\s*$")
        )
        id = labels.get_attribute("for")
        return self._page.locator(f'[id="{id}"]')

    def text(self) -> str:
        return squeezed(self._place.inner_text())


def squeezed(text: str) -> str:
    return " ".join(text.split())
