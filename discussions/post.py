"""What must be said to somebody: rows of the outbox hold a kind and ids, never content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from discussions.ids import MessageId
from discussions.people import PersonId


class MessageKind(StrEnum):
    """What a message is about; how it is shown is decided when it is sent, under the recipient's access then."""

    INVITATION = "invitation"
    INVITATION_ANSWERED = "invitation answered"
    BOOKED = "booked"
    CANCELLED = "cancelled"
    CALENDAR = "calendar"
    """By mail alone: what Teams has told goes into the calendar too."""
    PLACE_ASKED = "place asked"
    """To whoever decides for an agency or manages it: a discussion needs it, and it has no place in time."""
    BOOKING_CHANGED = "booking changed"
    """To those who run it: moved, cancelled, handed over."""
    FORMER = "former"
    """The card of what is no longer so gives way to the one that is sent next."""
    TAKE_OVER = "take over"
    """To whoever is asked to take over the chair or the booking."""
    HANDED_OVER = "handed over"
    """To whoever had or offered it: what became of that."""
    DUTY = "duty"
    """To the duty desk: what it takes over out of hours."""
    NOT_BEGUN = "not begun"
    """To chair and booker: its start has passed, and nothing was said of it."""
    NOT_HELD = "not held"
    FULL_MEETING_DUE = "full meeting due"
    """To whoever chaired or booked a telephone discussion: the full meeting that must follow is not booked."""
    FULL_MEETING_MISSED = "full meeting missed"
    """To the service manager: neither held nor moved nor cancelled on its day."""
    ACTION = "action"
    NUDGE = "nudge"
    PREPARATION = "preparation"
    """What to read before a child is seen or interviewed."""
    MORNING = "morning"
    """What of theirs is overdue, due today, due this week."""
    OWN_ACTIONS = "own actions"
    """Asked for among others, and answered in their own chat."""
    RETURNED = "returned"
    """To somebody who was away: what is open."""
    ACTION_CHANGED = "action changed"
    CHAIR_ASKED = "chair asked"
    HAND_OVER = "hand over"
    FEEDBACK = "feedback"
    WAITED_FOR = "waited for"
    """To the owner of an action: the one that it waits for has ended or moved."""
    STILL_OPEN = "still open"
    """To the chair, before the latest date of the conference: what has not been done yet."""
    RECORD_READY = "record ready"
    PROGRESS = "progress"
    REFRESH = "refresh"
    """The stored message of a pressed card follows what the press was answered with."""
    CONSOLE = "console"
    AUDIT = "audit"
    """To administrators: promises that are not being kept, as kinds, counts and ids."""
    UNREACHED = "unreached"
    """To the chair: somebody was reached neither in Teams nor by mail."""
    SLOTS_TO_LOOK_AT = "slots to look at"
    """To those who keep a desk's slots: its calendar can't be read, or a taken slot is gone from it."""
    SLOT_REMOVED = "slot removed"
    """To the booker and the chair: a desk took back a slot that their discussion had a place of."""
    MISSED = "missed"
    """What could not be told while the app was not in the person's chat, and still matters."""
    PAGE_CODE = "page code"
    """By mail alone: the one-time code of a secure link."""
    ASKED_AGAIN = "asked again"
    """To who was asked to a discussion and has not answered."""
    TO_RING = "to ring"
    """To whoever booked it: who has not answered, to be rung."""
    CORE_MISSING = "core missing"
    """To the chair, shortly before the start: core agencies from which nobody comes."""
    TO_BRING = "to bring"
    """To everybody who comes, an hour before: what to bring, and who will be there."""
    MEETING = "meeting"
    """To nobody: the Teams meeting of a discussion is to be made, moved or removed."""
    NO_LINK = "no link"
    """To chair and booker: no meeting could be made, so a link must be pasted."""
    WELCOME = "welcome"
    """Said in the turn that sees the installation; from here only if that turn could not."""


@dataclass(frozen=True, slots=True)
class Message:
    """One thing to be said to one person (or, PROGRESS and WELCOME only, into one chat).

    `about` holds ids only, e.g. {"action": …, "promise": …}. `key` makes it said once: a second message with the same
    key is not kept. `replaces_card` updates the recipient's earlier card about the same thing, where there is one,
    instead of saying something new.
    """

    id: MessageId
    kind: MessageKind
    about: Mapping[str, str]
    recipient: PersonId | None
    conversation: str | None
    key: str
    due_at: datetime
    urgent: bool = False
    replaces_card: bool = False


GATHERED = frozenset(
    {
        MessageKind.INVITATION_ANSWERED,
        MessageKind.BOOKED,
        MessageKind.CANCELLED,
        MessageKind.BOOKING_CHANGED,
        MessageKind.ACTION,
        MessageKind.NUDGE,
        MessageKind.MORNING,
        MessageKind.RETURNED,
        MessageKind.PREPARATION,
        MessageKind.ACTION_CHANGED,
        MessageKind.CHAIR_ASKED,
        MessageKind.HAND_OVER,
        MessageKind.FEEDBACK,
        MessageKind.WAITED_FOR,
        MessageKind.RECORD_READY,
        MessageKind.TO_RING,
    }
)
"""What may wait a minute for more of its kind and go with it on one card. An invitation never does."""
WITHIN = timedelta(minutes=1)
"""What comes for one person within this goes on one card."""
IN_DIGEST = "in a digest"
"""The ledger's code for what was sent on one card with others; all of them name the same activity."""


def is_gathered(message: Message) -> bool:
    """Never what is urgent, nor what only brings a card up to date."""
    return message.kind in GATHERED and not message.urgent and not message.replaces_card


class DeliveryState(StrEnum):
    QUEUED = "queued"
    SENT = "sent"
    RETRYING = "retrying"
    MAYBE_SENT = "maybe sent"
    BLOCKED = "blocked by user"
    NOT_INSTALLED = "not installed"
    UNREACHABLE = "unreachable"
    GAVE_UP = "gave up"
    WITHDRAWN = "withdrawn"
    FALLBACK_USED = "fallback used"


LONGEST_WAIT = timedelta(minutes=30)
LONGEST_WAIT_IF_URGENT = timedelta(minutes=5)


def longest_wait(urgent: bool) -> timedelta:
    """How long a message waits while a service has no time for it; then it is tried in another way."""
    return LONGEST_WAIT_IF_URGENT if urgent else LONGEST_WAIT


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message that this process holds under a lease; `token` fences every later word about it."""

    message: Message
    token: str
    attempts: int
    maybe_sent: bool
    by_mail: bool = False
    """Teams could not deliver it, so it goes by mail now."""
    was_tried: bool = False
    """It was on its way before, and is tried again."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One line of the ledger: what became of one attempt. `code` is the service's own word for a failure, or ours for
    how it went.
    """

    message: MessageId
    at: datetime
    state: DeliveryState
    code: str | None = None
    activity: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """How far one message to one person has come, read from the ledger. `at` is when it came to stand so.

    `state` is the newest; `code` the service's own word for it, where there is one. `by_mail`: another way than Teams.
    """

    message: MessageId
    kind: MessageKind
    recipient: PersonId
    since: datetime
    state: DeliveryState
    at: datetime | None
    by_mail: bool
    code: str | None = None
