"""What the outbox commands do and print: a ledger for people, as a table, and for programs, as JSON or CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime, time

from bot.command_line.opening import make_transactions, opened_database, read_practice_in_use
from bot.command_line.stopping import Exit, Stop
from bot.settings import Settings
from bot.world import World
from discussions.delivery_lines import STANDINGS, Logged, Which
from discussions.delivery_log import Log, NobodyKnows, SaidAgain, find_all, read_log, say_again
from discussions.ids import MessageId
from discussions.london import nearest_from_london, to_london
from storage.database import TransactionsInSql

AT_ONCE = 200
"""So many are written in one transaction: the service beside us need not wait for long."""
HEADINGS = ("MESSAGE", "KIND", "RECIPIENT", "STATE", "DUE", "NEWEST", "TRIES", "CODE")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which messages are meant: `person` an id, `reference` a discussion's, neither looked up yet."""

    which: Which
    person: str | None
    reference: str | None
    is_stuck: bool

    @classmethod
    def typed(
        cls,
        state: str | None,
        person: str | None,
        reference: str | None,
        since: datetime | None,
        is_stuck: bool = False,
    ) -> Asked:
        day = nearest_from_london(since.date(), time()) if since else None
        return cls(Which(standing=state, since=day), person, reference, is_stuck)


@contextmanager
def opened_transactions(settings: Settings, world: World) -> Iterator[TransactionsInSql]:
    """Raises Stop for what nobody knows: a wrong command line."""
    practice, _ = read_practice_in_use(settings.practice)
    with opened_database(settings, world) as database:
        try:
            yield make_transactions(database, practice, world)
        except NobodyKnows as refusal:
            raise Stop(refusal.sentence, Exit.SETTINGS) from None


def show(settings: Settings, world: World, asked: Asked, most: int | None) -> Log:
    which = replace(asked.which, stuck_at=world.now()) if asked.is_stuck else asked.which
    with opened_transactions(settings, world) as transactions:
        return transactions.run_now(read_log, which, asked.person, asked.reference, most)


def choose(settings: Settings, world: World, ids: Sequence[str], asked: Asked) -> list[MessageId]:
    """The messages meant, oldest first. Raises Stop for the ids of none."""
    if not ids:
        return [one.id for one in reversed(show(settings, world, asked, None).lines)]
    with opened_transactions(settings, world) as transactions:
        return [one.id for one in transactions.run_now(find_all, [MessageId(id) for id in ids])]


def resend(
    settings: Settings, world: World, ids: Sequence[MessageId], even_if_sent: bool, say: Callable[[str], None]
) -> int:
    """Says what it did to each; how many were refused."""
    new, refused = 0, 0
    with opened_transactions(settings, world) as transactions:
        for start in range(0, len(ids), AT_ONCE):
            done = transactions.run_now(say_again, ids[start : start + AT_ONCE], even_if_sent)
            for line in _say_done(done):
                say(line)
            new, refused = new + len(done.new), refused + len(done.refused)
    when = f" They go out within {settings.tick_seconds} seconds, if the service runs." if new else ""
    say(f"Said again: {new}. Refused: {refused}.{when}")
    return refused


def _say_done(done: SaidAgain) -> Iterator[str]:
    yield from (f"{old} is said again as {new}" for old, new in done.new.items())
    yield from (f"{id} is not said again: {why}" for id, why in done.refused.items())


def say_as_table(log: Log) -> str:
    lines = [_say_counts(log.counts)]
    rows = [HEADINGS, *map(_row, log.lines)]
    if len(rows) > 1:
        widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
        lines += ["", *("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)]
    left = sum(log.counts.values()) - len(log.lines)
    if left:
        lines += ["", f"{left} older ones are not shown: --most {sum(log.counts.values())} shows all."]
    return "".join(f"{line}\n" for line in lines)


def _say_counts(counts: Mapping[str, int]) -> str:
    total = sum(counts.values())
    if not total:
        return "No such message."
    each = ", ".join(f"{counts[standing]} {standing}" for standing in STANDINGS if standing in counts)
    return f"{total} message{'' if total == 1 else 's'}: {each}"


def _row(one: Logged) -> tuple[str, ...]:
    return (
        one.id,
        one.kind,
        one.recipient or "a chat",
        one.stands,
        _say_short(one.due_at),
        _say_short(one.at) if one.at else "",
        str(one.attempts),
        one.code or "",
    )


def _say_short(moment: datetime) -> str:
    return f"{to_london(moment):%d/%m %H:%M}"


def say_as_json(log: Log) -> str:
    return json.dumps({"counts": log.counts, "messages": [_plain(one) for one in log.lines]}, indent=2) + "\n"


def say_as_csv(log: Log) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, [field.name for field in fields(Logged)], lineterminator="\n")
    writer.writeheader()
    writer.writerows(_plain(one) for one in log.lines)
    return text.getvalue()


def _plain(one: Logged) -> dict[str, object]:
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in asdict(one).items()}
