"""A full meeting that is not booked, for those who can book it, and for the service manager."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from cards.full_meeting import full_meeting_card
from cards.render import Card
from discussions.access import GRANTS, Part
from discussions.booking.full_meeting import FullMeetingDue
from tests.cards.examples_booking import ONE
from tests.cards.gallery import example

DUE = FullMeetingDue(ONE, ONE.starts_at + timedelta(days=1), False, "Helen Marsh", "0117 496 0100", GRANTS[Part.CHAIR])


@example(full_meeting_card, "full-meeting-to-book")
def the_chair_is_reminded() -> Card:
    return full_meeting_card(DUE)


@example(full_meeting_card, "full-meeting-missed-for-the-service-manager")
def the_service_manager_is_told() -> Card:
    return full_meeting_card(replace(DUE, is_missed=True, may=GRANTS[Part.OVERSEER]))


@example(full_meeting_card, "full-meeting-missed-for-the-duty-desk")
def the_duty_desk_is_told_and_sees_no_more() -> Card:
    return full_meeting_card(replace(DUE, is_missed=True, may=frozenset()))
