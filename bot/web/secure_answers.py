"""Forms of the secure page: what came, its use-case, and the page that follows. Each is one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.web.secure_invited import answered_invited_page, look_invited_page, refused_invited_page
from bot.web.secure_requests import Uploaded, form_token
from cards.days import TIMES, day_choices, next_moment
from discussions.needs import Means
from discussions.refusals import AlreadyMoved, Missing, Refusal, Stale
from discussions.secure.answering import Given, PageAnswer, answer
from discussions.secure.invited import is_for_invitation
from discussions.secure.seeing import Seen, find_takers, look
from pages.fields import TICKED, Choice, Refused
from pages.render import Page
from pages.secure_action import ENDS, Offered, Typed, action_page, kept_page, takers_page, words_id
from pages.secure_invitation import REPORT

Form = Mapping[str, str]

WORDS = frozenset({"reason", "note", "words"})
AT = {"until": "day", "to": "to", "name": "name", "role": "role"}


def look_page(means: Means, secret: str, token: str) -> Page:
    """Raises Refusal where there is nothing to see any more."""
    if is_for_invitation(means, secret, token):
        return look_invited_page(means, secret, token)
    return page_of(means, look(means, secret, token), token, Typed())


def page_of(means: Means, seen: Seen, token: str, typed: Typed, refused: Refused | None = None) -> Page:
    return action_page(seen, offered(means, seen), form_token(token), means.now, typed, refused)


def offered(means: Means, seen: Seen) -> Offered:
    since, time = next_moment(max(means.now, seen.view.action.due_at))
    days = day_choices(means.now, means.calendar, every_day=seen.view.is_urgent, since=since)
    agencies = means.store.people.agencies() if PageAnswer.HAND_OVER in seen.offered else ()
    return Offered(
        tuple(Choice(day.title, day.value) for day in days),
        tuple(Choice(one.title, one.value) for one in TIMES),
        tuple(Choice(agency.name, agency.id) for agency in agencies),
        time,
    )


def answered_page(means: Means, secret: str, token: str, form: Form, file: Uploaded | None) -> Page:
    """Raises Refusal; then nothing was changed."""
    if is_for_invitation(means, secret, token):
        return answered_invited_page(means, secret, token, form, file)
    given = read_given(form)
    seen = look(means, secret, token)
    after = answer(means, secret, token, given)
    taker = means.store.people.person(after.handed_to) if after.handed_to else None
    view = replace(seen.view, action=after, handed_to=taker.name if taker else None)
    return kept_page(view, given.answer, given.words, form_token(token), seen.ends_at)


def read_given(form: Form) -> Given:
    chosen = form.get("answer", "")
    if chosen not in set(PageAnswer):
        raise Missing("one of the answers", "answer")
    said = PageAnswer(chosen)
    ends = said is PageAnswer.BLOCKED and form.get(ENDS) == TICKED
    number = form.get("seen", "")
    return Given(
        answer=PageAnswer.CANNOT if ends else said,
        seen=int(number) if number.isdecimal() and number.isascii() and len(number) < 10 else 0,
        words=form.get(words_id(said)),
        day=form.get("day"),
        time=form.get("time"),
        to=form.get("to"),
        name=form.get("name"),
        role=form.get("role"),
    )


def refused_page(means: Means, secret: str, token: str, form: Form, refusal: Refusal) -> Page:
    """As it stands now, with why nothing was taken and all that was typed. Raises Refusal where nothing can be seen."""
    if is_for_invitation(means, secret, token):
        return refused_invited_page(means, secret, token, form, refusal)
    if form.get("do") == "hand" and getattr(refusal, "field", None) == "to":
        return choosing_page(means, secret, token, form, refusal)
    seen = look(means, secret, token)
    return page_of(means, seen, token, typed_in(form), told(refusal, form, seen))


def choosing_page(means: Means, secret: str, token: str, form: Form, refusal: Refusal | None = None) -> Page:
    """To whom it is handed over; also the second look after "Who at …?" was not answered. Raises Refusal."""
    seen = look(means, secret, token)
    takers = find_takers(means, secret, token, form.get("agency"), form.get("desk"))
    refused = Refused("Not sent", refusal.sentence, "to" if takers.people else None) if refusal else None
    return takers_page(seen, takers, form_token(token), typed_in(form), refused)


def typed_in(form: Form) -> Typed:
    return Typed(form.get("answer", ""), form)


def told(refusal: Refusal, form: Form, seen: Seen) -> Refused:
    heading = "Not sent: it has changed meanwhile" if isinstance(refusal, AlreadyMoved | Stale) else "Not sent"
    return Refused(heading, refusal.sentence, field_at_fault(refusal, form, seen))


def field_at_fault(refusal: Refusal, form: Form, seen: Seen) -> str | None:
    """Only a field that is on the page: it may have changed since the form was made."""
    field, chosen = getattr(refusal, "field", None), form.get("answer", "")
    if field == "answer":
        return f"answer-{seen.offered[0].value}" if seen.offered else None
    if field in ("name", "role"):
        return str(field)
    if chosen not in {answer.value for answer in seen.offered}:
        return None
    return words_id(PageAnswer(chosen)) if field in WORDS else AT.get(str(field))


def what_was_typed(form: Form) -> str:
    """For a page that is closed: the words alone, so that they can be copied."""
    kept = (words for name, words in form.items() if name.endswith("-words") or name == REPORT)
    return "\n\n".join(words for words in kept if words.strip())
