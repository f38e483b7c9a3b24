"""What a booking shows once it was moved or cancelled, and the card that changes it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from cards.booking import booking_card
from cards.changed import former_card
from cards.changing import changes_card
from cards.invitation import invitation_card
from cards.render import Card
from discussions.access import Access, Part
from discussions.booking.changes import Change, ChangeKind
from discussions.booking.changes_seen import ChangeLine
from discussions.booking.discussion import DiscussionState, Form
from discussions.booking.invitations import InvitationAnswer
from discussions.ids import ChangeId, DiscussionId
from discussions.people import PersonId
from tests.cards.examples_booking import BOOKED, INVITED, NOW, ONE, PRACTICE
from tests.cards.gallery import example

BEFORE = Change(
    id=ChangeId("c-1"),
    discussion=ONE.id,
    kind=ChangeKind.MOVED,
    at=NOW + timedelta(minutes=30),
    who=PersonId("p-booker"),
    starts_at=ONE.starts_at - timedelta(hours=1),
    form=Form.PHONE,
    join_details=None,
    reason="agency_not_free",
    words="The duty sergeant is in court until **eleven**.",
)
ENDED = replace(BEFORE, kind=ChangeKind.CANCELLED, reason="superseded", words=None, starts_at=ONE.starts_at,
                form=ONE.form, join_details=ONE.join_details, safety="With their grandmother, seen today.")  # fmt: skip
WHY = "Somebody who must be there is not free"
CALL = DiscussionId("0196a0d2-7d13-7cc0-9f5f-0b6d2f0a9a99")
MOVED = replace(ONE, moved=1)
REASONS = PRACTICE.changing.cancel_reasons


@example(booking_card, "booking-moved")
def a_booking_that_was_moved() -> Card:
    first = replace(
        BOOKED.invitations[2].invitation, former=InvitationAnswer.NOT_COMING, former_words="A report by ten"
    )
    lines = (replace(BOOKED.invitations[2], invitation=first), *BOOKED.invitations[:2])
    return booking_card(
        replace(BOOKED, discussion=MOVED, invitations=lines, changes=(ChangeLine(BEFORE, "Priya Nair", None, WHY),))
    )


@example(booking_card, "booking-cancelled-full-meeting-due")
def a_cancelled_full_meeting_that_must_still_be_held() -> Card:
    one = replace(MOVED, state=DiscussionState.CANCELLED, follows=CALL)
    changes = (ChangeLine(BEFORE, "Priya Nair", None, WHY), ChangeLine(ENDED, "Helen Marsh", None, "Superseded"))
    heard = ("told in Teams, Tue 17 Nov, 09:31", "not reached, please ring", None)
    lines = tuple(replace(line, told=told) for line, told in zip(BOOKED.invitations, heard, strict=False))
    return booking_card(replace(BOOKED, discussion=one, changes=changes, still_due=one.window_ends, invitations=lines))


@example(changes_card, "changes-for-the-chair")
def all_that_a_chair_may_change() -> Card:
    return changes_card(replace(BOOKED, asks_for_safety=True), REASONS)


@example(changes_card, "changes-for-the-booker-of-a-full-meeting")
def what_the_booker_may_change() -> Card:
    one = replace(ONE, follows=CALL)
    return changes_card(replace(BOOKED, discussion=one, access=Access(frozenset({Part.BOOKER}))), REASONS)


@example(former_card, "former-meeting")
def the_card_that_gives_way() -> Card:
    return former_card()


@example(invitation_card, "invitation-again")
def an_invitee_is_asked_again() -> Card:
    invitation = replace(INVITED.invitation, former=InvitationAnswer.COMING)
    return invitation_card(replace(INVITED, discussion=MOVED, invitation=invitation, moved=BEFORE))


@example(invitation_card, "invitation-new-link")
def an_invitee_who_comes_reads_of_a_new_link() -> Card:
    coming = replace(INVITED.invitation, answer=InvitationAnswer.COMING, answered_at=NOW)
    details = replace(BEFORE, kind=ChangeKind.DETAILS, starts_at=ONE.starts_at, form=ONE.form)
    return invitation_card(replace(INVITED, discussion=MOVED, invitation=coming, answered_by="Kit Rowe", moved=details))
