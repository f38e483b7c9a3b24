"""What will happen in the year: when discussions are held, what they agree, and how its owner takes each action."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from discussions.clocks import Calendar, is_working_day, next_working_day
from discussions.london import nearest_from_london, to_london

URGENT, ENQUIRY, OTHER = "immediate_safety", "enquiry", "other"
DISCUSSIONS_A_YEAR = 1_623
ACTIONS_A_YEAR = 16_000
CHAIR_ENDS_IT_AFTER = {URGENT: timedelta(days=3), ENQUIRY: timedelta(days=21), OTHER: timedelta(days=28)}
"""Nothing stays open for ever: in the end the chair cancels what nobody did."""


@dataclass(frozen=True, slots=True)
class Deed:
    """`what` is a name in bystanders.DEEDS; `at` when it is tried, whatever has happened meanwhile."""

    at: datetime
    what: str


@dataclass(frozen=True, slots=True)
class Plan:
    """One action. `owner` and `other` are places in the town's list; with `at_desk` a desk owns it."""

    kind: str
    made_at: datetime
    due_at: datetime
    owner: int
    other: int
    at_desk: bool
    deeds: tuple[Deed, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """One discussion: `chair` is a place in the town's list."""

    number: int
    at: datetime
    chair: int
    actions: tuple[Plan, ...]


def plan_year(chance: Random, first: date, calendar: Calendar, share: float) -> Iterator[Held]:
    """`share` of the year's numbers, spread over its working days; some at night, on weekends and holidays."""
    count = round(DISCUSSIONS_A_YEAR * share)
    actions = spread(chance, round(ACTIONS_A_YEAR * share), count)
    moments = sorted(moment_of(chance, first, calendar) for _ in range(count))
    for number, (at, how_many) in enumerate(zip(moments, actions, strict=True), 1):
        yield Held(number, at, chance.randrange(10_000), tuple(plan(chance, at, calendar) for _ in range(how_many)))


def spread(chance: Random, total: int, over: int) -> list[int]:
    counts = [0] * over
    for _ in range(total):
        counts[chance.randrange(over)] += 1
    return counts


def moment_of(chance: Random, first: date, calendar: Calendar) -> datetime:
    day = first + timedelta(days=chance.randrange(364))
    if chance.random() < 0.05:
        return nearest_from_london(day, time(chance.randrange(24), chance.randrange(60)))
    open_day = day if is_working_day(day, calendar) else next_working_day(day, 1, calendar)
    return nearest_from_london(open_day, time(chance.randrange(9, 17), chance.choice((0, 15, 30, 45))))


def plan(chance: Random, made_at: datetime, calendar: Calendar) -> Plan:
    kind = chance.choices((URGENT, ENQUIRY, OTHER), (8, 62, 30))[0]
    due_at = due_of(chance, kind, made_at, calendar)
    return Plan(
        kind=kind,
        made_at=made_at,
        due_at=due_at,
        owner=chance.randrange(10_000),
        other=chance.randrange(10_000),
        at_desk=chance.random() < 0.05,
        deeds=tuple(sorted(deeds(chance, kind, made_at, due_at), key=lambda deed: deed.at)),
    )


def due_of(chance: Random, kind: str, made_at: datetime, calendar: Calendar) -> datetime:
    if kind == URGENT:
        return made_at + timedelta(minutes=chance.randrange(60, 24 * 60))
    days = chance.randrange(1, 6) if kind == ENQUIRY else chance.randrange(5, 15)
    day = next_working_day(to_london(made_at).date(), days, calendar)
    return nearest_from_london(day, time(chance.randrange(9, 18), chance.choice((0, 30))))


def deeds(chance: Random, kind: str, made_at: datetime, due_at: datetime) -> Iterator[Deed]:
    span = due_at - made_at

    def within(least: float, most: float) -> datetime:
        return made_at + span * chance.uniform(least, most)

    yield Deed(due_at + CHAIR_ENDS_IT_AFTER[kind], "cancel")
    if chance.random() < 0.9:
        yield Deed(within(0.01, 0.3), "accept")
    for what, share, at in (
        ("decline", 0.03, within(0.05, 0.2)),
        ("blocked", 0.04, within(0.4, 0.9)),
        ("hand over", 0.04, within(0.2, 0.5)),
        ("more time", 0.08, within(0.6, 0.95)),
        ("cancel", 0.02, within(0.3, 0.9)),
    ):
        if chance.random() < share:
            yield Deed(at, what)
            yield Deed(at + span * chance.uniform(0.05, 0.4), f"answer to {what}")
    yield from ending(chance, within(0.2, 0.99), due_at)


def ending(chance: Random, in_time: datetime, due_at: datetime) -> Iterator[Deed]:
    """Seven in ten are done in time, most others within a week, a few nobody ever does."""
    dice = chance.random()
    if dice < 0.7:
        yield Deed(in_time, "done")
    elif dice < 0.97:
        yield Deed(due_at + timedelta(hours=chance.expovariate(1 / 40)), "done")
