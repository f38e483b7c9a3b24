"""A fictitious meeting over a real database: two children, three agencies asked, time moved by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Concatenate, ParamSpec, TypeVar

from bot.shown import Shown, Turn
from discussions.agenda.captured import Captured
from discussions.agenda.facts import Fact
from discussions.agenda.save import Saved, Saving, save_form
from discussions.agenda.start import join_discussion, start_discussion
from discussions.booking.discussion import Child, Discussion, DiscussionKind, Form
from discussions.booking.invitations import Invitation, InvitationAnswer
from discussions.ids import ChildId, DiscussionId, InvitationId
from discussions.needs import Means, Reference, Store
from discussions.people import Account, Agency, AgencyId, Desk, DeskId, ObjectId, Person, PersonId, Right, TenantId
from discussions.post import Message
from discussions.practice.types import Practice
from storage.database import Database
from storage.practice_file import standard_practice

P = ParamSpec("P")
R = TypeVar("R")

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
SD = DiscussionId("d-0412")
REFERENCE = "SD-26-0412"
A, B = ChildId("child-a"), ChildId("child-b")
TENANT = TenantId("tenant")

CARE = Agency(AgencyId("care"), "Children's Social Care", "CSC")
POLICE = Agency(AgencyId("police"), "Avonford Police", "POLICE")
HEALTH = Agency(AgencyId("health"), "Avonford Community Health", "HEALTH")
SCHOOL = Agency(AgencyId("school"), "Hillside Primary", "EDUCATION")
DUTY = Desk(DeskId("duty"), POLICE.id, "Duty sergeant", None, "01632 960001", None)


def person(id: str, agency: Agency, name: str, role: str, *rights: Right, desk: Desk | None = None) -> Person:
    account = Account(TENANT, ObjectId(f"object-{id}"))
    return Person(
        PersonId(id), agency.id, desk.id if desk else None, name, "SOCIAL_WORKER", role, frozenset(rights),
        account=account,
    )  # fmt: skip


CHAIR = person("priya", CARE, "Priya Nair", "Team manager", Right.BOOK, Right.CHAIR, Right.MINUTE)
MINUTES = person("ruth", CARE, "Ruth Adeyemi", "Business support", Right.MINUTE)
WORKER = person("tom", CARE, "Tom Bexley", "Social worker", Right.BOOK)
SERGEANT = person("helen", POLICE, "Helen Marsh", "Detective sergeant", desk=DUTY)
OFFICER = person("ravi", POLICE, "Ravi Patel", "Detective constable", desk=DUTY)
NURSE = person("joan", HEALTH, "Joan Fell", "Safeguarding nurse")
HEAD = person("olga", CARE, "Olga Brandt", "Head of service", Right.OVERSEE)
STRANGER = person("sven", SCHOOL, "Sven Holm", "Head teacher")
EVERYBODY = (CHAIR, MINUTES, WORKER, SERGEANT, OFFICER, NURSE, HEAD, STRANGER)

DISCUSSION = Discussion(
    id=SD,
    reference=REFERENCE,
    kind=DiscussionKind.INITIAL,
    urgency="U2",
    harms=("PHY",),
    decided_at=NOON - timedelta(hours=3),
    window_ends=NOON + timedelta(hours=21),
    starts_at=NOON,
    form=Form.VIDEO,
    chair=CHAIR.id,
    booker=WORKER.id,
    practice="digest",
    minute_taker=MINUTES.id,
)
CHILDREN = (
    Child(A, SD, "A", "JS", date(2019, 4, 3), None),
    Child(B, SD, "B", None, None, date(2027, 2, 20)),
)
INVITATIONS = (
    Invitation(InvitationId("i-police"), SD, POLICE.id, DUTY.id, None),
    Invitation(InvitationId("i-health"), SD, HEALTH.id, None, NURSE.id, InvitationAnswer.DEPUTY, "Kim Lee, nurse"),
)


class NoHolidays:
    def is_bank_holiday(self, day: date) -> bool:
        return False


@dataclass(slots=True)
class Meeting:
    """Every use-case runs in a transaction of its own, as under the roof."""

    database: Database
    practice: Practice = field(default_factory=standard_practice)
    now: datetime = NOON
    numbers: Callable[[], int] = field(default_factory=lambda: count(1).__next__)

    def means(self, store: Store) -> Means:
        return Means(store, self.practice, NoHolidays(), self.now, lambda: f"id-{self.numbers():04}")

    def does(
        self, who: Person, use_case: Callable[Concatenate[Means, Person, P], R], *args: P.args, **named: P.kwargs
    ) -> R:
        with self.database.transaction() as store:
            return use_case(self.means(store), who, *args, **named)

    def sees(self, who: Person, answer: Callable[..., Shown], *args: object, chat: str | None = None) -> Shown:
        """What an answer of the roof shows this person, in their own chat unless another is named."""
        with self.database.transaction() as store:
            return answer(Turn(self.means(store), who, chat or f"chat-{who.id}"), *args)

    def reads(self, read: Callable[[Store], R]) -> R:
        with self.database.transaction() as store:
            return read(store)

    def after(self, minutes: int) -> Meeting:
        self.now += timedelta(minutes=minutes)
        return self

    @property
    def discussion(self) -> Discussion:
        found = self.reads(lambda store: store.discussions.discussion(SD))
        assert found is not None
        return found

    @property
    def captured(self) -> Captured:
        return Captured.of(self.reads(lambda store: store.facts.current(SD)))

    @property
    def history(self) -> list[Fact]:
        return list(self.reads(lambda store: store.facts.history(SD)))

    def outbox(self) -> list[Message]:
        with self.database.transaction() as store:
            return [one.message for one in store.outbox.claim(self.now, 50, timedelta(seconds=1), "token")]

    def seen(self, item: int, form: int, subject: str) -> int:
        return self.captured.seen(self.practice.item(item).forms[form], subject)

    def saves(
        self, who: Person, item: int, form: int, subject: str, typed: Mapping[str, str], seen: int | None = None
    ) -> Saved:
        seen = self.seen(item, form, subject) if seen is None else seen
        return self.does(who, save_form, Saving(SD, item, form, subject, typed, seen))


def booked(database: Database, discussion: Discussion = DISCUSSION) -> Meeting:
    with database.transaction() as store:
        store.people.replace_all((CARE, POLICE, HEALTH, SCHOOL), (DUTY,), EVERYBODY)
        store.discussions.add(discussion, CHILDREN, INVITATIONS)
    return Meeting(database)


def started(database: Database, discussion: Discussion = DISCUSSION) -> Meeting:
    meeting = booked(database, discussion)
    meeting.does(CHAIR, start_discussion, SD)
    meeting.does(MINUTES, join_discussion, SD)
    return meeting


def install_chat(meeting: Meeting, chat: str, kind: str = "groupChat", owner: Person | None = None) -> None:
    reference = Reference(chat, "https://smba.example/", TENANT, None)
    with meeting.database.transaction() as store:
        store.conversations.install(reference, owner.id if owner else None, kind, meeting.now)
