"""The full meeting after a telephone discussion is not booked: its people are reminded, those above are told."""

from __future__ import annotations

from cards.booking import with_phone
from cards.buttons import BookFullMeeting, OpenDiscussion
from cards.notice import notice_card
from cards.parts import AnyButton, LabelledButton, Text, Tone, Words
from cards.render import Card, Summary
from discussions.access import Can
from discussions.booking.full_meeting import FullMeetingDue
from discussions.london import say_moment


def full_meeting_card(told: FullMeetingDue) -> Card:
    """For its people, and for whoever is above the chair: no child and no concern."""
    one = told.discussion
    heading, until, then = words_when_missed(told) if told.is_missed else words_when_due(told)
    may_book = Can.CHANGE_BOOKING in told.may
    return notice_card(
        f"▲ {heading}",
        [
            Words(say_moment(one.starts_at), lead="Held by telephone:"),
            Words(say_moment(told.by), lead=until),
            Words(with_phone(told.chair, told.chair_phone), lead="Chair:"),
            Text(then),
        ],
        buttons(told, may_book=may_book),
        tone=Tone.ATTENTION if told.is_missed else Tone.WARNING,
        lines=("It is not booked.",),
        foot=f"You can also type: full meeting {one.reference}" if may_book else None,
        summary=Summary.MEETING_TO_BOOK,
    )


def words_when_due(told: FullMeetingDue) -> tuple[str, str, str]:
    heading = f"{told.discussion.reference} needs its full meeting"
    return heading, "To start by:", "If it is not booked by then, whoever is above the chair is told."


def words_when_missed(told: FullMeetingDue) -> tuple[str, str, str]:
    heading = f"{told.discussion.reference}: its full meeting was not held"
    return heading, "It was to start by:", "It is late, and still has to be held."


def buttons(told: FullMeetingDue, *, may_book: bool) -> list[list[AnyButton]]:
    id = told.discussion.id
    rows: list[list[AnyButton]] = []
    if may_book:
        rows.append([LabelledButton("Book the full meeting", BookFullMeeting(id), primary=True, way_out=True)])
    if Can.SEE_BOOKING in told.may:
        rows.append([LabelledButton("Open it", OpenDiscussion(id), way_out=True)])
    return rows
