"""Who took part, who was asked and did not come, and what that made of the quorum."""

from __future__ import annotations

from collections.abc import Sequence

from discussions.agenda.attendance import Attendance
from discussions.agenda.facts import GAP_REASON
from discussions.agenda.quorum import QuorumLine, conditions_for, light_for
from discussions.booking.invitations import Invitation, InvitationAnswer
from discussions.london import say_time
from discussions.practice.types import GateCode
from discussions.record.material import Material
from discussions.record.parts import Absence, Attendee

INQUORATE_REASON = "opening.inquorate_reason"
APOLOGY = "opening.apology_words"

ANSWERS = {
    InvitationAnswer.ASKED: "No answer",
    InvitationAnswer.COMING: "Said they were coming",
    InvitationAnswer.NOT_COMING: "Could not come",
    InvitationAnswer.DEPUTY: "Said they were sending somebody else",
    InvitationAnswer.INFORMATION: "Information only",
    InvitationAnswer.NO_RECORD: "No record held",
}


def list_attendees(material: Material) -> tuple[Attendee, ...]:
    """By agency, and in the order in which they came."""
    ordered = sorted(material.attendance, key=lambda one: (material.name_agency(one.agency), one.came_at, one.id))
    return tuple(
        Attendee(
            agency=material.name_agency(one.agency),
            who=name_attendee(material, one),
            may_decide=one.may_decide,
            came=say_time(one.came_at),
            left=say_time(one.left_at) if one.left_at else None,
        )
        for one in ordered
    )


def name_attendee(material: Material, one: Attendance) -> str:
    return material.introduce(one.person) if one.person else one.name or "Name not given"


def list_absences(material: Material) -> tuple[Absence, ...]:
    absent = [invitation for invitation in material.invitations if not was_answered_for(material, invitation)]
    ordered = sorted(absent, key=lambda one: (material.name_agency(one.agency), one.id))
    return tuple(
        Absence(
            agency=material.name_agency(one.agency),
            who=material.introduce(one.person)
            if one.person
            else material.name_desk(one.desk)
            if one.desk
            else "Anybody",
            answer=say_answer(material, one),
            reason=say_reason(material, one),
        )
        for one in ordered
    )


def say_reason(material: Material, invitation: Invitation) -> str | None:
    """The invitee's own words, and what was said of it at the table."""
    apology = material.fact(APOLOGY, invitation.agency)
    return "; ".join(words for words in (invitation.words, apology.value if apology else None) if words) or None


def was_answered_for(material: Material, invitation: Invitation) -> bool:
    """The person asked was there; or, where a desk was asked or a deputy sent, somebody of the agency was."""
    if invitation.person is not None and invitation.answer is not InvitationAnswer.DEPUTY:
        return any(one.person == invitation.person for one in material.attendance)
    return any(one.agency == invitation.agency for one in material.attendance)


def say_answer(material: Material, invitation: Invitation) -> str:
    answer = ANSWERS.get(invitation.answer, invitation.answer.replace("_", " ").capitalize())
    return f"{answer} (recorded by {material.name_person(invitation.answered_by)})" if invitation.on_behalf else answer


def say_quorum(material: Material) -> str:
    """One sentence on the core agencies, with the reason where one was missing."""
    lines = light_for(
        material.practice,
        conditions_for(material.practice, material.discussion, material.children, material.held_on),
        agencies_present(material),
    ).lines
    missing_core = [line for line in lines if line.is_core and not line.is_here]
    others = say_others_missing([line for line in lines if not line.is_core and not line.is_here])
    if not missing_core:
        return f"Quorate: {list_names([line for line in lines if line.is_core])} took part.{others}"
    reason = quorum_reason(material)
    because = f" Reason given: {end_sentence(reason)}" if reason else " No reason was given."
    return f"Not quorate: {list_names(missing_core)} did not take part.{because}{others}"


def agencies_present(material: Material) -> frozenset[str]:
    known = [material.agencies[one.agency].category for one in material.attendance if one.agency in material.agencies]
    return frozenset(code for category in known for code in material.practice.counts_for(category))


def say_others_missing(lines: Sequence[QuorumLine]) -> str:
    return "".join(f" {line.name} should be there too because {line.because}, and did not take part." for line in lines)


def quorum_reason(material: Material) -> str | None:
    """What the chair said at the table, or at the close, or else what the booker said."""
    said = material.fact(INQUORATE_REASON, "")
    at_close = (fact for fact in material.facts_of(GAP_REASON) if fact.subject.split(":")[0] == GateCode.QUORUM)
    found = said or next(at_close, None)
    return found.value if found else material.discussion.quorum_reason


def list_names(lines: Sequence[QuorumLine]) -> str:
    *others, last = [line.name for line in lines]
    return f"{', '.join(others)} and {last}" if others else last


def end_sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."
