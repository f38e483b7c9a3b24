"""A scene with an action in it, pressed and typed at as people do in Teams."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pytest

from bot import presses
from bot.shown import Shown, Turn
from cards.buttons import Button, HandOver, NeedMoreTime, Pressed
from discussions.actions.action import Action
from discussions.people import Person
from discussions.refusals import Refusal
from tests.cards.checks import check_card, elements_of
from tests.discussions.actions.story import OWNER, Scene

Type = Callable[[Turn, str], Shown]


@dataclass(frozen=True, slots=True)
class Office:
    """A scene with one action of Jo Smith, number 1, due on Friday at 10:00."""

    scene: Scene
    action: Action

    def now(self) -> Action:
        return self.scene.action(self.action.id)

    def turn(self, who: Person) -> Turn:
        return Turn(self.scene.means, who, f"chat-{who.id}")

    def press(self, who: Person, button: Button, typed: Mapping[str, str] | None = None) -> Shown:
        return presses.answer(self.turn(who), Pressed(button, typed or {}, "nonce"))

    def type(self, who: Person, word: Type, rest: str) -> Shown:
        return word(self.turn(who), rest)

    def on(self, button: Callable[..., Button]) -> Button:
        return button(self.action.id, self.now().version)


def fresh() -> Office:
    scene = Scene()
    return Office(scene, scene.record())


def text_of(shown: Shown) -> str:
    assert shown.card is not None
    return " ".join(
        run["text"] for e in elements_of(shown.card.content) for run in (e, *e.get("inlines", ())) if "text" in run
    )


def titles(shown: Shown) -> list[str]:
    assert shown.card is not None
    return [e["title"] for e in elements_of(shown.card.content) if e["type"] in ("Action.Execute", "Action.ShowCard")]


def inputs(shown: Shown | None) -> dict[str, str]:
    assert shown is not None
    assert shown.card is not None
    found = elements_of(shown.card.content)
    return {e["id"]: e["value"] for e in found if e["type"].startswith("Input.") and "value" in e}


UNTIL = {"day": "2026-11-23", "time": "10:00", "reason": "the school is shut"}


def asked_for_time(office: Office) -> None:
    office.press(OWNER, office.on(NeedMoreTime), UNTIL)


def handed_over(office: Office) -> None:
    office.press(OWNER, office.on(HandOver), {"to": "Jo Baker"})


def refused(office: Office, who: Person, button: Button, typed: Mapping[str, str]) -> tuple[Refusal, Shown | None]:
    """The refusal, and what the presser then sees in place of the pressed card."""
    with pytest.raises(Refusal) as caught:
        office.press(who, button, typed)
    card = presses.show_again(office.turn(who), Pressed(button, typed, "nonce"), caught.value)
    if card is not None:
        check_card(card)
    return caught.value, Shown(card) if card else None
