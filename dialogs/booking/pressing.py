"""How soon the booking must start, as it stands: what raised it, a manager's reason to leave it, police protection."""

from __future__ import annotations

import re
from datetime import datetime

from cards.parts import Bullet, Part, TextInput
from dialogs.booking.draft import Draft, within
from dialogs.engine import Answers, Given, Scene
from discussions.booking.book import pressing_of, require_manager
from discussions.booking.urgency import Pressing
from discussions.ids import DiscussionId
from discussions.london import say_date, say_moment, say_short, say_time, to_london
from discussions.people import Right
from discussions.practice.types import Condition
from discussions.recent import read_recent_moment
from discussions.refusals import Refusal, WrongAnswer

KEEPS = re.compile(r"keep\s+(?:it|at\s+)?\s*(\w+)?[\s,:]*because\b[\s:,]*(.+)", re.IGNORECASE | re.DOTALL)
PROTECTED = re.compile(
    r"(?:police\s+)?protection\s+(?:was\s+)?(?:since|from|at|taken(?:\s+at)?)\s*:?\s+(.+)", re.IGNORECASE
)
MOST_REASON = 1_000


def pressing_now(scene: Scene) -> Pressing:
    draft = Draft(scene.answers)
    follows = draft.text("follows")
    return pressing_of(
        scene.means,
        urgency=str(scene.answers["urgency"]),
        decided_at=draft.moment("decided_at") or scene.means.now,
        children=draft.children,
        context=draft.facts,
        protection_since=draft.moment("protection_since"),
        kept_lower=draft.text("kept_lower"),
        follows=DiscussionId(follows) if follows else None,
    )


def say_pressing(scene: Scene, now: Pressing) -> list[Part]:
    """Why it is more urgent than was asked, and what a manager can do about it; and the end of police protection."""
    draft = Draft(scene.answers)
    parts: list[Part] = []
    if now.is_raised:
        raised = f"because {'; '.join(now.because)}"
        parts.append(Bullet(raised, symbol="▲", lead=f"Raised from {now.asked.code} to {now.urgency.code},"))
    elif now.because:
        parts.append(
            Bullet(f"a manager's reason: {draft.text('kept_lower')}", symbol="○", lead=f"Kept at {now.asked.code},")
        )
    if now.because and scene.who.may(Right.CHAIR):
        label = f"To keep {now.asked.code}: your reason as a manager"
        parts.append(TextInput("kept_lower", label, draft.text("kept_lower"), True, MOST_REASON))
    return [*parts, *protection_parts(scene, now)]


def protection_parts(scene: Scene, now: Pressing) -> list[Part]:
    draft = Draft(scene.answers)
    if Condition.POLICE_PROTECTION not in scene.means.practice.conditions_meant(draft.facts):
        return []
    since = draft.moment("protection_since")
    value = f"{say_date(to_london(since).date())} {say_time(since)}" if since else None
    field = TextInput(
        "protection", "Police protection was taken at", value, max_length=80,
        hint="Its 72 hours are the hard deadline. For example: today 09:15",
    )  # fmt: skip
    if now.protection_ends is None:
        return [field]
    return [field, Bullet(f"{say_moment(now.protection_ends)}.", symbol="▲", lead="Police protection ends")]


def take_said(scene: Scene, given: Given) -> dict[str, object]:
    """What the form says of these two. A client sends no field that was left empty, so empty takes a reason back."""
    taken: dict[str, object] = {}
    if given.words is not None:
        return taken
    reason = within(MOST_REASON, "the reason", given.fields.get("kept_lower"), "kept_lower")
    if scene.who.may(Right.CHAIR):
        taken["kept_lower"] = reason
    elif reason:
        require_manager(scene.who)
    if typed := given.fields.get("protection", "").strip():
        taken["protection_since"] = read_protection(scene, typed).isoformat()
    return taken


def take_typed(scene: Scene, words: str) -> Answers | None:
    """ "keep U3 because …", "protection since today 09:15"; None for all other words."""
    if keeps := KEEPS.fullmatch(words):
        require_manager(scene.who)
        asked = pressing_now(scene).asked
        if keeps[1] and keeps[1].casefold() not in (asked.code.casefold(), "it"):
            raise WrongAnswer(f"You asked for {asked.code}. To ask for another, go back to the concern.", "kept_lower")
        return {"kept_lower": within(MOST_REASON, "the reason", keeps[2], "kept_lower")}
    if protected := PROTECTED.fullmatch(words):
        return {"protection_since": read_protection(scene, protected[1]).isoformat()}
    return None


def read_protection(scene: Scene, words: str) -> datetime:
    try:
        return read_recent_moment(words, scene.means.now, scene.means.calendar)
    except Refusal as refusal:
        raise WrongAnswer(refusal.sentence, "protection", "today 09:15") from refusal


def say_ends(now: Pressing) -> str:
    return f"{say_short(now.ends)}{', when police protection ends' if now.is_protection_first else ''}"
