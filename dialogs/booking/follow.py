"""The booking of a full meeting begins with all that is known of the telephone discussion before it."""

from __future__ import annotations

from dialogs.booking.draft import write_child
from dialogs.engine import Answers
from discussions.access import Can, discussion_for, note_read
from discussions.booking.book import NewChild, require_booker
from discussions.booking.discussion import Form
from discussions.ids import DiscussionId
from discussions.needs import Means
from discussions.people import Person
from discussions.refusals import AlreadyMoved, WrongAnswer


def answers_after_call(means: Means, who: Person, id: DiscussionId) -> Answers:
    """For the chair and the booker. Raises AlreadyMoved where the full meeting is booked already."""
    require_booker(who)
    call = discussion_for(means, who, id, Can.CHANGE_BOOKING)
    if call.form is not Form.PHONE:
        raise WrongAnswer(f"{call.reference} is no telephone discussion, so no full meeting has to follow it.")
    if means.store.discussions.following(call.id) is not None:
        raise AlreadyMoved(f"The full meeting after {call.reference} is booked already.")
    note_read(means, who, call, "booking")
    children = means.store.discussions.children(call.id)
    return {
        "follows": call.id,
        "kind": call.kind.value,
        "restricted": call.restricted,
        "children": [write_child(NewChild(one.initials, one.born, one.expected)) for one in children],
        "schools": list(call.schools or ()),
        "harms": list(call.harms),
        "facts": list(call.context or ()),
        "urgency": call.urgency_asked or call.urgency,
        "kept_lower": call.urgency_reason,
        "decided_at": call.starts_at.isoformat(),
        "protection_since": call.protection_since.isoformat() if call.protection_since else None,
        "form": Form.VIDEO.value,
        "chair": call.chair,
        "minute_taker": call.minute_taker,
    }
