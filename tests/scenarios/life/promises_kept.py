"""Whether exactly what was promised was said: by the promises as they were frozen, and the rules in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from discussions.actions.action import Action
from discussions.actions.promises import Promise, PromiseState
from discussions.ids import PromiseId
from discussions.people import PersonId
from discussions.post import Message, MessageKind
from tests.scenarios.life.books import Books, Page, Standing
from tests.scenarios.life.rules import is_over, owners, questions, who_hears
from tests.scenarios.year.reckoning import is_open_then, next_open

WAITING, SAID, VOID = PromiseState.WAITING, PromiseState.SAID, PromiseState.VOID
PREPARE = "prepare"
Told = dict[PromiseId, set[PersonId | None]]
COUNTED_FROM_DUE = ("before_due", "due", "overdue")


def broken_promises(books: Books) -> Iterator[str]:
    for page in books.pages:
        for id, action in page.after.actions.items():
            found = (
                *frozen_ones_changed(page, id),
                *said_wrongly(page, id),
                *left_unsaid(page, id),
                *given_up(page, id),
                *not_repeated(page, id),
                *promised_twice(page, id),
                *silent(page, action),
                *badly_placed(page, action),
            )
            yield from (f"{page.at:%a %d/%m %H:%M} {page.what}: {one}" for one in found)
    yield from owners_not_told_when_due(books)


def promises_of(standing: Standing, id: str) -> list[Promise]:
    return [one for one in standing.promises.values() if one.action == id]


def states(page: Page, id: str) -> list[Action]:
    """As it stood when the tick came: where somebody pressed at that very moment, before or after."""
    before = [page.before.actions[id]] if id in page.before.actions else []
    return before + ([page.after.actions[id]] if page.deeds or not before else [])


def may_be_said(one: Promise, page: Page) -> bool:
    return one.urgent or is_open_then(page.at)


def frozen_ones_changed(page: Page, id: str) -> Iterator[str]:
    for before in promises_of(page.before, id):
        after = page.after.promises.get(before.id)
        if after is None or replace(after, due_at=before.due_at, state=before.state, said_at=None) != replace(
            before, said_at=None
        ):
            yield f"{before.step} is not as it was promised"
        elif before.state is not WAITING and after != before:
            yield f"{before.step} was {before.state} and has changed"
        elif after.due_at != before.due_at:
            was_kept_back = page.began_to_tick and before.due_at <= page.at and not may_be_said(before, page)
            if not was_kept_back or after.due_at != next_open(page.at):
                yield f"{before.step} was put off to {after.due_at}"


def said_now(page: Page, id: str) -> list[Promise]:
    return [
        one
        for one in promises_of(page.after, id)
        if one.state is SAID and (one.id not in page.before.promises or page.before.promises[one.id].state is WAITING)
    ]


def new_nudges(page: Page, id: str) -> list[Message]:
    """What was put into the outbox because of a promise."""
    new = [one.message for key, one in page.after.outbox.items() if key not in page.before.outbox]
    return [one for one in new if one.about.get("action") == id and "promise" in one.about]


def said_wrongly(page: Page, id: str) -> Iterator[str]:
    """By a tick alone, not early, not at night, to exactly the promised people, to each of them once."""
    said, nudges = said_now(page, id), new_nudges(page, id)
    told = {one.id: {m.recipient for m in nudges if m.about["promise"] == one.id} for one in said}
    if set(told) != {m.about["promise"] for m in nudges}:
        yield "what was said and what was put into the outbox differ"
    for one in said:
        if not page.began_to_tick or one.due_at > page.at or one.said_at != page.at or not may_be_said(one, page):
            yield f"{one.step} was said at the wrong moment"
        if any(m.urgent != one.urgent for m in nudges if m.about["promise"] == one.id):
            yield f"{one.step} went out with another urgency"
    twice = [who for who, times in Counter(m.recipient for m in nudges if not is_card(m)).items() if times > 1]
    if twice:
        yield f"{twice} heard two nudges of one action at once"
    if said and not any(is_right(page, id, said, told, state) for state in states(page, id)):
        yield f"{[one.step for one in said]} went to {told}"


def boxes_in(nudges: Iterable[Message]) -> frozenset[PersonId]:
    return frozenset(one.recipient for one in nudges if one.recipient and one.recipient.startswith("mailbox:"))


def is_card(message: Message) -> bool:
    return message.kind is MessageKind.PREPARATION


def is_right(page: Page, id: str, said: list[Promise], told: Told, state: Action) -> bool:
    """Each hears the newest of what is for them."""
    receipts, boxes = page.before.receipts.get(id, []), boxes_in(new_nudges(page, id))
    if any(is_over(state, one.anchor) for one in said):
        return False
    newest: dict[object, Promise] = {}
    for one in sorted(said, key=lambda one: one.due_at):
        newest |= dict.fromkeys(who_hears(one, state, receipts, page.at, boxes), one)
    if set(newest) != set().union(*told.values()):
        return False
    by_id = {one.id: one for one in said}
    return all(
        who in who_hears(by_id[id], state, receipts, page.at, boxes) and newest[who].due_at == by_id[id].due_at
        for id, people in told.items()
        for who in people
    )


def left_unsaid(page: Page, id: str) -> Iterator[str]:
    if not page.ticked or page.deeds or id not in page.before.actions:
        return
    for one in promises_of(page.before, id):
        is_due = one.state is WAITING and one.due_at <= page.at and may_be_said(one, page)
        if is_due and page.after.promises[one.id].state is WAITING:
            yield f"{one.step} was due and still waits"


def given_up(page: Page, id: str) -> Iterator[str]:
    """Void only with a reason that can be seen: nobody is left to be told, or what it asks for has been answered."""
    for one in promises_of(page.before, id):
        if one.state is not WAITING or page.after.promises[one.id].state is not VOID:
            continue
        by_press = page.before.actions[id].version != page.after.actions[id].version and is_settled(page, id, one)
        if not (by_press or (page.began_to_tick and has_nobody_left(page, id, one))):
            yield f"{one.step} is void for no reason that can be seen"


def is_settled(page: Page, id: str, one: Promise) -> bool:
    before, after = page.before.actions[id], page.after.actions[id]
    moved = before.due_at != after.due_at and (one.anchor in COUNTED_FROM_DUE or str(one.after).endswith("%"))
    answered = one.anchor == "asked" and questions(before) != questions(after)
    return moved or answered or not after.state.is_open or not before.state.is_open


def has_nobody_left(page: Page, id: str, one: Promise) -> bool:
    nudges = new_nudges(page, id)
    told, boxes = {message.recipient for message in nudges}, boxes_in(nudges)
    receipts = page.before.receipts.get(id, [])
    return one.due_at <= page.at and any(
        who_hears(one, state, receipts, page.at, boxes) <= told for state in states(page, id)
    )


def not_repeated(page: Page, id: str) -> Iterator[str]:
    """What repeats has its next round, still to come, as long as there is somebody to tell."""
    if is_silent_now(page.after.actions[id]) or page.deeds:
        return
    after = promises_of(page.after, id)
    for before in promises_of(page.before, id):
        is_handled = before.state is WAITING and page.after.promises[before.id].state is not WAITING
        if not is_handled or before.repeat_every is None:
            continue
        following = [
            one
            for one in after
            if (one.step, one.audience, one.round) == (before.step, before.audience, before.round + 1)
            and one.anchor == before.anchor and one.due_at > page.at
        ]  # fmt: skip
        if not following:
            yield f"{before.step} has no next round"


def promised_twice(page: Page, id: str) -> Iterator[str]:
    new = [one for one in promises_of(page.after, id) if one.id not in page.before.promises]
    times = Counter((one.step, one.audience, one.round, one.anchor) for one in new)
    yield from (f"{what} was promised {count} times at once" for what, count in times.items() if count > 1)


def is_silent_now(action: Action) -> bool:
    return not (action.state.is_open or action.unheard)


def silent(page: Page, action: Action) -> Iterator[str]:
    waiting = [one for one in promises_of(page.after, action.id) if one.state is WAITING]
    if bool(waiting) == is_silent_now(action):
        yield "it is open or unheard, and nothing is to come" if not waiting else "it is over, and something is to come"


def badly_placed(page: Page, action: Action) -> Iterator[str]:
    """When it is made, and when its due moment moves, all that counts from there is promised from there: the owner is
    told when it is due, and what was promised for the old moment is not said any more."""
    before = page.before.actions.get(action.id)
    if not action.state.is_open or (before is not None and before.due_at == action.due_at):
        return
    relative = [one for one in promises_of(page.after, action.id) if one.anchor in COUNTED_FROM_DUE]
    new = [one for one in relative if one.id not in page.before.promises]
    when_due = {one.due_at for one in new if (one.anchor, one.audience) == ("due", "owner")}
    if when_due != {at_due(one, action) for one in new}:
        yield f"its owner is told at {when_due}"
    if any(one.state is WAITING and one not in new for one in relative):
        yield "something still waits for the old moment"
    for one in new:
        is_before, is_after = one.anchor == "before_due", one.anchor == "overdue"
        due = at_due(one, action)
        if (is_before and one.due_at > due) or (is_after and one.due_at <= action.due_at):
            yield f"{one.step} comes at {one.due_at}"


def at_due(one: Promise, action: Action) -> datetime:
    return action.due_at if one.urgent else next_open(action.due_at)


def owners_not_told_when_due(books: Books) -> Iterator[str]:
    """Whoever owns it when it is due, or is over by some time, has heard of it by then."""
    heard: set[tuple[object, ...]] = set()
    for page in books.pages:
        for id, action in page.before.actions.items():
            as_due = (id, action.due_at, owners(action))
            nudges = new_nudges(page, id)
            recipients = {message.recipient for message in nudges}
            if recipients & owners(action, boxes_in(nudges)) and page.at >= action.due_at:
                heard.add(as_due)
            is_due = action.due_at <= page.at and is_open_then(page.at)
            if page.ticked and not page.deeds and is_due and as_due not in heard and expects_to_hear(books, page, id):
                yield f"{id} was due {action.due_at}, and at {page.at} its owner has not heard"


def expects_to_hear(books: Books, page: Page, id: str) -> bool:
    """Nothing of it was declined, ended or given to another since it fell due: then what is said is said to others."""
    due = page.after.actions[id].due_at
    since = [one.after.actions[id] for one in books.pages if due <= one.at <= page.at and id in one.after.actions]
    return all(
        one.state.value in ("proposed", "accepted")
        and owners(one) == owners(page.after.actions[id])
        and one.due_at == due
        for one in since
    )
