"""What the facts of a discussion say now: looked up by field, by subject and by entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from discussions.agenda.facts import Fact
from discussions.practice.types import Form

Place = tuple[str, str, int]
"""Field code, subject, sequence: what a fact is the value of."""


def place_of(fact: Fact) -> Place:
    return fact.field, fact.subject, fact.sequence


@dataclass(frozen=True, slots=True)
class Captured:
    """The newest fact of each place, taken-back ones included, in the order of capture."""

    facts: Mapping[Place, Fact]

    @classmethod
    def of(cls, facts: Iterable[Fact]) -> Captured:
        newest: dict[Place, Fact] = {}
        for fact in facts:
            known = newest.get(place_of(fact))
            if known is None or fact.version > known.version:
                newest[place_of(fact)] = fact
        return cls(newest)

    def value(self, field: str, subject: str = "", sequence: int = 0) -> str | None:
        """None for what was never captured, taken back, or left blank."""
        fact = self.facts.get((field, subject, sequence))
        return fact.value if fact and fact.value and fact.value.strip() else None

    def standing(self) -> Iterator[Fact]:
        """All facts that say something."""
        return (fact for fact in self.facts.values() if fact.value and fact.value.strip())

    def values_of(self, subject: str) -> dict[str, str]:
        """Field code to value for one subject's single fields, as outcomes and gate tests ask for it."""
        return {fact.field: fact.value or "" for fact in self.standing() if fact.subject == subject}

    def is_anywhere(self, field: str) -> bool:
        """Whether any entry about anybody holds this field."""
        return any(fact.field == field for fact in self.standing())

    def of_form(self, form: Form, subject: str) -> tuple[Fact, ...]:
        """Every place of the form about this subject, those taken back included."""
        codes = {field.code for field in form.fields}
        return tuple(fact for fact in self.facts.values() if fact.field in codes and fact.subject == subject)

    def entries(self, form: Form, subject: str) -> tuple[dict[str, str], ...]:
        """What each entry of a repeating form says, field code to value, the oldest first."""
        found: dict[int, dict[str, str]] = {}
        for fact in self.of_form(form, subject):
            if fact.value and fact.value.strip():
                found.setdefault(fact.sequence, {})[fact.field] = fact.value
        return tuple(found[sequence] for sequence in sorted(found))

    def seen(self, form: Form, subject: str) -> int:
        """How many facts were ever written for this form about this subject: what a card remembers of its making."""
        return sum(fact.version for fact in self.of_form(form, subject))

    def next_sequence(self, codes: Iterable[str], subject: str) -> int:
        wanted = set(codes)
        taken = (fact.sequence for fact in self.facts.values() if fact.field in wanted and fact.subject == subject)
        return 1 + max(taken, default=-1)
