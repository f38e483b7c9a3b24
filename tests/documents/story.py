"""A fictitious discussion of three children, told once for all tests of the record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from discussions.actions.action import Action, ActionState
from discussions.agenda.attendance import Attendance
from discussions.agenda.facts import DECISION_IN_WORDS, GAP_REASON, NOTE, Fact
from discussions.booking.discussion import Child, Discussion, DiscussionKind, DiscussionState, Form
from discussions.booking.invitations import Invitation, InvitationAnswer
from discussions.ids import ActionId, AttendanceId, ChildId, DiscussionId, FactId, InvitationId
from discussions.people import Agency, AgencyId, Desk, DeskId, Person, PersonId
from discussions.practice.types import Practice
from discussions.record.material import Material

SD = DiscussionId("sd")
A, B, C = ChildId("child-a"), ChildId("child-b"), ChildId("child-c")
CSC, POLICE, HEALTH = AgencyId("ag-csc"), AgencyId("ag-police"), AgencyId("ag-health")
SCHOOL, IDVA, PROBATION = AgencyId("ag-school"), AgencyId("ag-idva"), AgencyId("ag-probation")
CHAIR, MINUTES, WORKER = PersonId("p-chair"), PersonId("p-minutes"), PersonId("p-worker")
SERGEANT, NURSE, DSL = PersonId("p-sergeant"), PersonId("p-nurse"), PersonId("p-dsl")
OFFICER = PersonId("p-officer")
LADO_DESK, HEALTH_DESK = DeskId("d-probation"), DeskId("d-health")

STARTED = datetime(2026, 11, 17, 11, 5, tzinfo=UTC)
CLOSED = datetime(2026, 11, 17, 12, 2, tzinfo=UTC)
MADE = datetime(2026, 11, 17, 12, 30, tzinfo=UTC)


def at(hour: int, minute: int = 0, day: int = 17) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class PlainYear:
    """A year with the bank holidays it is given."""

    holidays: frozenset[date] = frozenset({date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)})

    def is_bank_holiday(self, day: date) -> bool:
        return day in self.holidays


AGENCIES = {
    agency.id: agency
    for agency in (
        Agency(CSC, "Children's social care", "CSC"),
        Agency(POLICE, "Avonford Police", "POLICE"),
        Agency(HEALTH, "Avonford Community Health", "HEALTH"),
        Agency(SCHOOL, "Hillside Primary", "EDUCATION"),
        Agency(IDVA, "Harbour Domestic Abuse Service", "DOMESTIC_ABUSE"),
        Agency(PROBATION, "Probation Service", "PROBATION"),
    )
}
DESKS = {
    LADO_DESK: Desk(LADO_DESK, PROBATION, "Probation duty desk", None, None, None),
    HEALTH_DESK: Desk(HEALTH_DESK, HEALTH, "Health safeguarding duty line", None, None, None),
}


def person(id: PersonId, name: str, role_name: str, agency: AgencyId) -> Person:
    return Person(id, agency, None, name, "PARTICIPANT", role_name, frozenset())


PEOPLE = {
    one.id: one
    for one in (
        person(CHAIR, "Priya Example", "Team manager", CSC),
        person(MINUTES, "Owen Sample", "Business support officer", CSC),
        person(WORKER, "Ruth Fiction", "Social worker", CSC),
        person(SERGEANT, "Dan Invented", "Detective sergeant", POLICE),
        person(NURSE, "Mei Notreal", "Named nurse", HEALTH),
        person(DSL, "Tom Madeup", "Designated safeguarding lead", SCHOOL),
        person(OFFICER, "Ines Imagined", "IDVA", IDVA),
    )
}

CHILDREN = (
    Child(A, SD, "A", "J.S.", date(2019, 4, 3), None),
    Child(B, SD, "B", "M.S.", date(2022, 9, 21), None),
    Child(C, SD, "C", "S.", None, date(2027, 1, 12)),
)


def discussion(practice: Practice) -> Discussion:
    return Discussion(
        id=SD,
        reference="SD-26-0412",
        kind=DiscussionKind.INITIAL,
        urgency="U2",
        harms=("PHY", "EMO"),
        decided_at=at(14, 0, day=16),
        window_ends=at(14, 0),
        starts_at=at(11),
        form=Form.VIDEO,
        chair=CHAIR,
        booker=WORKER,
        practice=practice.digest,
        minute_taker=MINUTES,
        state=DiscussionState.CLOSED,
        started_at=STARTED,
        closed_at=CLOSED,
        version=9,
    )


def attends(person: PersonId, agency: AgencyId, came: datetime = STARTED, left: datetime | None = None) -> Attendance:
    may_decide = person not in (MINUTES, DSL)
    return Attendance(AttendanceId(f"at-{person}"), SD, agency, person, None, may_decide, came, left, MINUTES)


ATTENDANCE = (
    attends(CHAIR, CSC),
    attends(MINUTES, CSC),
    attends(WORKER, CSC),
    attends(SERGEANT, POLICE, came=at(11, 7)),
    attends(NURSE, HEALTH),
    attends(DSL, SCHOOL, left=at(11, 40)),
    Attendance(
        AttendanceId("at-guest"), SD, HEALTH, None, "Dr Ada Unlisted, paediatrician", True, at(11, 15), None, MINUTES
    ),
)


def asked(number: int, agency: AgencyId, answer: InvitationAnswer, **more: object) -> Invitation:
    plain = Invitation(InvitationId(f"in-{number}"), SD, agency, None, None, answer)
    return replace(plain, **more)  # type: ignore[arg-type]


INVITATIONS = (
    asked(1, POLICE, InvitationAnswer.COMING, person=SERGEANT),
    asked(2, HEALTH, InvitationAnswer.DEPUTY, desk=HEALTH_DESK, words="Mei Notreal comes for us"),
    asked(3, SCHOOL, InvitationAnswer.COMING, person=DSL),
    asked(
        4,
        IDVA,
        InvitationAnswer.NOT_COMING,
        person=OFFICER,
        words="In court all morning",
        answered_by=MINUTES,
        on_behalf=True,
    ),
    asked(5, PROBATION, InvitationAnswer.ASKED, desk=LADO_DESK),
)


def said(item: int, field: str, value: str | None, subject: str = "", sequence: int = 0, late: bool = False) -> Fact:
    id = FactId(f"{item:02}-{field}-{subject}-{sequence}")
    return Fact(id, SD, item, field, subject, sequence, value, 1, "digest", MINUTES, at(13 if late else 11, 20), late)


def of_child(item: int, child: ChildId, values: dict[str, str], sequence: int = 0) -> list[Fact]:
    return [said(item, field, value, child, sequence) for field, value in values.items()]


def opening() -> list[Fact]:
    return [
        said(1, "opening.meeting_type", "initial"),
        said(1, "opening.confidentiality_read", "yes"),
        said(1, "opening.connection", "no"),
        said(1, "opening.apology_words", "Court hearing that could not be moved", IDVA),
        said(1, "opening.apology_information", "supplied", IDVA),
    ]


def family() -> list[Fact]:
    return [
        *of_child(
            2, A, {"family.name": "Jodie Sample", "family.location_now": "At school", "family.school": "Hillside"}
        ),
        *of_child(2, B, {"family.name": "Milo Sample", "family.location_now": "At home with his mother"}),
        *of_child(2, C, {"family.name": "Unborn Sample", "family.location_now": "Mother is at home"}),
        said(2, "family.adult_name", "Ray Sample, also known as Ray Stand-in", sequence=0),
        said(2, "family.adult_place", "household", sequence=0),
        said(2, "family.adult_risk", "Two call-outs this year", sequence=0),
        said(2, "family.adult_name", "Kim Sample", sequence=1),
        said(2, "family.genogram", "not_used"),
        said(2, "family.genogram_reason", "The father of C is not known yet"),
    ]


def concern() -> list[Fact]:
    return [
        said(
            3, "concern.summary", 'A told her teacher: "I fell, and then I was pushed."\nA bruise was seen on her arm.'
        ),
        said(3, "concern.first_or_repeat", "repeat"),
        *of_child(
            3, A, {"concern.harm_primary": "PHY", "concern.harm_also": "EMO,NEG", "concern.context": "domestic_abuse"}
        ),
    ]


def information() -> list[Fact]:
    return [
        said(4, "information.speaker", "Tom Madeup", SCHOOL, 0),
        said(4, "information.said", "A came in late on six days this half-term.", SCHOOL, 0),
        said(4, "information.nature", "fact", SCHOOL, 0),
        said(4, "information.said", "Police were called to the address on 2 October.", POLICE, 0),
        said(4, "information.seen_by", "police", POLICE, 0),
        said(4, "information.said", "Police hold nothing on Kim Sample.", POLICE, 1),
        said(4, "information.said", "SECRET ADVICE OF COUNSEL", CSC, 0),
        said(4, "information.seen_by", "legal", CSC, 0),
        said(4, NOTE, "Health visitor's record arrives this afternoon."),
        said(4, NOTE, "GP rang back: no attendance since May.", sequence=1, late=True),
    ]


def rest_of_agenda() -> list[Fact]:
    return [
        said(5, "timeline.status", "deferred"),
        said(5, "timeline.deferred_reason", "Put off by action 3"),
        *of_child(6, A, {"voice.seen": "today", "voice.words": '"I like it when Nan comes."'}),
        *of_child(6, B, {"voice.not_recorded_reason": "Not seen since Friday; seen today by action 1"}),
        said(7, "others.answer", "none"),
        *of_child(8, A, {"analysis.threshold": "yes", "analysis.worry": "That A is hurt again before Friday"}),
        *of_child(8, B, {"analysis.threshold": "need_more", "analysis.threshold_reason": "Not seen yet"}),
        *of_child(8, A, {"analysis.view_agency": POLICE, "analysis.view": "yes"}, sequence=0),
        *of_child(8, A, {"analysis.view_agency": HEALTH, "analysis.view": "yes"}, sequence=1),
        *of_child(11, A, {"enquiry.question": "How the bruise came about", "enquiry.lead": WORKER}),
        said(13, "closing.told_what", "That we look into how A was hurt"),
        said(13, "closing.dissent", "yes"),
        said(13, "closing.dissent_words", "Health: would examine B as well"),
        said(13, "closing.next_at", "2026-11-24T10:00:00+00:00"),
        said(13, "closing.distribution", "The health visitor, who was not asked"),
    ]


def safety() -> list[Fact]:
    return [
        *of_child(
            9,
            A,
            {
                "safety.status": "plan",
                "safety.risk": "A is hurt again by an adult at home",
                "safety.kept_safe_by": "Her grandmother, Jo Sample",
                "safety.checked": "seen,willing",
                "safety.sleeps": "At her grandmother's until Friday",
                "safety.orders": "No contact with Ray Sample; bail ends 12 December",
                "safety.review_on": "2026-11-20",
            },
        ),
        *of_child(
            9, B, {"safety.status": "no_risk", "safety.no_risk_reason": "Stays with his mother at her sister's home"}
        ),
    ]


def decisions() -> list[Fact]:
    return [
        *of_child(
            10,
            A,
            {
                "decision.s47": "yes",
                "decision.s47_reason": "What A said, the bruise, and the call-out together",
                "decision.lead": "joint",
                "decision.medical": "yes",
                "decision.abe": "no",
                "decision.abe_reason": "She spoke freely; the need is looked at again after the visit",
                "decision.parents": "by_action",
                "decision.dissent_words": "Health would have the ABE interview first",
                "decision.crime_officer": SERGEANT,
            },
        ),
        *of_child(
            10,
            B,
            {
                "decision.s47": "no",
                "decision.s47_reason": "Nothing suggests harm to B so far",
                "decision.assessment": "start",
                "decision.medical": "no",
                "decision.medical_reason": "No injury is alleged",
            },
        ),
        said(10, DECISION_IN_WORDS, "A stays at school until the social worker rings", A),
        said(10, GAP_REASON, "the midwife brings it to the review", f"child_complete:{C}"),
        said(2, GAP_REASON, "the father of C is not known yet", "genogram"),
    ]


def facts() -> list[Fact]:
    return [*opening(), *family(), *concern(), *information(), *rest_of_agenda(), *safety(), *decisions()]


def action(number: int, kind: str, wording: str, due: datetime, **more: object) -> Action:
    plain = Action(
        id=ActionId(f"act-{number}"),
        discussion=SD,
        number=number,
        kind=kind,
        wording=wording,
        owner=WORKER,
        desk=None,
        due_at=due,
        feedback_to=(CHAIR, SERGEANT),
        practice="digest",
        created_at=at(11, 50),
        created_by=CHAIR,
    )
    return replace(plain, **more)  # type: ignore[arg-type]


ACTIONS = (
    action(
        2,
        "enquiry",
        "Examine A at the children's hospital",
        at(16, 0, day=19),
        owner=NURSE,
        child=A,
        measure="The verbal opinion is with the social worker",
        feedback_how="by phone on the day",
        state=ActionState.ACCEPTED,
        on_behalf=True,
        state_by=MINUTES,
    ),
    action(
        1,
        "immediate_safety",
        "See A alone at school, together with the detective sergeant",
        at(13, 30),
        child=A,
        measure="A was seen alone and the chair knows what she said",
        contingency="The police make a welfare check by 16:00",
        state=ActionState.DONE,
        note="Seen at 13:10",
    ),
    action(
        3, "other", "Put the joint timeline in order", at(17, 0, day=24), owner=None, desk=HEALTH_DESK, feedback_to=()
    ),
)


def told(practice: Practice, facts_told: Iterable[Fact] | None = None) -> Material:
    """The whole story, or the story with other facts."""
    return Material(
        discussion=discussion(practice),
        children=CHILDREN,
        facts=list(facts_told) if facts_told is not None else facts(),
        attendance=ATTENDANCE,
        invitations=INVITATIONS,
        actions=ACTIONS,
        people=PEOPLE,
        agencies=AGENCIES,
        desks=DESKS,
        practice=practice,
        calendar=PlainYear(),
        now=MADE,
    )
