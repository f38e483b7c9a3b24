"""Saving an item's form: each field its own fact, and where two people wrote, neither text is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from discussions.agenda.captured import Captured, place_of
from discussions.agenda.facts import NOTE, Fact
from discussions.agenda.fields import names_for
from discussions.agenda.session import agenda_item, discussion_to_capture, is_entered_late
from discussions.agenda.values import Names, read_value, show_value, tidy
from discussions.booking.discussion import Discussion
from discussions.ids import DiscussionId, FactId
from discussions.needs import Means
from discussions.people import Person, PersonId
from discussions.practice.types import AgendaItem, Field, Form, Scope
from discussions.refusals import NotFound
from discussions.trail import Deed, Entry

TALKED_THROUGH = "Talked through; nothing to record."


@dataclass(frozen=True, slots=True)
class Saving:
    """What came back from a card. `typed` holds field codes; what is missing was left empty.

    `seen` is Captured.seen of the form when the card was made. `cut_to`: lengths at which a card may have shown only
    the beginning of a long text; such a beginning coming back unchanged is no change.
    """

    discussion: DiscussionId
    item: int
    form: int
    subject: str
    typed: Mapping[str, str]
    seen: int
    by_phone: bool = False
    talked_through: bool = False
    cut_to: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that somebody else wrote since the card was made. Theirs stands; `mine` is what was typed."""

    field: Field
    theirs: str | None
    mine: str
    who: PersonId
    at: datetime


@dataclass(frozen=True, slots=True)
class Saved:
    discussion: Discussion
    item: AgendaItem
    facts: tuple[Fact, ...] = ()
    clashes: tuple[Clash, ...] = ()


@dataclass(frozen=True, slots=True)
class Work:
    """One saving under way."""

    means: Means
    who: Person
    discussion: Discussion
    item: AgendaItem
    form: Form
    saving: Saving
    names: Names
    captured: Captured = field(default_factory=lambda: Captured({}))


def save_form(means: Means, who: Person, saving: Saving) -> Saved:
    """All fields that can be kept, or none: a field that can't be read refuses the whole form (WrongAnswer)."""
    discussion = discussion_to_capture(means, who, saving.discussion)
    item = agenda_item(means.practice, saving.item)
    if not item.forms:
        return Saved(discussion, item, mark_talked_through(means, who, discussion, item, saving))
    form = form_of(item, saving.form)
    require_subject(means, discussion, form, saving.subject)
    captured = Captured.of(means.store.facts.current(discussion.id))
    work = Work(means, who, discussion, item, form, saving, names_for(means, who, discussion), captured)
    facts, clashes = add_entry(work) if form.repeats else change_fields(work)
    facts = (*facts, *(() if facts else mark_talked_through(means, who, discussion, item, saving)))
    return Saved(discussion, item, facts, clashes)


def form_of(item: AgendaItem, number: int) -> Form:
    if number >= len(item.forms):
        raise NotFound("form")
    return item.forms[number]


def require_subject(means: Means, discussion: Discussion, form: Form, subject: str) -> None:
    """A card can come back forged: its subject must be one that this form can be about."""
    match form.scope:
        case Scope.CHILD:
            is_known = subject in {child.id for child in means.store.discussions.children(discussion.id)}
        case Scope.AGENCY:
            is_known = subject in {agency.id for agency in means.store.people.agencies()}
        case _:
            is_known = subject == ""
    if not is_known:
        raise NotFound("form")


def add_entry(work: Work) -> tuple[tuple[Fact, ...], tuple[Clash, ...]]:
    """One more entry of a repeating form; an empty one adds nothing."""
    codes = [one.code for one in work.form.fields]
    sequence = work.captured.next_sequence(codes, work.saving.subject)
    values = [(one, read_typed(work, one, None)) for one in work.form.fields]
    return tuple(keep(work, one, value, sequence, 1) for one, value in values if value is not None), ()


def change_fields(work: Work) -> tuple[tuple[Fact, ...], tuple[Clash, ...]]:
    """Compares what was typed with what the card showed and with what stands now."""
    written_since = facts_since(work)
    merged = [merge(work, one, written_since) for one in work.form.fields]
    changes = [one for one in merged if isinstance(one, Change)]
    facts = tuple(keep(work, one.field, one.value, 0, one.version) for one in changes)
    return facts, tuple(one for one in merged if isinstance(one, Clash))


@dataclass(frozen=True, slots=True)
class Change:
    field: Field
    value: str | None
    version: int


def merge(work: Work, one: Field, written_since: Sequence[Fact]) -> Change | Clash | None:
    """None where nothing was changed by this person, or both wrote the same."""
    now = work.captured.facts.get((one.code, work.saving.subject, 0))
    others = [fact for fact in written_since if fact.field == one.code]
    shown = shown_value(work, one, others, now)
    if is_as_shown(work, one, shown):
        return None
    value = read_typed(work, one, now.value if now else None)
    if value == (now.value if now else None):
        return None
    if now is not None and others and now.who != work.who.id:
        return Clash(one, now.value, tidy(work.saving.typed.get(one.code, "")), now.who, now.at)
    return Change(one, value, now.version + 1 if now else 1)


def facts_since(work: Work) -> tuple[Fact, ...]:
    """The facts of this form that were written after the card was made: the newest of them, as many as it lacks."""
    count = work.captured.seen(work.form, work.saving.subject) - work.saving.seen
    if count <= 0:
        return ()
    places = {place_of(fact) for fact in work.captured.of_form(work.form, work.saving.subject)}
    history = [fact for fact in work.means.store.facts.history(work.discussion.id) if place_of(fact) in places]
    return tuple(history[-count:])


def shown_value(work: Work, one: Field, since: Sequence[Fact], now: Fact | None) -> str | None:
    """What the card showed in this field: the newest value older than everything written since."""
    if not since:
        return now.value if now else None
    oldest = min(fact.version for fact in since)
    history = work.means.store.facts.history(work.discussion.id)
    place = (one.code, work.saving.subject, 0)
    return next((f.value for f in history if place_of(f) == place and f.version == oldest - 1), None)


def is_as_shown(work: Work, one: Field, shown: str | None) -> bool:
    typed, before = tidy(work.saving.typed.get(one.code, "")), tidy(show_value(one, shown))
    if typed == before:
        return True
    return any(len(before) > length and typed == tidy(before[:length]) for length in work.saving.cut_to)


def read_typed(work: Work, one: Field, standing: str | None) -> str | None:
    """A choice that stands and is no longer on offer may stay."""
    typed = work.saving.typed.get(one.code, "")
    if standing is not None and tidy(typed) == tidy(show_value(one, standing)):
        return standing
    return read_value(one, typed, work.names, work.means.now, work.means.calendar)


def keep(work: Work, one: Field, value: str | None, sequence: int, version: int) -> Fact:
    means, saving = work.means, work.saving
    fact = Fact(
        id=FactId(means.new_id()),
        discussion=work.discussion.id,
        item=work.item.number,
        field=one.code,
        subject=saving.subject,
        sequence=sequence,
        value=value,
        version=version,
        practice=means.practice.digest,
        who=work.who.id,
        at=means.now,
        late=saving.by_phone or is_entered_late(work.discussion),
    )
    return write_fact(means, work.who, fact)


def write_fact(means: Means, who: Person, fact: Fact) -> Fact:
    means.store.facts.add(fact)
    means.store.trail.write(Entry(Deed.CAPTURED, means.now, who.id, fact.discussion, fact.id, fact.version))
    return fact


def mark_talked_through(
    means: Means, who: Person, discussion: Discussion, item: AgendaItem, saving: Saving
) -> tuple[Fact, ...]:
    """Ends an item that requires nothing and brought nothing; the record says so too."""
    if not saving.talked_through:
        return ()
    return (note_fact(means, who, discussion, item.number, TALKED_THROUGH, late=is_entered_late(discussion)),)


def note_fact(means: Means, who: Person, discussion: Discussion, item: int, text: str, late: bool) -> Fact:
    return write_words(means, who, discussion, NOTE, item, text, late)


def write_words(means: Means, who: Person, discussion: Discussion, code: str, item: int, text: str, late: bool) -> Fact:
    """One more entry of a field that every practice has: notes, decisions in words."""
    captured = Captured.of(means.store.facts.current(discussion.id))
    fact = Fact(
        id=FactId(means.new_id()),
        discussion=discussion.id,
        item=item,
        field=code,
        subject="",
        sequence=captured.next_sequence([code], ""),
        value=text,
        version=1,
        practice=means.practice.digest,
        who=who.id,
        at=means.now,
        late=late,
    )
    return write_fact(means, who, fact)
