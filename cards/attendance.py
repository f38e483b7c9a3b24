"""Who is here, agency by agency: ticked as people arrive, with what each agency answered."""

from __future__ import annotations

from collections.abc import Sequence

from cards.buttons import OpenConsole, SaveAttendance
from cards.console import quorum_band
from cards.form import form_card
from cards.parts import (
    Bullet,
    Buttons,
    Choice,
    ChoiceInput,
    Hidden,
    LabelledButton,
    Part,
    TextInput,
    ToggleButton,
    Words,
)
from cards.render import Card
from discussions.agenda.table import AgencySeats, Seat
from discussions.agenda.views import AttendanceView
from discussions.london import say_time

CAME = "came."
"""Before the number of each list of people who may have come; their values are seats' keys."""
LEFT = "left"
MAY_DECIDE = "may_decide"
MAY_NOT_DECIDE = "may_not_decide"
TIME = "time"
GUESTS = "guests"
MORE = "more"
MOST_OFFERED = 20


def attendance_card(view: AttendanceView) -> Card:
    inputs = [part for number, agency in enumerate(view.agencies) for part in agency_parts(number, agency)]
    guests = TextInput(
        GUESTS, "Somebody else", multiline=True, max_length=2000,
        hint="Name, role, agency; one a line: Kim Lee, school nurse, health",
    )  # fmt: skip
    return form_card(
        f"{view.discussion.reference} · attendance · {say_time(view.now)}",
        "Who is here",
        None,
        [*inputs, guests, *more_parts(view.agencies)],
        [
            [
                LabelledButton("Save", SaveAttendance(view.discussion.id, view.discussion.version), primary=True),
                LabelledButton("Agenda", OpenConsole(view.discussion.id), way_out=True),
            ]
        ],
        band=quorum_band(view.quorum),
        foot="You can also type: here Helen Marsh, left Helen Marsh.",
    )


def agency_parts(number: int, agency: AgencySeats) -> list[Part]:
    """Those who are here or were, what the agency answered, and the list of those who may still come."""
    parts: list[Part] = [Words(agency.agency.name, bold=True)]
    parts += [seat_line(seat) for seat in agency.seats if seat.newest is not None]
    parts += [Bullet(words, small=True) for words in agency.said]
    away = [seat for seat in agency.seats if seat.here is None][:MOST_OFFERED]
    if away:
        label = f"Tick who has come for {agency.agency.name}"
        parts.append(ChoiceInput(f"{CAME}{number}", label, choices_of(away), many=True))
    return parts


def seat_line(seat: Seat) -> Bullet:
    here = seat.here
    if here is not None:
        authority = "" if here.may_decide else ", can't decide for the agency"
        return Bullet(f"{seat.name}: here since {say_time(here.came_at)}{authority}", symbol="✓")
    left = seat.newest.left_at if seat.newest else None
    return Bullet(f"{seat.name}: left at {say_time(left)}" if left else seat.name, symbol="○")


def choices_of(seats: Sequence[Seat]) -> tuple[Choice, ...]:
    return tuple(Choice(seat.name, seat.key) for seat in seats)


def more_parts(agencies: Sequence[AgencySeats]) -> list[Part]:
    """Rarer things, folded away: who left, who can't decide, and another time than now."""
    here = [seat for agency in agencies for seat in agency.seats if seat.here][:60]
    deciding = [seat for seat in here if seat.here and seat.here.may_decide]
    not_deciding = [seat for seat in here if seat.here and not seat.here.may_decide]
    lists = ((LEFT, "Who has left", here), (MAY_NOT_DECIDE, "Who can't decide for their agency", deciding),
             (MAY_DECIDE, "Who can decide after all", not_deciding))  # fmt: skip
    inputs: list[Part] = [ChoiceInput(id, label, choices_of(some), many=True) for id, label, some in lists if some]
    inputs.append(TextInput(TIME, "When they came or left, if not now", max_length=80, hint="For example 10:05"))
    toggle = Buttons((ToggleButton("Left, authority, time", MORE),))
    return [toggle, Hidden(MORE, tuple(inputs))]
