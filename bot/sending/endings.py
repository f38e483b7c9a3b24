"""How sendings of the outbox ended, written down together: many lines of the ledger in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.sending.accounting import fail, let_rest, note_outcome, note_sent_all, try_later
from bot.sending.arranging import Arranged, note_arranged
from bot.sending.fallback import note_mailed
from bot.sending.letter import Letter, NotSent
from bot.sending.mail import MailOutcome
from bot.sending.post import Outcome, OutcomeKind
from discussions.booking.calendars import put_into_calendars
from discussions.needs import Means
from discussions.post import Claimed, Delivery, DeliveryState


@dataclass(frozen=True, slots=True)
class Said:
    """Teams was spoken to, at this host."""

    claimed: Claimed
    letter: Letter
    outcome: Outcome
    host: str


@dataclass(frozen=True, slots=True)
class Unsaid:
    """Nothing was sent, and why."""

    claimed: Claimed
    why: NotSent


@dataclass(frozen=True, slots=True)
class Resting:
    """Nothing was tried: its host is left alone until then."""

    claimed: Claimed
    until: datetime


@dataclass(frozen=True, slots=True)
class HeldBack:
    """Nothing was tried: it may not disturb them before then."""

    claimed: Claimed
    until: datetime


@dataclass(frozen=True, slots=True)
class Mailed:
    claimed: Claimed
    outcome: MailOutcome


@dataclass(frozen=True, slots=True)
class Faulty:
    """Something went wrong on our side, and nobody knows how far it came."""

    claimed: Claimed


@dataclass(frozen=True, slots=True)
class Together:
    """What became of one card that said several messages: the same for each."""

    ending: Said | Resting | Faulty
    carried: tuple[Claimed, ...]


One = Said | Unsaid | Resting | HeldBack | Mailed | Faulty | Arranged
Ending = One | Together
Lines = list[Delivery | None]


def note_all(means: Means, endings: Sequence[One], has_mail: bool) -> Lines:
    """The ledger's lines; None where nothing was tried, or the lease was lost meanwhile."""
    arrived = [one for one in endings if isinstance(one, Said) and one.outcome.kind is OutcomeKind.SENT]
    lines: Lines = list(note_sent_all(means, [(one.claimed, one.letter, one.outcome) for one in arrived]))
    if has_mail:
        put_into_calendars(means, [one.claimed.message for one in arrived])
    others = [one for one in endings if not (isinstance(one, Said) and one.outcome.kind is OutcomeKind.SENT)]
    return lines + [note(means, one, has_mail) for one in others]


def apart(ending: Ending) -> list[One]:
    """One for each message."""
    if not isinstance(ending, Together):
        return [ending]
    return [ending.ending, *(replace(ending.ending, claimed=one) for one in ending.carried)]


def note(means: Means, ending: One, has_mail: bool) -> Delivery | None:
    match ending:
        case Said(claimed, letter, outcome, host):
            return note_outcome(means, claimed, letter, outcome, host, has_mail)
        case Unsaid(claimed, why):
            return fail(means, claimed, why.state, why.code, has_mail)
        case Resting(claimed, until):
            return let_rest(means, claimed, until, has_mail)
        case HeldBack(claimed, until):
            means.store.outbox.postpone(claimed, until)
            return None
        case Arranged():
            return note_arranged(means, ending)
        case Mailed(claimed, outcome):
            return note_mailed(means, claimed, outcome)
        case Faulty(claimed):
            return try_later(means, claimed, DeliveryState.MAYBE_SENT, "fault", has_mail)
