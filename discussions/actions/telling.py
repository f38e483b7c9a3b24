"""What others must hear of an action: rows for the outbox, each said once, in the transaction of the change itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from discussions.actions.action import Action
from discussions.actions.parties import concerned
from discussions.booking.discussion import Discussion
from discussions.ids import MessageId
from discussions.needs import Means
from discussions.people import PersonId
from discussions.post import Message, MessageKind
from discussions.practice.types import Practice


def is_urgent(practice: Practice, kind: str) -> bool:
    """Immediate safety: quiet hours do not hold it back."""
    return any(policy.kind == kind and policy.overrides_quiet_hours for policy in practice.nudge_policies)


def tell(
    means: Means, action: Action, kind: MessageKind, people: Iterable[PersonId | None], *, replaces: bool = False
) -> None:
    """One message a person and version: the first one said wins, so say what matters most first."""
    about = {"action": action.id, "discussion": action.discussion}
    urgent = is_urgent(means.practice, action.kind)
    for person in people:
        if person is not None:
            key = f"action:{action.id}:v{action.version}:{person}"
            id = MessageId(means.new_id())
            means.store.outbox.put(Message(id, kind, about, person, None, key, means.now, urgent, replaces))


def others(people: Iterable[PersonId | None], presser: PersonId) -> tuple[PersonId, ...]:
    """The presser sees the new card already."""
    return tuple(person for person in people if person is not None and person != presser)


def refresh_cards(means: Means, before: Action, after: Action, discussion: Discussion) -> None:
    """Every card that somebody holds about it, on all their devices, is to show the new state; nothing new is said."""
    showing = {card.conversation for card in means.store.cards.holders(f"action:{after.id}")}
    if showing:
        people = concerned(means, discussion, after, before)
        holders = [person for person in people if is_shown_to(means, person, showing)]
        tell(means, after, MessageKind.ACTION_CHANGED, holders, replaces=True)


def is_shown_to(means: Means, person: PersonId, showing: Collection[str]) -> bool:
    chat = means.store.conversations.installed_for(person)
    return chat is not None and chat.conversation in showing
