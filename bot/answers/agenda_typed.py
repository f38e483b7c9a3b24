"""What is typed while people talk, each answered with where it went: notes, decisions, who came, undo."""

from __future__ import annotations

from collections.abc import Sequence

from bot.shown import Shown, Turn
from cards.console import echo_card
from discussions.agenda import attend, capture
from discussions.agenda.attend import Marked
from discussions.agenda.capture import Noted
from discussions.agenda.facts import DECISION_IN_WORDS, NOTE, Fact
from discussions.agenda.fields import names_for
from discussions.agenda.undo import TakenBack, undo
from discussions.agenda.values import say_value
from discussions.booking.views import name_child
from discussions.london import to_london
from discussions.refusals import Missing

HOW_TO_UNDO = "Type undo to take it back."


def note_typed(turn: Turn, rest: str) -> Shown:
    return noted(capture.note(turn.means, turn.who, rest), "noted")


def decision_typed(turn: Turn, rest: str) -> Shown:
    return noted(capture.decide_in_words(turn.means, turn.who, rest), "decision written down")


def noted(what: Noted, done: str) -> Shown:
    late = ", marked as told later or by telephone" if what.fact.late else ""
    place = f"{what.discussion.reference} · item {what.item.number} · {done}{late}"
    return Shown(echo_card(what.discussion.id, place, what.fact.value or "", foot=HOW_TO_UNDO))


def here_typed(turn: Turn, rest: str) -> Shown:
    marked = attend.mark_all_named_here(turn.means, turn.who, name_in(rest, "here Helen Marsh"))
    return marked_shown(marked, "here" if any(one.changed for one in marked) else "was marked as here already")


def left_typed(turn: Turn, rest: str) -> Shown:
    marked = attend.mark_named_left(turn.means, turn.who, name_in(rest, "left Helen Marsh"))
    return marked_shown([marked], "has left")


def name_in(rest: str, example: str) -> str:
    if not rest.strip():
        raise Missing(f"a name, for example: {example}")
    return rest


def marked_shown(marked: Sequence[Marked], how: str) -> Shown:
    words = "; ".join(f"{one.name} ({one.agency})" for one in marked)
    discussion = marked[0].discussion
    return Shown(echo_card(discussion.id, f"{discussion.reference} · {how}", words))


def undo_typed(turn: Turn, rest: str) -> Shown:
    """Says what was taken back, so that it can be typed again."""
    taken = undo(turn.means, turn.who)
    reference = taken.discussion.reference
    if taken.action is not None:
        place = f"{reference} · action {taken.action.number} · taken back"
        return Shown(echo_card(taken.discussion.id, place, taken.action.wording))
    assert taken.fact is not None
    place = f"{reference} · item {taken.fact.item} · taken back"
    label, was, before = words_of(turn, taken, taken.fact)
    said = (f"Now it says again: {before}",) if before is not None else ()
    return Shown(echo_card(taken.discussion.id, place, f"{label}{was}", said, "The trail keeps what was taken back."))


def words_of(turn: Turn, taken: TakenBack, fact: Fact) -> tuple[str, str, str | None]:
    """What the field is called, what was taken back, and what stands again."""
    if fact.field in (NOTE, DECISION_IN_WORDS):
        return "", fact.value or "", taken.before
    field = next((field for field in turn.means.practice.fields if field.code == fact.field), None)
    if field is None:
        return "", fact.value or "nothing", taken.before
    names = names_for(turn.means, turn.who, taken.discussion)
    before = say_value(field, taken.before, names) if taken.before is not None else None
    return f"{subject_said(turn, fact)}{field.label}: ", say_value(field, fact.value, names), before


def subject_said(turn: Turn, fact: Fact) -> str:
    today = to_london(turn.means.now).date()
    for child in turn.means.store.discussions.children(fact.discussion):
        if child.id == fact.subject:
            return f"{name_child(child, today)}, "
    agencies = {str(agency.id): agency.name for agency in turn.means.store.people.agencies()}
    return f"{agencies[fact.subject]}, " if fact.subject in agencies else ""
