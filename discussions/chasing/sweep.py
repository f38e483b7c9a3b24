"""Says the chases that are due, as far as there still is something to say: the use-case of the tick."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from discussions.actions.promises import PromiseState
from discussions.booking.book import people_told
from discussions.booking.discussion import Discussion
from discussions.booking.invitations import Invitation
from discussions.chasing.chase import Chase
from discussions.chasing.standing import coming, is_ahead, missing_core, unanswered
from discussions.ids import DiscussionId, MessageId
from discussions.needs import Means
from discussions.people import PersonId
from discussions.post import Message, MessageKind
from discussions.practice.chasing import ChaseTo
from discussions.trail import Deed, Entry

KINDS = {
    ChaseTo.INVITEE: MessageKind.ASKED_AGAIN,
    ChaseTo.BOOKER: MessageKind.TO_RING,
    ChaseTo.CHAIR: MessageKind.CORE_MISSING,
    ChaseTo.TABLE: MessageKind.TO_BRING,
}


def say_chases(means: Means, limit: int) -> int:
    """How many were looked at, of at most `limit`; one transaction."""
    # one replica at a time, or it would be said twice
    means.store.turns.take("chases")
    due = means.store.chases.due(means.now, limit)
    for id in dict.fromkeys(chase.discussion for chase in due):
        discussion = means.store.discussions.discussion(id)
        chases = [chase for chase in due if chase.discussion == id]
        if discussion is None or not is_ahead(discussion, means.now):
            end(means, chases, PromiseState.VOID)
        else:
            say_of(means, discussion, chases)
    return len(due)


def say_of(means: Means, discussion: Discussion, chases: Sequence[Chase]) -> None:
    former = [chase for chase in chases if chase.starts_at != discussion.starts_at]
    end(means, former, PromiseState.VOID)
    open_ones = {one.id: one for one in unanswered(means, discussion)}
    to_ring = [one for one in chases if one.to == ChaseTo.BOOKER and one not in former]
    for chase in chases:
        if chase in former or chase in to_ring:
            continue
        asked = open_ones.get(chase.invitation) if chase.invitation else None
        say(means, discussion, chase, meant(means, discussion, ChaseTo(chase.to), asked))
    say_whom_to_ring(means, discussion, to_ring, [one for one in to_ring if one.invitation in open_ones])


def say_whom_to_ring(means: Means, discussion: Discussion, due: Sequence[Chase], open_ones: Sequence[Chase]) -> None:
    """One card for all of one discussion: the first stands for the others."""
    for first in open_ones[:1]:
        say(means, discussion, first, [stand_in_for_booker(means, discussion)])
    end(means, [one for one in due if one not in open_ones[:1]], PromiseState.VOID)


def stand_in_for_booker(means: Means, discussion: Discussion) -> PersonId:
    """On leave they ring nobody: then it is the chair's."""
    absences = means.store.attention.absences([discussion.booker])
    is_away = any(one.covers(means.now) for one in absences)
    return discussion.chair if is_away else discussion.booker


def meant(means: Means, discussion: Discussion, to: ChaseTo, asked: Invitation | None) -> list[PersonId]:
    match to:
        case ChaseTo.INVITEE:
            return people_of(means, asked, discussion) if asked else []
        case ChaseTo.CHAIR:
            return [discussion.chair] if missing_core(means, discussion) else []
        case ChaseTo.TABLE:
            return at_the_table(means, discussion)
        case ChaseTo.BOOKER:
            return [stand_in_for_booker(means, discussion)]


def people_of(means: Means, invitation: Invitation, discussion: Discussion) -> list[PersonId]:
    """Everybody on the rota and its mailbox, but nobody who booked it: they know."""
    people = [person.id for person in people_told(means, invitation)]
    return [id for id in dict.fromkeys(people) if id != discussion.booker]


def at_the_table(means: Means, discussion: Discussion) -> list[PersonId]:
    """Chair, minute-taker, and all of those who are coming."""
    asked = [id for one in coming(means, discussion) for id in people_of(means, one, discussion)]
    own = [id for id in (discussion.chair, discussion.minute_taker) if id is not None]
    return list(dict.fromkeys((*own, *asked)))


def say(means: Means, discussion: Discussion, chase: Chase, people: Sequence[PersonId]) -> None:
    end(means, [chase], PromiseState.SAID if people else PromiseState.VOID)
    about = {"discussion": discussion.id, "chase": chase.id}
    if chase.invitation is not None and chase.to == ChaseTo.INVITEE:
        about["invitation"] = chase.invitation
    for person in people:
        id, kind, key = MessageId(means.new_id()), KINDS[ChaseTo(chase.to)], f"chase:{chase.id}:{person}"
        means.store.outbox.put(Message(id, kind, about, person, None, key, means.now, urgent=chase.urgent))
    if people:
        entry = Entry(Deed.NUDGED, means.now, None, discussion.id, chase.id, discussion.version, chase.step)
        means.store.trail.write(entry)


def end(means: Means, chases: Iterable[Chase], state: PromiseState) -> None:
    for chase in chases:
        said_at = means.now if state is PromiseState.SAID else None
        means.store.chases.save(replace(chase, state=state, said_at=said_at))


def has_passed(means: Means, message: Message) -> bool:
    """Whether what it would say is not so any more: answered meanwhile, moved, begun, over."""
    kept = next((one for one in of_message(means, message) if one.id == message.about.get("chase")), None)
    discussion = means.store.discussions.discussion(kept.discussion) if kept else None
    if kept is None or discussion is None:
        return True
    if not is_ahead(discussion, means.now) or kept.starts_at != discussion.starts_at:
        return True
    match ChaseTo(kept.to):
        case ChaseTo.INVITEE:
            return all(one.id != kept.invitation for one in unanswered(means, discussion))
        case ChaseTo.BOOKER:
            return not unanswered(means, discussion)
        case ChaseTo.CHAIR:
            return not missing_core(means, discussion)
        case ChaseTo.TABLE:
            return message.recipient not in at_the_table(means, discussion)


def of_message(means: Means, message: Message) -> Sequence[Chase]:
    discussion = message.about.get("discussion")
    return means.store.chases.of_discussion(DiscussionId(discussion)) if discussion else ()
