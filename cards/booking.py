"""The card of a booking, as the booker and the chair see it, and the card of somebody who is asked."""

from __future__ import annotations

from cards.buttons import AnswerInvitation, BookFullMeeting, OpenDiscussion, ShowMyDiscussions, StartDiscussion
from cards.notice import notice_card
from cards.parts import AnyButton, Band, Bullet, FormButton, LabelledButton, Part, Text, TextInput, Tone, Words
from cards.render import Card, Summary
from discussions.access import Can
from discussions.booking.discussion import DiscussionState
from discussions.booking.invitations import Invitation, InvitationAnswer
from discussions.booking.views import BookingView, FullMeeting, InvitationLine, InvitationView
from discussions.london import say_moment, say_short

SYMBOLS = {
    InvitationAnswer.ASKED: "○",
    InvitationAnswer.COMING: "✓",
    InvitationAnswer.NOT_COMING: "▲",
    InvitationAnswer.DEPUTY: "✓",
}
SAID = {
    InvitationAnswer.ASKED: "no answer yet",
    InvitationAnswer.COMING: "coming",
    InvitationAnswer.NOT_COMING: "not coming",
    InvitationAnswer.DEPUTY: "sends somebody else",
}
WORDS_ABOUT = {
    InvitationAnswer.ASKED: "Said:",
    InvitationAnswer.COMING: "Said:",
    InvitationAnswer.NOT_COMING: "Your information:",
    InvitationAnswer.DEPUTY: "Who comes:",
}
NO_BREAK = "\u00a0"
STATES = {
    DiscussionState.BOOKED: "booked",
    DiscussionState.STARTED: "in progress",
    DiscussionState.CLOSED: "closed, the record waits for approval",
    DiscussionState.APPROVED: "closed, the record is approved",
    DiscussionState.CANCELLED: "cancelled",
}


def booking_card(view: BookingView) -> Card:
    """Everything about a booking but what was said: time, window, people, answers, quorum."""
    one = view.discussion
    asked = [Text("Asked", bold=True), *answers(view)]
    records = view.access.can(Can.RECORD_ANSWERS) and one.is_open
    return notice_card(
        say_moment(one.starts_at),
        [*window(view), *facts(view), *(quorum_lines(view) if one.is_open else ()), *asked],
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
        return [Band(Tone.EMPHASIS, "○ Cancelled", ("It does not take place.",))]
    rule = f"{view.urgency}: {view.window_rule}."
    latest = say_short(one.window_ends)
    if one.starts_at <= one.window_ends:
        return [Words(f"{latest}. {rule} ✓ It is in time.", lead="Latest start:")]
    # the booker's own words may hold more than those who are merely asked should read
    runs_it = view.access.can(Can.RECORD_ANSWERS)
    reason = (f"Reason: {one.late_reason}",) if one.late_reason and runs_it else ()
    return [Band(Tone.WARNING, f"▲ Later than {latest}, the latest start", (rule, *reason))]


def facts(view: BookingView) -> list[Part]:
    one = view.discussion
    parts: list[Part] = [
        Words(how(view), lead="How:"),
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
        "Urgency:": f"{view.urgency_change}." if view.urgency_change else None,
        "Police protection ends:": f"{say_moment(ends)}." if ends else None,
        "Review of:": view.review_of,
        "Full meeting:": say_full_meeting(full) if full else None,
    }
    return [Words(words, lead=lead) for lead, words in lines.items() if words]


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
    heading = "Quorate, as answered so far" if light.is_quorate else "Not quorate, as answered so far"
    lines = []
    for line in (line for line in light.lines if line.is_core or view.children):
        because = f", needed because {line.because}" if line.because else ""
        standing = "expected" if line.is_here else "nobody expected"
        lines.append(Bullet(f"{standing}{because}", symbol="✓" if line.is_here else "▲", lead=f"{line.name}:"))
    return [Text(heading, bold=True), *lines]


def answers(view: BookingView) -> list[Part]:
    if not view.invitations:
        return [Text("Nobody is asked yet.")]
    return [answer_line(line) for line in view.invitations]


def answer_line(line: InvitationLine) -> Bullet:
    """ "✓ Police: Helen Marsh: coming (by telephone, recorded for them)"."""
    one = line.invitation
    told = f"{SAID[one.answer]}{f': {one.words}' if one.words else ''}"
    if one.on_behalf:
        told += f" (as told to {line.answered_by})"
    elif one.answer is InvitationAnswer.ASKED and line.reach == "telephone":
        told += f"; telephone{f' {line.phone}' if line.phone else ''}"
    return Bullet(told, symbol=SYMBOLS[one.answer], lead=f"{line.agency}, {line.who}:")


def buttons(view: BookingView) -> list[list[AnyButton]]:
    rows: list[list[AnyButton]] = []
    if view.access.can(Can.START) and view.discussion.is_open:
        title = "Start it" if view.discussion.state is DiscussionState.BOOKED else "Open the console"
        rows.append([LabelledButton(title, StartDiscussion(view.discussion.id, view.discussion.version), primary=True)])
    if view.full_meeting and not view.full_meeting.is_booked and view.access.can(Can.CHANGE_BOOKING):
        rows.append([LabelledButton("Book the full meeting", BookFullMeeting(view.discussion.id))])
    mine = LabelledButton("My discussions", ShowMyDiscussions(), way_out=True)
    return [*rows, [LabelledButton("Look again", OpenDiscussion(view.discussion.id), way_out=True), mine]]


def invitation_card(view: InvitationView) -> Card:
    """When, and that you are asked. No child, no concern."""
    one = view.discussion
    answered = view.invitation.answer is not InvitationAnswer.ASKED
    is_over = not one.is_open
    return notice_card(
        invitation_heading(view),
        invitation_parts(view),
        [] if is_over else answer_buttons(view.invitation),
        tone=Tone.GOOD if answered and not is_over else Tone.EMPHASIS,
        lines=(say_moment(one.starts_at),) if answered or is_over else (),
        foot=f"Multi-agency meeting {one.reference}.{'' if is_over else ' You can change your answer until it ends.'}",
        summary=Summary.MEETING_REQUEST,
    )


def invitation_heading(view: InvitationView) -> str:
    if view.discussion.state is DiscussionState.CANCELLED:
        return "○ This meeting is cancelled"
    if not view.discussion.is_open:
        return "○ This meeting is over"
    return {
        InvitationAnswer.ASKED: f"● You are asked: {say_moment(view.discussion.starts_at)}",
        InvitationAnswer.COMING: "✓ You are coming",
        InvitationAnswer.NOT_COMING: "✓ You said you can't come",
        InvitationAnswer.DEPUTY: "✓ You send somebody else",
    }[view.invitation.answer]


def invitation_parts(view: InvitationView) -> list[Part]:
    one, told = view.discussion, view.invitation
    parts: list[Part] = [
        Words(f"{view.agency}, as {view.asked_as}", lead="You are asked for"),
        Words(with_phone(view.chair, view.chair_phone), lead="Chair:"),
        Words(one.form, lead="How:"),
    ]
    if one.join_details and one.is_open:
        parts.append(Words(one.join_details, lead="Join:"))
    if told.words:
        parts.append(Words(f"“{told.words}”", lead=WORDS_ABOUT[told.answer]))
    if view.answered_by and told.answered_at:
        as_told = ", as told to them" if told.on_behalf else ""
        parts.append(Words(f"by {view.answered_by}{as_told}, {say_short(told.answered_at)}", lead="Answered"))
    return parts


def answer_buttons(one: Invitation) -> list[list[AnyButton]]:
    """Declining asks how the agency's information will reach the meeting: attendance is not information."""
    come = AnswerInvitation(one.id, "coming", one.version)
    is_new = one.answer is InvitationAnswer.ASKED
    coming = LabelledButton("I'm coming", come, primary=is_new, way_out=True)
    deputy = FormButton(
        "Send someone",
        (TextInput("deputy", "Who comes instead: name and role", max_length=300, required=True),
         Text("They must be of your agency and able to decide for it.", small=True)),
        LabelledButton("Say so", AnswerInvitation(one.id, "deputy", one.version), primary=True),
    )  # fmt: skip
    decline = FormButton(
        "I can't come",
        (TextInput("reason", "How your information will reach the meeting", multiline=True, max_length=1000,
                   required=True),),
        LabelledButton("Tell them", AnswerInvitation(one.id, "not_coming", one.version), primary=True),
    )  # fmt: skip
    return [[deputy, decline]] if one.answer is InvitationAnswer.COMING else [[coming], [deputy, decline]]
