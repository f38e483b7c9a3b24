"""The ways on where no place is free inside the window: by telephone, asking who decides, sharing a slot, managers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import cast

from cards.buttons import DialogChoose
from cards.parts import Bullet, Part, Row, Text, TextInput
from dialogs.booking.draft import STARTS_NOW, Draft, within
from dialogs.booking.places import Full, Short, Told, told
from dialogs.booking.pressing import pressing_now
from dialogs.engine import Answers, Given, Scene
from discussions.booking.discussion import Form
from discussions.london import say_short, say_time
from discussions.people import Person
from discussions.practice.types import as_spoken
from discussions.refusals import Missing, WrongAnswer
from discussions.slots.ways import Need, ask_to_come, escalate, who_decides, who_manages

PHONE_NOW = "phone now"
ESCALATE = "escalate"
ASK = re.compile(r"ask\s+(.+)", re.IGNORECASE)
SHARE = re.compile(r"share\s+(.+?)(?:\s*[,:]?\s+because\b[\s:,]*(.+))?", re.IGNORECASE | re.DOTALL)
MOST_REASON = 300
LITTLE_TIME = timedelta(hours=2)
"""Until the window ends: then holding it by telephone is offered whether anybody keeps slots or not."""
FOOT = "Or type phone now; ask police; share 10:00 because …; escalate."


def ways_on(scene: Scene) -> list[Part]:
    now = told(scene.answers)
    by_phone = Row("Hold it by telephone now", way(scene, PHONE_NOW), "○")
    if not now.short:
        return [by_phone] if pressing_now(scene).ends - scene.means.now <= LITTLE_TIME else []
    parts: list[Part] = [Text("Ways on", bold=True), by_phone]
    for short in now.short:
        parts.append(ask_row(scene, short))
    for full in now.full:
        shared, at = f"Share {say_short(full.starts_at)}, {full.name}", full.starts_at.isoformat()
        parts.append(Row(shared, way(scene, f"share {full.desk} {at}"), "○", right="none free"))
    if now.full:
        label = "To share a full slot: why, and with whom it is agreed"
        parts.append(TextInput("join_reason", label, max_length=MOST_REASON))
    return [*parts, *escalate_rows(scene, now)]


def way(scene: Scene, choice: str) -> DialogChoose:
    return DialogChoose(scene.dialog, "when", choice, scene.seen)


def ask_row(scene: Scene, short: Short) -> Part:
    names = with_phones(who_decides(scene.means, short.category))
    if at := was_said(scene, f"ask {short.category}"):
        said = f"to come all the same, at {at}{f': {names}' if names else ''}."
        return Bullet(said, "✓", lead=f"{short.name} is asked")
    text = f"Ask {short.name} to come all the same"
    return Row(text, way(scene, f"ask {short.category}"), "○", small=names)


def escalate_rows(scene: Scene, now: Told) -> Iterator[Part]:
    people = {one.id: one for short in now.short for one in who_manages(scene.means, scene.who, short.category)}
    names = with_phones(people.values())
    if at := was_said(scene, ESCALATE):
        yield Bullet(f"at {at}{f': {names}' if names else ''}.", "✓", lead="The managers are told")
    else:
        yield Row("Tell the managers", way(scene, ESCALATE), "○", small=names)


def with_phones(people: Iterable[Person]) -> str | None:
    """So that whoever is told can be rung as well."""
    return "; ".join(f"{one.name}{f', {one.phone}' if one.phone else ''}" for one in people) or None


def was_said(scene: Scene, what: str) -> str | None:
    return cast("dict[str, str]", scene.answers.get("said_ways") or {}).get(what)


def take_way(scene: Scene, choice: str | None, given: Given, words: str) -> Answers | None:
    """What a press or the words come to; None where they are about something else."""
    chosen = choice or words
    spoken = as_spoken(chosen)
    if spoken == PHONE_NOW:
        return {"starts_at": scene.means.now.isoformat(), "form": Form.PHONE.value, "late_told": True, STARTS_NOW: True}
    now = told(scene.answers)
    if not now.short:
        return None
    if spoken == ESCALATE:
        return say_way(scene, ESCALATE, now.short)
    if asked := ASK.fullmatch(chosen.strip()):
        short = called(now, asked[1])
        return say_way(scene, f"ask {short.category}", (short,))
    if join := SHARE.fullmatch(chosen.strip()):
        field = "when" if given.words is not None else "join_reason"
        return join_full(scene, now, join[1], join[2] or given.fields.get("join_reason"), field)
    return None


def called(now: Told, words: str) -> Short:
    wanted = as_spoken(words)
    for short in now.short:
        if wanted in (as_spoken(short.name), as_spoken(short.category)):
            return short
    names = ", ".join(short.name for short in now.short)
    raise WrongAnswer(f"Please say which one: {names}.", "when", f"ask {now.short[0].name}")


def say_way(scene: Scene, what: str, shorts: tuple[Short, ...]) -> Answers:
    pressing = pressing_now(scene)
    tell = escalate if what == ESCALATE else ask_to_come
    for short in shorts:
        tell(scene.means, scene.who, Need(short.category, pressing.ends, pressing.urgency.code, scene.dialog))
    said = cast("dict[str, str]", scene.answers.get("said_ways") or {})
    return {"said_ways": {**said, what: say_time(scene.means.now)}, "late_told": False}


def join_full(scene: Scene, now: Told, words: str, why: str | None, field: str) -> Answers:
    """One more at a full slot, which is nobody's to give away without a word: so with a reason. `field`: where that is
    asked for, so that a line without one does not stand in its place.
    """
    full = full_called(scene, now, words)
    reason = within(MOST_REASON, "the reason", why, field)
    if reason is None:
        raise Missing("why it shares a full slot, and with whom that is agreed", field)
    joins = {**Draft(scene.answers).joins, full.desk: reason}
    return {"starts_at": full.starts_at.isoformat(), "joins": joins, "late_told": True, STARTS_NOW: False}


def full_called(scene: Scene, now: Told, words: str) -> Full:
    for full in now.full:
        names = (f"{full.desk} {full.starts_at.isoformat()}", say_time(full.starts_at), say_short(full.starts_at))
        if as_spoken(words) in map(as_spoken, names):
            return full
    times = ", ".join(say_short(full.starts_at) for full in now.full) or "none"
    raise WrongAnswer(f"Please say which full slot it shares: {times}.", "when", "share 10:00 because …")
