"""The card of a booking for those who run it and those who look on, and an invitation with every answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from cards.booking import booking_card
from cards.invitation import invitation_card
from cards.render import Card
from cards.report import report_card
from discussions.access import Access, Part
from discussions.agenda.quorum import light_for
from discussions.booking.discussion import Discussion, DiscussionKind, DiscussionState, Form
from discussions.booking.invitations import Invitation, InvitationAnswer
from discussions.booking.reports import ReportLine
from discussions.booking.sent import FileKind, Report
from discussions.booking.views import BookingView, FullMeeting, InvitationLine, InvitationView
from discussions.ids import DiscussionId, InvitationId, ReportId
from discussions.people import AgencyId, DeskId, Person, PersonId
from storage.practice_file import standard_practice
from tests.cards.gallery import example

NOW = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)
PRACTICE = standard_practice()
ONE = Discussion(
    id=DiscussionId("0196a0d2-7d13-7cc0-9f5f-0b6d2f0a9a01"),
    reference="SD-26-0412",
    kind=DiscussionKind.INITIAL,
    urgency=PRACTICE.urgencies[0].code,
    harms=("PHY",),
    decided_at=NOW,
    window_ends=NOW + timedelta(hours=8),
    starts_at=NOW + timedelta(hours=2),
    form=Form.VIDEO,
    chair=PersonId("p-chair"),
    booker=PersonId("p-booker"),
    practice="digest",
    join_details="https://teams.example/l/meetup-join/19%3ameeting, or ring 0117 496 0111 and type 4421",
)
ASKED = Invitation(
    InvitationId("0196a0d2-7d13-7cc0-9f5f-0b6d2f0a9a03"), ONE.id, AgencyId("police"), DeskId("d-1"), None
)


def line(agency: str, who: str, answer: InvitationAnswer, **more: object) -> InvitationLine:
    invitation = replace(ASKED, answer=answer, words=str(more["words"]) if "words" in more else None,
                         on_behalf=bool(more.get("on_behalf")))  # fmt: skip
    reach = "telephone" if more.get("phone") else "Teams"
    by = "Helen Marsh" if more.get("on_behalf") else None
    return InvitationLine(invitation, agency, who, str(more["phone"]) if "phone" in more else None, reach, by)


ANSWERS = (
    line("Police", "Lighthouse", InvitationAnswer.COMING),
    line("Community health", "Kim Lee", InvitationAnswer.NOT_COMING, words="A report comes by secure mail at 10:30."),
    line("Education", "Ash Primary, DSL", InvitationAnswer.ASKED, phone="0117 496 0144"),
    line("Housing", "Sam Oduya", InvitationAnswer.DEPUTY, words="Rae Finch, [housing](http://x.example) officer"),
    line("Probation", "Lee Stone", InvitationAnswer.COMING, on_behalf=True),
)
BOOKED = BookingView(
    discussion=ONE,
    urgency="Urgent",
    window_rule="the same working day from the decision to hold it (local procedures)",
    chair="Helen Marsh",
    chair_phone="0117 496 0100",
    minute_taker="Tom Reed",
    booker="Priya Nair",
    invitations=ANSWERS,
    children=("A, 7", "B, 4", "C, unborn"),
    quorum=light_for(PRACTICE, frozenset(), frozenset({"CSC", "POLICE"})),
    access=Access(frozenset({Part.CHAIR})),
)
INVITED = InvitationView(
    invitation=ASKED,
    discussion=ONE,
    chair="Helen Marsh",
    chair_phone="0117 496 0100",
    agency="Police",
    asked_as="Lighthouse",
    answered_by=None,
    is_own=True,
    is_open=True,
)


@example(booking_card, "booking-for-the-chair")
def a_booking_as_its_chair_sees_it() -> Card:
    return booking_card(BOOKED)


@example(booking_card, "booking-for-somebody-invited")
def a_booking_as_an_invitee_sees_it() -> Card:
    return booking_card(replace(BOOKED, children=(), access=Access(frozenset({Part.INVITED}))))


@example(booking_card, "booking-bare")
def a_booking_outside_its_window_with_nobody_asked() -> Card:
    late = replace(ONE, starts_at=ONE.window_ends + timedelta(hours=16), restricted=True, join_details=None,
                   late_reason="The paediatrician is free from 9.")  # fmt: skip
    return booking_card(replace(BOOKED, discussion=late, invitations=(), minute_taker=None))


def in_state(state: DiscussionState) -> Card:
    return booking_card(replace(BOOKED, discussion=replace(ONE, state=state)))


@example(booking_card, "booking-started")
def a_discussion_in_progress() -> Card:
    return in_state(DiscussionState.STARTED)


@example(booking_card, "booking-closed")
def a_closed_discussion() -> Card:
    return in_state(DiscussionState.CLOSED)


@example(booking_card, "booking-approved")
def an_approved_discussion() -> Card:
    return in_state(DiscussionState.APPROVED)


@example(booking_card, "booking-cancelled")
def a_cancelled_discussion() -> Card:
    return in_state(DiscussionState.CANCELLED)


@example(booking_card, "booking-telephone-written-down")
def a_telephone_discussion_whose_full_meeting_must_follow() -> Card:
    by_phone = replace(ONE, form=Form.PHONE, entered_at=NOW + timedelta(hours=3), window_ends=NOW + timedelta(hours=2))
    view = replace(
        BOOKED,
        discussion=by_phone,
        to_ring=("Fairfield High", "Another local authority"),
        urgency_change="raised from U1 to U0, because police protection is in force",
        full_meeting=FullMeeting(NOW + timedelta(days=1), None, is_booked=False),
    )
    return booking_card(view)


def answered(answer: InvitationAnswer, words: str | None = None) -> InvitationView:
    one = replace(ASKED, answer=answer, words=words, answered_at=NOW, answered_by=PersonId("p-1"))
    return replace(INVITED, invitation=one, answered_by="Jo Smith")


@example(invitation_card, "invitation")
def an_invitation() -> Card:
    return invitation_card(INVITED)


@example(invitation_card, "invitation-coming")
def i_am_coming() -> Card:
    return invitation_card(answered(InvitationAnswer.COMING))


@example(invitation_card, "invitation-not-coming")
def i_cannot_come() -> Card:
    return invitation_card(answered(InvitationAnswer.NOT_COMING, "A report comes by secure mail at 10:30."))


@example(invitation_card, "invitation-deputy")
def somebody_comes_for_me() -> Card:
    return invitation_card(answered(InvitationAnswer.DEPUTY, "Rae Finch, DC"))


@example(invitation_card, "invitation-over")
def too_late_to_answer() -> Card:
    return invitation_card(replace(INVITED, is_open=False, discussion=replace(ONE, state=DiscussionState.CLOSED)))


@example(invitation_card, "invitation-cancelled")
def the_meeting_is_cancelled() -> Card:
    return invitation_card(replace(INVITED, is_open=False, discussion=replace(ONE, state=DiscussionState.CANCELLED)))


@example(invitation_card, "invitation-with-people-to-send")
def somebody_of_the_directory_can_be_sent() -> Card:
    people = tuple(
        Person(PersonId(f"p-{number}"), AgencyId("police"), None, f"Person {number}", "POLICE", "Sergeant", frozenset())
        for number in range(60)
    )
    return invitation_card(replace(INVITED, deputies=people, report_until=ONE.starts_at - timedelta(minutes=30)))


@example(invitation_card, "invitation-deputy-told")
def somebody_of_the_directory_comes_for_me() -> Card:
    sent = answered(InvitationAnswer.DEPUTY, "Rae Finch, Detective constable")
    invitation = replace(sent.invitation, deputy=PersonId("p-3"), may_decide=True)
    return invitation_card(replace(sent, invitation=invitation))


@example(invitation_card, "invitation-information-promised")
def information_is_still_to_come() -> Card:
    until = ONE.starts_at - timedelta(minutes=30)
    return invitation_card(replace(answered(InvitationAnswer.INFORMATION), report_until=until))


@example(invitation_card, "invitation-information-sent")
def information_has_come() -> Card:
    return invitation_card(replace(answered(InvitationAnswer.INFORMATION), sent=2))


@example(invitation_card, "invitation-no-record")
def no_record_is_held() -> Card:
    return invitation_card(answered(InvitationAnswer.NO_RECORD))


@example(invitation_card, "invitation-withdrawn")
def not_asked_any_more() -> Card:
    withdrawn = replace(ASKED, withdrawn_at=NOW)
    return invitation_card(replace(INVITED, invitation=withdrawn, is_open=False))


def report(place: int = 1, **fields: object) -> ReportLine:
    one = Report(
        id=ReportId(f"r-{place}"),
        discussion=ONE.id,
        invitation=ASKED.id,
        agency=AgencyId("police"),
        words="Two call-outs to the address this year.",
        kind=None,
        size=0,
        sent_at=NOW + timedelta(minutes=50),
        sent_by=PersonId("p-1"),
        on_behalf=False,
    )
    return ReportLine(replace(one, **fields), "Police", "Helen Marsh", is_late=False, place=place, of=2)  # type: ignore[arg-type]


@example(booking_card, "booking-with-reports")
def a_booking_with_reports_as_its_chair_sees_it() -> Card:
    late = replace(report(2, words=None, kind=FileKind.PDF, size=812_000), is_late=True)
    absent = (
        line("Community health", "Kim Lee", InvitationAnswer.NO_RECORD),
        line("Police", "Lighthouse", InvitationAnswer.INFORMATION),
    )
    light = light_for(
        PRACTICE, frozenset(), frozenset({"CSC"}), {"HEALTH": "holds no record", "POLICE": "has sent information"}
    )
    return booking_card(replace(BOOKED, invitations=absent, reports=(report(), late), quorum=light))


@example(report_card, "report")
def a_report_in_words() -> Card:
    return report_card("SD-26-0412", report(), None)


@example(report_card, "report-with-a-file")
def a_late_report_with_a_file_as_told_by_telephone() -> Card:
    late = report(2, words="Ω" * 4000, kind=FileKind.WORD, size=8_400, on_behalf=True)
    return report_card("SD-26-0412", replace(late, is_late=True), "https://chairside.example/record/secret")
