"""What is held back when it would be sent: their hours have ended meanwhile, or they are on leave."""

from __future__ import annotations

from datetime import datetime, timedelta

from discussions.attention.hours import disturb_at, hours_for
from discussions.attention.standing_in import who_stands_in
from discussions.ids import ActionId
from discussions.meetings.awaiting import link_awaited_until
from discussions.needs import Means
from discussions.people import Person
from discussions.post import Message, MessageKind
from discussions.practice.follow_up import Audience

LOOKS_AGAIN_AFTER = timedelta(seconds=2)


def held_until(means: Means, person: Person, message: Message) -> datetime:
    """Now; or when their hours begin again, for what Chairside says of its own accord and could only send when they had
    ended. What follows from somebody's deed is not held back.
    """
    link_until = link_awaited_until(means, message)
    if link_until is not None:
        return min(link_until, means.now + LOOKS_AGAIN_AFTER)
    gone_until = away_until_for(means, person, message)
    if gone_until is not None:
        return disturb_at(means, person, gone_until)
    is_own = message.kind in (MessageKind.MORNING, MessageKind.RETURNED) or is_reminder(message)
    if message.urgent or not is_own or hours_for(means, person).is_open(means.now, means.calendar):
        return means.now
    return disturb_at(means, person, means.now, is_owner=not is_escalated(means, message))


def away_until_for(means: Means, person: Person, message: Message) -> datetime | None:
    """They have left since it was put in: their reminder waits for them, and the next goes to whoever stands in."""
    if message.urgent or not is_reminder(message):
        return None
    absences = means.store.attention.absences([person.id])
    until = next((one.over_at for one in absences if one.covers(means.now)), None)
    return until if until is not None and who_stands_in(means, person, means.now) else None


def is_reminder(message: Message) -> bool:
    return message.kind is MessageKind.NUDGE and bool({"promise", "snooze"} & set(message.about))


def is_escalated(means: Means, message: Message) -> bool:
    if "promise" not in message.about:
        return False
    promises = means.store.actions.promises(ActionId(message.about["action"]))
    found = next((one for one in promises if one.id == message.about["promise"]), None)
    return found is not None and found.audience != Audience.OWNER
