"""The half-filled booking: answers are kept as JSON, and read back into types here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from discussions.booking.book import GRACE, BookingRequest, Invitee, NewChild
from discussions.booking.discussion import DiscussionKind, Form
from discussions.booking.weighing import Choices, Reason
from discussions.ids import DiscussionId
from discussions.people import DeskId, PersonId
from discussions.refusals import TooLong

Answers = Mapping[str, object]
STARTS_NOW = "starts_now"
"""A telephone discussion that starts when it is booked, however long the form takes."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Typed views of the answers so far; each raises KeyError only if its step was never taken."""

    answers: Answers

    def text(self, name: str) -> str | None:
        value = self.answers.get(name)
        return value if isinstance(value, str) and value else None

    def moment(self, name: str) -> datetime | None:
        value = self.text(name)
        return datetime.fromisoformat(value) if value else None

    @property
    def children(self) -> tuple[NewChild, ...]:
        rows = cast("list[dict[str, str | None]]", self.answers.get("children") or [])
        return tuple(read_child(row) for row in rows)

    @property
    def harms(self) -> tuple[str, ...]:
        return tuple(cast("list[str]", self.answers.get("harms") or []))

    @property
    def invitees(self) -> tuple[Invitee, ...]:
        rows = cast("list[str]", self.answers.get("invitees") or [])
        return tuple(read_invitee(row) for row in rows)

    @property
    def facts(self) -> tuple[str, ...]:
        return tuple(cast("list[str]", self.answers.get("facts") or []))

    @property
    def schools(self) -> tuple[str, ...]:
        return tuple(cast("list[str]", self.answers.get("schools") or []))

    @property
    def choices(self) -> Choices:
        ticks = cast("dict[str, bool]", self.answers.get("ticks") or {})
        reasons = cast("dict[str, list[str | None]]", self.answers.get("reasons") or {})
        return Choices(ticks, {key: Reason(str(code), words) for key, (code, words) in reasons.items()})

    @property
    def joins(self) -> dict[DeskId, str]:
        """Desks whose full slot is joined, and why."""
        rows = cast("dict[str, str]", self.answers.get("joins") or {})
        return {DeskId(desk): why for desk, why in rows.items()}

    def is_over(self, now: datetime) -> bool:
        """A telephone discussion that was held already and is written down now."""
        starts_at = self.moment("starts_at")
        is_past = starts_at is not None and starts_at < now - GRACE
        return self.text("form") == Form.PHONE and is_past and not self.answers.get(STARTS_NOW)

    def request(self) -> BookingRequest:
        return BookingRequest(
            reference=str(self.answers["reference"]),
            kind=DiscussionKind(str(self.answers["kind"])),
            restricted=bool(self.answers.get("restricted")),
            children=self.children,
            harms=self.harms,
            urgency=str(self.answers["urgency"]),
            decided_at=datetime.fromisoformat(str(self.answers["decided_at"])),
            starts_at=datetime.fromisoformat(str(self.answers["starts_at"])),
            form=Form(str(self.answers["form"])),
            chair=PersonId(str(self.answers["chair"])),
            minute_taker=PersonId(taker) if (taker := self.text("minute_taker")) else None,
            invitees=self.invitees,
            join_details=self.text("join_details"),
            quorum_reason=self.text("quorum_reason"),
            late_reason=self.text("late_reason"),
            context=self.facts,
            schools=self.schools,
            protection_since=self.moment("protection_since"),
            kept_lower=self.text("kept_lower"),
            reviews=DiscussionId(reviews) if (reviews := self.text("reviews")) else None,
            promised=tuple(DeskId(desk) for desk in cast("list[str]", self.answers.get("held") or [])),
            joins=tuple(self.joins.items()),
            breach=self.text("breach"),
            follows=DiscussionId(follows) if (follows := self.text("follows")) else None,
        )


def within(limit: int, what: str, words: str | None, field: str) -> str | None:
    """A client may send more than its field takes. None for nothing; raises TooLong."""
    kept = (words or "").strip()
    if len(kept) > limit:
        raise TooLong(what, limit, field)
    return kept or None


def write_child(child: NewChild) -> dict[str, str | None]:
    return {
        "initials": child.initials,
        "born": child.born.isoformat() if child.born else None,
        "expected": child.expected.isoformat() if child.expected else None,
    }


def read_child(row: Mapping[str, str | None]) -> NewChild:
    born, expected = row.get("born"), row.get("expected")
    return NewChild(
        row.get("initials"),
        date.fromisoformat(born) if born else None,
        date.fromisoformat(expected) if expected else None,
    )


def write_invitee(invitee: Invitee) -> str:
    return f"desk:{invitee.desk}" if invitee.desk else f"person:{invitee.person}"


def read_invitee(row: str) -> Invitee:
    kind, _, id = row.partition(":")
    return Invitee(DeskId(id), None) if kind == "desk" else Invitee(None, PersonId(id))
