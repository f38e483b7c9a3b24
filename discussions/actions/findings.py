"""What the action linter finds: codes, how much they ask, why in a sentence, and the presses that would mend them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from discussions.clocks import Calendar
from discussions.practice.types import Practice


class Code(StrEnum):
    """Every finding there is. None of them ever stops an action from being written down."""

    NO_WORDING = "no_wording"
    """Nothing is said to be done: there is an owner or a moment, and no more."""
    NO_VERB = "no_verb"
    """What is to be done does not begin with a verb that says it, as in "Helen Marsh school"."""
    PASSIVE = "passive"
    """ "Referral to be made", "A needs to be seen": no one does it. Comes with no_owner unless someone is named."""
    VAGUE_WORD = "vague_word"
    """A word of the practice's list: monitor, consider, liaise, support, as appropriate. Once a word."""
    NO_MEASURE = "no_measure"
    """An open-ended verb (assess, plan, ensure, supervise …) without a word on how one sees that it is done. A verb
    whose end is seen by itself (see, ring, send, book, refer …) needs none; nor does a verb that is vague already."""
    NO_OWNER = "no_owner"
    """Nobody is named, or only "someone", "we", "all", "professionals", a whole agency."""
    TWO_OWNERS = "two_owners"
    """Two or more do it: joined by and, &, a comma, / or "with both"."""
    UNKNOWN_OWNER = "unknown_owner"
    """A name or role stands there which means nobody of the world."""
    UNCLEAR_OWNER = "unclear_owner"
    """A name or role that two or more people or desks have."""
    NOT_IN_ROOM = "not_in_room"
    """The owner is known and is not in the discussion: they must accept by card."""
    NO_DUE = "no_due"
    """No moment, and no words in its place."""
    VAGUE_DUE = "vague_due"
    """Words where the moment should be: ASAP, soon, by close of play, by the next core group, this week. Never with
    no_due, and never vague_word for the same word."""
    UNCLEAR_DUE = "unclear_due"
    """A moment that could be two: next Friday, midnight, two different days."""
    IMPOSSIBLE_DUE = "impossible_due"
    """No such day or time: 31/11, 25:00, "Monday 24/11" where the 24th is a Tuesday, more than two years ahead."""
    DUE_PAST = "due_past"
    """A moment that has passed."""
    NO_TIME = "no_time"
    """Due today or within 24 hours, and no time is said."""
    NOT_WORKING_DAY = "not_working_day"
    """A weekend or bank holiday on which the owner does not work."""
    AFTER_ICPC = "after_icpc"
    """Due after the latest date for the conference."""
    NO_FEEDBACK = "no_feedback"
    """Nobody is said to hear of it when it is done. "tell chair", "rings the social worker", "report to the DC" do say
    it; "tell the mother" does not: it is somebody at work on this child who must hear."""
    NO_CONTINGENCY = "no_contingency"
    """A safety action without what happens if it is not done, and who does it."""
    DUPLICATE = "duplicate"
    """An open action of the same owner says the same already."""


class Severity(StrEnum):
    ASKS = "asks"
    POINTS_OUT = "points out"


ASKING = frozenset(
    {
        Code.NO_WORDING,
        Code.PASSIVE,
        Code.NO_OWNER,
        Code.TWO_OWNERS,
        Code.UNKNOWN_OWNER,
        Code.UNCLEAR_OWNER,
        Code.NO_DUE,
        Code.VAGUE_DUE,
        Code.UNCLEAR_DUE,
        Code.IMPOSSIBLE_DUE,
        Code.DUE_PAST,
        Code.NO_TIME,
        Code.NO_CONTINGENCY,
    }
)
"""What leaves open who, what, when or what else: these ask. All others point something out."""


@dataclass(frozen=True, slots=True)
class Mend:
    """One press. For a typed line `lines` take its place: one, or two where an action is split.

    For a form `value` takes the place of what stands in the finding's field.
    """

    label: str
    lines: tuple[str, ...] = ()
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """`words` says in a plain sentence what and why; `said` are the typed words it is about, where it is about some.

    `field` is the input of the form it is about; `opens` the action that a duplicate repeats.
    """

    code: Code
    words: str
    field: str
    mends: tuple[Mend, ...] = ()
    said: str | None = None
    opens: str | None = None

    @property
    def severity(self) -> Severity:
        return Severity.ASKS if self.code in ASKING else Severity.POINTS_OUT


@dataclass(frozen=True, slots=True)
class Owner:
    """Somebody, or a desk, of the directory. `hours` as the directory writes them; `also` other names and roles."""

    name: str
    role: str = ""
    agency: str = ""
    is_desk: bool = False
    is_here: bool = True
    hours: str | None = None
    also: tuple[str, ...] = ()
    id: str = ""


@dataclass(frozen=True, slots=True)
class OpenAction:
    id: str
    owner: str
    """The id of its Owner, or the name where owners have no ids."""
    wording: str


@dataclass(frozen=True, slots=True)
class World:
    """All that a sentence is judged by. `latest` is the conference's latest date; `now` is timezone-aware."""

    owners: tuple[Owner, ...]
    now: datetime
    practice: Practice
    calendar: Calendar
    latest: date | None = None
    open_actions: tuple[OpenAction, ...] = field(default=())
    numbers: frozenset[int] = frozenset()
    """Of all actions of the discussion: "after 2" names one of them."""
