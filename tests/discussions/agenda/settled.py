"""A discussion in which everything is settled: A (7) and B (4) are born, C is not. All people are invented."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from discussions.actions.action import Action
from discussions.agenda.attendance import Attendance
from discussions.agenda.captured import Captured
from discussions.agenda.close import discussed
from discussions.agenda.facts import Fact
from discussions.agenda.gate import Gate, check_gate
from discussions.booking.discussion import Child, Discussion, DiscussionKind, DiscussionState, Form
from discussions.ids import ActionId, AttendanceId, ChildId, DiscussionId, FactId
from discussions.needs import Means, NewId, Reference, Store
from discussions.people import Agency, AgencyId, Person, PersonId, Right, TenantId
from storage.practice_file import standard_practice
from tests.doubles import CalendarOfDays, StoreInMemory, counted_ids

PRACTICE = standard_practice()
SD = DiscussionId("sd")
A, B, C = ChildId("child-a"), ChildId("child-b"), ChildId("child-c")
STARTED = datetime(2026, 11, 17, 11, tzinfo=UTC)
NOON = datetime(2026, 11, 17, 12, 2, tzinfo=UTC)
CALENDAR = CalendarOfDays()

CSC, POLICE, HEALTH = (
    Agency(AgencyId(id), name, category)
    for id, name, category in (
        ("csc", "Children's social care", "CSC"),
        ("police", "Avonford Police", "POLICE"),
        ("midwives", "Avonford Maternity", "MIDWIFERY"),
    )
)


def person(id: str, name: str, agency: Agency, *rights: Right) -> Person:
    return Person(PersonId(id), agency.id, None, name, "PARTICIPANT", "Practitioner", frozenset(rights))


CHAIR = person("chair", "Helen Marsh", CSC, Right.CHAIR)
MINUTES = person("minutes", "Tom Reed", CSC)
WORKER = person("worker", "Priya Nair", CSC)
SERGEANT = person("sergeant", "Owen Hale", POLICE)
MIDWIFE = person("midwife", "Jo Baker", HEALTH)
EVERYBODY = (CHAIR, MINUTES, WORKER, SERGEANT, MIDWIFE)

DISCUSSION = Discussion(
    id=SD,
    reference="SD-26-0412",
    kind=DiscussionKind.INITIAL,
    urgency="U2",
    harms=("PHY",),
    decided_at=STARTED - timedelta(hours=20),
    window_ends=STARTED + timedelta(hours=4),
    starts_at=STARTED,
    form=Form.VIDEO,
    chair=CHAIR.id,
    booker=WORKER.id,
    practice=PRACTICE.digest,
    minute_taker=MINUTES.id,
    state=DiscussionState.STARTED,
    started_at=STARTED,
)
CHILDREN = (
    Child(A, SD, "A", "J.S.", date(2019, 4, 3), None),
    Child(B, SD, "B", "M.S.", date(2022, 9, 21), None),
    Child(C, SD, "C", None, None, date(2027, 1, 12)),
)
ATTENDANCE = tuple(
    Attendance(AttendanceId(f"at-{one.id}"), SD, one.agency, one.id, None, True, STARTED, None, MINUTES.id)
    for one in (CHAIR, MINUTES, WORKER, SERGEANT, MIDWIFE)
)


def said(field: str, value: str | None, subject: str = "", version: int = 1) -> Fact:
    id = FactId(f"{field}-{subject}-{version}")
    return Fact(id, SD, 1, field, subject, 0, value, version, PRACTICE.digest, MINUTES.id, STARTED)


ANSWERED_FOR_EACH = {
    "family.name": "Sample",
    "family.location_now": "At school",
    "concern.harm_primary": "PHY",
    "voice.words": "“I like it when Nan comes.”",
    "analysis.threshold": "yes",
    "safety.status": "plan",
    "safety.kept_safe_by": "The grandmother",
    "decision.s47": "yes",
    "decision.s47_reason": "The bruise, and what was said",
    "decision.lead": "joint",
    "decision.medical": "no",
    "decision.medical_reason": "No injury is alleged",
    "decision.abe": "yes",
    "decision.parents": "not_yet",
    "decision.parents_reason": "Until A was seen alone",
}
ALONE_FOR_B = {"decision.lead": "csc", "decision.lead_reason": "No crime is alleged for B"}
ANSWERED_ONCE = {
    "others.answer": "none",
    "family.genogram": "used",
    "timeline.status": "done",
    "closing.dissent": "none",
    "closing.icpc_date_said": "yes",
}


def answers() -> dict[tuple[str, str], str]:
    """(field, subject) to value."""
    each = {(code, child): value for child in (A, B, C) for code, value in ANSWERED_FOR_EACH.items()}
    return each | {(code, B): value for code, value in ALONE_FOR_B.items()} | {
        (code, ""): value for code, value in ANSWERED_ONCE.items()
    }  # fmt: skip


def visit(number: int, wording: str, child: ChildId | None, **more: object) -> Action:
    plain = Action(
        id=ActionId(f"act-{number}"),
        discussion=SD,
        number=number,
        kind="enquiry",
        wording=wording,
        owner=WORKER.id,
        desk=None,
        due_at=STARTED + timedelta(hours=5),
        feedback_to=(CHAIR.id,),
        practice=PRACTICE.digest,
        created_at=STARTED,
        created_by=CHAIR.id,
        child=child,
    )
    return replace(plain, **more)  # type: ignore[arg-type]


VISITS = (
    visit(1, "Joint visit with the sergeant: see A alone at school", A),
    visit(2, "See B at nursery", B),
    visit(3, "Visit the mother of C at home", C),
)


@dataclass(slots=True)
class Meeting:
    """The discussion with changes; settled when there are none. `keep_in` writes it down, `gate` looks at it."""

    answers: dict[tuple[str, str], str] = field(default_factory=answers)
    attendance: Sequence[Attendance] = ATTENDANCE
    actions: Sequence[Action] = VISITS
    discussion: Discussion = DISCUSSION
    children: Sequence[Child] = CHILDREN

    def without(self, *fields: tuple[str, str]) -> Meeting:
        return replace(self, answers={key: value for key, value in self.answers.items() if key not in fields})

    def but(self, changes: dict[tuple[str, str], str]) -> Meeting:
        return replace(self, answers=self.answers | changes)

    def without_agency(self, agency: Agency) -> Meeting:
        return replace(self, attendance=[one for one in self.attendance if one.agency != agency.id])

    def keep_in(self, store: Store) -> None:
        store.people.replace_all((CSC, POLICE, HEALTH), (), EVERYBODY)
        for one in EVERYBODY:
            chat = Reference(f"chat-{one.id}", "https://example.test/", TenantId("tenant"), None)
            store.conversations.install(chat, one.id, "personal", STARTED)
        store.discussions.add(self.discussion, self.children, [])
        for attendance in self.attendance:
            store.discussions.add_attendance(attendance)
        for (code, subject), value in self.answers.items():
            store.facts.add(said(code, value, subject))
        for action in self.actions:
            store.actions.add(action, [])

    def gate(self) -> Gate:
        store = StoreInMemory()
        self.keep_in(store)  # type: ignore[arg-type]
        means = make_means(store)  # type: ignore[arg-type]
        return check_gate(PRACTICE, CALENDAR, discussed(means, self.discussion))

    def gaps(self) -> list[str]:
        return [gap.key for gap in self.gate().gaps]


def make_means(store: Store, now: datetime = NOON, new_id: NewId | None = None) -> Means:
    return Means(store, PRACTICE, CALENDAR, now, new_id or counted_ids())


def current(store: Store) -> Captured:
    return Captured.of(store.facts.current(SD))
