"""The page of an invitation for whoever answers without Teams: when, how, what to bring, the answers, what was kept."""

from __future__ import annotations

from collections.abc import Mapping

from discussions.booking.discussion import DiscussionState
from discussions.booking.invitations import InvitationAnswer
from discussions.booking.views import InvitationView
from discussions.london import say_moment, say_short, say_time
from discussions.secure.answering import LONGEST_NAME, said_name
from discussions.secure.invited import OFFERED, Invited
from pages.fields import Choice, Field, Group, Line, Option, Refused
from pages.render import Page, render
from pages.secure import titled
from pages.secure_action import Matter, Typed, no_break

TITLE = "Answer an invitation"
ONLY_READ_BY = "Only the chair and the minute-taker read it."
LABELS = {
    InvitationAnswer.COMING: ("Coming", "You take part, and can decide for your agency"),
    InvitationAnswer.DEPUTY: ("Somebody in my place", "Of your agency, and able to decide for it"),
    InvitationAnswer.INFORMATION: ("Information only", "Nobody comes; you write or attach what your agency knows"),
    InvitationAnswer.NO_RECORD: ("No record held", "Your agency holds nothing on this. That is an answer too"),
    InvitationAnswer.NOT_COMING: ("Not coming", "You say how your information will reach the meeting"),
}
HEADINGS = {
    InvitationAnswer.ASKED: ("due", "● You are asked, and have not answered yet"),
    InvitationAnswer.COMING: ("good", "✓ You are coming"),
    InvitationAnswer.DEPUTY: ("good", "✓ You send somebody else"),
    InvitationAnswer.INFORMATION: ("good", "✓ You send information only"),
    InvitationAnswer.NO_RECORD: ("good", "✓ Your agency holds no record"),
    InvitationAnswer.NOT_COMING: ("good", "✓ You said that you can't come"),
}
KEPT = {
    InvitationAnswer.COMING: "You are coming",
    InvitationAnswer.DEPUTY: "You send somebody else",
    InvitationAnswer.INFORMATION: "You send information only",
    InvitationAnswer.NO_RECORD: "Your agency holds no record",
    InvitationAnswer.NOT_COMING: "You can't come",
}
WORDS = {InvitationAnswer.DEPUTY: "deputy-words", InvitationAnswer.NOT_COMING: "not_coming-words"}
REPORT, FILE, DEPUTY, MAY_DECIDE = "report", "file", "deputy", "may_decide"


def invitation_page(seen: Invited, token: str, typed: Typed, refused: Refused | None = None) -> Page:
    view = seen.view
    return render(
        "secure_invitation.html.j2",
        title=titled(TITLE, refused),
        ends=say_time(seen.ends_at),
        matter=matter_of(seen),
        options=tuple(option_of(one, seen, typed) for one in OFFERED) if view.is_open else (),
        who=who_fields(seen, typed) if seen.is_shared and view.is_open else (),
        chosen=typed.chosen,
        token=token,
        refused=refused,
    )


def matter_of(seen: Invited) -> Matter:
    view = seen.view
    tone, band = band_of(view)
    return Matter(
        origin=f"Multi-agency meeting {view.discussion.reference}",
        heading=say_moment(view.discussion.starts_at),
        tone=tone,
        band=band,
        lines=tuple(Line(lead, words) for lead, words in lines_of(seen).items() if words),
        seen=view.invitation.version,
        nothing=None if view.is_open else "There is nothing to answer any more. Questions? Please ring the chair.",
    )


def band_of(view: InvitationView) -> tuple[str, str]:
    if view.discussion.state is DiscussionState.CANCELLED:
        return "note", "○ This meeting is cancelled"
    if view.invitation.withdrawn_at is not None:
        return "note", "○ You are not asked to this meeting any more"
    if not view.is_open:
        return "note", "○ This meeting is over"
    return HEADINGS[view.invitation.answer]


def lines_of(seen: Invited) -> Mapping[str, str | None]:
    view, one = seen.view, seen.view.discussion
    phone = f", {no_break(view.chair_phone)}" if view.chair_phone else ""
    told = view.invitation
    return {
        "How": f"{one.form}, {seen.minutes} minutes",
        "Join": one.join_details if view.is_open else None,
        "Asked for": f"{view.agency}, as {view.asked_as}",
        "Please bring": seen.brings if view.is_open else None,
        "Chair": f"{view.chair}{phone}",
        "You said": told.words,
        "Sent": f"{view.sent} sent. {ONLY_READ_BY}" if view.sent else None,
        "Answered": answered_words(view),
    }


def answered_words(view: InvitationView) -> str | None:
    told = view.invitation
    if not view.answered_by or not told.answered_at:
        return None
    return f"by {view.answered_by}{', as told to them' if told.on_behalf else ''}, {say_short(told.answered_at)}"


def option_of(answer: InvitationAnswer, seen: Invited, typed: Typed) -> Option:
    label, says = LABELS[answer]
    return Option(answer.value, label, says, fields_of(answer, seen, typed))


def fields_of(answer: InvitationAnswer, seen: Invited, typed: Typed) -> tuple[Field, ...]:
    match answer:
        case InvitationAnswer.DEPUTY:
            return deputy_fields(seen, typed)
        case InvitationAnswer.INFORMATION:
            return report_fields(seen, typed)
        case InvitationAnswer.NOT_COMING:
            id = WORDS[answer]
            return (Field(id, "How will your agency's information reach the meeting?", typed.of(id), is_long=True),)
        case _:
            return ()


def deputy_fields(seen: Invited, typed: Typed) -> tuple[Field, ...]:
    id = WORDS[InvitationAnswer.DEPUTY]
    people = tuple(Choice(f"{one.name}, {one.role_name}", one.id) for one in seen.view.deputies)
    chosen = Field(
        DEPUTY, "Who?", typed.of(DEPUTY), groups=(Group((Choice("Somebody else, named below", ""), *people)),)
    )
    return (
        *((chosen,) if people else ()),
        Field(id, "Or their name and role" if people else "Their name and role", typed.of(id), longest=300),
        Field(
            MAY_DECIDE,
            "They may decide for our agency",
            typed.of(MAY_DECIDE),
            "The meeting needs people who can commit their agency.",
            is_tick=True,
        ),
    )


def report_fields(seen: Invited, typed: Typed) -> tuple[Field, ...]:
    until = seen.view.report_until
    in_time = f"It is read in time if it comes by {say_short(until)}. " if until else ""
    return (
        Field(
            REPORT,
            "What your agency knows",
            typed.of(REPORT),
            f"{in_time}{ONLY_READ_BY} You may leave it empty and send it later.",
            is_long=True,
            longest=seen.longest_report,
        ),
        Field(
            FILE,
            "Or attach one file",
            hint=f"PDF, Word, PNG or JPEG, up to {seen.largest_file} MB. Its name is not kept.",
            is_file=True,
        ),
    )


def who_fields(seen: Invited, typed: Typed) -> tuple[Field, ...]:
    name, role = (said_name(seen.said), seen.said.role_name) if seen.said else ("", "")
    return (
        Field("name", "Your name", typed.of("name", name), longest=LONGEST_NAME, autocomplete="name"),
        Field("role", "Your role", typed.of("role", role), longest=LONGEST_NAME, autocomplete="organization-title"),
    )


def invitation_kept_page(seen: Invited, answer: InvitationAnswer, token: str) -> Page:
    """`seen` is how it stands after the answer."""
    view = seen.view
    lines = [Line("When", say_moment(view.discussion.starts_at))]
    lines += [Line("Your words", view.invitation.words)] if view.invitation.words else []
    lines += [Line("Sent", f"{view.sent} sent. {ONLY_READ_BY}")] if view.sent else []
    return render(
        "secure_kept.html.j2",
        title="Your answer is kept",
        ends=say_time(seen.ends_at),
        origin=f"Multi-agency meeting {view.discussion.reference}",
        answer=KEPT[answer],
        lines=tuple(lines),
        follows=follows(seen, answer),
        back="Back to the invitation",
        token=token,
    )


def follows(seen: Invited, answer: InvitationAnswer) -> str:
    view = seen.view
    ring = f" on {no_break(view.chair_phone)}" if view.chair_phone else ""
    match answer:
        case InvitationAnswer.DEPUTY:
            asked = "They are asked and told." if view.invitation.deputy else "Please tell them when and how to join."
            unsaid = " You have not said that they may decide: please see that they can."
            return f"The chair is told. {asked}{'' if view.invitation.may_decide else unsaid}"
        case InvitationAnswer.INFORMATION if not view.sent:
            return "The chair is told that information is to come. Come back to this page to send it."
        case InvitationAnswer.INFORMATION if view.is_late:
            return f"It came after the time for reports: please ring the chair{ring}, so that it is read out."
        case InvitationAnswer.INFORMATION:
            return "The chair and the minute-taker can read it. Nobody else is shown it."
        case _:
            return "The chair is told. You can change your answer on this page until the meeting ends."
