"""Who may see and do what, per discussion: the one place that answers it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from discussions.actions.action import Action
from discussions.booking.discussion import Discussion
from discussions.booking.invitations import Invitation
from discussions.ids import DiscussionId
from discussions.needs import Means
from discussions.people import Person, Right
from discussions.refusals import NotAllowed, NotFound, NotYourPart
from discussions.trail import Deed, Entry


class Part(StrEnum):
    """What somebody is in one discussion. One person can be several."""

    CHAIR = "chair"
    MINUTE_TAKER = "minute-taker"
    BOOKER = "booker"
    INVITED = "invited"
    OVERSEER = "overseer"
    ASKED_TO_TAKE_OVER = "one asked to take it over"
    DUTY_DESK = "duty desk"


class Can(StrEnum):
    """Each value is what a refusal says, before the reference."""

    SEE_BOOKING = "see the booking of"
    """Reference, time, agencies asked and their answers: nothing about the child."""
    SEE_CONTENT = "open the agenda of"
    """The children and all that is captured."""
    CAPTURE = "write in"
    START = "start"
    RECORD_ANSWERS = "record answers of others to"
    CHANGE_BOOKING = "change the booking of"
    CANCEL = "cancel"
    HAND_OVER_CHAIR = "hand over the chair of"
    CLOSE = "close"
    APPROVE = "approve the record of"
    FETCH_RECORD = "fetch the record of"


GRANTS: dict[Part, frozenset[Can]] = {
    Part.CHAIR: frozenset(Can),
    Part.MINUTE_TAKER: frozenset({Can.SEE_BOOKING, Can.SEE_CONTENT, Can.CAPTURE, Can.RECORD_ANSWERS, Can.FETCH_RECORD}),
    Part.BOOKER: frozenset({Can.SEE_BOOKING, Can.RECORD_ANSWERS, Can.CHANGE_BOOKING}),
    Part.INVITED: frozenset({Can.SEE_BOOKING}),
    Part.OVERSEER: frozenset({Can.SEE_BOOKING}),
    Part.ASKED_TO_TAKE_OVER: frozenset({Can.SEE_BOOKING}),
    Part.DUTY_DESK: frozenset({Can.SEE_BOOKING}),
}


@dataclass(frozen=True, slots=True)
class Access:
    parts: frozenset[Part]

    def can(self, can: Can) -> bool:
        return any(can in GRANTS[part] for part in self.parts)


def is_asked(who: Person, invitation: Invitation) -> bool:
    return invitation.withdrawn_at is None and is_addressed(who, invitation)


def is_addressed(who: Person, invitation: Invitation) -> bool:
    """Whether it is theirs, also when it was withdrawn since."""
    return invitation.person == who.id or (invitation.desk is not None and invitation.desk == who.desk)


def access_to(who: Person, discussion: Discussion, invitations: Collection[Invitation]) -> Access:
    parts = set()
    if discussion.chair == who.id:
        parts.add(Part.CHAIR)
    if discussion.minute_taker == who.id:
        parts.add(Part.MINUTE_TAKER)
    if discussion.booker == who.id:
        parts.add(Part.BOOKER)
    if any(is_asked(who, invitation) for invitation in invitations):
        parts.add(Part.INVITED)
    if who.may(Right.OVERSEE) and not discussion.restricted:
        parts.add(Part.OVERSEER)
    if who.id in (discussion.chair_asked, discussion.booker_asked):
        parts.add(Part.ASKED_TO_TAKE_OVER)
    if discussion.duty_desk is not None and discussion.duty_desk == who.desk:
        parts.add(Part.DUTY_DESK)
    return Access(frozenset(parts))


def discussion_for(means: Means, who: Person, id: DiscussionId, can: Can) -> Discussion:
    """The discussion, if this person may do this with it; else as `granted` refuses."""
    discussion = means.store.discussions.discussion(id)
    return granted(means, who, discussion, can)


def discussion_called(means: Means, who: Person, reference: str, can: Can) -> Discussion:
    return granted(means, who, means.store.discussions.by_reference(reference.strip().upper()), can)


def granted(means: Means, who: Person, discussion: Discussion | None, can: Can) -> Discussion:
    """NotFound, whether it is there or not. Whoever may see it anyway is told who may do this instead."""
    if discussion is None:
        raise NotFound
    access = access_to(who, discussion, means.store.discussions.invitations(discussion.id))
    if access.can(can):
        return discussion
    raise NotYourPart(f"{can} {discussion.reference}", who_may(can)) if access.can(Can.SEE_BOOKING) else NotFound


def who_may(can: Can) -> str:
    """ "the chair and the minute-taker"."""
    *most, last = (f"the {part}" for part in Part if can in GRANTS[part])
    return f"{', '.join(most)} and {last}" if most else last


def note_read(means: Means, who: Person, discussion: Discussion, what: str) -> None:
    """Reads of personal data go into the trail, as writes do."""
    means.store.trail.write(Entry(Deed.READ, means.now, who.id, discussion.id, what, discussion.version))


def require(who: Person, right: Right, what: str, who_may: str) -> None:
    if not who.may(right):
        raise NotAllowed(what, who_may)


def is_owner(who: Person, action: Action) -> bool:
    """The named owner, or anybody of the desk that owns it."""
    return action.owner == who.id or (action.owner is None and action.desk is not None and action.desk == who.desk)
