"""What is counted while the service runs, and how Prometheus reads it. Never an id, a name or a word as a label.

Counting is adding to a number. The library that writes the numbers down is loaded when somebody first asks for them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING

from aiohttp import web

from cards.buttons import buttons_by_verb
from discussions.actions.audit import Defect, Finding
from discussions.needs import Backlog, Means
from discussions.post import DeliveryState
from discussions.refusals import Refusal

if TYPE_CHECKING:
    from prometheus_client.core import Metric

FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")
"""A proxy's own address is a loopback one; by these it says whom it speaks for."""
TEXT = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(slots=True)
class Spans:
    """How many there were, and how many seconds they took together."""

    count: int = 0
    seconds: float = 0.0

    def add(self, seconds: float) -> None:
        self.count += 1
        self.seconds += seconds


class Counts:
    """One object for a running service, handed to those who have something to count. All in one thread: the loop's."""

    def __init__(self) -> None:
        self.turns: Counter[str] = Counter()
        self.presses: Counter[str] = Counter()
        self.refusals: Counter[str] = Counter()
        self.deliveries: Counter[str] = Counter()
        self.page: Counter[str] = Counter()
        self.slot_feeds: Counter[str] = Counter()
        self.feeds_failing = 0
        self.faults = 0
        self.turn_spans = Spans()
        self.lock_waits = Spans()
        self.findings: Counter[str] = Counter()

    def turn_taken(self, kind: str, seconds: float) -> None:
        self.turns[kind] += 1
        self.turn_spans.add(seconds)

    def pressed(self, verb: str) -> None:
        self.presses[known_verb(verb)] += 1

    def refused(self, refusal: Refusal) -> None:
        self.refusals[type(refusal).__name__] += 1

    def faulted(self) -> None:
        self.faults += 1

    def waited_for_turn(self, seconds: float) -> None:
        self.lock_waits.add(seconds)

    def delivered(self, state: DeliveryState) -> None:
        self.deliveries[state.value] += 1

    def on_page(self, what: str) -> None:
        self.page[what] += 1

    def looked_at_feed(self, outcome: str) -> None:
        self.slot_feeds[outcome] += 1

    def found(self, findings: Sequence[Finding]) -> None:
        self.findings = Counter({finding.defect.value: finding.count for finding in findings})


def known_verb(verb: str) -> str:
    """What comes back from a client is not trusted to be one of ours, and must not fill logs and labels."""
    return verb if verb in buttons_by_verb() else "unknown"


def read_backlog(means: Means) -> Backlog:
    return means.store.audit.backlog(means.now)


def is_asked_on_this_machine(request: web.Request) -> bool:
    """From loopback, and not by a proxy that speaks for somebody else."""
    if request.remote is None or any(name in request.headers for name in FORWARDED):
        return False
    try:
        asking = ip_address(request.remote)
    except ValueError:
        return False
    return asking.is_loopback or (
        isinstance(asking, IPv6Address) and asking.ipv4_mapped is not None and asking.ipv4_mapped.is_loopback
    )


def write_metrics(counts: Counts, backlog: Backlog | None, now: datetime) -> bytes:
    """In Prometheus' text format. Without a backlog nothing is said of it: the database cannot be asked.

    Loads the library, so the first time takes a tenth of a second.
    """
    from prometheus_client import CollectorRegistry, generate_latest
    from prometheus_client.registry import Collector

    class Collected(Collector):
        def collect(self) -> Iterator[Metric]:
            yield from counted(counts)
            if backlog is not None:
                yield from waiting(backlog, now)

    registry = CollectorRegistry()
    registry.register(Collected())
    return generate_latest(registry)


def counted(counts: Counts) -> Iterator[Metric]:
    from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, SummaryMetricFamily

    for name, says, label, held in (
        ("turns", "Turns taken, by what arrived.", "kind", counts.turns),
        ("presses", "Buttons pressed, by verb.", "verb", counts.presses),
        ("refusals", "What was refused, by kind.", "kind", counts.refusals),
        ("deliveries", "Attempts to deliver a message, by what became of them.", "outcome", counts.deliveries),
        ("secure_page", "What came to the secure page, by what became of it.", "outcome", counts.page),
        ("slot_feeds", "Looks at desks' calendars, by what became of them.", "outcome", counts.slot_feeds),
    ):
        family = CounterMetricFamily(f"chairside_{name}", says, labels=[label])
        for value, count in sorted(held.items()):
            family.add_metric([value], count)
        yield family
    yield CounterMetricFamily("chairside_faults", "Turns that failed through a fault of ours.", counts.faults)
    for name, says, spans in (
        ("turn", "Turns, from arrival to answer.", counts.turn_spans),
        ("turn_lock_wait", "Waiting for the turn before in the same conversation.", counts.lock_waits),
    ):
        yield SummaryMetricFamily(f"chairside_{name}_seconds", says, count_value=spans.count, sum_value=spans.seconds)
    failing = "Desks' calendars that could not be read several times in a row."
    yield GaugeMetricFamily("chairside_slot_feeds_failing", failing, counts.feeds_failing)
    findings = GaugeMetricFamily("chairside_audit_findings", "Promises not kept, by kind.", labels=["defect"])
    for defect in Defect:
        findings.add_metric([defect.value], counts.findings[defect.value])
    yield findings


def waiting(backlog: Backlog, now: datetime) -> Iterator[Metric]:
    from prometheus_client.core import GaugeMetricFamily

    age = max((now - backlog.due_since).total_seconds(), 0) if backlog.due_since else 0
    yield GaugeMetricFamily("chairside_outbox_depth", "Messages that wait in the outbox.", backlog.waiting)
    yield GaugeMetricFamily("chairside_outbox_age_seconds", "How long the oldest of what is due has been due.", age)
