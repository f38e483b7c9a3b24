"""Before a discussion starts: asked a second time, whom to ring, which core agency is missing, what to bring."""

from __future__ import annotations

from dataclasses import replace

from cards.chasing import bring_card, core_missing_card, ring_card
from cards.invitation import invitation_card
from cards.joining import way_to_join_card
from cards.render import Card
from discussions.booking.invitations import InvitationAnswer
from discussions.chasing.views import AgencyComing, BringView, MissingAgency, MissingView, RingView, ToRing
from discussions.ids import InvitationId
from discussions.meetings.joining import WaysToJoin
from tests.cards.examples_booking import ONE, PRACTICE, answered, line
from tests.cards.gallery import example

SCHOOL = ToRing(line("Education", "Ash Primary, DSL", InvitationAnswer.ASKED, phone="0117 496 0144"), None)
NURSES = ToRing(
    line("Community health", "Safeguarding nurses", InvitationAnswer.ASKED, phone="0117 496 0122"),
    "closed now (Mon-Fri 08:00-17:00); out of hours: Hospital duty desk, 0117 496 0199",
)
NO_NUMBER = ToRing(line("Housing", "Sam [Oduya](http://x.example)", InvitationAnswer.ASKED), None)
DECLINED = ToRing(
    line("Police", "Safeguarding unit", InvitationAnswer.NOT_COMING, words="All in court. A report by secure mail.",
         phone="0117 496 0133"),
    None,
)  # fmt: skip


@example(invitation_card, "invitation-second-time")
def asked_a_second_time() -> Card:
    return invitation_card(answered(InvitationAnswer.ASKED), is_second=True)


@example(way_to_join_card, "no-link")
def a_link_is_asked_for() -> Card:
    return way_to_join_card(WaysToJoin(replace(ONE, join_details=None), True))


@example(way_to_join_card, "link-given")
def a_link_was_given() -> Card:
    return way_to_join_card(WaysToJoin(ONE, True))


@example(way_to_join_card, "link-of-no-known-service")
def a_link_to_no_known_service() -> Card:
    return way_to_join_card(WaysToJoin(replace(ONE, join_details="https://meet.example.net/x"), False))


@example(ring_card, "ring")
def several_to_ring() -> Card:
    named = [
        replace(one, line=replace(one.line, invitation=replace(one.line.invitation, id=InvitationId(f"i-{at}"))))
        for at, one in enumerate((SCHOOL, NURSES, NO_NUMBER))
    ]
    return ring_card(RingView(ONE, tuple(named)))


@example(ring_card, "ring-one")
def one_to_ring() -> Card:
    return ring_card(RingView(ONE, (SCHOOL,)))


@example(ring_card, "ring-nobody-left")
def nobody_left_to_ring() -> Card:
    return ring_card(RingView(ONE, ()))


@example(core_missing_card, "core-missing")
def two_core_agencies_are_missing() -> Card:
    health, police = MissingAgency("Health", (NURSES,)), MissingAgency("Police", (DECLINED,))
    return core_missing_card(MissingView(ONE, (health, police)))


@example(core_missing_card, "core-missing-not-asked")
def a_core_agency_was_never_asked() -> Card:
    one = replace(ONE, quorum_reason="The duty nurse brings it in writing.")
    return core_missing_card(MissingView(one, (MissingAgency("Health", ()),)))


@example(core_missing_card, "core-missing-no-more")
def all_core_agencies_come() -> Card:
    return core_missing_card(MissingView(ONE, ()))


def bring(agency: str, *, is_chair: bool = False, comes: tuple[AgencyComing, ...] = ()) -> Card:
    of_it = PRACTICE.agency_called(agency)
    return bring_card(
        BringView(
            discussion=ONE,
            agency=of_it.name,
            brings=of_it.brings,
            may_be_asked=of_it.may_be_asked,
            agenda=PRACTICE.items,
            coming=comes,
            chair="Priya Nair",
            chair_phone="0117 496 0101",
            is_chair=is_chair,
        )
    )


COMING = (
    AgencyComing("Children's social care", ("Priya Nair", "Ruth Adeyemi")),
    AgencyComing("Avon and Somerset Police", ("Safeguarding unit",)),
)


@example(bring_card, "what-to-bring")
def what_police_brings() -> Card:
    return bring("Police", comes=COMING)


@example(bring_card, "what-to-bring-chair")
def what_the_chair_brings() -> Card:
    return bring("Children's social care", is_chair=True, comes=COMING)


@example(bring_card, "what-to-bring-nothing-known")
def what_somebody_of_no_known_agency_brings() -> Card:
    return bring("Other")
