"""Answering an invitation: coming, not coming, or sending somebody else; by oneself or as told by telephone."""

from __future__ import annotations

from dataclasses import replace

from discussions.access import Can, access_to, is_asked
from discussions.booking.book import say
from discussions.booking.discussion import Discussion
from discussions.booking.invitations import Invitation, InvitationAnswer
from discussions.ids import InvitationId
from discussions.needs import Means
from discussions.people import Person
from discussions.post import MessageKind
from discussions.refusals import AlreadyMoved, Missing, NotFound, TooLong
from discussions.trail import Deed, Entry

MOST_WORDS = 1_000


def answer_invitation(
    means: Means, who: Person, id: InvitationId, answer: InvitationAnswer, words: str | None, seen: int
) -> Invitation:
    """`words`: how the agency's information will reach the meeting, or who comes instead; needed unless coming.

    The invitee answers for themselves; whoever may record answers does it on their behalf, and it is marked so.
    """
    invitation, discussion, on_behalf = find_for_answer(means, who, id)
    if not discussion.is_open:
        raise AlreadyMoved(f"{discussion.reference} is no longer open for answers.")
    if (invitation.answer, invitation.words) == (answer, words):
        return invitation
    if invitation.version != seen:
        raise AlreadyMoved("This invitation has been answered or changed since.")
    words = check_words(answer, words)
    changed = replace(
        invitation, answer=answer, words=words, answered_at=means.now, answered_by=who.id, on_behalf=on_behalf
    )
    saved = means.store.discussions.save_invitation(changed)
    means.store.trail.write(Entry(Deed.ANSWERED, means.now, who.id, discussion.id, saved.id, saved.version, answer))
    tell_of_answer(means, who, discussion, saved)
    return saved


def find_for_answer(means: Means, who: Person, id: InvitationId) -> tuple[Invitation, Discussion, bool]:
    invitation = means.store.discussions.invitation(id)
    discussion = means.store.discussions.discussion(invitation.discussion) if invitation else None
    if invitation is None or discussion is None:
        raise NotFound("invitation")
    if is_asked(who, invitation):
        return invitation, discussion, False
    if access_to(who, discussion, [invitation]).can(Can.RECORD_ANSWERS):
        return invitation, discussion, True
    raise NotFound("invitation")


def check_words(answer: InvitationAnswer, words: str | None) -> str | None:
    words = (words or "").strip() or None
    if words and len(words) > MOST_WORDS:
        raise TooLong("this", MOST_WORDS, "words")
    if answer is InvitationAnswer.DEPUTY and words is None:
        raise Missing("the name and role of the person you send", "words")
    if answer is InvitationAnswer.NOT_COMING and words is None:
        raise Missing("how your agency's information will reach the meeting", "words")
    return words


def tell_of_answer(means: Means, who: Person, discussion: Discussion, invitation: Invitation) -> None:
    """The booker and the chair see each answer on their card; that somebody can't come is said anew.

    A desk's other people see that one of them has answered.
    """
    about = {"discussion": discussion.id, "invitation": invitation.id}
    key = f"answered:{invitation.id}:{invitation.version}"
    is_bad_news = invitation.answer is InvitationAnswer.NOT_COMING
    for person in dict.fromkeys((discussion.booker, discussion.chair)):
        if person != who.id:
            say(means, MessageKind.INVITATION_ANSWERED, about, person, key, replaces=not is_bad_news)
    colleagues = means.store.people.at_desk(invitation.desk) if invitation.desk else []
    for colleague in colleagues:
        if colleague.id not in (who.id, discussion.booker, discussion.chair):
            say(means, MessageKind.INVITATION, about, colleague.id, f"{key}:desk", replaces=True)
