"""The card of somebody who is asked to a meeting, with every answer they can give."""

from __future__ import annotations

from cards.booking import DECIDES_UNSAID, SAID, WORDS_ABOUT, with_phone
from cards.buttons import AnswerInvitation
from cards.changed import difference
from cards.notice import notice_card
from cards.parts import (
    AnyButton,
    Choice,
    ChoiceInput,
    FormButton,
    LabelledButton,
    Part,
    Text,
    TextInput,
    ToggleInput,
    Tone,
    Words,
)
from cards.render import Card, Summary
from discussions.booking.discussion import DiscussionState
from discussions.booking.invitations import Invitation, InvitationAnswer
from discussions.booking.views import InvitationView
from discussions.london import say_moment, say_short

LONGEST_REPORT = 4000
NO_ANSWER_YET = "We have no answer from you yet. Please say who comes, or that nobody can."
ONLY_READ_BY = "Only the chair and the minute-taker read it."


def invitation_card(view: InvitationView, *, is_second: bool = False) -> Card:
    """When, and that you are asked. No child, no concern. `is_second`: nobody answered the first time."""
    one = view.discussion
    answered = view.invitation.answer is not InvitationAnswer.ASKED
    is_over = not view.is_open
    return notice_card(
        f"▲ Asked a second time: {say_moment(one.starts_at)}" if is_second else invitation_heading(view),
        invitation_parts(view),
        [] if is_over else answer_buttons(view),
        tone=Tone.WARNING if is_second else Tone.GOOD if answered and not is_over else Tone.EMPHASIS,
        lines=(NO_ANSWER_YET,) if is_second else (say_moment(one.starts_at),) if answered or is_over else (),
        foot=f"Multi-agency meeting {one.reference}.{'' if is_over else ' You can change your answer until it ends.'}",
        summary=Summary.MEETING_REQUEST,
    )


def invitation_heading(view: InvitationView) -> str:
    if view.discussion.state is DiscussionState.CANCELLED:
        return "○ This meeting is cancelled"
    if view.invitation.withdrawn_at is not None:
        return "○ You are not asked to this meeting any more"
    if not view.discussion.is_open:
        return "○ This meeting is over"
    again = " again" if view.moved else ""
    return {
        InvitationAnswer.ASKED: f"● You are asked{again}: {say_moment(view.discussion.starts_at)}",
        InvitationAnswer.COMING: "✓ You are coming",
        InvitationAnswer.NOT_COMING: "✓ You said you can't come",
        InvitationAnswer.DEPUTY: "✓ You send somebody else",
        InvitationAnswer.INFORMATION: "✓ You send information only",
        InvitationAnswer.NO_RECORD: "✓ Your agency holds no record",
    }[view.invitation.answer]


def invitation_parts(view: InvitationView) -> list[Part]:
    one, told = view.discussion, view.invitation
    parts: list[Part] = [
        *(difference(view.moved, one) if view.moved and view.is_open else ()),
        Words(f"{view.agency}, as {view.asked_as}", lead="You are asked for"),
        Words(with_phone(view.chair, view.chair_phone), lead="Chair:"),
        Words(one.form, lead="How:"),
    ]
    if one.join_details and view.is_open:
        parts.append(Words(one.join_details, lead="Join:"))
    if told.former and told.answer is InvitationAnswer.ASKED and view.is_open:
        parts.append(Words(SAID[told.former], lead="To the former time you said:"))
    if told.words:
        parts.append(Words(f"“{told.words}”", lead=WORDS_ABOUT[told.answer]))
    parts += told_of(view) if view.is_open else []
    if view.answered_by and told.answered_at:
        as_told = ", as told to them" if told.on_behalf else ""
        parts.append(Words(f"by {view.answered_by}{as_told}, {say_short(told.answered_at)}", lead="Answered"))
    return parts


def told_of(view: InvitationView) -> list[Part]:
    """What follows from the answer."""
    match view.invitation.answer:
        case InvitationAnswer.DEPUTY if not view.invitation.may_decide:
            return [Text(f"▲ You have {DECIDES_UNSAID} for your agency. Please see that they can.")]
        case InvitationAnswer.DEPUTY if view.invitation.deputy is not None:
            return [Text("They are asked and told.")]
        case InvitationAnswer.INFORMATION:
            return [Text(say_reports(view))]
        case _:
            return []


def say_reports(view: InvitationView) -> str:
    if view.sent:
        return f"✓ {view.sent} sent. {ONLY_READ_BY}"
    until = f" It is read in time if it comes by {say_short(view.report_until)}." if view.report_until else ""
    return f"▲ Nothing has come yet.{until}"


def answer_buttons(view: InvitationView) -> list[list[AnyButton]]:
    """Declining asks how the agency's information will reach the meeting: attendance is not information."""
    one = view.invitation
    is_new = one.answer is InvitationAnswer.ASKED
    coming = LabelledButton("I'm coming", answer(one, "coming"), primary=is_new, way_out=True)
    nothing_held = LabelledButton("No record", AnswerInvitation(one.id, "no_record", one.version), way_out=True)
    rows: list[list[AnyButton]] = [] if one.answer is InvitationAnswer.COMING else [[coming]]
    last: list[AnyButton] = [] if one.answer is InvitationAnswer.NO_RECORD else [nothing_held]
    return [*rows, [deputy_form(view), decline_form(one)], [information_form(view), *last]]


def answer(one: Invitation, what: str) -> AnswerInvitation:
    match what:
        case "deputy":
            return AnswerInvitation(one.id, "deputy", one.version)
        case "not_coming":
            return AnswerInvitation(one.id, "not_coming", one.version)
        case "information_only":
            return AnswerInvitation(one.id, "information_only", one.version)
        case _:
            return AnswerInvitation(one.id, "coming", one.version)


def deputy_form(view: InvitationView) -> FormButton:
    people = tuple(Choice(f"{person.name}, {person.role_name}", person.id) for person in view.deputies)
    words = "Or their name and role" if people else "Who comes instead: name and role"
    fields: list[Part] = [ChoiceInput("deputy_person", "Who comes instead", people)] if people else []
    fields += [
        TextInput("deputy", words, max_length=300, required=not people),
        ToggleInput("may_decide", "They may decide for our agency"),
        Text("They must be of your agency.", small=True),
    ]
    return FormButton(
        "Send someone", tuple(fields), LabelledButton("Say so", answer(view.invitation, "deputy"), primary=True)
    )


def decline_form(one: Invitation) -> FormButton:
    reason = TextInput(
        "reason", "How your information will reach the meeting", multiline=True, max_length=1000, required=True
    )
    return FormButton("I can't come", (reason,), LabelledButton("Tell them", answer(one, "not_coming"), primary=True))


def information_form(view: InvitationView) -> FormButton:
    until = f"Read in time if it comes by {say_short(view.report_until)}. " if view.report_until else ""
    report = TextInput(
        "report",
        "What your agency knows",
        multiline=True,
        max_length=LONGEST_REPORT,
        hint=f"{until}{ONLY_READ_BY} You may leave it empty and send it later.",
    )
    return FormButton(
        "Information only",
        (report,),
        LabelledButton("Send it", answer(view.invitation, "information_only"), primary=True),
    )
