"""Sending a deputy: somebody of the same agency, who is asked and told if the directory has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from discussions.booking.book import say
from discussions.booking.discussion import Discussion
from discussions.booking.invitations import Invitation
from discussions.chasing.promise import chase_one_more
from discussions.ids import InvitationId
from discussions.needs import Means
from discussions.people import Person, PersonId
from discussions.post import MessageKind
from discussions.refusals import WrongAnswer
from discussions.trail import Deed, Entry

MOST_LISTED = 60
FULL_NAME = 2


def deputies_for(
    means: Means, who: Person, discussion: Discussion, invitation: Invitation, limit: int = MOST_LISTED
) -> Sequence[Person]:
    """Those of the agency who are not on it yet; of a large agency the desk alone. Nobody where it is restricted: there
    the chair decides who comes on, so a deputy is named in words.
    """
    if discussion.restricted:
        return ()
    asked = means.store.discussions.invitations(discussion.id)
    on_it = {discussion.chair, discussion.minute_taker, invitation.person, *(one.person for one in asked)}
    if invitation.desk is not None and invitation.desk == who.desk:
        on_it.add(who.id)
    on_it.discard(invitation.deputy)
    people = [one for one in means.store.people.of_agency(invitation.agency) if one.id not in on_it]
    if len(people) > limit:
        desk = invitation.desk or who.desk
        people = [one for one in people if one.desk == desk]
    return sorted(people, key=lambda one: one.name)[:limit]


def read_deputy(
    means: Means, who: Person, discussion: Discussion, invitation: Invitation, deputy: PersonId | None
) -> Person | None:
    """Raises WrongAnswer for anybody who can't be chosen: of another agency, on it already, or not there any more."""
    if deputy is None:
        return None
    # a list that is looked at may be shorter than what can be chosen from a list that was shown before
    found = next(
        (one for one in deputies_for(means, who, discussion, invitation, limit=10_000) if one.id == deputy), None
    )
    if found is None:
        sentence = (
            "That person can't be chosen: they are of another agency, or asked already. Please name somebody else."
        )
        raise WrongAnswer(sentence, "deputy_person")
    return found


def deputy_named(means: Means, who: Person, invitation: Invitation, words: str) -> PersonId | None:
    """Whoever of the agency is called so, first name and last; their role may stand behind a comma."""
    name = words.split(",")[0].split()
    discussion = means.store.discussions.discussion(invitation.discussion)
    if len(name) < FULL_NAME or discussion is None:
        return None
    called = {one.id for one in means.store.people.named(" ".join(name))}
    found = [one.id for one in deputies_for(means, who, discussion, invitation, limit=10_000) if one.id in called]
    return found[0] if len(found) == 1 else None


def invite_deputy(
    means: Means, who: Person, discussion: Discussion, invitation: Invitation, deputy: PersonId
) -> Invitation:
    new = Invitation(
        InvitationId(means.new_id()), discussion.id, invitation.agency, None, deputy, stands_for=invitation.id
    )
    means.store.discussions.add_invitation(new)
    chase_one_more(means, discussion, new)
    means.store.trail.write(Entry(Deed.INVITED, means.now, who.id, discussion.id, new.id, new.version, "deputy"))
    if deputy != who.id:
        asking = {**about(new), "moved": str(discussion.moved)}
        say(means, MessageKind.INVITATION, asking, deputy, f"invitation:{new.id}")
    return new


def withdraw_deputy(means: Means, invitation: Invitation) -> None:
    """Who was to come instead of them is not asked any more, and told so."""
    for one in means.store.discussions.invitations(invitation.discussion):
        if one.stands_for == invitation.id and one.person is not None:
            gone = means.store.discussions.save_invitation(replace(one, withdrawn_at=means.now))
            means.store.trail.write(
                Entry(Deed.WITHDRAWN, means.now, None, gone.discussion, gone.id, gone.version, "deputy")
            )
            say(means, MessageKind.CANCELLED, about(gone), one.person, f"withdrawn:{gone.id}")


def about(invitation: Invitation) -> dict[str, str]:
    return {"discussion": invitation.discussion, "invitation": invitation.id}
