"""The times that are offered, the places held at the chosen one, and what is said where somebody has none then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from cards.buttons import DialogChoose
from cards.parts import Band, Choice, ChoiceInput, Part, Row, Text, Tone
from dialogs.booking.draft import Draft
from dialogs.booking.places import hold_now, names_without, told, without_now
from dialogs.engine import Answers, Given, Scene
from discussions.london import say_moment, say_short
from discussions.practice.types import as_spoken
from discussions.refusals import WrongAnswer

AT = "at "
NO_BREACH = "none"


def best_times(scene: Scene) -> list[Part]:
    """Each a line to press; the number before it can be typed."""
    offers = told(scene.answers).offers
    if not offers:
        return []
    rows: list[Part] = []
    for number, one in enumerate(offers, start=1):
        without = f"; without {', '.join(one.without)}" if one.without else ""
        small = f"with {', '.join(one.can)}{without}"
        button = DialogChoose(scene.dialog, "when", f"{AT}{one.starts_at.isoformat()}", scene.seen)
        symbol = "▲" if without else "✓"
        rows.append(Row(f"{number}. {say_short(one.starts_at)}", button, symbol, small=small, bold=not without))
    return [Text("The best times. Press one, or type its number.", bold=True), *rows]


def short_band(scene: Scene, ends: datetime) -> Band | None:
    short = told(scene.answers).short
    if not short:
        return None
    names = " and ".join(one.name for one in short)
    lines = ["The ways on are below. Any other time can still be chosen; the shortage is counted."]
    starts_at = Draft(scene.answers).moment("starts_at")
    if starts_at is not None and starts_at > ends:
        lines.append(f"{say_moment(starts_at)} is after {say_moment(ends)}.")
    if without := names_without(scene):
        lines.append(f"No place at the time you chose: {'; '.join(without)}.")
    return Band(Tone.ATTENTION, f"▲ No place of {names} before {say_short(ends)}", tuple(lines))


def without_band(scene: Scene) -> Band | None:
    """For a time that was typed: who has no place then. It can be booked all the same."""
    without = names_without(scene)
    if not without:
        return None
    lines = (f"{'; '.join(without)}.", "Press Next again to ask them all the same, or choose another time.")
    return Band(Tone.WARNING, "▲ No place then", lines)


def read_offered(scene: Scene, choice: str | None, words: str) -> datetime | None:
    """The offered time that was pressed or typed by its number; refused where a place has gone meanwhile."""
    offers = told(scene.answers).offers
    starts_at = None
    if choice is not None and choice.startswith(AT):
        starts_at = next(
            (one.starts_at for one in offers if one.starts_at.isoformat() == choice.removeprefix(AT)), None
        )
    elif words.strip(" .").isdecimal() and 1 <= int(words.strip(" .")) <= len(offers):
        starts_at = offers[int(words.strip(" .")) - 1].starts_at
    elif choice is None:
        return None
    if starts_at is None:
        raise WrongAnswer("That time is not offered any more. These are the best times now.", "when")
    gone = set(without_now(scene, starts_at)) - set(told(scene.answers).offered(starts_at) or ())
    if gone:
        names = " and ".join(sorted(gone))
        verb = "has" if len(gone) == 1 else "have"
        raise WrongAnswer(
            f"{say_short(starts_at)} has been taken by another booking: {names} {verb} no place then any more. "
            "These are the best times now.",
            "when",
        )
    return starts_at


def with_places(scene: Scene, answers: Answers, is_told: bool = True) -> Answers:
    """Holds what is free at the start that was chosen. Who has no place then is told once, and then it goes on."""
    together: Mapping[str, object] = {**scene.answers, **answers}
    places = hold_now(replace(scene, answers=together))
    if places.get("without") and not is_told:
        return {**places, "late_told": False}
    return places


def breach_field(scene: Scene) -> list[Part]:
    """As what it is counted, where an agency had no place inside the window."""
    short = told(scene.answers).short
    if not short:
        return []
    slots = scene.means.practice.slots
    choices = (*(Choice(label, code) for code, label in slots.codes), Choice("Another reason", NO_BREACH))
    chosen = Draft(scene.answers).text("breach") or slots.shortage_of(short[0].category).code
    return [ChoiceInput("breach", "Counted as", choices, chosen)]


def counted_short(scene: Scene, way: Answers) -> Answers:
    """A way on that sets the start: with its places, and counted."""
    return {**with_places(scene, way), "breach": read_breach(scene, Given({}), None)}


def read_breach(scene: Scene, given: Given, reason: str | None) -> str | None:
    """The code that was chosen or typed; without a word about it, that of the agency that had no place."""
    slots, short = scene.means.practice.slots, told(scene.answers).short
    chosen = given.fields.get("breach", "")
    if chosen == NO_BREACH or not (short or chosen):
        return None
    if chosen and chosen not in dict(slots.codes):
        raise WrongAnswer("Please choose from the list what this is counted as.", "breach")
    typed = as_spoken((reason or "").strip(" ."))
    said = next((code for code, label in slots.codes if typed in (as_spoken(code), as_spoken(label))), None)
    return said or chosen or slots.shortage_of(short[0].category).code
