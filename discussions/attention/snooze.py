"""A reminder put off by whoever gets it: their own alone, within the policy, and never where a child is in danger."""

from __future__ import annotations

from datetime import datetime

from discussions.actions.parties import Tie, action_for
from discussions.actions.refusals import ActionEnded, NotTheTime, NotYoursToDecide
from discussions.actions.telling import is_urgent
from discussions.attention.absence import latest
from discussions.attention.hours import disturb_at
from discussions.attention.kept import Snooze
from discussions.ids import ActionId, MessageId
from discussions.london import say_moment, say_short
from discussions.needs import Means
from discussions.people import Person
from discussions.post import Message, MessageKind
from discussions.refusals import Missing
from discussions.trail import Deed, Entry

EXAMPLE = "snooze 3 until tomorrow 9am"


def snooze(means: Means, who: Person, id: ActionId, until: datetime | None) -> Snooze:
    """Until then their reminders wait; then one comes for sure. What is escalated to others goes on. Raises
    NotYoursToDecide, ActionEnded, NotTheTime.
    """
    action, discussion, held = action_for(means, who, id)
    if Tie.OWNER not in held:
        raise NotYoursToDecide("put off its reminders", "its owner")
    if not action.state.is_open:
        raise ActionEnded(action.state)
    if is_urgent(means.practice, action.kind):
        raise NotTheTime("A child's immediate safety depends on this, so its reminders can't be put off.")
    if until is None:
        raise Missing("when to remind you", "remind_until")
    at = disturb_at(means, who, checked(means, until, action.due_at))
    kept = Snooze(MessageId(means.new_id()), action.id, who.id, at)
    means.store.attention.put_snooze(kept)
    about = {"action": action.id, "discussion": discussion.id, "snooze": kept.id}
    key = f"snooze:{kept.id}"
    means.store.outbox.put(Message(kept.id, MessageKind.NUDGE, about, who.id, None, key, at))
    means.store.trail.write(Entry(Deed.SNOOZED, means.now, who.id, discussion.id, action.id, action.version))
    return kept


def checked(means: Means, until: datetime, due: datetime) -> datetime:
    reminders = means.practice.reminders
    if until <= means.now:
        raise NotTheTime(f"{say_moment(until)} is over already. For example: {EXAMPLE}")
    if due <= means.now:
        furthest = latest(means, reminders.snooze_overdue_at_most) if reminders.snooze_overdue_at_most else None
        if furthest is None:
            raise NotTheTime("It is overdue, so its reminders can't be put off. If you need more time, ask the chair.")
        if until > furthest:
            raise NotTheTime(f"It is overdue, so a reminder can be put off until {say_short(furthest)} at most.")
        return until
    if until > due:
        raise NotTheTime(f"It is due {say_short(due)}: choose a moment before that, or ask for more time.")
    furthest = latest(means, reminders.snooze_at_most)
    if until > furthest:
        raise NotTheTime(f"A reminder can be put off until {say_short(furthest)} at most.")
    return until


def is_replaced(means: Means, message: Message) -> bool:
    """It was put off once more, so this reminder is not the one asked for."""
    id = message.about.get("snooze")
    if id is None or message.recipient is None:
        return False
    kept = means.store.attention.snoozed([(ActionId(message.about["action"]), message.recipient)])
    return all(one.id != id for one in kept)
