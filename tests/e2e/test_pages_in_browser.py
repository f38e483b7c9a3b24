"""Every page of the secure link in Chromium: nothing wider than a narrow phone, no finding of axe, light and dark."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from tests.e2e.running import ROOT
from tests.pages.examples import EXAMPLES

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(400)]

AXE = ROOT / "tools/cards/node_modules/axe-core/axe.min.js"
NARROW, PHONE, DESK = (ViewportSize(width=width, height=800) for width in (320, 360, 1024))
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_fits_and_can_be_read(browser: Browser, tmp_path: Path, scheme: str) -> None:
    page = browser.new_page(viewport=NARROW, color_scheme=scheme, locale="en-GB")  # type: ignore[arg-type]
    findings = []
    for name, example in EXAMPLES.items():
        page.set_content(example.html)
        for size in (PHONE, DESK):
            page.set_viewport_size(size)
            page.screenshot(path=tmp_path / f"{name}-{size['width']}-{scheme}.png", full_page=True)
        page.set_viewport_size(NARROW)
        findings += [f"{name} {one}" for one in look_at(page)]
    page.close()

    print(f"pictures: {tmp_path}")
    assert findings == []


def test_what_is_said_by_colour_is_said_without_it_too(browser: Browser) -> None:
    page = browser.new_page(viewport=PHONE, forced_colors="active")
    for example in EXAMPLES.values():
        page.set_content(example.html)
        assert look_at(page) == []
    page.close()


def test_the_look_finds_what_has_no_label_and_what_is_too_wide(browser: Browser) -> None:
    """So that "no findings" means something."""
    page = browser.new_page(viewport=NARROW)
    page.set_content("<main><h1>Bad</h1><input><pre style='width: 400px'>wide</pre></main>")

    found = " ".join(look_at(page))

    assert "px too wide" in found
    assert "axe label" in found
    page.close()


def look_at(page: Page) -> list[str]:
    """What is wrong with the page as it stands, with each answer opened once."""
    found = overflowing(page)
    for radio in page.locator("input[type=radio]").all():
        radio.check()
        found += overflowing(page)
    return found + axe_findings(page)


def overflowing(page: Page) -> list[str]:
    over = page.evaluate(OVERFLOW)
    return [f"is {over} px too wide"] if over > 0 else []


def axe_findings(page: Page) -> list[str]:
    page.evaluate(AXE.read_text("utf-8"))
    found: dict[str, Any] = page.evaluate("() => axe.run()")
    return [f"axe {one['id']}: {one['nodes'][0]['html'][:160]}" for one in found["violations"]]
