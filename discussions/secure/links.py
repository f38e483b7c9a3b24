"""Secure links: made when a mail is written, for one person or mailbox and one matter; and whether they still hold."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256

from discussions.access import is_asked
from discussions.actions.action import Action
from discussions.actions.parties import Tie, action_for
from discussions.actions.refusals import NotYoursToDecide
from discussions.ids import ActionId, DiscussionId, InvitationId, SecureLinkId
from discussions.mailboxes import desk_of_mailbox
from discussions.needs import Means
from discussions.needs.secure import Ended, Purpose, SecureLink
from discussions.people import Person, PersonId
from discussions.post import Message, MessageKind
from discussions.refusals import NotFound
from discussions.trail import Deed, Entry

PURPOSES = {
    MessageKind.ACTION: Purpose.ANSWER,
    MessageKind.NUDGE: Purpose.ANSWER,
    MessageKind.PREPARATION: Purpose.ANSWER,
    MessageKind.CHAIR_ASKED: Purpose.ANSWER,
    MessageKind.HAND_OVER: Purpose.TAKE_OVER,
    MessageKind.WAITED_FOR: Purpose.ANSWER,
    MessageKind.FEEDBACK: Purpose.HEAR,
    MessageKind.ACTION_CHANGED: Purpose.HEAR,
}
"""The messages that carry a link when they go by mail."""
A_DAY = timedelta(days=1)
MAY_ANSWER = frozenset({Tie.OWNER, Tie.CHAIR, Tie.MINUTE_TAKER, Tie.FEEDBACK, Tie.TOLD})
MAY_TAKE_OVER = frozenset({Tie.ASKED_TO_TAKE_OVER, Tie.OWNER, Tie.CHAIR})


def digest_of(secret: str) -> str:
    return sha256(secret.encode("utf-8", "replace")).hexdigest()


def give_secure_link(means: Means, message: Message, to: Person, secret: str) -> SecureLink | None:
    """For the mail that says this message; None if it is about nothing that the page can show."""
    if message.kind in (MessageKind.INVITATION, MessageKind.ASKED_AGAIN):
        return give_invitation_link(means, message, to, secret)
    purpose = PURPOSES.get(message.kind)
    action = means.store.actions.action(ActionId(message.about.get("action", ""))) if purpose else None
    if purpose is None or action is None:
        return None
    return keep_link(means, message, to, secret, (purpose_now(purpose, action), action.id, action.discussion))


def give_invitation_link(means: Means, message: Message, to: Person, secret: str) -> SecureLink | None:
    """It works until the day after the meeting, however far off that is."""
    invitation = means.store.discussions.invitation(InvitationId(message.about["invitation"]))
    discussion = means.store.discussions.discussion(invitation.discussion) if invitation else None
    if invitation is None or discussion is None or not is_asked(to, invitation):
        return None
    after_it = discussion.starts_at + A_DAY
    return keep_link(means, message, to, secret, (Purpose.INVITED, invitation.id, discussion.id), after_it)


def keep_link(
    means: Means,
    message: Message,
    to: Person,
    secret: str,
    matter: tuple[Purpose, str, DiscussionId],
    at_least_until: datetime | None = None,
) -> SecureLink:
    """`matter`: what it is for, the id of what it is about, and the discussion."""
    purpose, subject, discussion = matter
    ends = means.now + timedelta(days=means.practice.secure_page.link_days)
    link = SecureLink(
        id=SecureLinkId(means.new_id()),
        digest=digest_of(secret),
        purpose=purpose,
        subject=subject,
        discussion=discussion,
        addressee=to.id,
        message=message.id,
        made_at=means.now,
        expires_at=max(ends, at_least_until) if at_least_until else ends,
    )
    means.store.secure_links.add(link)
    note(means, Deed.SECURE_LINK, link, why=link.id)
    return link


def purpose_now(purpose: Purpose, action: Action) -> Purpose:
    """What has ended is heard of, whatever the message; and what is open again can be answered."""
    if not action.state.is_open:
        return Purpose.HEAR
    return Purpose.ANSWER if purpose is Purpose.HEAR else purpose


def note(means: Means, deed: Deed, link: SecureLink, who: Person | None = None, why: str | None = None) -> None:
    """`what` is the matter, so that its history finds the line; `why` the link, or the code of what was done."""
    id = who.id if who else None
    means.store.trail.write(Entry(deed, means.now, id, link.discussion, link.subject, why=why or link.id))


def addressee_of(means: Means, link: SecureLink) -> Person | None:
    """Whom the link speaks for, as long as the directory has them."""
    if not means.store.people.is_listed(link.addressee):
        return None
    return means.store.people.person(link.addressee)


def live_link(means: Means, secret: str) -> tuple[SecureLink, Person] | None:
    """The link and whom it speaks for, if it still works: looked at again each time, whatever is marked on it."""
    link = means.store.secure_links.find(digest_of(secret))
    who = addressee_of(means, link) if link and link.is_live(means.now) else None
    if link is None or who is None or not who.mail or why_over(means, link, who) is not None:
        return None
    return link, who


def why_over(means: Means, link: SecureLink, who: Person) -> Ended | None:
    """What has happened to its matter that ends a link, or nothing."""
    if link.purpose is Purpose.INVITED:
        invitation = means.store.discussions.invitation(InvitationId(link.subject))
        return None if invitation is not None and is_asked(who, invitation) else Ended.MOVED
    try:
        action, _, held = action_for(means, who, ActionId(link.subject))
    except NotFound:
        return Ended.MOVED
    match link.purpose:
        case Purpose.HEAR:
            return None
        case Purpose.ANSWER if not held & MAY_ANSWER:
            return Ended.MOVED
        case Purpose.TAKE_OVER if not held & MAY_TAKE_OVER:
            return Ended.MOVED
        case Purpose.ANSWER | Purpose.TAKE_OVER:
            return None if action.state.is_open else Ended.CLOSED


def is_shared(means: Means, who: Person) -> bool:
    """Whether more than one person may read this mailbox: a desk's, or an address that several lines have."""
    if desk_of_mailbox(who.id) is not None:
        return True
    desk = means.store.people.desk(who.desk) if who.desk else None
    is_desks = bool(desk and desk.mail and who.mail and desk.mail.casefold() == who.mail.casefold())
    alone = means.store.people.by_mail(who.mail) if who.mail else None
    return is_desks or alone is None


def end(means: Means, link: SecureLink, why: Ended, who: Person | None = None) -> None:
    means.store.turns.take(f"link:{link.id}")
    means.store.secure_links.save(replace(link, ended_at=means.now, ended_why=why, code=None, code_expires_at=None))
    note(means, Deed.LINK_ENDED, link, who, why.value)


def end_invitation_links(means: Means, discussion: DiscussionId) -> None:
    """In the transaction that cancels it. Whoever is on the page just then may still read that it is cancelled."""
    for invitation in means.store.discussions.invitations(discussion):
        for link in means.store.secure_links.of_subject(invitation.id):
            if link.is_live(means.now):
                end(means, link, Ended.CLOSED)


def end_links_after(means: Means, before: Action, after: Action) -> None:
    """In the transaction that closes an action or gives it to another."""
    if after.state.is_open and (before.owner, before.desk, before.handed_to) == (
        after.owner,
        after.desk,
        after.handed_to,
    ):
        return
    for link in means.store.secure_links.of_subject(after.id):
        who = means.store.people.person(link.addressee)
        why = why_over(means, link, who) if who else Ended.LEFT
        if why is not None:
            end(means, link, why)


def end_links_of_those_who_left(means: Means) -> None:
    """After a new directory."""
    for link in means.store.secure_links.live(means.now):
        if not means.store.people.is_listed(link.addressee):
            end(means, link, Ended.LEFT)


def withdraw_links(means: Means, who: Person, id: ActionId) -> int:
    """By the chair, e.g. because a mail went astray; whoever is on the page is turned out. Gives their number."""
    action, _, held = action_for(means, who, id)
    if Tie.CHAIR not in held:
        raise NotYoursToDecide("withdraw the links of an action")
    links = [link for link in means.store.secure_links.of_subject(action.id) if link.is_live(means.now)]
    for link in links:
        end(means, link, Ended.WITHDRAWN, who)
    return len(links)


def has_live_links(means: Means, id: ActionId, whose: Collection[PersonId] | None = None) -> bool:
    """`whose`: mailed to one of them; None for anybody."""
    links = means.store.secure_links.of_subject(id)
    return any(link.is_live(means.now) and (whose is None or link.addressee in whose) for link in links)
