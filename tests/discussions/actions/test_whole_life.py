"""The whole life of an action: every order of presses, times, stops and old cards, and the same on real databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from discussions.actions.action import Action, ActionState
from discussions.actions.answers import (
    accept,
    accept_hand_over,
    agree_time,
    blocked,
    decline,
    decline_hand_over,
    done,
    hand_over,
    need_more_time,
    refuse_time,
)
from discussions.actions.hearing import receive
from discussions.actions.nudging import sweep
from discussions.actions.promises import PromiseState
from discussions.actions.record import cancel_action, edit_action, record_action
from discussions.actions.views import my_actions
from discussions.clocks import is_working_day
from discussions.ids import ActionId
from discussions.london import to_london
from discussions.people import Person
from discussions.post import Message, MessageKind
from discussions.refusals import Refusal
from discussions.trail import Deed
from storage.database import Database, TransactionsInSql
from tests.discussions.actions.story import (
    CALENDAR,
    CHAIR,
    LIGHTHOUSE,
    MANAGER,
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

PRESSERS = st.sampled_from([OWNER, CHAIR, OTHER, STRANGER, ROTA[0]])
PRESSES: dict[str, Callable[[Scene, Person, ActionId, int], Action]] = {
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
        edit_action, who, id, seen, new_action(due_at=scene.at + timedelta(hours=50))
    ),
}


class LifeOfAnAction(RuleBasedStateMachine):
    """One action, pressed by anybody in any order, on current and old cards, while the clock and the tick go on."""

    @initialize(
        kind=st.sampled_from(["immediate_safety", "enquiry", "other"]),
        hours=st.integers(1, 200),
        at_desk=st.booleans(),
    )
    def begin(self, kind: str, hours: int, at_desk: bool) -> None:
        self.scene = Scene()
        owner = {"owner": None, "desk": LIGHTHOUSE.id} if at_desk else {}
        due_at = TEN + timedelta(hours=hours)
        action = self.scene.record(kind=kind, due_at=due_at, contingency="police", **owner)
        self.id = action.id
        self.ended_at: int | None = None
        self.check_end()

    @property
    def action(self) -> Action:
        return self.scene.action(self.id)

    @rule(press=st.sampled_from(sorted(PRESSES)), who=PRESSERS, old=st.booleans())
    def press(self, press: str, who: Person, old: bool) -> None:
        before, lines, said = self.action, len(self.scene.store.trail.lines), len(self.scene.store.outbox.messages)
        try:
            PRESSES[press](self.scene, who, self.id, before.version - old)
        except Refusal:
            assert self.action == before
            assert len(self.scene.store.trail.lines) == lines
            assert len(self.scene.store.outbox.messages) == said
            return
        assert who is not STRANGER
        assert self.action == before or not old
        assert len(self.scene.store.trail.lines) - lines == self.action.version - before.version
        self.check_end()

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
        assert len(self.scene.store.outbox.messages) > before

    def check_nudges(self, nudges: list[Message]) -> None:
        recipients = [message.recipient for message in nudges]
        assert len(recipients) == len(set(recipients)), "one person heard two nudges of one action at once"
        assert self.action.state.is_open or self.action.unheard or not nudges
        local = to_london(self.scene.at)
        for message in nudges:
            assert message.urgent or (is_working_day(local.date(), CALENDAR) and 8 <= local.hour < 18)
            assert set(message.about) == {"action", "promise", "discussion"}

    def check_end(self) -> None:
        if not self.action.state.is_open and self.ended_at is None:
            self.ended_at = self.action.version
        assert self.ended_at is None or self.action.version == self.ended_at

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
        nudged = {m.about["promise"] for m in self.scene.store.outbox.messages if m.kind is MessageKind.NUDGE}
        said = {p.id for p in self.scene.store.actions.promises(self.id) if p.state is PromiseState.SAID}
        assert nudged == said


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


class Kept:
    """The same scene on a real database, one transaction a use-case."""

    def __init__(self, database: Database) -> None:
        self.at = TEN
        self.do = TransactionsInSql(database, PRACTICE, CALENDAR, lambda: self.at, counted_ids()).run_now
        self.do(lambda means: set_up(means.store, the_discussion()))
