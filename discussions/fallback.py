"""When Teams does not lead to somebody: what is worth another way, and who is told that they were not reached."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from discussions.actions.action import Action, ActionState
from discussions.actions.audiences import owners
from discussions.actions.parties import action_for
from discussions.actions.promises import Promise
from discussions.booking.calendar_entry import is_cancelled_for
from discussions.booking.discussion import Discussion, DiscussionState
from discussions.chasing.sweep import has_passed
from discussions.ids import ActionId, DiscussionId, InvitationId, MessageId, PromiseId
from discussions.meetings.arranging import note_refused
from discussions.needs import Means
from discussions.people import DeskId, Person, PersonId
from discussions.post import Claimed, Message, MessageKind
from discussions.practice.follow_up import Anchor, Audience
from discussions.refusals import NotFound

CHASES = frozenset({MessageKind.ASKED_AGAIN, MessageKind.TO_RING, MessageKind.CORE_MISSING, MessageKind.TO_BRING})
NEWS = frozenset(
    {
        MessageKind.INVITATION,
        MessageKind.INVITATION_ANSWERED,
        MessageKind.BOOKED,
        MessageKind.CANCELLED,
        MessageKind.PLACE_ASKED,
        MessageKind.BOOKING_CHANGED,
        MessageKind.TAKE_OVER,
        MessageKind.HANDED_OVER,
        MessageKind.DUTY,
        MessageKind.NOT_BEGUN,
        MessageKind.NOT_HELD,
        MessageKind.FULL_MEETING_DUE,
        MessageKind.FULL_MEETING_MISSED,
        MessageKind.ACTION,
        MessageKind.NUDGE,
        MessageKind.PREPARATION,
        MessageKind.ACTION_CHANGED,
        MessageKind.CHAIR_ASKED,
        MessageKind.HAND_OVER,
        MessageKind.FEEDBACK,
        MessageKind.WAITED_FOR,
        MessageKind.STILL_OPEN,
        MessageKind.RECORD_READY,
        MessageKind.UNREACHED,
        MessageKind.AUDIT,
        MessageKind.SLOTS_TO_LOOK_AT,
        MessageKind.SLOT_REMOVED,
        *CHASES,
        MessageKind.NO_LINK,
    }
)
UNTOLD = frozenset({MessageKind.UNREACHED, MessageKind.AUDIT, MessageKind.SLOTS_TO_LOOK_AT})
"""Nobody is told that these did not arrive: it would never end."""
ASKING = frozenset(
    {MessageKind.ACTION, MessageKind.NUDGE, MessageKind.PREPARATION, MessageKind.CHAIR_ASKED, MessageKind.HAND_OVER}
)


OF_A_BOOKING = frozenset(
    {
        MessageKind.TAKE_OVER,
        MessageKind.DUTY,
        MessageKind.NOT_BEGUN,
        MessageKind.NOT_HELD,
        MessageKind.FULL_MEETING_DUE,
        MessageKind.FULL_MEETING_MISSED,
    }
)
"""They ask for something, until the booking is no longer so."""

BY_MAIL_ALONE = frozenset({MessageKind.PAGE_CODE, MessageKind.CALENDAR})

TO_A_DESK = frozenset({Audience.DESK.value, Audience.DUTY_DESK.value})


def is_news(message: Message) -> bool:
    """Says something new. A card that was only to be brought up to date needs no other way."""
    return message.kind in NEWS and not message.replaces_card


def is_past(means: Means, message: Message) -> bool:
    """Asking somebody to act on what has ended meanwhile would only confuse."""
    about = message.about
    if message.kind in CHASES:
        return has_passed(means, message)
    if message.kind in (MessageKind.INVITATION, MessageKind.CALENDAR) and not message.replaces_card:
        if "invitation" not in about:
            return is_over(discussion_of(means, message))
        invitation = means.store.discussions.invitation(InvitationId(about["invitation"]))
        discussion = means.store.discussions.discussion(invitation.discussion) if invitation else None
        if invitation is None or discussion is None:
            return True
        if is_cancelled_for(discussion, invitation):
            return message.kind is not MessageKind.CALENDAR
        return not discussion.is_open or is_about_former(discussion, message)
    if message.kind in OF_A_BOOKING:
        discussion = discussion_of(means, message)
        return discussion is None or is_settled(means, discussion, message)
    if message.kind not in ASKING and not (message.kind is MessageKind.UNREACHED and "action" in about):
        return False
    action = means.store.actions.action(ActionId(about["action"]))
    if action is None:
        return True
    if message.kind is MessageKind.NUDGE and is_about_end(means, action, about.get("promise")):
        return not action.unheard
    if message.kind is MessageKind.CHAIR_ASKED and action.state is ActionState.CANNOT:
        return False
    if message.kind is MessageKind.UNREACHED:
        return not action.state.is_open and not action.unheard
    return not action.state.is_open


def is_over(discussion: Discussion | None) -> bool:
    return discussion is None or not (discussion.is_open or discussion.state is DiscussionState.CANCELLED)


def is_about_former(discussion: Discussion, message: Message) -> bool:
    """It was written about a time, form or way to join that has been changed since; another message tells of those."""
    return message.about.get("moved", str(discussion.moved)) != str(discussion.moved)


def is_settled(means: Means, discussion: Discussion, message: Message) -> bool:
    """What was asked about a booking has been answered by what was done since."""
    match message.kind:
        case MessageKind.NOT_BEGUN | MessageKind.NOT_HELD:
            waits = discussion.state is DiscussionState.BOOKED and discussion.entered_at is None
            return not waits or is_about_former(discussion, message)
        case MessageKind.FULL_MEETING_DUE | MessageKind.FULL_MEETING_MISSED:
            is_booked = means.store.discussions.following(discussion.id) is not None
            return is_booked or discussion.state is DiscussionState.CANCELLED
        case MessageKind.TAKE_OVER:
            asked = (discussion.chair_asked, discussion.booker_asked)
            return not discussion.is_open or message.recipient not in asked
        case _:
            return not discussion.is_open


def is_about_end(means: Means, action: Action, promise: str | None) -> bool:
    """A nudge for somebody to say that they have heard what came of it."""
    ends = (Anchor.DONE, Anchor.CANNOT)
    return any(one.id == promise and one.anchor in ends for one in means.store.actions.promises(action.id))


def goes_by_mail(means: Means, claimed: Claimed, has_mail: bool) -> bool:
    return has_mail and not claimed.by_mail and is_for_mail(means, claimed.message)


def is_for_mail(means: Means, message: Message) -> bool:
    """Worth a mail, and to somebody who has an address and is still in the directory."""
    if not (is_news(message) or message.kind in BY_MAIL_ALONE):
        return False
    person = recipient_of(means, message)
    return person is not None and bool(person.mail) and means.store.people.is_listed(person.id)


def recipient_of(means: Means, message: Message) -> Person | None:
    return means.store.people.person(message.recipient) if message.recipient else None


def may_hear(means: Means, who: Person, message: Message) -> bool:
    """Whether they still have to do with it: a mail goes by the same access as a card, but shows nothing of it."""
    if "action" not in message.about or message.kind is MessageKind.UNREACHED:
        return not is_past(means, message)
    try:
        action_for(means, who, ActionId(message.about["action"]))
    except NotFound:
        return False
    return not is_past(means, message)


def tell_chair(means: Means, message: Message) -> None:
    """By name, once. Of a desk only when nobody there can be reached: any of them could have answered."""
    if message.kind is MessageKind.MEETING:
        note_refused(means, DiscussionId(message.about["discussion"]))
        return
    discussion = discussion_of(means, message)
    if discussion is None or not is_news(message) or message.kind in UNTOLD or is_past(means, message):
        return
    whom, key = who_was_meant(means, message)
    to = who_is_told(means, discussion, message.recipient)
    if whom is None or to is None:
        return
    about = {"discussion": discussion.id, "message": message.id, **whom}
    about |= {name: id for name, id in message.about.items() if name in ("action", "invitation")}
    id = MessageId(means.new_id())
    told = Message(id, MessageKind.UNREACHED, about, to, None, f"unreached:{key}", means.now, urgent=message.urgent)
    means.store.outbox.put(told)


def discussion_of(means: Means, message: Message) -> Discussion | None:
    id = message.about.get("discussion")
    return means.store.discussions.discussion(DiscussionId(id)) if id else None


def who_was_meant(means: Means, message: Message) -> tuple[Mapping[str, str] | None, str]:
    """The person, or the desk that was asked as such, and by what this is known; nobody if a desk was reached."""
    rota, desk = rota_of(means, message)
    if desk is None:
        return ({"person": message.recipient} if message.recipient else None), message.id
    if means.store.conversations.reachable(rota):
        return None, ""
    said = message.about.get("promise") or message.about.get("invitation") or message.about.get("action", "")
    if message.about.get("moved", "0") != "0":
        said += f":{message.about['moved']}"
    return {"desk": desk}, f"{desk}:{message.kind}:{said}"


def rota_of(means: Means, message: Message) -> tuple[list[PersonId], DeskId | None]:
    """Those of the desk that the message was meant for, if it was meant for a desk and not for a person."""
    desk = desk_meant(means, message)
    return ([person.id for person in means.store.people.at_desk(desk)], desk) if desk else ([], None)


def desk_meant(means: Means, message: Message) -> DeskId | None:
    asked = (MessageKind.INVITATION, MessageKind.ASKED_AGAIN, MessageKind.CANCELLED)
    if message.kind in asked and "invitation" in message.about:
        invitation = means.store.discussions.invitation(InvitationId(message.about["invitation"]))
        return invitation.desk if invitation else None
    action = means.store.actions.action(ActionId(message.about["action"])) if message.kind in ASKING else None
    if action is None:
        return None
    said = {promise.id: promise for promise in means.store.actions.promises(action.id)}
    promise = said.get(PromiseId(message.about.get("promise", "")))
    if action.owner is None and message.recipient in owners(means, action) and asks_any_owner(message, promise, action):
        return action.desk
    who = recipient_of(means, message)
    return who.desk if who and promise and promise.audience in TO_A_DESK else None


def asks_any_owner(message: Message, promise: Promise | None, action: Action) -> bool:
    """And not one person alone, who may be at the owning desk too: whom it is handed to, or the chair."""
    if promise is None:
        return message.kind not in (MessageKind.HAND_OVER, MessageKind.CHAIR_ASKED)
    is_offer = action.offered_until is not None and message.recipient != action.handed_to
    return promise.audience == Audience.OWNER or (promise.audience == Audience.ASKED and is_offer)


def who_is_told(means: Means, discussion: Discussion, unreached: PersonId | None) -> PersonId | None:
    """The chair; where the chair is the one not reached, whoever stands nearest and can be reached."""
    if discussion.chair != unreached:
        return discussion.chair
    return next(iter(reachable(means, stand_ins(means, discussion), unreached)), None)


def stand_ins(means: Means, discussion: Discussion) -> Iterable[PersonId | None]:
    chair = means.store.people.person(discussion.chair)
    return (*((chair.deputy, chair.manager) if chair else ()), discussion.booker, discussion.minute_taker)


def reachable(means: Means, people: Iterable[PersonId | None], unreached: PersonId | None) -> list[PersonId]:
    wanted = [person for person in dict.fromkeys(people) if person is not None and person != unreached]
    can_be = means.store.conversations.reachable(wanted)
    return [person for person in wanted if person in can_be]
