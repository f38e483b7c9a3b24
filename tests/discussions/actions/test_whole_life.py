"""The whole life of an action: every order of presses, times, stops and old cards, and the same on real databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

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
        assert self.action.state.is_open or not nudges
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
    def an_open_action_has_a_nudge_to_come_and_an_ended_one_has_none(self) -> None:
        waiting = [
            promise for promise in self.scene.store.actions.promises(self.id) if promise.state is PromiseState.WAITING
        ]
        assert bool(waiting) == self.action.state.is_open

    @invariant()
    def every_nudge_is_a_promise_that_was_said(self) -> None:
        nudged = {m.about["promise"] for m in self.scene.store.outbox.messages if m.kind is MessageKind.NUDGE}
        said = {p.id for p in self.scene.store.actions.promises(self.id) if p.state is PromiseState.SAID}
        assert nudged == said


LifeOfAnAction.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestLifeOfAnAction = LifeOfAnAction.TestCase


def test_on_real_databases_the_same_story_is_told(database: Database) -> None:
    clock = [TEN]
    transactions = TransactionsInSql(database, PRACTICE, CALENDAR, lambda: clock[0], counted_ids())
    run = transactions.run_now
    run(lambda means: set_up(means.store, the_discussion()))
    scene = Scene()

    def both(use_case: Callable[..., Action], who: Person, *arguments: object) -> Action:
        scene.at = clock[0]
        kept, double = run(use_case, who, *arguments), scene.do(use_case, who, *arguments)
        assert (kept.state, kept.version, kept.due_at, kept.owner) == (
            double.state,
            double.version,
            double.due_at,
            double.owner,
        )
        return kept

    def swept(at: datetime) -> None:
        clock[0] = scene.at = at
        assert run(sweep, 100) == scene.do(sweep, 100)

    action = both(record_action, CHAIR, new_action())
    (twin,) = scene.store.actions.actions
    assert action.number == 1
    clock[0] += timedelta(minutes=5)
    run(accept, OWNER, action.id, 1)
    scene.do(accept, OWNER, twin, 1)
    for hours in (24, 46, 48, 72, 73, 145, 168, 170, 192):
        swept(TEN + timedelta(hours=hours))
    asked = run(need_more_time, OWNER, action.id, 2, "School shut", TEN + timedelta(days=14))
    agreed = run(agree_time, CHAIR, action.id, asked.version)
    scene.do(need_more_time, OWNER, twin, 2, "School shut", TEN + timedelta(days=14))
    scene.do(agree_time, CHAIR, twin, 3)
    for days in (10, 13, 14, 15, 16):
        swept(TEN + timedelta(days=days, hours=1))
    assert [view.is_overdue for view in run(my_actions, OWNER)] == [True]
    ended = run(done, OWNER, action.id, agreed.version, "Seen.")
    assert ended.state is ActionState.DONE
    assert run(my_actions, OWNER) == ()
    assert run(lambda means: means.store.actions.due(TEN + timedelta(days=99), 10)) == []
    assert run(lambda means: means.store.trail.is_unbroken())
    deeds = [line.deed for line in run(lambda means: means.store.trail.entries(action.discussion))]
    assert deeds.count(Deed.ACTION_CHANGED) == 4
    told = run(
        lambda means: [one.message.recipient for one in means.store.outbox.claim(clock[0], 99, timedelta(1), "t")]
    )
    assert {OWNER.id, CHAIR.id, MANAGER.id, OTHER.id} == set(told)
