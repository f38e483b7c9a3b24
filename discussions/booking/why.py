"""Why a booking is changed: read, and kept with what was so before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from discussions.booking.changes import Change, ChangeKind
from discussions.booking.discussion import Discussion
from discussions.ids import ChangeId
from discussions.needs import Means
from discussions.people import Person, PersonId
from discussions.practice.changing import OTHER, ChangeReason
from discussions.refusals import Missing, TooLong, WrongAnswer

MOST_WORDS = 1_000


@dataclass(frozen=True, slots=True)
class Why:
    """A reason of the practice, by its code, and words."""

    code: str | None
    words: str | None = None


def keep_change(
    means: Means,
    who: Person,
    before: Discussion,
    kind: ChangeKind,
    why: Why | None = None,
    person: PersonId | None = None,
    safety: str | None = None,
) -> Change:
    change = Change(
        id=ChangeId(means.new_id()),
        discussion=before.id,
        kind=kind,
        at=means.now,
        who=who.id,
        starts_at=before.starts_at,
        form=before.form,
        join_details=before.join_details,
        reason=why.code if why else None,
        words=why.words if why else None,
        person=person,
        safety=safety,
    )
    means.store.discussions.add_change(change)
    return change


def read_why(why: Why, known: Sequence[ChangeReason], what: str) -> Why:
    """Raises Missing where neither a reason nor words are given. Words alone are the reason they name, or another."""
    words = within((why.words or "").strip() or None)
    if why.code and why.code not in {one.code for one in known}:
        raise WrongAnswer("Please choose the reason from the list.", "change_reason")
    if why.code == OTHER and words is None:
        raise Missing(f"why {what}, in a few words", "change_words")
    if why.code:
        return Why(why.code, words)
    if words is None:
        raise Missing(f"why {what}", "change_reason")
    named = [one for one in known if words.casefold().startswith(one.label.casefold())]
    return Why(named[0].code if named else OTHER, words)


def within(words: str | None, field: str = "change_words") -> str | None:
    if words and len(words) > MOST_WORDS:
        raise TooLong("the reason", MOST_WORDS, field)
    return words
