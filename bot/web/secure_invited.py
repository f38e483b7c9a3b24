"""Forms of an invitation's page: what came, its use-case, and the page that follows. Each is one transaction."""

from __future__ import annotations

from collections.abc import Mapping

from bot.web.secure_requests import Uploaded, form_token
from discussions.booking.invitations import InvitationAnswer
from discussions.needs import Means
from discussions.refusals import AlreadyMoved, Missing, Refusal, Stale
from discussions.secure.invited import OFFERED, GivenToInvitation, answer_invited, look_invited
from pages.fields import TICKED, Refused
from pages.render import Page
from pages.secure_action import Typed
from pages.secure_invitation import (
    DEPUTY,
    FILE,
    MAY_DECIDE,
    REPORT,
    WORDS,
    invitation_kept_page,
    invitation_page,
)

Form = Mapping[str, str]

AT = {"report": REPORT, "file": FILE, "deputy_person": DEPUTY, "name": "name", "role": "role"}


def look_invited_page(means: Means, secret: str, token: str) -> Page:
    return invitation_page(look_invited(means, secret, token), form_token(token), Typed())


def answered_invited_page(means: Means, secret: str, token: str, form: Form, file: Uploaded | None) -> Page:
    """Raises Refusal; then nothing was changed."""
    given = read_given(form, file)
    answer_invited(means, secret, token, given)
    return invitation_kept_page(look_invited(means, secret, token), given.answer, form_token(token))


def read_given(form: Form, file: Uploaded | None) -> GivenToInvitation:
    chosen = form.get("answer", "")
    if chosen not in {one.value for one in OFFERED}:
        raise Missing("one of the answers", "answer")
    answer = InvitationAnswer(chosen)
    number = form.get("seen", "")
    return GivenToInvitation(
        answer=answer,
        seen=int(number) if number.isdecimal() and number.isascii() and len(number) < 10 else 0,
        words=form.get(WORDS[answer]) if answer in WORDS else None,
        report=form.get(REPORT),
        file=file.content if file else None,
        is_too_big=file.is_too_big if file else False,
        deputy=form.get(DEPUTY) or None,
        may_decide=form.get(MAY_DECIDE) == TICKED,
        name=form.get("name"),
        role=form.get("role"),
    )


def refused_invited_page(means: Means, secret: str, token: str, form: Form, refusal: Refusal) -> Page:
    """As it stands now, with why nothing was taken and all that was typed; a file has to be chosen again."""
    seen = look_invited(means, secret, token)
    has_moved = isinstance(refusal, AlreadyMoved | Stale)
    heading = "Not sent: it has changed meanwhile" if has_moved else "Not sent"
    at = field_at_fault(refusal, form) if seen.view.is_open else None
    at = at if at != DEPUTY or seen.view.deputies else WORDS[InvitationAnswer.DEPUTY]
    return invitation_page(
        seen, form_token(token), Typed(form.get("answer", ""), form), Refused(heading, refusal.sentence, at)
    )


def field_at_fault(refusal: Refusal, form: Form) -> str | None:
    field, chosen = getattr(refusal, "field", None), form.get("answer", "")
    if field == "answer":
        return f"answer-{OFFERED[0].value}"
    if field == "words" and chosen in {one.value for one in WORDS}:
        return WORDS[InvitationAnswer(chosen)]
    return AT.get(str(field))
