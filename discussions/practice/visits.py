"""What somebody reads before they see or interview a child: when, for which actions, and how to talk at which age."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from discussions.clocks import Clock


@dataclass(frozen=True, slots=True)
class Approach:
    """How to talk with and watch a child of this age. `under` is in whole years; the last one has none and is for all
    others. Those under 0 are not born yet.
    """

    label: str
    says: tuple[str, ...]
    source: str
    under: int | None = None


@dataclass(frozen=True, slots=True)
class Visits:
    """`kinds` are the codes of the actions that get the card, `fields` those of the enquiry plan that it quotes.
    It comes `before` the due moment. `approaches` from the youngest on.
    """

    kinds: tuple[str, ...]
    fields: tuple[str, ...]
    before: Clock
    not_to_ask: tuple[str, ...]
    approaches: tuple[Approach, ...]
    source: str

    def approach_at(self, age: int | None) -> Approach:
        """`age` in whole years; None for a child who is not born yet, which only the first approach is for."""
        years = -1 if age is None else age
        return next(one for one in self.approaches if one.under is None or years < one.under)


def age_on(born: date, day: date) -> int:
    """In whole years; who was born on 29 February has their birthday on 1 March in other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
