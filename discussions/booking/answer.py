"""Answering an invitation: coming, not coming, a deputy, information only, no record; also as told by telephone."""

from __future__ import annotations

from dataclasses import dataclass, replace

from discussions.access import Can, access_to, is_asked
from discussions.booking.book import say
from discussions.booking.calendars import put_into_own_calendar
from discussions.booking.deputies import invite_deputy, read_deputy, withdraw_deputy
from discussions.booking.discussion import Discussion
from discussions.booking.invitations import Invitation, InvitationAnswer
from discussions.booking.reports import NewReport, add_report, is_late, read_report
from discussions.ids import InvitationId
from discussions.mailboxes import desk_of_mailbox
from discussions.needs import Means
from discussions.people import Person, PersonId
from discussions.post import MessageKind
from discussions.refusals import AlreadyMoved, Missing, NotFound, TooLong
from discussions.trail import Deed, Entry

MOST_WORDS = 1_000


@dataclass(frozen=True, slots=True)
class Reply:
    """`words`: how the agency's information will reach the meeting, or who comes instead. `deputy`: somebody of the
    directory who does; `may_decide`: it is said that whoever comes decides for the agency. `report` belongs to
    information only, and may follow later.
    """

    answer: InvitationAnswer
    words: str | None = None
    deputy: PersonId | None = None
    may_decide: bool = False
    report: NewReport | None = None


def answer_invitation(
    means: Means, who: Person, id: InvitationId, reply: Reply, seen: int, said: Person | None = None
) -> Invitation:
    """The invitee answers for themselves; whoever may record answers does it on their behalf, and it is marked so.

    `said` is who answers at a mailbox that several people read, on behalf of the desk or person it belongs to.
    """
    invitation, discussion, on_behalf = find_for_answer(means, who, id)
    if not discussion.is_open:
        raise AlreadyMoved(f"{discussion.reference} is no longer open for answers.")
    reply = read_reply(means, who, discussion, invitation, reply)
    speaker = said or who
    if speaker.id != who.id and desk_of_mailbox(who.id) is None:
        on_behalf = True
    if is_new(invitation, reply):
        if invitation.version != seen:
            raise AlreadyMoved(has_changed(means, invitation))
        invitation = keep_reply(means, speaker, discussion, invitation, reply, on_behalf)
    is_late_report = False
    if reply.report is not None:
        add_report(means, speaker, invitation, reply.report, on_behalf)
        is_late_report = is_late(means, discussion, means.now)
    tell_of_answer(means, speaker, discussion, invitation, is_late_report)
    return invitation


def is_new(invitation: Invitation, reply: Reply) -> bool:
    kept = (invitation.answer, invitation.words, invitation.deputy, invitation.may_decide)
    return kept != (reply.answer, reply.words, reply.deputy, reply.may_decide)


def has_changed(means: Means, invitation: Invitation) -> str:
    by = means.store.people.person(invitation.answered_by) if invitation.answered_by else None
    return f"This invitation has been answered or changed since{f', by {by.name}' if by else ''}."


def keep_reply(
    means: Means, who: Person, discussion: Discussion, invitation: Invitation, reply: Reply, on_behalf: bool
) -> Invitation:
    if invitation.deputy is not None and invitation.deputy != reply.deputy:
        withdraw_deputy(means, invitation)
    changed = replace(
        invitation,
        answer=reply.answer,
        words=reply.words,
        deputy=reply.deputy,
        may_decide=reply.may_decide,
        answered_at=means.now,
        answered_by=who.id,
        on_behalf=on_behalf,
    )
    saved = means.store.discussions.save_invitation(changed)
    if reply.deputy is not None and reply.deputy != invitation.deputy:
        invite_deputy(means, who, discussion, saved, reply.deputy)
    entry = Entry(Deed.ANSWERED, means.now, who.id, discussion.id, saved.id, saved.version, reply.answer)
    means.store.trail.write(entry)
    put_into_own_calendar(means, who, saved)
    return saved


def find_for_answer(means: Means, who: Person, id: InvitationId) -> tuple[Invitation, Discussion, bool]:
    invitation = means.store.discussions.invitation(id)
    discussion = means.store.discussions.discussion(invitation.discussion) if invitation else None
    if invitation is None or discussion is None or invitation.withdrawn_at is not None:
        raise NotFound("invitation")
    if is_asked(who, invitation):
        return invitation, discussion, False
    if access_to(who, discussion, [invitation]).can(Can.RECORD_ANSWERS):
        return invitation, discussion, True
    raise NotFound("invitation")


def read_reply(means: Means, who: Person, discussion: Discussion, invitation: Invitation, reply: Reply) -> Reply:
    """As it is kept: what does not belong to the answer is left out. Raises Missing, TooLong, WrongAnswer."""
    match reply.answer:
        case InvitationAnswer.DEPUTY:
            person = read_deputy(means, who, discussion, invitation, reply.deputy)
            named = f"{person.name}, {person.role_name}" if person else None
            words = named or check_words(reply.words, "the name and role of the person you send")
            return Reply(reply.answer, words, person.id if person else None, reply.may_decide)
        case InvitationAnswer.NOT_COMING:
            return Reply(reply.answer, check_words(reply.words, "how your agency's information will reach the meeting"))
        case InvitationAnswer.INFORMATION:
            return Reply(reply.answer, report=read_report(means, reply.report))
        case _:
            return Reply(reply.answer, check_words(reply.words))


def check_words(words: str | None, needed: str | None = None) -> str | None:
    words = (words or "").strip() or None
    if words and len(words) > MOST_WORDS:
        raise TooLong("this", MOST_WORDS, "words")
    if needed is not None and words is None:
        raise Missing(needed, "words")
    return words


def tell_of_answer(
    means: Means, who: Person, discussion: Discussion, invitation: Invitation, is_late_report: bool = False
) -> None:
    """The booker and the chair see each answer on their card; that somebody can't come, or that a report came so late
    that it may not be read in time, is said anew. A desk's other people see that one of them has answered.
    """
    about = {"discussion": discussion.id, "invitation": invitation.id}
    key = f"answered:{invitation.id}:{invitation.version}{f':{means.new_id()}' if is_late_report else ''}"
    is_bad_news = invitation.answer is InvitationAnswer.NOT_COMING or is_late_report
    for person in dict.fromkeys((discussion.booker, discussion.chair)):
        if person != who.id:
            say(means, MessageKind.INVITATION_ANSWERED, about, person, key, replaces=not is_bad_news)
    colleagues = means.store.people.at_desk(invitation.desk) if invitation.desk else []
    for colleague in colleagues:
        if colleague.id not in (who.id, discussion.booker, discussion.chair):
            say(means, MessageKind.INVITATION, about, colleague.id, f"{key}:desk", replaces=True)
