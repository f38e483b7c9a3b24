"""From slices to a table: medians, and ratios taken within each round so that a busy machine weighs on both alike."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from bench.measuring import Measured

HEAD = (
    "what",
    "bot",
    "turns/s",
    "p50",
    "p95",
    "p99",
    "CPU ms",
    "÷ floor",
    "÷ stock",
    "p99÷p50",
    "conn",
    "tokens",
    "RSS",
)


@dataclass(frozen=True, slots=True)
class Compared:
    """One bot in one scenario: medians over the rounds. Ratios are CPU time, each the median of the rounds' own."""

    what: str
    bot: str
    per_second: float
    p50: float
    p95: float
    p99: float
    cpu_ms: float
    to_floor: float | None
    to_stock: float | None
    spread: float
    connections: float
    token_requests: float
    rss_mb: float

    def row(self) -> tuple[str, ...]:
        return (
            self.what,
            self.bot,
            f"{self.per_second:.0f}",
            f"{self.p50:.1f}",
            f"{self.p95:.1f}",
            f"{self.p99:.1f}",
            f"{self.cpu_ms:.2f}",
            "–" if self.to_floor is None else f"×{self.to_floor:.2f}",
            "–" if self.to_stock is None else f"1/{1 / self.to_stock:.1f}",
            f"{self.spread:.2f}",
            f"{self.connections:.3f}",
            f"{self.token_requests:.3f}",
            f"{self.rss_mb:.0f}",
        )


def compare(what: str, rounds: Sequence[dict[str, Measured]]) -> list[Compared]:
    bots = list(dict.fromkeys(bot for one in rounds for bot in one))
    return [compare_bot(what, bot, rounds) for bot in bots]


def compare_bot(what: str, bot: str, rounds: Sequence[dict[str, Measured]]) -> Compared:
    own = [one[bot] for one in rounds if bot in one]
    return Compared(
        what=what,
        bot=bot,
        per_second=median(one.per_second for one in own),
        p50=median(one.p50 for one in own),
        p95=median(one.p95 for one in own),
        p99=median(one.p99 for one in own),
        cpu_ms=median(one.cpu_ms for one in own),
        to_floor=cpu_ratio(bot, "floor", rounds),
        to_stock=cpu_ratio(bot, "stock", rounds),
        spread=median(one.p99 / one.p50 for one in own),
        connections=median(one.connections for one in own),
        token_requests=median(one.token_requests for one in own),
        rss_mb=max(one.rss_mb for one in own),
    )


def cpu_ratio(bot: str, other: str, rounds: Sequence[dict[str, Measured]]) -> float | None:
    ratios = [one[bot].cpu_ms / one[other].cpu_ms for one in rounds if bot in one and other in one]
    return median(ratios) if ratios and bot != other else None


def print_table(rows: Iterable[Compared]) -> None:
    cells = [HEAD, *(row.row() for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(HEAD))]
    for line in cells:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def write_json(file: Path, rows: Iterable[Compared], facts: dict[str, float]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    content = {"scenarios": [asdict(row) for row in rows], "facts": facts}
    file.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
