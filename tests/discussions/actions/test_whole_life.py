"""The whole life of an action: every order of presses, times, stops and old cards, and the same on real databases."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from itertools import count
from typing import Any, Protocol, TypeVar

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from discussions.actions.action import Action, ActionState
from discussions.actions.answers import (
    accept,
    accept_hand_over,
    agree_time,
    blocked,
    cannot,
    decline,
    decline_hand_over,
    done,
    hand_over,
    need_more_time,
    offer_time,
    open_questions,
    refuse_time,
    take_offer,
)
from discussions.actions.audiences import waits_to_hear
from discussions.actions.ends import bring_back, replace_action, start_contingency
from discussions.actions.hearing import receive, record_received_for
from discussions.actions.lint import NewAction
from discussions.actions.nudging import sweep
from discussions.actions.promises import Promise, PromiseState
from discussions.actions.record import cancel_action, edit_action, record_action
from discussions.actions.views import my_actions
from discussions.actions.waiting import wait_for
from discussions.clocks import is_working_day
from discussions.ids import ActionId, DiscussionId
from discussions.london import to_london
from discussions.needs import Means
from discussions.people import Person
from discussions.post import Message, MessageKind
from discussions.refusals import Refusal
from discussions.trail import Deed
from storage.database import Database, TransactionsInSql
from tests.discussions.actions.story import (
    CALENDAR,
    CHAIR,
    DISCUSSION,
    DUTY,
    LIGHTHOUSE,
    MANAGER,
    ON_DUTY,
    OTHER,
    OWNER,
    PRACTICE,
    ROTA,
    STRANGER,
    TEN,
    Scene,
    new_action,
    set_up,
    the_discussion,
)
from tests.doubles import counted_ids

R = TypeVar("R")

PRESSERS = st.sampled_from([OWNER, CHAIR, OTHER, STRANGER, ROTA[0], ON_DUTY])


class Scened(Protocol):
    """In memory, or on a real database."""

    at: datetime

    def do(self, use_case: Callable[..., R], *arguments: object) -> R: ...
    def action(self, id: ActionId) -> Action: ...


PRESSES: dict[str, Callable[[Scened, Person, ActionId, int], Action]] = {
    "accept": lambda scene, who, id, seen: scene.do(accept, who, id, seen),
    "decline": lambda scene, who, id, seen: scene.do(decline, who, id, seen, "on leave"),
    "done": lambda scene, who, id, seen: scene.do(done, who, id, seen, "seen"),
    "more time": lambda scene, who, id, seen: scene.do(
        need_more_time, who, id, seen, "shut", scene.action(id).due_at + timedelta(hours=30)
    ),
    "blocked": lambda scene, who, id, seen: scene.do(blocked, who, id, seen, "no answer"),
    "hand over": lambda scene, who, id, seen: scene.do(hand_over, who, id, seen, OTHER.id),
    "take": lambda scene, who, id, seen: scene.do(accept_hand_over, who, id, seen),
    "leave": lambda scene, who, id, seen: scene.do(decline_hand_over, who, id, seen),
    "agree": lambda scene, who, id, seen: scene.do(agree_time, who, id, seen),
    "refuse": lambda scene, who, id, seen: scene.do(refuse_time, who, id, seen),
    "cancel": lambda scene, who, id, seen: scene.do(cancel_action, who, id, seen, "not needed"),
    "edit": lambda scene, who, id, seen: scene.do(
        edit_action, who, id, seen, beside(scene, id, due_at=scene.at + timedelta(hours=50))
    ),
    "cannot": lambda scene, who, id, seen: scene.do(cannot, who, id, seen, "moved away"),
    "offer": lambda scene, who, id, seen: scene.do(
        offer_time, who, id, seen, scene.action(id).due_at + timedelta(hours=20)
    ),
    "take offer": lambda scene, who, id, seen: scene.do(take_offer, who, id, seen),
    "receive": lambda scene, who, id, seen: scene.do(receive, who, id),
    "received by telephone": lambda scene, who, id, seen: scene.do(record_received_for, who, id, seen, OTHER.id),
    "not done": lambda scene, who, id, seen: scene.do(bring_back, who, id, seen, "not yet"),
    "contingency": lambda scene, who, id, seen: scene.do(start_contingency, who, id, seen),
    "replace": lambda scene, who, id, seen: scene.do(
        replace_action, who, id, seen, beside(scene, id, due_at=scene.at + timedelta(hours=30))
    ),
    "wait": lambda scene, who, id, seen: scene.do(wait_for, who, id, seen, 1),
}
# what these say holds of the end that stands, whichever card it is said on
WITHOUT_A_VERSION = frozenset({"receive", "not done", "contingency"})
MAKES_ANOTHER = frozenset({"contingency", "replace"})


def beside(scene: Scened, id: ActionId, **fields: object) -> NewAction:
    return new_action(discussion=scene.action(id).discussion, **fields)


class LifeOfAnAction(RuleBasedStateMachine):
    """One action, pressed by anybody in any order, on current and old cards, while the clock and the tick go on.

    Another one is there to be waited for. What comes of it must be heard by two people and a desk.
    """

    @initialize(
        kind=st.sampled_from(["immediate_safety", "enquiry", "other"]),
        hours=st.integers(1, 200),
        at_desk=st.booleans(),
    )
    def begin(self, kind: str, hours: int, at_desk: bool) -> None:
        self.scene = Scene()
        owner = {"owner": None, "desk": LIGHTHOUSE.id} if at_desk else {}
        due_at = TEN + timedelta(hours=hours)
        self.scene.record(owner=OTHER.id, feedback_to=(), due_at=TEN + timedelta(days=300), kind="other")
        action = self.scene.record(kind=kind, due_at=due_at, contingency="police", feedback_desks=(DUTY.id,), **owner)
        self.id = action.id
        self.heard_at = len(self.scene.store.outbox.messages)

    @property
    def action(self) -> Action:
        return self.scene.action(self.id)

    @rule(press=st.sampled_from(sorted(PRESSES)), who=PRESSERS, old=st.booleans())
    def press(self, press: str, who: Person, old: bool) -> None:
        before, lines, said = self.action, len(self.scene.store.trail.lines), len(self.scene.store.outbox.messages)
        numbers = len(self.scene.store.actions.actions)
        try:
            PRESSES[press](self.scene, who, self.id, before.version - old)
        except Refusal:
            assert self.action == before
            assert len(self.scene.store.trail.lines) == lines
            assert len(self.scene.store.outbox.messages) == said
            assert len(self.scene.store.actions.actions) == numbers
            return
        after = self.action
        assert who is not STRANGER
        assert after == before or not old or press in WITHOUT_A_VERSION
        assert after == before or (before.state, after.state) in WAYS
        made = len(self.scene.store.actions.actions) - numbers
        assert made == 0 or press in MAKES_ANOTHER
        assert len(self.scene.store.trail.lines) - lines == after.version - before.version + made

    @rule(minutes=st.integers(1, 60 * 80))
    def time_passes(self, minutes: int) -> None:
        self.scene.at += timedelta(minutes=minutes)

    @rule()
    def the_tick_runs(self) -> None:
        before = len(self.scene.store.outbox.messages)
        self.scene.do(sweep, 100)
        self.check_nudges(self.scene.store.outbox.messages[before:])

    @precondition(lambda self: self.action.state.is_open)
    @rule()
    def sooner_or_later_somebody_is_nudged(self) -> None:
        before = len(self.scene.store.outbox.messages)
        self.scene.at = max(self.scene.at, self.action.due_at) + timedelta(days=12)
        # over the longest row of nights, weekends and holidays
        for _ in range(20):
            self.the_tick_runs()
            self.scene.at += timedelta(hours=7)
        assert nudges_of(self.id, self.scene.store.outbox.messages[before:])

    @precondition(lambda self: self.action.unheard)
    @rule()
    def whoever_has_not_heard_is_asked_again_and_who_has_is_not(self) -> None:
        waiting = set(self.scene.do(waits_to_hear, self.action))
        before = len(self.scene.store.outbox.messages)
        self.scene.at += timedelta(days=12)
        for _ in range(20):
            self.the_tick_runs()
            self.scene.at += timedelta(hours=7)
        told = {one.recipient for one in nudges_of(self.id, self.scene.store.outbox.messages[before:])}
        people = {ON_DUTY.id if one == DUTY.id else one for one in waiting}
        assert people <= told
        # the chair, the lead and those who stand in are told of it; nobody else
        assert told <= people | {CHAIR.id, ON_DUTY.id}

    def check_nudges(self, nudges: list[Message]) -> None:
        nudges = nudges_of(self.id, nudges)
        recipients = [message.recipient for message in nudges]
        assert len(recipients) == len(set(recipients)), "one person heard two nudges of one action at once"
        assert self.action.state.is_open or self.action.unheard or not nudges
        local = to_london(self.scene.at)
        for message in nudges:
            assert message.urgent or (is_working_day(local.date(), CALENDAR) and 8 <= local.hour < 18)
            assert set(message.about) == {"action", "promise", "discussion"}

    @invariant()
    def nothing_is_said_twice(self) -> None:
        messages = self.scene.store.outbox.messages
        assert len({message.key for message in messages}) == len(messages)

    @invariant()
    def a_nudge_is_to_come_while_it_is_open_or_unheard_and_none_after(self) -> None:
        waiting = [
            promise for promise in self.scene.store.actions.promises(self.id) if promise.state is PromiseState.WAITING
        ]
        assert bool(waiting) == (self.action.state.is_open or self.action.unheard)

    @invariant()
    def every_nudge_is_a_promise_that_was_said(self) -> None:
        messages = nudges_of(self.id, self.scene.store.outbox.messages)
        nudged = {m.about["promise"] for m in messages if m.kind is MessageKind.NUDGE}
        said = {p.id for p in self.scene.store.actions.promises(self.id) if p.state is PromiseState.SAID}
        assert nudged == said

    @invariant()
    def a_question_is_asked_again_only_while_it_waits(self) -> None:
        action = self.action
        is_asked = action.state.is_open and any(open_questions(action))
        waiting = {one.anchor for one in self.waiting()}
        assert is_asked == ("asked" in waiting - {"again"})
        assert bool({"done", "cannot"} & waiting) == action.unheard

    @invariant()
    def what_waits_to_be_heard_is_exactly_what_has_no_receipt(self) -> None:
        assert self.action.unheard == bool(self.scene.do(waits_to_hear, self.action))

    def waiting(self) -> list[Promise]:
        kept = self.scene.store.actions.promises(self.id)
        return [one for one in kept if one.state is PromiseState.WAITING and one.step != "again"]


def nudges_of(id: ActionId, messages: Iterable[Message]) -> list[Message]:
    return [one for one in messages if one.about.get("action") == id and "promise" in one.about]


OPEN = [state for state in ActionState if state.is_open]
# every way that a press can lead; only done and can't be done have a way back
WAYS = {
    *((before, after) for before in OPEN for after in ActionState),
    *((state, state) for state in (ActionState.DONE, ActionState.CANNOT)),
    *((state, ActionState.ACCEPTED) for state in (ActionState.DONE, ActionState.CANNOT)),
}

LifeOfAnAction.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestLifeOfAnAction = LifeOfAnAction.TestCase


def test_on_real_databases_the_same_nudges_are_promised_and_said(database: Database) -> None:
    kept, double = Kept(database), Scene()
    action, twin = kept.do(record_action, CHAIR, new_action()), double.record()
    kept.do(accept, OWNER, action.id, 1)
    double.do(accept, OWNER, twin.id, 1)

    for hours in (24, 46, 48, 72, 73, 145, 168, 170, 192):
        kept.at = double.at = TEN + timedelta(hours=hours)
        assert kept.do(sweep, 100) == double.do(sweep, 100)

    for scene, id in ((kept, action.id), (double, twin.id)):
        asked = scene.do(need_more_time, OWNER, id, 2, "School shut", TEN + timedelta(days=14))
        assert scene.do(agree_time, CHAIR, id, asked.version).due_at == TEN + timedelta(days=14)
    for days in (10, 13, 14, 15, 16):
        kept.at = double.at = TEN + timedelta(days=days, hours=1)
        assert kept.do(sweep, 100) == double.do(sweep, 100)
    assert [view.is_overdue for view in kept.do(my_actions, OWNER)] == [True]


def test_on_real_databases_an_ended_action_is_nudged_no_more_and_its_trail_is_whole(database: Database) -> None:
    kept = Kept(database)
    action = kept.do(record_action, CHAIR, new_action())
    kept.at = TEN + timedelta(days=6, hours=1)
    kept.do(sweep, 100)

    ended = kept.do(done, OWNER, action.id, 1, "Seen.")

    assert ended.state is ActionState.DONE
    assert kept.do(my_actions, OWNER) == ()
    for who in (CHAIR, OTHER):
        assert kept.do(receive, who, action.id).unheard is (who is CHAIR)
    assert kept.do(lambda means: means.store.actions.due(TEN + timedelta(days=99), 10)) == []
    assert kept.do(lambda means: means.store.trail.is_unbroken())
    lines = kept.do(lambda means: means.store.trail.entries(action.discussion))
    assert [line.deed for line in lines if line.deed is not Deed.READ][-1] is Deed.ACTION_CHANGED
    claimed = kept.do(lambda means: means.store.outbox.claim(kept.at, 99, timedelta(1), "token"))
    assert {one.message.recipient for one in claimed} == {OWNER.id, MANAGER.id, CHAIR.id, OTHER.id}


PRESS = st.tuples(st.just("press"), st.sampled_from(sorted(PRESSES)), PRESSERS, st.booleans())
STEPS = st.lists(
    st.one_of(PRESS, PRESS, st.tuples(st.just("pass"), st.integers(1, 60 * 80)), st.tuples(st.just("tick"))),
    min_size=5,
    max_size=30,
)
AS_MANY = settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@AS_MANY
@given(steps=STEPS, kind=st.sampled_from(["immediate_safety", "enquiry", "other"]), hours=st.integers(1, 200))
def test_on_real_databases_a_life_goes_as_it_goes_in_memory(
    database: Database, steps: list[tuple[Any, ...]], kind: str, hours: int
) -> None:
    """Every step on both: the same action, promises, messages and trail."""
    kept, double = Kept(database, name=f"d-{next(LIVES)}"), Scene()
    fields = {"kind": kind, "due_at": TEN + timedelta(hours=hours), "contingency": "police, Jo Baker"}
    lives = [
        (scene, scene.do(record_action, CHAIR, new_action(discussion=of, feedback_desks=(DUTY.id,), **fields)).id)
        for scene, of in ((kept, kept.discussion), (double, DISCUSSION))
    ]

    for step in steps:
        first, second = [taken(scene, id, step) for scene, id in lives]
        assert first == second, step
    first, second = [summary(scene, id) for scene, id in lives]
    assert first == second
    assert kept.do(lambda means: means.store.trail.is_unbroken())
    kept.do(give_up, kept.discussion)


LIVES = count(1)


def taken(scene: Scened, id: ActionId, step: tuple[Any, ...]) -> object:
    if step[0] == "pass":
        scene.at += timedelta(minutes=step[1])
        return None
    if step[0] == "tick":
        swept = scene.do(sweep, 1000)
        return swept.said, swept.messages
    _, press, who, old = step
    try:
        made = PRESSES[press](scene, who, id, scene.action(id).version - old)
    except Refusal as refusal:
        return type(refusal).__name__, refusal.sentence
    return made.state, made.version, made.due_at, made.number


def summary(scene: Scened, id: ActionId) -> object:
    return scene.do(summed_up, id)


def summed_up(means: Means, id: ActionId) -> object:
    action = means.store.actions.action(id)
    assert action is not None
    siblings = [(one.number, one.state, one.version) for one in means.store.actions.of_discussion(action.discussion)]
    lines = [
        (one.deed, one.at, one.who, one.version, one.why if one.deed is Deed.ACTION_CHANGED else None)
        for one in means.store.trail.entries(action.discussion)
        if one.deed is not Deed.READ
    ]
    promises = sorted(
        (one.step, one.audience, one.round, one.due_at, one.state, one.anchor, one.said_at or TEN)
        for one in means.store.actions.promises(id)
    )
    receipts = [(one.whom, one.at, one.by, one.on_behalf) for one in means.store.actions.receipts(id)]
    return action.state, action.version, action.due_at, action.unheard, siblings, lines, promises, receipts


def give_up(means: Means, id: DiscussionId) -> None:
    """So that the next life is alone when the tick runs."""
    for one in means.store.actions.of_discussion(id):
        means.store.actions.void_promises(one.id)


class Kept:
    """The same scene on a real database, one transaction a use-case."""

    def __init__(self, database: Database, name: str = DISCUSSION) -> None:
        self.at = TEN
        self.discussion = DiscussionId(name)
        new_id = counted_ids(f"{name}-")
        self.do = TransactionsInSql(database, PRACTICE, CALENDAR, lambda: self.at, new_id).run_now
        number = name.removeprefix("d-")
        self.do(lambda means: set_up(means.store, the_discussion(id=self.discussion, reference=f"SD-26-{number:0>4}")))

    def action(self, id: ActionId) -> Action:
        found = self.do(lambda means: means.store.actions.action(id))
        assert found is not None
        return found
