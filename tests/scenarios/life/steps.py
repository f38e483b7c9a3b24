"""What can happen in the life of an action, drawn by Hypothesis: small, plain steps, so that a failing life shrinks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from hypothesis import strategies as st

from tests.scenarios.life.trouble import DIES, FAILS, LOSES, Moment
from tests.teams.faults import Fault, writes_blocked

OWNER, CHAIR, DEPUTY, MINUTES = "Helen Marsh", "Priya Nair", "Kit Rowe", "Ruth Adeyemi"
LEAD, DUTY, STRANGER, OUTSIDER = "Joan Priest", "Omar Haddad", "Tom Bexley", "Una Unknown"
CAST = (OWNER, CHAIR, DEPUTY, MINUTES, LEAD, DUTY, STRANGER)
DESK = "Safeguarding unit"


@dataclass(frozen=True, slots=True)
class Press:
    """`card` and `button` count from the newest card and the first button; `held` says whose chat the card is in, where
    it is not the presser's own; `variant` chooses among the things that can be filled in."""

    who: str
    card: int
    button: int
    variant: int = 0
    held: str | None = None


@dataclass(frozen=True, slots=True)
class Types:
    who: str
    words: str


Deed = Press | Types


@dataclass(frozen=True, slots=True)
class Does:
    """One deed, at one replica."""

    deed: Deed
    replica: int


@dataclass(frozen=True, slots=True)
class AtOnce:
    """Two deeds at the same moment, one at each replica; without a second one the first is done twice."""

    first: Deed
    second: Deed | None


@dataclass(frozen=True, slots=True)
class WhileTicking:
    """A deed at one replica while the other one's tick runs."""

    deed: Deed
    replica: int


@dataclass(frozen=True, slots=True)
class Passes:
    """`looks`: the replicas tick at each moment at which something is due, else nothing runs until it is over."""

    minutes: int
    looks: bool


@dataclass(frozen=True, slots=True)
class Ticks:
    replicas: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GoesWrong:
    """The next sends to this person, or to whoever comes next, are answered so."""

    faults: tuple[Fault, ...]
    whose: str | None


@dataclass(frozen=True, slots=True)
class InTrouble:
    replica: int
    moment: Moment


@dataclass(frozen=True, slots=True)
class Restarts:
    replica: int


@dataclass(frozen=True, slots=True)
class Leaves:
    """Takes the app away, or puts it back."""

    who: str


Step = Does | AtOnce | WhileTicking | Passes | Ticks | GoesWrong | InTrouble | Restarts | Leaves


@dataclass(frozen=True, slots=True)
class Plan:
    """One life. `hours` from its making until it is due."""

    begins: datetime
    kind: str
    hours: int
    at_desk: bool
    desk_hears: bool
    has_mail: bool
    steps: tuple[Step, ...]


BEGINNINGS = (
    datetime(2026, 11, 24, 9, 0, tzinfo=UTC),
    datetime(2026, 11, 27, 16, 30, tzinfo=UTC),  # before a weekend
    datetime(2026, 12, 23, 15, 0, tzinfo=UTC),  # before Christmas, which has a substitute day
    datetime(2027, 3, 25, 10, 0, tzinfo=UTC),  # before Good Friday and the clocks going forward
    datetime(2026, 10, 23, 13, 0, tzinfo=UTC),  # before the clocks going back
)
TYPED = (
    "accept 1",
    "nudge 1",
    "more time 1 until 31/12/2026 12:00 because the school is shut",
    "agree 1",
    "decline 1 on leave until June",
    "done 1 seen at school, well and fed",
    "blocked 1 nobody opens the door",
    "cannot 1 they have moved away",
    "more time 1 until 31/12/2026 12:00 because the school is shut",
    "hand over 1 to Kit Rowe",
    "agree 1",
    "refuse 1 it can't wait",
    "propose 1 until 30/12/2026 10:00 because of the conference",
    "received 1",
    "not done 1 it was another child",
    "contingency 1",
    "cancel action 1 no longer needed",
    "nudge 1",
    "snooze 1 until tomorrow 10:00",
    "my actions",
    "open SD-26-0412/1",
    "history 1",
)
NEVER_ANSWERS_SECONDS = 1.6
"""A little longer than these tests let anybody wait for Teams."""
FAULTS = (
    Fault(429, retry_after="20"),
    Fault(429),
    Fault(412, code="PreconditionFailed"),
    Fault(502),
    Fault(503),
    Fault(504),
    Fault(resets=True),
    Fault(resets=True),
    Fault(delay_seconds=0.02),
    Fault(504, delay_seconds=NEVER_ANSWERS_SECONDS),
    Fault(403, code="ConversationBlockedByUser"),
    writes_blocked(),
    Fault(403, code="BotNotInConversationRoster"),
    Fault(403, code="NotEnoughPermissions"),
    Fault(404, code="ConversationNotFound"),
)
WAYS_TO_DIE = [
    (when, use_case)
    for use_case in ("sweep", "claim", "compose", "note_all", "take_turn")
    for when in ("before", "in", "after")
]
MOMENTS = st.one_of(
    st.sampled_from([Moment(when, use_case, DIES) for when, use_case in WAYS_TO_DIE]),
    st.sampled_from(
        [
            Moment("in", use_case, how)
            for use_case in ("sweep", "claim", "compose", "note_all", "take_turn")
            for how in (FAILS, LOSES)
        ]
    ),
)

SMALL = st.integers(0, 3)
REPLICA = st.integers(0, 1)
PEOPLE = st.sampled_from((OWNER, OWNER, OWNER, CHAIR, CHAIR, *CAST[2:], OUTSIDER))
PRESSES = st.builds(
    Press,
    PEOPLE,
    st.integers(0, 8).map(lambda number: max(0, number - 4)),
    st.integers(0, 9),
    SMALL,
    st.sampled_from((None, None, None, OWNER, CHAIR)),
)
TYPES = st.builds(Types, PEOPLE, st.sampled_from(TYPED))
DEEDS = st.one_of(PRESSES, PRESSES, TYPES)
SPANS = st.one_of(st.integers(60, 60 * 24), st.integers(60 * 8, 60 * 120), st.integers(1, 90))
PASSES = st.builds(Passes, SPANS, st.sampled_from((True, True, False)))
DOINGS = st.one_of(
    st.builds(Does, DEEDS, REPLICA),
    st.builds(Does, DEEDS, REPLICA),
    st.builds(AtOnce, DEEDS, st.one_of(st.none(), DEEDS)),
    st.builds(WhileTicking, DEEDS, REPLICA),
)
HINDRANCES = st.one_of(
    st.builds(
        GoesWrong,
        st.lists(st.sampled_from(FAULTS), min_size=1, max_size=3).map(tuple),
        st.sampled_from((OWNER, None, CHAIR, *CAST[2:])),
    ),
    st.builds(InTrouble, REPLICA, MOMENTS),
    st.one_of(st.builds(Restarts, REPLICA), st.builds(Leaves, st.sampled_from(CAST))),
)
WAITS = st.one_of(PASSES, PASSES, PASSES, st.builds(Ticks, st.sampled_from(((0, 1), (0,), (1,)))))
CHAPTERS = st.tuples(st.lists(HINDRANCES, max_size=2), st.lists(DOINGS, max_size=3), WAITS)


def told(chapters: list[tuple[list[Step], list[Step], Step]]) -> tuple[Step, ...]:
    return tuple(step for hindrances, doings, waits in chapters for step in (*hindrances, *doings, waits))


LIVES = st.builds(
    Plan,
    st.sampled_from(BEGINNINGS),
    st.sampled_from(("safety", "enquiry", "other")),
    st.integers(1, 90),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.lists(CHAPTERS, min_size=4, max_size=8).map(told),
)
