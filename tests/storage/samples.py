"""A small directory and one discussion, as the storage tests keep them. All people are invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from discussions.actions.action import Action
from discussions.actions.promises import Promise
from discussions.agenda.attendance import Attendance
from discussions.agenda.facts import Fact
from discussions.booking.changes import Change, ChangeKind
from discussions.booking.discussion import Child, Discussion, DiscussionKind, Form
from discussions.booking.invitations import Invitation
from discussions.booking.kept_proposals import KeptProposal, Outcome
from discussions.chasing.chase import Chase
from discussions.needs import Store
from discussions.people import Account, Agency, Desk, Person, Right
from discussions.post import Message, MessageKind
from discussions.practice.types import Weight
from storage.database import Database

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

CARE = Agency("care", "Children's Social Care", "CSC")
POLICE = Agency("police", "Avon Police", "POLICE")
HUB = Desk("hub", "care", "First Response", "hub@example.org", "0117 496 0000", "Mon-Fri 08:00-17:00")
LIGHTHOUSE = Desk("lighthouse", "police", "Lighthouse", None, None, None)
JANE = Person(
    "jane",
    "care",
    "hub",
    "Jane O'Neill",
    "manager",
    "Team manager",
    frozenset({Right.BOOK, Right.CHAIR}),
    mail="Jane.ONeill@Example.org",
    phone="07700 900001",
    account=Account("tenant-1", "object-jane"),
    manager="sam",
)
SAM = Person("sam", "care", "hub", "Sam Adeyemi", "head", "Head of service", frozenset({Right.OVERSEE}))
ALI = Person("ali", "police", "lighthouse", "Ali Jones", "police", "Sergeant", frozenset(), mail="ali@example.org")
EVERYBODY = (JANE, SAM, ALI)

BOOKED = Discussion(
    id="d1",
    reference="SD-26-0001",
    kind=DiscussionKind.INITIAL,
    urgency="urgent",
    harms=("physical", "neglect"),
    decided_at=NOW,
    window_ends=NOW + DAY,
    starts_at=NOW + 4 * HOUR,
    form=Form.VIDEO,
    chair="jane",
    booker="sam",
    practice="digest-1",
    quorum_reason="The school is closed.",
    context=("domestic_abuse",),
    schools=("Fairfield High",),
    urgency_asked="planned",
    urgency_reason="With grandparents",
    protection_since=NOW,
)
BORN = Child("c1", "d1", "A", "Z.Q.", date(2019, 2, 28), None)
UNBORN = Child("c2", "d1", "B", None, None, date(2027, 1, 4))
TO_POLICE = Invitation("i1", "d1", "police", "lighthouse", None)
TO_SAM = Invitation("i2", "d1", "care", None, "sam")
IDVA = KeptProposal(
    *("pr1", "d1", "DOMESTIC_ABUSE", Weight.EXPECTED, Outcome.DECLINED, ("idva",), "IDVA team", ("abuse was ticked",)),
    reason="not_safe_yet",
    words="Nothing disclosed",
)
MOVED = Change(
    *("ch1", "d1", ChangeKind.MOVED, NOW, "jane", NOW + DAY, Form.VIDEO, "Ring 07700 900001", "other"),
    words="Illness of a visitor",
    person="sam",
    safety="With their grandparents",
)
HERE = Attendance("at1", "d1", "police", None, "Chris Visitor", True, NOW, None, "jane")
NOTED = Fact("f1", "d1", 3, "note", "", 0, "A bruise on the left arm", 1, "digest-1", "jane", NOW)
VISIT = Action(
    id="a1",
    discussion="d1",
    number=1,
    kind="enquiry",
    wording="See the child at home",
    owner="ali",
    desk=None,
    due_at=NOW + DAY,
    feedback_to=("jane", "sam"),
    practice="digest-1",
    created_at=NOW,
    created_by="jane",
    child="c1",
    measure="Seen alone",
)


def promised(id: str, **changes: Any) -> Promise:
    plain = Promise(id, "a1", "before due", 0, "owner", NOW, urgent=False)
    return replace(plain, **changes)


def chased(id: str, **changes: Any) -> Chase:
    plain = Chase(id, "d1", None, "core", "chair", NOW + 4 * HOUR, NOW, urgent=True)
    return replace(plain, **changes)


def message(id: str, **changes: Any) -> Message:
    plain = Message(id, MessageKind.NUDGE, {"action": "a1"}, "ali", None, f"key of {id}", NOW)
    return replace(plain, **changes)


def fill_directory(store: Store) -> None:
    store.people.replace_all((CARE, POLICE), (HUB, LIGHTHOUSE), EVERYBODY)


def book(store: Store) -> None:
    fill_directory(store)
    store.discussions.add(BOOKED, (BORN, UNBORN), (TO_POLICE, TO_SAM))


def with_booking(database: Database) -> None:
    with database.transaction() as store:
        book(store)
