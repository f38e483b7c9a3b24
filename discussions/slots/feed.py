"""A calendar feed that a desk's slots follow: what it is read by, how it stands, and when it is looked at next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from discussions.people import DeskId


class FeedProblem(StrEnum):
    """Why a feed could not be used: a code, for the trail, the log and the metric. SAYS has the sentence."""

    NO_CONNECTION = "no connection"
    TOO_SLOW = "too slow"
    REFUSED = "refused"
    NOT_THERE = "not there"
    SERVER_FAULT = "server fault"
    NOT_ALLOWED_ADDRESS = "address not allowed"
    TOO_LARGE = "too large"
    WRONG_TYPE = "wrong type"
    CUT_OFF = "cut off"
    NOT_A_CALENDAR = "not a calendar"
    UNREADABLE = "unreadable"
    TOO_MANY = "too many events"
    NO_DESK = "no such desk"


SAYS = {
    FeedProblem.NO_CONNECTION: "its server can't be reached",
    FeedProblem.TOO_SLOW: "its server takes too long",
    FeedProblem.REFUSED: "its server refuses: the address may have been withdrawn",
    FeedProblem.NOT_THERE: "there is no calendar at its address any more",
    FeedProblem.SERVER_FAULT: "its server has a fault",
    FeedProblem.NOT_ALLOWED_ADDRESS: "it leads to an address that is not allowed",
    FeedProblem.TOO_LARGE: "it is too large",
    FeedProblem.WRONG_TYPE: "a web page comes instead of a calendar, as when somebody has to sign in",
    FeedProblem.CUT_OFF: "it comes only in part",
    FeedProblem.NOT_A_CALENDAR: "what comes is not a calendar",
    FeedProblem.UNREADABLE: "the calendar can't be read",
    FeedProblem.TOO_MANY: "it holds too many events",
    FeedProblem.NO_DESK: "the directory knows no such desk",
}


@dataclass(frozen=True, slots=True)
class FeedTerms:
    """How the events of a feed become slots. `minutes`: each is divided into slots of this length; None: it is one.

    `capacity`: to how many discussions at once whoever an event stands for can come. `reserved` None: as the practice
    says. `only`: an event counts when its title or a category holds these words.
    """

    minutes: int | None = None
    capacity: int = 1
    reserved: int | None = None
    only: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """How a desk's feed stands. `digest` is of its address and terms: when it changes, nothing known before holds.

    `read_at`: when it was last read whole; `failures` since then, the first at `failing_since`. `token` fences the
    process that looks at it now, until `leased_until`.
    """

    desk: DeskId
    digest: str
    next_at: datetime
    etag: str | None = None
    modified: str | None = None
    read_at: datetime | None = None
    failures: int = 0
    failing_since: datetime | None = None
    problem: FeedProblem | None = None
    token: str | None = None
    leased_until: datetime | None = None
