"""The page of an invitation in its states: every answer, a shared mailbox, faults, and when it is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from discussions.booking.discussion import DiscussionState
from discussions.booking.invitations import InvitationAnswer
from discussions.booking.views import InvitationView
from discussions.people import AgencyId, Person, PersonId
from discussions.secure.invited import Invited
from pages.fields import Refused
from pages.render import Page
from pages.secure_action import Typed
from pages.secure_invitation import invitation_kept_page, invitation_page
from tests.cards.examples_booking import INVITED, NOW, ONE, PRACTICE, answered

TOKEN = "dG9rZW4"
READER = Person(PersonId("p-1"), AgencyId("police"), None, "Jo Smith", "POLICE", "Sergeant", frozenset())
PEOPLE = tuple(
    replace(READER, id=PersonId(f"p-{place}"), name=f"Person {place} O'Neill-Ashworth") for place in range(5)
)
UNTIL = ONE.starts_at - timedelta(minutes=30)


def seen(view: InvitationView, *, is_shared: bool = False) -> Invited:
    return Invited(
        view=replace(view, report_until=UNTIL, deputies=PEOPLE if view.is_open else ()),
        minutes=60,
        brings=PRACTICE.agency("POLICE").brings,
        largest_file=4,
        longest_report=4000,
        reader=READER,
        is_shared=is_shared,
        said=None,
        ends_at=NOW + timedelta(minutes=30),
    )


def page(view: InvitationView, typed: Typed | None = None, why: Refused | None = None, *, shared: bool = False) -> Page:
    return invitation_page(seen(view, is_shared=shared), TOKEN, typed or Typed(), why)


def kept(view: InvitationView) -> Page:
    return invitation_kept_page(seen(view), view.invitation.answer, TOKEN)


def wrong_file() -> Page:
    typed = Typed("information_only", {"report": "Seen <alone> & well\nin May"})
    return page(INVITED, typed, Refused("Not sent", "That file can't be taken: only PDF, Word, PNG and JPEG.", "file"))


NOTHING_CHOSEN = Refused("Not sent", "Please give one of the answers.", "answer-coming")
OVER = replace(INVITED, is_open=False)
SENT = replace(answered(InvitationAnswer.INFORMATION), sent=2)
NOT_COMING = answered(InvitationAnswer.NOT_COMING, "A report comes by secure mail at 10:30.")
EXAMPLES_OF_INVITATIONS: dict[str, Page] = {
    "invitation": page(INVITED),
    "invitation-answered": page(NOT_COMING),
    "invitation-sent": page(SENT),
    "invitation-deputy": page(INVITED, Typed("deputy", {"deputy-words": "Rae <Finch>", "may_decide": "yes"})),
    "invitation-wrong-file": wrong_file(),
    "invitation-nothing-chosen": page(INVITED, None, NOTHING_CHOSEN),
    "invitation-shared": page(
        INVITED, Typed("no_record"), Refused("Not sent", "Please give your name.", "name"), shared=True
    ),
    "invitation-over": page(replace(OVER, discussion=replace(ONE, state=DiscussionState.CLOSED))),
    "invitation-cancelled": page(replace(OVER, discussion=replace(ONE, state=DiscussionState.CANCELLED))),
    "invitation-kept-coming": kept(answered(InvitationAnswer.COMING)),
    "invitation-kept-deputy": kept(answered(InvitationAnswer.DEPUTY, "Rae Finch, DC")),
    "invitation-kept-promised": kept(answered(InvitationAnswer.INFORMATION)),
    "invitation-kept-late": kept(replace(SENT, is_late=True)),
    "invitation-kept-no-record": kept(answered(InvitationAnswer.NO_RECORD)),
}  # fmt: skip
