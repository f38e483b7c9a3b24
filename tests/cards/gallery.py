"""Every card the product can show, rendered once. `python -m tests.cards.gallery FOLDER` writes them as JSON files.

A card's examples stand in a file of their own, `examples_….py`, beside this one; they are found by their name.
"""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cards
from cards.render import Card


@dataclass(frozen=True, slots=True)
class Example:
    """`of` is the card function it shows."""

    name: str
    of: Callable[..., Card]
    make: Callable[[], Card]


_examples: list[Example] = []


def example(of: Callable[..., Card], name: str) -> Callable[[Callable[[], Card]], Callable[[], Card]]:
    """Marks a function without arguments that makes one card to look at."""

    def keep(make: Callable[[], Card]) -> Callable[[], Card]:
        _examples.append(Example(name, of, make))
        return make

    return keep


@cache
def all_examples() -> tuple[Example, ...]:
    folder = Path(__file__).parent
    for file in sorted(folder.glob("examples_*.py")):
        importlib.import_module(f"tests.cards.{file.stem}")
    return tuple(_examples)


def card_functions() -> set[Callable[..., Card]]:
    """Every public function of cards/ whose name ends in _card."""
    modules = [importlib.import_module(m.name) for m in pkgutil.walk_packages(cards.__path__, "cards.")]
    return {
        function
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if name.endswith("_card") and not name.startswith("_") and function.__module__.startswith("cards.")
    }


def write_gallery(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for shown in all_examples():
        text = json.dumps(shown.make().content, ensure_ascii=False, indent=1)
        (folder / f"{shown.name}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    # the examples register with the module they import, which is not this one run as a script
    importlib.import_module("tests.cards.gallery").write_gallery(Path(sys.argv[1]))
