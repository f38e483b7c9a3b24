"""Nudges: promised when an action is made, moved when its due moment moves, and said until it ends."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from discussions.actions.action import Action
from discussions.actions.audiences import is_at_work, recipients
from discussions.actions.prepare import PREPARE, preparation_moment, promise_preparation
from discussions.actions.promises import Promise, PromiseState
from discussions.actions.terms import Span, moves_with_due, words_of
from discussions.attention.hours import disturb_at
from discussions.clocks import Calendar, ClockHours, WorkingDays
from discussions.ids import MessageId, PromiseId
from discussions.needs import Means, NewId
from discussions.people import PersonId
from discussions.post import Message, MessageKind
from discussions.practice.follow_up import Anchor, Audience, NudgePolicy, NudgeStep
from discussions.practice.types import Practice
from discussions.trail import Deed, Entry

# Never silent for good: where a policy ends without a repeat, its last step goes on so.
LAST_STEP_REPEATS = "1 working day"
OUT_OF_HOURS = "out_of_hours"
LATER = frozenset({Anchor.ASKED, Anchor.DONE, Anchor.CANNOT})
# For practices from before there were such steps: a question, or an end, is not left lying either.
USUAL: dict[Anchor, list[NudgeStep]] = {
    Anchor.ASKED: [
        NudgeStep("asked", Anchor.ASKED, (Audience.ASKED,), ClockHours(4), repeat_every=WorkingDays(1)),
        NudgeStep("asked_lead", Anchor.ASKED, (Audience.LEAD,), WorkingDays(2), repeat_every=WorkingDays(2)),
    ],
    Anchor.DONE: [
        NudgeStep("unheard", Anchor.DONE, (Audience.FEEDBACK,), WorkingDays(1), repeat_every=WorkingDays(1)),
        NudgeStep("unheard_chair", Anchor.DONE, (Audience.CHAIR,), WorkingDays(3), repeat_every=WorkingDays(2)),
    ],
    Anchor.CANNOT: [
        NudgeStep("cannot", Anchor.CANNOT, (Audience.FEEDBACK,), ClockHours(1), repeat_every=WorkingDays(1)),
        NudgeStep("cannot_lead", Anchor.CANNOT, (Audience.LEAD,), WorkingDays(1), repeat_every=WorkingDays(1)),
    ],
}


@dataclass(frozen=True, slots=True)
class Swept:
    """What one sweep did. `said` nudges went out as `messages`; `kept_back` ones wait for the end of quiet hours."""

    said: int = 0
    messages: int = 0
    passed_over: int = 0
    kept_back: int = 0

    def __add__(self, other: Swept) -> Swept:
        return Swept(
            self.said + other.said,
            self.messages + other.messages,
            self.passed_over + other.passed_over,
            self.kept_back + other.kept_back,
        )


def policy_for(practice: Practice, kind: str) -> NudgePolicy:
    """That of the kind; for a kind that the practice has since dropped, its first one."""
    return next((policy for policy in practice.nudge_policies if policy.kind == kind), practice.nudge_policies[0])


def expand(
    policy: NudgePolicy, action: Action, practice: Practice, calendar: Calendar, now: datetime, new_id: NewId
) -> tuple[Promise, ...]:
    """The policy's steps as promises, in the order of their moments. The card that an owner gets at once is no promise.

    A step that counts back from the due moment and would be in the past is left out: the card has just been given.
    What is counted from a question or from the end is promised when that comes.
    """
    span = span_of(action, policy.overrides_quiet_hours, practice, calendar)
    steps = [step for step in policy.steps if step.anchor not in LATER]
    return placed(steps, action, span, now, new_id)


def placed(steps: Iterable[NudgeStep], action: Action, span: Span, now: datetime, new_id: NewId) -> tuple[Promise, ...]:
    promises = [
        Promise(
            id=PromiseId(new_id()),
            action=action.id,
            step=step.code,
            round=0,
            audience=to.value,
            due_at=span.kept(max(now, span.moment(step.anchor, words_of(step)))),
            urgent=span.urgent,
            anchor=step.anchor.value,
            after=words_of(step),
            repeat_every=str(step.repeat_every) if step.repeat_every else None,
        )
        for step in steps
        for to in step.to
        if not is_the_card(step, to) and is_to_come(step.anchor, words_of(step), span, now)
    ]
    return tuple(sorted(unending(promises), key=lambda promise: promise.due_at))


def span_of(action: Action, urgent: bool, practice: Practice, calendar: Calendar) -> Span:
    return Span(action.created_at, action.due_at, urgent, practice.quiet_hours, calendar)


def promise_from_now(means: Means, action: Action, anchor: Anchor) -> None:
    """Of a question that waits, or of an end that must be heard: promised by the policy as it is at this moment.

    That something is done wakes nobody at night; that it can't be done does, where the action itself would.
    """
    policy = policy_for(means.practice, action.kind)
    steps = [step for step in policy.steps if step.anchor is anchor] or USUAL[anchor]
    urgent = policy.overrides_quiet_hours and anchor is not Anchor.DONE
    span = Span(action.created_at, action.due_at, urgent, means.practice.quiet_hours, means.calendar, means.now)
    means.store.actions.add_promises(placed(steps, action, span, means.now, means.new_id))


def void_from(means: Means, action: Action, anchor: Anchor) -> None:
    for promise in means.store.actions.promises(action.id):
        if promise.state is PromiseState.WAITING and promise.anchor == anchor:
            means.store.actions.save_promise(replace(promise, state=PromiseState.VOID))


def promise_again(means: Means, action: Action) -> None:
    """For what is opened again: the nudges that it was given when it was made, as far as they are still to come."""
    means.store.actions.void_promises(action.id)
    move_promises(means, action)
    kept = means.store.actions.promises(action.id)
    if not any(promise.state is PromiseState.WAITING for promise in kept):
        last = NudgeStep("again", Anchor.ASKED, (Audience.OWNER,), WorkingDays(1), repeat_every=WorkingDays(1))
        span = Span(action.created_at, action.due_at, False, means.practice.quiet_hours, means.calendar, means.now)
        means.store.actions.add_promises(placed([last], action, span, means.now, means.new_id))


def is_the_card(step: NudgeStep, to: Audience) -> bool:
    return step.anchor is Anchor.CREATED and words_of(step) is None and to is Audience.OWNER


def is_to_come(anchor: Anchor, after: str | None, span: Span, now: datetime) -> bool:
    return anchor is not Anchor.BEFORE_DUE or span.moment(anchor, after) > now


def unending(promises: Sequence[Promise]) -> list[Promise]:
    """The promises, of which at least the last one repeats."""
    if any(promise.repeat_every for promise in promises):
        return list(promises)
    last = max((promise.due_at for promise in promises), default=None)
    return [
        replace(promise, repeat_every=LAST_STEP_REPEATS) if promise.due_at == last else promise for promise in promises
    ]


def promise_nudges(means: Means, action: Action) -> tuple[Promise, ...]:
    """Those of the policy; and when an urgent one is made while its owner is not at work, the duty desk at once."""
    policy = policy_for(means.practice, action.kind)
    promises = expand(policy, action, means.practice, means.calendar, means.now, means.new_id)
    promises = (*promise_preparation(means, action), *promises)
    if not policy.overrides_quiet_hours or is_at_work(means, action, means.now):
        return promises
    id = PromiseId(means.new_id())
    return (Promise(id, action.id, OUT_OF_HOURS, 0, Audience.DUTY_DESK.value, means.now, urgent=True), *promises)


def move_promises(means: Means, action: Action) -> None:
    """After the due moment has moved: what was promised relative to it is promised anew, also what was said already.

    The terms are those of the promises themselves; what the policy says by now changes nothing.
    """
    kept = means.store.actions.promises(action.id)
    relative = [promise for promise in kept if moves_with_due(promise.anchor, promise.after)]
    for promise in relative:
        if promise.state is PromiseState.WAITING:
            means.store.actions.save_promise(replace(promise, state=PromiseState.VOID))
    newest = {(promise.step, promise.audience): promise for promise in sorted(relative, key=lambda one: one.round)}
    means.store.actions.add_promises(list(moved(means, action, newest.values())))


def moved(means: Means, action: Action, promises: Iterable[Promise]) -> Iterable[Promise]:
    for promise in promises:
        span = span_of(action, promise.urgent, means.practice, means.calendar)
        is_card = promise.step == PREPARE
        moment = preparation_moment(means, action) if is_card else span.moment(Anchor(promise.anchor), promise.after)
        if moment > means.now or promise.anchor in (Anchor.DUE, Anchor.OVERDUE):
            yield next_round(means, promise, moment)


def next_round(means: Means, promise: Promise, at: datetime) -> Promise:
    return replace(
        promise,
        id=PromiseId(means.new_id()),
        round=promise.round + 1,
        due_at=at,
        state=PromiseState.WAITING,
        said_at=None,
    )


def sweep(means: Means, limit: int) -> Swept:
    """Says what is due: the use-case of the tick, one transaction. `limit` bounds how many promises are looked at."""
    # one replica sweeps at a time, or a repeat would be promised twice
    means.store.turns.take("nudges")
    due = means.store.actions.due(means.now, limit)
    ids = list(dict.fromkeys(promise.action for promise in due))
    # a few statements for all of them, where there were several for each
    reading = replace(means, store=means.store.ahead_of(ids))
    total = Swept()
    for id in ids:
        action = reading.store.actions.action(id)
        if action is not None and (action.state.is_open or action.unheard):
            total += sweep_action(reading, action)
    return total


def sweep_action(means: Means, action: Action) -> Swept:
    """All that is due of one action at once, so that after a stop each person hears only the newest of it."""
    ready = [promise for promise in means.store.actions.promises(action.id) if is_due(promise, means.now)]
    silent = [promise for promise in ready if open_moment(means, action, promise) > means.now]
    for promise in silent:
        later = open_moment(means, action, promise)
        means.store.actions.save_promise(replace(promise, due_at=later))
    told: set[PersonId] = set()
    total = Swept(kept_back=len(silent))
    for promise in sorted(ready, key=newness, reverse=True):
        if promise not in silent:
            # what to read before one goes is no reminder: neither takes the other's place
            total += keep_promise(means, action, promise, set() if promise.step == PREPARE else told)
    return total


def newness(promise: Promise) -> tuple[datetime, int, str, str]:
    return promise.due_at, promise.round, promise.step, promise.audience


def is_due(promise: Promise, now: datetime) -> bool:
    return promise.state is PromiseState.WAITING and promise.due_at <= now


def open_moment(means: Means, action: Action, promise: Promise) -> datetime:
    return span_of(action, promise.urgent, means.practice, means.calendar).kept(means.now)


def keep_promise(means: Means, action: Action, promise: Promise, told: set[PersonId]) -> Swept:
    """Says it to those who have heard nothing newer in this sweep; adds to `told`; and promises the next round."""
    people = [person for person in recipients(means, promise, action) if person not in told]
    state = PromiseState.SAID if people else PromiseState.VOID
    means.store.actions.save_promise(replace(promise, state=state, said_at=means.now if people else None))
    if promise.repeat_every is not None:
        span = span_of(action, promise.urgent, means.practice, means.calendar)
        at = span.repeated(promise.due_at, promise.repeat_every, means.now)
        means.store.actions.add_promises([next_round(means, promise, at)])
    if not people:
        return Swept(passed_over=1)
    told.update(people)
    say(means, action, promise, people)
    return Swept(said=1, messages=len(people))


def said_at(means: Means, action: Action, promise: Promise, person: PersonId) -> datetime:
    """Now; what is not urgent in the hours of whoever it goes to, and not before they asked to be reminded."""
    if promise.urgent or promise.step == PREPARE:
        return means.now
    is_owner = promise.audience == Audience.OWNER
    put_off = means.store.attention.snoozed([(action.id, person)]) if is_owner else ()
    after = max(means.now, *(one.until for one in put_off)) if put_off else means.now
    return disturb_at(means, means.store.people.person(person), after, is_owner=is_owner)


def say(means: Means, action: Action, promise: Promise, people: Collection[PersonId]) -> None:
    about = {"action": action.id, "promise": promise.id, "discussion": action.discussion}
    kind = MessageKind.PREPARATION if promise.step == PREPARE else MessageKind.NUDGE
    for person in people:
        key = f"promise:{promise.id}:{person}"
        id, due = MessageId(means.new_id()), said_at(means, action, promise, person)
        means.store.outbox.put(Message(id, kind, about, person, None, key, due, urgent=promise.urgent))
    entry = Entry(Deed.NUDGED, means.now, None, action.discussion, promise.id, action.version, promise.step)
    means.store.trail.write(entry)
