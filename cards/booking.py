"""The card of a booking, as the booker and the chair see it, and the card of somebody who is asked."""

from __future__ import annotations

from cards.buttons import AnswerInvitation, OpenDiscussion, ShowMyDiscussions, StartDiscussion
from cards.notice import notice_card
from cards.parts import AnyButton, Bullet, FormButton, LabelledButton, Part, Text, TextInput, Tone, Words
from cards.render import Card, Summary
from discussions.access import Can
from discussions.booking.discussion import DiscussionState
from discussions.booking.invitations import Invitation, InvitationAnswer
from discussions.booking.views import BookingView, InvitationLine, InvitationView
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
    return notice_card(
        say_moment(one.starts_at),
        [*facts(view), *quorum_lines(view), Text("Asked", bold=True), *answers(view)],
        buttons(view),
        origin=f"{one.reference} · {one.kind}{' · restricted' if one.restricted else ''} · {STATES[one.state]}",
        foot="To record an answer given by telephone, type: "
        f"answer for {one.reference} name: coming" if view.access.can(Can.RECORD_ANSWERS) else None,
        summary=Summary.ANSWER,
    )  # fmt: skip


def facts(view: BookingView) -> list[Part]:
    one = view.discussion
    window = "inside" if one.starts_at <= one.window_ends else "after"
    parts: list[Part] = [
        Words(f"{view.urgency}: start by {say_short(one.window_ends)}, {view.window_rule}. This is {window} it.",
              lead="Window"),
        Words(one.form, lead="How"),
        Words(view.chair, lead="Chair"),
        Words(view.minute_taker or "not known yet", lead="Minutes"),
    ]  # fmt: skip
    if view.children:
        parts.append(Words("; ".join(view.children), lead="Children"))
    if one.join_details:
        parts.append(Words(one.join_details, lead="Join"))
    return parts


def quorum_lines(view: BookingView) -> list[Part]:
    lines = [
        Bullet(f"{line.name}{f', because {line.because}' if line.because else ''}", symbol="✓" if line.is_here else "▲")
        for line in view.quorum.lines
    ]
    return [Text("Agencies as answered so far", bold=True), *lines]


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
    mine = LabelledButton("My discussions", ShowMyDiscussions(), way_out=True)
    return [*rows, [LabelledButton("Look again", OpenDiscussion(view.discussion.id), way_out=True), mine]]


def invitation_card(view: InvitationView) -> Card:
    """When, and that you are asked. No child, no concern."""
    one = view.discussion
    answered = view.invitation.answer is not InvitationAnswer.ASKED
    heading = {
        InvitationAnswer.ASKED: f"You are asked: {say_moment(one.starts_at)}",
        InvitationAnswer.COMING: "✓ You are coming",
        InvitationAnswer.NOT_COMING: "✓ You said you can't come",
        InvitationAnswer.DEPUTY: "✓ You send somebody else",
    }[view.invitation.answer]
    is_over = not one.is_open
    return notice_card(
        "○ No longer open for answers" if is_over else heading,
        invitation_parts(view),
        [] if is_over else answer_buttons(view.invitation),
        tone=Tone.GOOD if answered and not is_over else Tone.EMPHASIS,
        lines=(say_moment(one.starts_at),) if answered or is_over else (),
        origin=f"Multi-agency meeting {one.reference}",
        foot=f"Multi-agency meeting {one.reference}. You can change your answer until it starts.",
        summary=Summary.MEETING_REQUEST,
    )


def invitation_parts(view: InvitationView) -> list[Part]:
    one = view.discussion
    chair = f"{view.chair}{f', {view.chair_phone}' if view.chair_phone else ''}"
    parts: list[Part] = [
        Words(f"{view.agency}, as {view.asked_as}", lead="You are asked for"),
        Words(chair, lead="Chair"),
        Words(one.form, lead="How"),
    ]
    if one.join_details:
        parts.append(Words(one.join_details, lead="Join"))
    if view.invitation.words:
        parts.append(Words(view.invitation.words, lead="You wrote"))
    if view.answered_by and view.invitation.answered_at:
        parts.append(Text(f"Answered by {view.answered_by}, {say_short(view.invitation.answered_at)}.", small=True))
    return parts


def answer_buttons(one: Invitation) -> list[list[AnyButton]]:
    """Declining asks how the agency's information will reach the meeting: attendance is not information."""
    come = AnswerInvitation(one.id, "coming", one.version)
    coming = LabelledButton("I'm coming", come, primary=True, way_out=True)
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
    return [[coming], [deputy, decline]]
