"""The scene of the action tests: a started discussion, the people on it, and a clock moved by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol, TypeVar

from discussions.actions.action import Action
from discussions.actions.lint import NewAction
from discussions.actions.nudging import sweep
from discussions.actions.record import record_action
from discussions.agenda.attendance import Attendance
from discussions.booking.discussion import Child, Discussion, DiscussionKind, DiscussionState, Form
from discussions.booking.invitations import Invitation
from discussions.ids import ActionId, AttendanceId, ChildId, DiscussionId, InvitationId
from discussions.london import from_london
from discussions.needs import Means, NewId, Reference, Store
from discussions.people import Agency, AgencyId, Desk, DeskId, Person, PersonId, Right, TenantId
from discussions.post import Message, MessageKind
from discussions.practice.types import Practice
from storage.practice_file import standard_practice
from tests.doubles import CalendarOfDays, StoreInMemory, counted_ids

R = TypeVar("R")
CHRISTMAS = frozenset({date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)})
CALENDAR = CalendarOfDays(CHRISTMAS)
PRACTICE = standard_practice()
DISCUSSION = DiscussionId("d-1")
CHILD_A = ChildId("child-a")

CSC, POLICE, HEALTH = (
    Agency(AgencyId(id), name, category)
    for id, name, category in (
        ("csc", "Children's social care", "CSC"),
        ("police", "Police", "POLICE"),
        ("health", "Community health", "HEALTH"),
    )
)
LIGHTHOUSE = Desk(DeskId("desk-police"), POLICE.id, "Lighthouse", None, None, "Mon-Sun 07:00-22:00")
DUTY = Desk(DeskId("desk-edt"), CSC.id, "Emergency Duty Team", None, None, "24/7")


def person(id: str, name: str, role: str, agency: Agency, **more: object) -> Person:
    return Person(PersonId(id), agency.id, more.pop("desk", None), name, role, role.title(), frozenset(), **more)  # type: ignore[arg-type]


CHAIR = replace(
    person("chair", "Helen Marsh", "TEAM_MANAGER", CSC, phone="0117 496 0100"), rights=frozenset({Right.CHAIR})
)
MINUTES = person("minutes", "Tom Reed", "BUSINESS_SUPPORT", CSC)
BOOKER = person("booker", "Priya Nair", "SOCIAL_WORKER", CSC)
MANAGER = person("manager", "Ruth Cole", "POLICE_SERGEANT", POLICE)
DEPUTY = person("deputy", "Owen Hale", "POLICE_OFFICER", POLICE)
OWNER = person(
    "owner", "Jo Smith", "POLICE_OFFICER", POLICE, manager=MANAGER.id, deputy=DEPUTY.id, hours="Mon-Fri 08:00-18:00"
)
OTHER = person("other", "Jo Baker", "HEALTH_VISITOR", HEALTH)
STRANGER = person("stranger", "Max Wood", "GP", HEALTH)
ROTA = tuple(
    person(f"rota-{n}", name, "POLICE_OFFICER", POLICE, desk=LIGHTHOUSE.id)
    for n, name in ((1, "Ana Lee"), (2, "Bo Ray"))
)
ON_DUTY = person("duty", "Eve Dunn", "EDT_SOCIAL_WORKER", CSC, desk=DUTY.id)
EVERYBODY = (CHAIR, MINUTES, BOOKER, MANAGER, DEPUTY, OWNER, OTHER, STRANGER, *ROTA, ON_DUTY)

# Tuesday 17 November 2026, 10:00 in London
TEN = datetime(2026, 11, 17, 10, tzinfo=UTC)


def london(day: date, hour: int, minute: int = 0) -> datetime:
    return from_london(day, time(hour, minute))


class Runs(Protocol):
    """One transaction: a use-case with its means."""

    def __call__(self, use_case: Callable[..., R], *arguments: object) -> R: ...


def the_discussion(**more: object) -> Discussion:
    fields: dict[str, object] = {
        "id": DISCUSSION,
        "reference": "SD-26-0412",
        "kind": DiscussionKind.INITIAL,
        "urgency": PRACTICE.urgencies[0].code,
        "harms": ("PHY",),
        "decided_at": TEN - timedelta(hours=3),
        "window_ends": TEN + timedelta(hours=5),
        "starts_at": TEN - timedelta(hours=1),
        "form": Form.VIDEO,
        "chair": CHAIR.id,
        "booker": BOOKER.id,
        "practice": PRACTICE.digest,
        "minute_taker": MINUTES.id,
        "state": DiscussionState.STARTED,
        "started_at": TEN - timedelta(hours=1),
    }
    return Discussion(**(fields | more))  # type: ignore[arg-type]


def set_up(store: Store, discussion: Discussion) -> None:
    store.people.replace_all((CSC, POLICE, HEALTH), (LIGHTHOUSE, DUTY), EVERYBODY)
    id = discussion.id
    # the first keeps the ids that tests know; further ones on the same database have their own
    own = "" if id == DISCUSSION else f"{id}-"
    child = Child(ChildId(f"{own}{CHILD_A}"), id, "A", "AB", date(2019, 3, 4), None)
    asked = [
        Invitation(InvitationId(f"{own}i-1"), id, POLICE.id, LIGHTHOUSE.id, None),
        Invitation(InvitationId(f"{own}i-2"), id, HEALTH.id, None, OTHER.id),
    ]
    store.discussions.add(discussion, [child], asked)
    store.discussions.add_attendance(
        Attendance(AttendanceId(f"{own}at-1"), id, POLICE.id, OWNER.id, None, True, TEN, None, MINUTES.id)
    )
    for one in EVERYBODY:
        store.conversations.install(chat_of(one), one.id, "personal", TEN)
        store.discussions.set_current(one.id, id)


def chat_of(one: Person) -> Reference:
    return Reference(f"chat-{one.id}", "https://example.test/", TenantId("tenant"), None)


@dataclass(slots=True)
class Scene:
    """Everything in memory. `at` is the clock."""

    at: datetime = TEN
    store: StoreInMemory = field(default_factory=StoreInMemory)
    new_id: NewId = field(default_factory=counted_ids)
    heard: int = 0
    practice: Practice = PRACTICE

    def __post_init__(self) -> None:
        set_up(self.store, the_discussion())

    @property
    def means(self) -> Means:
        return Means(self.store, self.practice, CALENDAR, self.at, self.new_id)  # type: ignore[arg-type]

    def do(self, use_case: Callable[..., R], *arguments: object) -> R:
        return use_case(self.means, *arguments)

    def record(self, **fields: object) -> Action:
        return self.do(record_action, CHAIR, new_action(**fields))

    def action(self, id: ActionId) -> Action:
        found = self.store.actions.action(id)
        assert found is not None
        return found

    def gives_cards(self, action: Action, *people: Person) -> None:
        """As the outbox does when a card went out."""
        for one in people:
            self.store.cards.remember(f"chat-{one.id}", f"action:{action.id}", f"card-{one.id}", self.at)

    def said(self) -> list[tuple[MessageKind, str | None]]:
        """What was put into the outbox since the last look: kind and recipient."""
        new, self.heard = self.store.outbox.messages[self.heard :], len(self.store.outbox.messages)
        return [(message.kind, message.recipient) for message in new]

    def nudges_until(self, end: datetime, every: timedelta = timedelta(minutes=15)) -> list[tuple[datetime, Message]]:
        """Lets the tick run up to a moment; gives what it said, and when."""
        found: list[tuple[datetime, Message]] = []
        while self.at <= end:
            before = len(self.store.outbox.messages)
            self.do(sweep, 100)
            found += [(self.at, message) for message in self.store.outbox.messages[before:]]
            self.at += every
        return found


def new_action(**fields: object) -> NewAction:
    usual: dict[str, object] = {
        "discussion": DISCUSSION,
        "wording": "See A alone at school",
        "owner": OWNER.id,
        "due_at": TEN + timedelta(days=3),
        "kind": "enquiry",
        "feedback_to": (CHAIR.id, OTHER.id),
        "measure": "A was seen and heard alone",
    }
    return NewAction(**(usual | fields))  # type: ignore[arg-type]
