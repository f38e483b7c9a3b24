"""What somebody could not be told while Chairside was not in their chat, and still matters when it is back."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from discussions.access import is_asked
from discussions.actions.views import ActionView, action_view
from discussions.booking.discussion import Discussion
from discussions.booking.invitations import Invitation, InvitationAnswer
from discussions.booking.views import LISTED_FOR
from discussions.fallback import ASKING
from discussions.ids import ActionId, MessageId
from discussions.needs import Means
from discussions.people import Person
from discussions.post import DeliveryState, Message, MessageKind
from discussions.refusals import NotFound

SAID_AFTER = timedelta(seconds=5)
"""So that the welcome comes first."""
NOT_TOLD = frozenset(
    {
        DeliveryState.BLOCKED,
        DeliveryState.NOT_INSTALLED,
        DeliveryState.UNREACHABLE,
        DeliveryState.GAVE_UP,
        DeliveryState.MAYBE_SENT,
        DeliveryState.FALLBACK_USED,
    }
)
"""By mail they were told that there is something, and not what."""


@dataclass(frozen=True, slots=True)
class Missed:
    """Open actions that wait for this person, and invitations they have not answered; the soonest first."""

    actions: tuple[ActionView, ...]
    invitations: tuple[tuple[Invitation, Discussion], ...]

    def __bool__(self) -> bool:
        return bool(self.actions or self.invitations)


def keep_missed(means: Means, who: Person) -> None:
    """For the outbox; what it says is found when it is sent."""
    missed = missed_by(means, who)
    if not missed:
        return
    id = MessageId(means.new_id())
    urgent = any(view.is_urgent for view in missed.actions)
    about, due = {"person": who.id}, means.now + SAID_AFTER
    means.store.outbox.put(Message(id, MessageKind.MISSED, about, who.id, None, f"missed:{id}", due, urgent))


def missed_by(means: Means, who: Person) -> Missed:
    """Since they were last told what they had missed. Under their access now."""
    since = last_told(means, who)
    actions = sorted(missed_actions(means, who, since), key=how_soon)
    return Missed(tuple(actions), tuple(missed_invitations(means, who, since)))


def how_soon(view: ActionView) -> tuple[bool, datetime, str, int]:
    return not view.is_urgent, view.action.due_at, view.reference, view.action.number


def last_told(means: Means, who: Person) -> datetime | None:
    """Only a word that arrived counts."""
    told = means.store.told.about("person", who.id)
    said = (one.at for one in told if one.kind is MessageKind.MISSED and one.state is DeliveryState.SENT)
    return max((at for at in said if at is not None), default=None)


def missed_actions(means: Means, who: Person, since: datetime | None) -> Iterator[ActionView]:
    """What they chair too: there may be a request that waits for their decision."""
    kept = means.store.actions
    mine = {action.id for action in (*kept.of_person(who.id, who.desk), *kept.of_chair(who.id))}
    for id in mine:
        if was_missed(means, who, "action", id, ASKING, since):
            view = seen(means, who, id)
            if view is not None:
                yield view


def seen(means: Means, who: Person, id: ActionId) -> ActionView | None:
    try:
        return action_view(means, who, id)
    except NotFound:
        return None


def missed_invitations(means: Means, who: Person, since: datetime | None) -> Iterator[tuple[Invitation, Discussion]]:
    kept = means.store.discussions
    for discussion in kept.of_person(who.id, who.desk, means.now - LISTED_FOR):
        for one in kept.invitations(discussion.id) if discussion.is_open else ():
            is_unanswered = one.answer is InvitationAnswer.ASKED and is_asked(who, one)
            if is_unanswered and was_missed(means, who, "invitation", one.id, {MessageKind.INVITATION}, since):
                yield one, discussion


def was_missed(
    means: Means, who: Person, name: str, id: str, kinds: Collection[MessageKind], since: datetime | None
) -> bool:
    """Something about it did not come through to them, and nothing about it has since."""
    told = [one for one in means.store.told.about(name, id) if one.recipient == who.id and one.kind in kinds]
    arrived = max((one.at for one in told if one.at and one.state is DeliveryState.SENT), default=None)
    last = max((one.at for one in told if one.at and one.state in NOT_TOLD), default=None)
    return last is not None and all(moment is None or moment < last for moment in (since, arrived))
