"""The card of a booking, as the booker and the chair see it, and the card of somebody who is asked."""

from __future__ import annotations

from cards.buttons import BookFullMeeting, OpenChanges, OpenDiscussion, ShowMyDiscussions, StartDiscussion
from cards.changed import change_lines
from cards.notice import notice_card
from cards.parts import AnyButton, Band, Bullet, LabelledButton, Part, Text, Tone, Words
from cards.render import Card, Summary
from cards.report import report_row
from discussions.access import Can
from discussions.booking.discussion import DiscussionState
from discussions.booking.invitations import InvitationAnswer
from discussions.booking.views import BookingView, FullMeeting, InvitationLine
from discussions.london import say_moment, say_short

SYMBOLS = {
    InvitationAnswer.ASKED: "○",
    InvitationAnswer.COMING: "✓",
    InvitationAnswer.NOT_COMING: "▲",
    InvitationAnswer.DEPUTY: "✓",
    InvitationAnswer.INFORMATION: "✓",
    InvitationAnswer.NO_RECORD: "✓",
}
SAID = {
    InvitationAnswer.ASKED: "no answer yet",
    InvitationAnswer.COMING: "coming",
    InvitationAnswer.NOT_COMING: "not coming",
    InvitationAnswer.DEPUTY: "sends somebody else",
    InvitationAnswer.INFORMATION: "information only, nobody in the room",
    InvitationAnswer.NO_RECORD: "holds no record, nobody in the room",
}
WORDS_ABOUT = {
    InvitationAnswer.ASKED: "Said:",
    InvitationAnswer.COMING: "Said:",
    InvitationAnswer.NOT_COMING: "Your information:",
    InvitationAnswer.DEPUTY: "Who comes:",
    InvitationAnswer.INFORMATION: "Said:",
    InvitationAnswer.NO_RECORD: "Said:",
}
DECIDES_UNSAID = "not said that they may decide"
NO_BREAK = "\u00a0"
STATES = {
    DiscussionState.BOOKED: "booked",
    DiscussionState.STARTED: "in progress",
    DiscussionState.CLOSED: "closed, the record waits for approval",
    DiscussionState.APPROVED: "closed, the record is approved",
    DiscussionState.CANCELLED: "cancelled",
}
NOT_QUORATE = "Not quorate, as answered so far"


def booking_card(view: BookingView) -> Card:
    """Everything about a booking but what was said: time, window, people, answers, quorum."""
    one = view.discussion
    asked = [Text("Asked", bold=True), *answers(view)]
    records = view.access.can(Can.RECORD_ANSWERS) and one.is_open
    return notice_card(
        say_moment(one.starts_at),
        [*window(view), *facts(view), *(quorum_lines(view) if one.is_open else ()), *asked, *report_rows(view)],
        buttons(view),
        origin=f"{one.reference} · {one.kind}{' · restricted' if one.restricted else ''} · {STATES[one.state]}",
        foot=f"To record an answer given by telephone, type: answer for {one.reference} name: coming"
        if records
        else None,
        summary=Summary.ANSWER,
    )


def window(view: BookingView) -> list[Part]:
    """The latest start and its rule; outside it the one band of the card, with the reason given."""
    one = view.discussion
    if one.state is DiscussionState.CANCELLED:
        return cancelled_band(view)
    rule = f"{view.urgency}: {view.window_rule}."
    latest = say_short(one.window_ends)
    if one.starts_at <= one.window_ends:
        return [Words(f"{latest}. {rule} ✓ It is in time.", lead="Latest start:")]
    # the booker's own words may hold more than those who are merely asked should read
    runs_it = view.access.can(Can.RECORD_ANSWERS)
    reason = (f"Reason: {one.late_reason}",) if one.late_reason and runs_it else ()
    return [Band(Tone.WARNING, f"▲ Later than {latest}, the latest start", (rule, *reason))]


def cancelled_band(view: BookingView) -> list[Part]:
    """That it does not take place, and what must be held all the same."""
    due = view.still_due
    if due is None:
        return [Band(Tone.EMPHASIS, "○ Cancelled", ("It does not take place.",))]
    what = "The full meeting after the telephone discussion" if view.discussion.follows else "The review"
    return [Band(Tone.WARNING, "▲ Cancelled", (f"{what} must still be held, by {say_moment(due)}.",))]


def facts(view: BookingView) -> list[Part]:
    one = view.discussion
    parts: list[Part] = [
        Words(how(view), lead="How:"),
        *change_lines(view.changes, one),
        *said_of(view),
        Words(with_phone(view.chair, view.chair_phone), lead="Chair:"),
        Words(view.minute_taker or "nobody yet", lead="Minutes:"),
    ]
    if view.children:
        parts.append(Words("; ".join(view.children), lead="Children:"))
    if view.to_ring and one.is_open:
        parts.append(Words("; ".join(view.to_ring), lead="Not in the directory, please ring:"))
    if one.join_details and one.is_open:
        parts.append(Words(one.join_details, lead="Join:"))
    return parts


def said_of(view: BookingView) -> list[Part]:
    """What is so of some bookings only."""
    ends, full = view.protection_ends, view.full_meeting
    lines = {
        "Asked to take the chair:": not_yet(view.chair_asked),
        "Asked to take the booking:": not_yet(view.booker_asked),
        "Urgency:": f"{view.urgency_change}." if view.urgency_change else None,
        "Police protection ends:": f"{say_moment(ends)}." if ends else None,
        "Review of:": view.review_of,
        "Places:": f"{'; '.join(view.places)}." if view.places and view.discussion.is_open else None,
        "Counted as:": f"{view.counted_as}." if view.counted_as else None,
        "Full meeting:": say_full_meeting(full) if full else None,
    }
    return [Words(words, lead=lead) for lead, words in lines.items() if words]


def not_yet(name: str | None) -> str | None:
    return f"{name}, who has not accepted yet" if name else None


def how(view: BookingView) -> str:
    written = view.discussion.entered_at
    return f"{view.discussion.form}{f', written down {say_short(written)}' if written else ''}"


def say_full_meeting(told: FullMeeting) -> str:
    if told.is_booked:
        return told.reference or "booked"
    return f"must follow by {say_moment(told.by)}. It is not booked yet."


def with_phone(name: str, phone: str | None) -> str:
    """The number keeps together at the end of a line."""
    return f"{name}, {phone.replace(' ', NO_BREAK)}" if phone else name


def quorum_lines(view: BookingView) -> list[Part]:
    """Who must be there, as the answers stand; each symbol with its words.

    Why further agencies belong there says something about a child, so only those who are told of the children see it.
    """
    light = view.quorum
    is_open = any(line.invitation.answer is InvitationAnswer.ASKED for line in view.invitations)
    so_far = "Quorate if all come who have not answered" if is_open else "Quorate, as answered"
    without = ", ".join(line.name for line in light.missing) if view.children else ""
    heading = f"{so_far}{f'; without {without}' if without else ''}" if light.is_quorate else NOT_QUORATE
    lines = []
    for line in (line for line in light.lines if line.is_core or view.children):
        because = f", needed because {line.because}" if line.because else ""
        answered = f"has answered, nobody in the room: {line.said}" if line.said else "nobody expected"
        standing = "expected" if line.is_here else answered
        lines.append(Bullet(f"{standing}{because}", symbol="✓" if line.is_here else "▲", lead=f"{line.name}:"))
    return [Text(heading, bold=True), *lines]


def answers(view: BookingView) -> list[Part]:
    if not view.invitations:
        return [Text("Nobody is asked yet.")]
    return [answer_line(line) for line in view.invitations]


def answer_line(line: InvitationLine) -> Bullet:
    """ "✓ Police: Helen Marsh: coming (by telephone, recorded for them)"."""
    one = line.invitation
    if line.told:
        is_reached = line.told.startswith("told")
        ring = "" if is_reached or not line.phone else f" {line.phone}"
        return Bullet(f"{line.told}{ring}", symbol="✓" if is_reached else "▲", lead=f"{line.agency}, {line.who}:")
    told = f"{SAID[one.answer]}{f': {one.words}' if one.words else ''}"
    if one.answer is InvitationAnswer.ASKED and one.former:
        told += f" (to the former time: {SAID[one.former]}{f', {one.former_words}' if one.former_words else ''})"
    if one.answer is InvitationAnswer.DEPUTY and not one.may_decide:
        told += f" ({DECIDES_UNSAID})"
    if one.on_behalf:
        told += f" (as told to {line.answered_by})"
    elif one.answer is InvitationAnswer.ASKED and line.reach == "telephone":
        told += f"; telephone{f' {line.phone}' if line.phone else ''}"
    return Bullet(told, symbol=SYMBOLS[one.answer], lead=f"{line.agency}, {line.who}:")


def report_rows(view: BookingView) -> list[Part]:
    """What agencies sent before the meeting, for those who see the children."""
    if not view.reports:
        return []
    return [Text("Sent before the meeting", bold=True), *(report_row(line) for line in view.reports)]


def buttons(view: BookingView) -> list[list[AnyButton]]:
    rows: list[list[AnyButton]] = []
    if view.access.can(Can.START) and view.discussion.is_open:
        title = "Start it" if view.discussion.state is DiscussionState.BOOKED else "Open the console"
        rows.append([LabelledButton(title, StartDiscussion(view.discussion.id, view.discussion.version), primary=True)])
    if view.full_meeting and not view.full_meeting.is_booked and view.access.can(Can.CHANGE_BOOKING):
        rows.append([LabelledButton("Book the full meeting", BookFullMeeting(view.discussion.id))])
    if view.access.can(Can.CHANGE_BOOKING) and view.discussion.state is DiscussionState.BOOKED:
        rows.append([LabelledButton("Change it", OpenChanges(view.discussion.id))])
    mine = LabelledButton("My discussions", ShowMyDiscussions(), way_out=True)
    return [*rows, [LabelledButton("Look again", OpenDiscussion(view.discussion.id), way_out=True), mine]]
