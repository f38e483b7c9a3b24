"""Who is meant by a typed name: looked for at the table first, then in the directory; never guessed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from discussions.booking.discussion import Discussion
from discussions.needs import Means
from discussions.people import Desk, DeskId, Person, PersonId
from discussions.practice.types import as_spoken
from discussions.refusals import WrongAnswer

MOST_NAME_WORDS = 6
MOST_CANDIDATES = 5


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody, or some desk, that typed words can mean. `called` are the names each of which means exactly them."""

    person: PersonId | None
    desk: DeskId | None
    label: str
    name_words: frozenset[str]
    called: frozenset[str]

    def is_meant_by(self, spoken: str) -> bool:
        return spoken in self.called or (self.person is not None and set(spoken.split()) <= self.name_words)


def at_the_table(means: Means, who: Person, discussion: Discussion) -> tuple[Named, ...]:
    """The chair, the minute-taker, the booker, all who came or were asked, and the desks that were asked."""
    parts = parts_at_the_table(discussion, who)
    people = people_at_the_table(means, who, discussion)
    persons = [as_named(means, person, parts.get(person.id, ())) for person in people.values()]
    return (*persons, *(desk_named(means, desk) for desk in desks_asked(means, discussion)))


def people_at_the_table(means: Means, who: Person, discussion: Discussion) -> Mapping[PersonId, Person]:
    invitations = means.store.discussions.invitations(discussion.id)
    came = means.store.discussions.attendance(discussion.id)
    asked = [means.store.people.at_desk(one.desk) for one in invitations if one.desk is not None]
    named: list[PersonId | None] = [discussion.chair, discussion.minute_taker, discussion.booker, who.id]
    named += [*(one.person for one in invitations), *(one.person for one in came)]
    named += [person.id for rota in asked for person in rota]
    return means.store.people.people({id for id in named if id is not None})


def parts_at_the_table(discussion: Discussion, who: Person) -> Mapping[PersonId, Collection[str]]:
    """What somebody is called for the part they have today."""
    parts: dict[PersonId, set[str]] = {discussion.chair: {"chair"}}
    if discussion.minute_taker is not None:
        parts.setdefault(discussion.minute_taker, set()).update({"minute-taker", "minute taker"})
    parts.setdefault(who.id, set()).add("me")
    return parts


def desks_asked(means: Means, discussion: Discussion) -> tuple[Desk, ...]:
    invitations = means.store.discussions.invitations(discussion.id)
    return tuple(means.store.people.desk(id) for id in dict.fromkeys(one.desk for one in invitations if one.desk))


def as_named(means: Means, person: Person, more: Iterable[str] = ()) -> Named:
    role = next((role for role in means.practice.roles if role.code == person.role), None)
    names = {person.name, person.role_name, *more, *((role.name, *role.aliases) if role else ())}
    label = f"{person.name}, {person.role_name} ({means.store.people.agency(person.agency).name})"
    called = frozenset(as_spoken(name) for name in names)
    return Named(person.id, None, label, frozenset(as_spoken(person.name).split()), called)


def desk_named(means: Means, desk: Desk) -> Named:
    label = f"{desk.name} ({means.store.people.agency(desk.agency).name})"
    return Named(None, desk.id, label, frozenset(), frozenset({as_spoken(desk.name)}))


def who_is_meant(means: Means, words: str, table: Sequence[Named], field: str) -> Named:
    """Raises WrongAnswer, with the candidates, where nobody or more than one is meant."""
    spoken = tidied(words)
    for among in (table, tuple(as_named(means, person) for person in means.store.people.named(spoken))):
        meant = meanings(spoken, among)
        if len(meant) == 1:
            return meant[0]
        if meant:
            raise ambiguous(words, meant, field)
    raise unknown(words, table, field)


def owner_at_the_start(means: Means, text: str, table: Sequence[Named]) -> tuple[Named, str]:
    """The owner whose name begins the text, and the rest of it. The longest beginning that means somebody counts."""
    beginnings = list(first_words(text))
    for beginning, rest in beginnings:
        if meant := meanings(tidied(beginning), table):
            if len(meant) > 1:
                raise ambiguous(beginning, meant, "owner")
            return meant[0], rest
    for beginning, rest in beginnings:
        # one word alone may be a verb that happens to be somebody's name
        if " " in beginning and meanings(
            tidied(beginning), [as_named(means, person) for person in means.store.people.named(tidied(beginning))]
        ):
            return who_is_meant(means, beginning, (), "owner"), rest
    raise unknown(beginnings[-1][0] if beginnings else text, table, "owner")


def meanings(spoken: str, among: Sequence[Named]) -> tuple[Named, ...]:
    """Who is called exactly so, else whose name holds all the words."""
    exact = tuple(one for one in among if spoken in one.called)
    return exact or tuple(one for one in among if spoken and one.is_meant_by(spoken))


def first_words(text: str) -> Iterable[tuple[str, str]]:
    """The longest beginning first: ("Helen Marsh sees", "A …"), ("Helen Marsh", "sees A …"), …"""
    spots = [match.end() for match in re.finditer(r"\S+", text)][:MOST_NAME_WORDS]
    return ((text[:spot], text[spot:].strip()) for spot in reversed(spots) if text[spot:].strip())


def tidied(words: str) -> str:
    return as_spoken(re.sub(r"^(?:the|to)\s+", "", words.strip(" .,:;"), flags=re.IGNORECASE))


def ambiguous(words: str, meant: Sequence[Named], field: str) -> WrongAnswer:
    return WrongAnswer(f"Not saved: “{shown(words)}” could be {listed(meant)}. Please type the full name.", field)


def unknown(words: str, table: Sequence[Named], field: str) -> WrongAnswer:
    near = sorted((one for one in table if is_near(tidied(words), one)), key=lambda one: one.label)
    hint = f" Did you mean {listed(near)}?" if near else f" In this discussion: {listed(table)}." if table else ""
    return WrongAnswer(f"Not saved: I don't know who “{shown(words)}” is.{hint} Please type the full name.", field)


def is_near(spoken: str, one: Named) -> bool:
    """Some word of it is almost one of the name's."""
    return any(get_close_matches(word, one.name_words, n=1, cutoff=0.75) for word in spoken.split())


def listed(candidates: Sequence[Named]) -> str:
    labels = [one.label for one in candidates[:MOST_CANDIDATES]]
    more = len(candidates) - len(labels)
    return "; ".join(labels) + (f"; and {more} more" if more else "")


def shown(words: str) -> str:
    return words.strip() if len(words) <= 60 else f"{words.strip()[:60]}…"
