"""Every card the product can show, drawn by the reference renderer in Chromium, narrow and wide, light and dark."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.cards.gallery import all_examples, write_gallery
from tests.e2e.running import ROOT, find_browser

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(400)]

CUT_OFF = "This title is far longer than a telephone is wide, whichever way one holds it"


def test_every_card_is_drawn_whole_and_readable_on_a_phone_and_a_desk(tmp_path: Path) -> None:
    write_gallery(tmp_path / "cards")

    findings, said = draw(tmp_path, *sorted((tmp_path / "cards").glob("*.json")))

    assert findings == []
    assert said == f"{len(all_examples())} cards drawn, 0 findings"


def test_the_drawing_finds_what_is_cut_off_and_what_has_no_label(tmp_path: Path) -> None:
    """So that "no findings" means something."""
    bad = tmp_path / "bad.json"
    button = {"type": "Action.Submit", "title": CUT_OFF}
    body = [{"type": "Input.Text", "id": "words"}, {"type": "ActionSet", "actions": [button]}]
    bad.write_text(json.dumps({"type": "AdaptiveCard", "version": "1.5", "body": body}))

    findings, _ = draw(tmp_path, bad)

    assert f"bad 320 light: cut off: {CUT_OFF}" in findings
    assert any(finding.startswith("bad 520 light: axe label") for finding in findings)


def draw(folder: Path, *cards: Path) -> tuple[list[str], str]:
    """What is wrong, a line each, with pictures in `folder`/drawn; and the drawing's last line."""
    drawn = subprocess.run(
        ["env", f"CHROMIUM={find_browser()}", "node", "tools/cards/draw.mjs", "--findings-only",
         str(folder / "drawn"), *map(str, cards)],
        cwd=ROOT, text=True, capture_output=True, check=False,
    )  # fmt: skip
    *findings, said = drawn.stdout.splitlines() or [""]
    assert not drawn.stderr, drawn.stderr
    return sorted(findings), said
