"""Makes the card for a message of the outbox at the moment it is sent, under the recipient's access at that moment."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.answers import actions, agenda, audit, desk_slots, invitations, missed, morning, unreached
from bot.arrivals import PlaceKind
from bot.sending.gathering import gathered
from bot.sending.letter import NO_INSTALLATION, Letter, NotNow, NotSent, Written
from bot.showing import show
from bot.shown import Turn
from bot.welcoming import first_words
from cards.changed import former_card
from cards.place_asked import place_asked_card
from cards.render import Card, Summary, stamp
from cards.repeat import marked_as_repeat
from discussions.attention.holding import held_until
from discussions.attention.snooze import is_replaced
from discussions.fallback import BY_MAIL_ALONE, is_past
from discussions.ids import ActionId, DiscussionId, InvitationId, MessageId
from discussions.needs import Means, Reference
from discussions.people import Person
from discussions.post import Claimed, DeliveryState, Message, MessageKind
from discussions.refusals import Refusal
from discussions.slots.ways import need_view

SUMMARIES = {
    MessageKind.BOOKED: Summary.MEETING_REQUEST,
    MessageKind.BOOKING_CHANGED: Summary.MEETING_CHANGED,
    MessageKind.CANCELLED: Summary.MEETING_CANCELLED,
    MessageKind.INVITATION_ANSWERED: Summary.MEETING_ANSWER,
}
ACTION_KINDS = frozenset(
    {
        MessageKind.ACTION,
        MessageKind.NUDGE,
        MessageKind.ACTION_CHANGED,
        MessageKind.CHAIR_ASKED,
        MessageKind.HAND_OVER,
        MessageKind.FEEDBACK,
        MessageKind.WAITED_FOR,
    }
)


def compose(means: Means, claimed: Sequence[Claimed], public_url: str) -> list[Written]:
    """In their order. Marks the messages as being sent, in the same transaction: whoever dies after this leaves
    repeats behind.
    """
    reading = replace(means, store=means.store.ahead([one.message for one in claimed]))
    letters = [write(reading, one.message, public_url) for one in claimed]
    going = [one for one, letter in zip(claimed, letters, strict=True) if isinstance(letter, Letter)]
    held = means.store.outbox.sending_all(going, means.now)
    kept = [is_held(one, letter, held) for one, letter in zip(claimed, letters, strict=True)]
    together = gathered(reading, claimed, kept, public_url)
    return [finished(means, one, letter) for one, letter in zip(claimed, together, strict=True)]


def is_held(claimed: Claimed, letter: Written, held: Collection[MessageId]) -> Written:
    lost = isinstance(letter, Letter) and claimed.message.id not in held
    return NotSent(DeliveryState.WITHDRAWN, "lease lost") if lost else letter


def finished(means: Means, claimed: Claimed, letter: Written) -> Written:
    if not isinstance(letter, Letter):
        return letter
    maybe_sent = any(one.maybe_sent for one in (claimed, *letter.carries))
    may_be_a_repeat = maybe_sent or claimed.message.kind is MessageKind.WELCOME
    card = marked_as_repeat(letter.card) if may_be_a_repeat and letter.replaces is None else letter.card
    return replace(letter, card=stamp(card, means.new_id()))


def write(means: Means, message: Message, public_url: str) -> Letter | NotSent | NotNow:
    if message.replaces_card and means.store.outbox.is_followed(message):
        # the next one shows the newest state, so one change of the card is enough
        return NotSent(DeliveryState.WITHDRAWN, "newer to come")
    who = means.store.people.person(message.recipient) if message.recipient else None
    if message.kind is MessageKind.PROGRESS:
        return write_progress(means, message)
    if message.kind is MessageKind.WELCOME:
        return write_welcome(means, message, who)
    if who is None:
        return NotSent(DeliveryState.WITHDRAWN, "not in the directory")
    if message.kind in BY_MAIL_ALONE:
        return NotSent(DeliveryState.WITHDRAWN, "no mail server")
    if is_past(means, message) or is_replaced(means, message):
        return NotSent(DeliveryState.WITHDRAWN, "has ended")
    until = held_until(means, who, message)
    if until > means.now:
        return NotNow(until)
    to = where_to(means, message, who)
    if to is None:
        return NO_INSTALLATION
    if message.kind in (MessageKind.MORNING, MessageKind.RETURNED):
        return write_list(means, message, who, to)
    about = about_of(message)
    replaces = replaced_by(means, message, to, about)
    if message.replaces_card and replaces is None:
        return NotSent(DeliveryState.WITHDRAWN, "no card to replace")
    try:
        return Letter(to, card_for(Turn(means, who, to.conversation, public_url), message, about), about, replaces)
    except Refusal as refusal:
        return NotSent(DeliveryState.WITHDRAWN, type(refusal).__name__)


def write_list(means: Means, message: Message, who: Person, to: Reference) -> Letter | NotSent:
    try:
        card, about = morning.card_for(Turn(means, who, to.conversation), message)
    except Refusal as refusal:
        return NotSent(DeliveryState.WITHDRAWN, type(refusal).__name__)
    return Letter(to, card, about, None)


def write_welcome(means: Means, message: Message, who: Person | None) -> Letter | NotSent:
    """As a rule it was said in its turn, and noted. Else nobody knows whether it was, and so it is said once more."""
    to = means.store.conversations.chat(message.conversation) if message.conversation else None
    if to is None:
        return NotSent(DeliveryState.NOT_INSTALLED, "no installation in the chat")
    about = f"welcome:{message.id}"
    if means.store.cards.live(to.conversation, about):
        return NotSent(DeliveryState.WITHDRAWN, "said in its turn")
    return Letter(to, first_words(means, who, PlaceKind(message.about["place"])), about, None)


def where_to(means: Means, message: Message, who: Person) -> Reference | None:
    if message.kind is MessageKind.REFRESH and message.conversation:
        return means.store.conversations.chat(message.conversation)
    return means.store.conversations.installed_for(who.id)


def replaced_by(means: Means, message: Message, to: Reference, about: str) -> str | None:
    if message.kind is MessageKind.REFRESH:
        return message.about["activity"]
    if not message.replaces_card:
        return None
    live = means.store.cards.live(to.conversation, about)
    return live.activity if live else None


def about_of(message: Message) -> str:
    match message.kind:
        case MessageKind.REFRESH:
            return message.about["card"]
        case MessageKind.NO_LINK:
            return f"link:{message.about['discussion']}"
        case MessageKind.TO_RING:
            return f"ring:{message.about['discussion']}"
        case MessageKind.CORE_MISSING:
            return f"core missing:{message.about['discussion']}"
        case MessageKind.TO_BRING:
            return f"bring:{message.about['discussion']}"
        case MessageKind.ASKED_AGAIN:
            return f"invitation:{message.about['invitation']}"
        case MessageKind.INVITATION | MessageKind.CANCELLED | MessageKind.FORMER if "invitation" in message.about:
            return f"invitation:{message.about['invitation']}"
        case MessageKind.RECORD_READY:
            return f"record:{message.about['discussion']}"
        case MessageKind.TAKE_OVER:
            return f"take over:{message.about['discussion']}:{message.about['part']}"
        case MessageKind.HANDED_OVER:
            return f"handed:{message.about['discussion']}:{message.about['change']}"
        case MessageKind.FULL_MEETING_DUE | MessageKind.FULL_MEETING_MISSED:
            return f"full meeting:{message.about['discussion']}"
        case MessageKind.NOT_BEGUN | MessageKind.NOT_HELD | MessageKind.DUTY:
            return f"{message.kind.value}:{message.about['discussion']}"
        case MessageKind.STILL_OPEN:
            return f"still open:{message.about['discussion']}"
        case MessageKind.CONSOLE:
            return f"console:{message.about['discussion']}"
        case MessageKind.AUDIT:
            return "audit"
        case MessageKind.OWN_ACTIONS:
            return f"mine:{message.about['person']}"
        case MessageKind.MISSED:
            return f"missed:{message.about['person']}"
        case MessageKind.PREPARATION:
            return f"preparation:{message.about['action']}"
        case MessageKind.PLACE_ASKED:
            return f"place:{message.id}"
        case MessageKind.SLOTS_TO_LOOK_AT:
            return f"slots to look at:{message.about['desk']}"
        case MessageKind.SLOT_REMOVED:
            return f"slot removed:{message.about['slot']}:{message.about['discussion']}"
        case MessageKind.UNREACHED:
            return f"unreached:{message.about['message']}"
        case kind if kind in ACTION_KINDS:
            return f"action:{message.about['action']}"
        case _:
            return f"discussion:{message.about['discussion']}"


def card_for(turn: Turn, message: Message, about: str) -> Card:
    if message.kind in ACTION_KINDS:
        return actions.card_for(turn, ActionId(message.about["action"]), message.kind, message.about.get("promise"))
    if message.kind is MessageKind.FORMER:
        return former_card()
    if message.kind is MessageKind.AUDIT:
        return audit.card_for(turn, message)
    if message.kind is MessageKind.MISSED:
        return missed.card_for(turn)
    if message.kind is MessageKind.PLACE_ASKED:
        return place_asked_card(need_view(turn.means, message))
    if message.kind is MessageKind.UNREACHED:
        return unreached.card_for(turn, message)
    if message.kind is MessageKind.SLOTS_TO_LOOK_AT:
        return desk_slots.to_look_at_card(turn, message)
    if message.kind is MessageKind.SLOT_REMOVED:
        return desk_slots.removed_card(turn, message)
    if message.kind is MessageKind.ASKED_AGAIN:
        return invitations.asked_again(turn, InvitationId(message.about["invitation"]))
    if message.kind is MessageKind.OWN_ACTIONS:
        return show(turn, "mine")
    card = show(turn, about)
    return replace(card, summary=SUMMARIES[message.kind]) if message.kind in SUMMARIES else card


def write_progress(means: Means, message: Message) -> Letter | NotSent:
    """A meeting chat's card is nobody's: it holds nothing that access could forbid."""
    to = means.store.conversations.chat(message.conversation) if message.conversation else None
    if to is None:
        return NotSent(DeliveryState.NOT_INSTALLED, "no installation in the chat")
    about = f"progress:{message.about['discussion']}"
    live = means.store.cards.live(to.conversation, about)
    if message.replaces_card and live is None:
        return NotSent(DeliveryState.WITHDRAWN, "no card to replace")
    card = agenda.progress_card_of(means, DiscussionId(message.about["discussion"]))
    return Letter(to, card, about, live.activity if live else None)
