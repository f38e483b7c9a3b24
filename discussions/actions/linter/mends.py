"""The presses that mend what was found: a line or two in place of the typed one, or a value for the form's field."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from difflib import SequenceMatcher
from typing import Final

from discussions.actions.findings import Mend, Owner, World
from discussions.actions.kinds import window_of
from discussions.actions.linter.reading import Sentence
from discussions.actions.linter.vague import Vague
from discussions.actions.linter.who import Finder, Kind
from discussions.clocks import WorkingDays, is_working_day, next_working_day
from discussions.london import nearest_from_london, say_date, say_short, say_short_day, say_time, to_london
from discussions.practice.types import as_spoken
from discussions.practice.verbs import bent_like, forms_of

MOST_MENDS: Final = 3
CHAIR: Final = "chair"


def due_words(at: datetime) -> str:
    """ "17/11/2026 15:00", as it can be typed again."""
    return f"{say_date(to_london(at).date())} {say_time(at)}"


def replaced(sentence: Sentence, start: int, end: int, words: str) -> str:
    """The line with other words there, and no space too many."""
    line = f"{sentence.text[:start]} {words} {sentence.text[end:]}"
    squeezed = " ".join(line.split())
    for mark in (",", ";", ".", ":"):
        squeezed = squeezed.replace(f" {mark}", mark)
    return squeezed


def added(sentence: Sentence, words: str) -> str:
    """The line with words more, before who is told and what happens if not."""
    ends = [at for at in (sentence.tell_at, sentence.contingency_at) if at is not None]
    at = min(ends, default=len(sentence.text))
    before = sentence.text[:at].rstrip(" .,;–—-(")
    return " ".join(f"{before} {words} {sentence.text[at:].lstrip(' .,')}".split())


def split(sentence: Sentence) -> tuple[Mend, ...]:
    """An action for each; or the first does it, and the second goes along."""
    deed = sentence.deed
    if len(deed.owners) != 2 or sentence.is_form:
        return ()
    first, second = deed.owners
    start, end = first.start, max(first.end, second.end)
    if second.start > deed.begins:
        return ()
    rest = _bent(sentence, end)
    head = sentence.text[:start]
    lines = tuple(" ".join(f"{head}{owner.said} {rest}".split()) for owner in (first, second))
    together = " ".join(f"{head}{first.said} with {second.said} {rest}".split())
    return Mend("Split into two actions", lines), Mend(
        _cut(" ".join(f"{first.said} does it, with {second.said}".split())), (together,)
    )


def _bent(sentence: Sentence, owners_end: int) -> str:
    """ "see A" behind one owner is "sees A"."""
    deed, text = sentence.deed, sentence.text
    if deed.verb is None or deed.verb_at is None:
        return text[owners_end:]
    start, end = deed.verb_at
    is_plain = as_spoken(text[start:end]) == deed.verb and not text[owners_end:start].strip(" ,")
    verb = forms_of(deed.verb)[1] if is_plain else text[start:end]
    return f"{text[owners_end:start]}{verb}{text[end:]}"


def these_owners(sentence: Sentence, owners: Iterable[Owner]) -> tuple[Mend, ...]:
    """Each of them in the place of whoever was said."""
    deed = sentence.deed
    found = []
    for owner in list(owners)[:MOST_MENDS]:
        name = owner.name
        if deed.owners:
            line = replaced(sentence, deed.owners[0].start, deed.owners[-1].end, name)
        else:
            line = replaced(sentence, sentence.start, sentence.start, f"{name}: ")
        found.append(Mend(_cut(name), () if sentence.is_form else (line,), owner.id or name))
    return tuple(found)


def nearest_owners(sentence: Sentence, said: str, world: World) -> tuple[Mend, ...]:
    """Those whose name or role looks most like what was typed."""
    spoken = as_spoken(said)

    def likeness(owner: Owner) -> float:
        names = (owner.name, owner.role, *owner.name.split(), *owner.also)
        return max(SequenceMatcher(None, spoken, as_spoken(name)).ratio() for name in names)

    alike = sorted(world.owners, key=likeness, reverse=True)
    return these_owners(sentence, [owner for owner in alike if likeness(owner) >= 0.6])


def new_owners(sentence: Sentence, world: World, finder: Finder) -> tuple[Mend, ...]:
    """Of the agency that was named, whoever is here; else nobody is guessed."""
    said = {as_spoken(one.said).removeprefix("the ") for one in sentence.deed.owners if one.kind is Kind.AGENCY}
    categories = {
        name
        for agency in world.practice.agencies
        for names in [{as_spoken(one) for one in (agency.name, *agency.aliases)}]
        if said & names
        for name in names
    } | said
    fitting = [owner for owner in world.owners if owner.is_here and as_spoken(owner.agency) in categories]
    return these_owners(sentence, fitting)


def instead_of(sentence: Sentence, vague: Vague) -> tuple[Mend, ...]:
    found = []
    for other in vague.word.instead:
        words = bent_like(other, vague.word.word, vague.said) if vague.word.is_verb else other
        found.append(_wording(sentence, vague, words, f"Say “{words}”"))
    if vague.word.may_go:
        found.append(_wording(sentence, vague, "", f"Leave out “{vague.said}”"))
    return tuple(found[:MOST_MENDS])


def _wording(sentence: Sentence, vague: Vague, words: str, label: str) -> Mend:
    line = replaced(sentence, vague.start, vague.end, words)
    return Mend(label, () if sentence.is_form else (line,), line if sentence.is_form else None)


def usual_time(sentence: Sentence, world: World, owner: Owner | None) -> tuple[Mend, ...]:
    """How long such an action usually takes; never on a day without work, never after the conference."""
    at = usual_due(sentence, world, owner)
    return (_due(sentence, at, f"By {say_short(at)}"),)


def usual_due(sentence: Sentence, world: World, owner: Owner | None) -> datetime:
    day_on = WorkingDays(1).deadline(world.now, world.calendar, world.practice.counting)
    at = window_of(sentence.what, world.practice, world.calendar, world.now) or day_on
    at = _on_whole_quarter(at)
    if not is_working_day(to_london(at).date(), world.calendar) and not _always_works(owner):
        at = _moved(at, next_working_day(to_london(at).date(), 1, world.calendar))
    if world.latest is not None and to_london(at).date() > world.latest >= to_london(world.now).date():
        at = nearest_from_london(world.latest, world.practice.counting.closes)
    return at if at > world.now else _on_whole_quarter(world.now + timedelta(hours=2))


def _always_works(owner: Owner | None) -> bool:
    return owner is not None and (owner.hours or "").strip() == "24/7"


def _on_whole_quarter(at: datetime) -> datetime:
    whole = at.replace(second=0, microsecond=0)
    return whole - timedelta(minutes=whole.minute % 15)


def _moved(at: datetime, day: date) -> datetime:
    return nearest_from_london(day, to_london(at).time())


def with_time(sentence: Sentence, at: datetime, world: World, owner: Owner | None) -> tuple[Mend, ...]:
    """The same day, at its close where that is still to come."""
    closes = nearest_from_london(to_london(at).date(), world.practice.counting.closes)
    moment = closes if closes > world.now else _on_whole_quarter(world.now + timedelta(hours=2))
    found = [_due(sentence, moment, f"By {say_short(moment)}")]
    usual = usual_due(sentence, world, owner)
    if usual != moment and usual <= at:
        found.append(_due(sentence, usual, f"By {say_short(usual)}"))
    return tuple(found)


def next_day_of_work(sentence: Sentence, at: datetime, world: World) -> tuple[Mend, ...]:
    moved = _moved(at, next_working_day(to_london(at).date(), 1, world.calendar))
    return (_due(sentence, moved, f"By {say_short(moved)}"),)


def day_of_conference(sentence: Sentence, latest: date, world: World) -> tuple[Mend, ...]:
    at = nearest_from_london(latest, world.practice.counting.closes)
    if at <= world.now:
        return ()
    return (_due(sentence, at, f"By {say_short_day(latest)}, the ICPC date"),)


def readings_of(sentence: Sentence, world: World, owner: Owner | None) -> tuple[Mend, ...]:
    """The moments that can have been meant, else the usual time."""
    meant = sentence.due.meant if sentence.due else ()
    found = [_due(sentence, at, f"By {say_short(at)}") for at in meant if at > world.now]
    return tuple(found[:MOST_MENDS]) or usual_time(sentence, world, owner)


def _due(sentence: Sentence, at: datetime, label: str) -> Mend:
    words = due_words(at)
    if sentence.is_form:
        return Mend(label, value=words)
    if sentence.due is not None:
        line = replaced(sentence, sentence.due.start, sentence.due.end, f"by {words}")
    elif sentence.vague_due is not None:
        line = replaced(sentence, *sentence.vague_due.span(), f"by {words}")
    else:
        line = added(sentence, f"by {words}")
    return Mend(label, (line,), words)


def tell_chair(sentence: Sentence) -> tuple[Mend, ...]:
    if sentence.is_form:
        return (Mend("Tell the chair", value=CHAIR),)
    at = sentence.contingency_at if sentence.contingency_at is not None else len(sentence.text)
    line = f"{sentence.text[:at].rstrip(' .,;(–—-')} tell the chair {sentence.text[at:].lstrip(' ,.;–—-(')}"
    return (Mend("Tell the chair", (" ".join(line.split()),), CHAIR),)


def _cut(label: str, most: int = 40) -> str:
    return label if len(label) <= most else f"{label[: most - 1].rstrip()}…"
