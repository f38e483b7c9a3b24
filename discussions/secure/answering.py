"""Answers given on the secure page: those of a card, by the same rules, with who gave them and by which way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from discussions.actions import answers
from discussions.actions.action import Action
from discussions.actions.capture import read_due
from discussions.actions.hearing import receive
from discussions.actions.press import Press, owners_press, takers_press
from discussions.actions.views import MayPress
from discussions.actions.words import required
from discussions.ids import ActionId
from discussions.mailboxes import desk_of_mailbox
from discussions.needs import Means
from discussions.people import Person, PersonId
from discussions.refusals import Missing, Refusal, TooLong, WrongAnswer
from discussions.secure.codes import Visitor, visitor_of
from discussions.secure.links import note as write_down
from discussions.trail import Deed

LONGEST_NAME = 80
AS_SAID = "as said on the secure page"
SAID = "SAID"


class PageAnswer(StrEnum):
    """The values are a wire format: they stand in pages that are open."""

    ACCEPT = "accept"
    DECLINE = "decline"
    DONE = "done"
    MORE_TIME = "more_time"
    BLOCKED = "blocked"
    HAND_OVER = "hand_over"
    TAKE_OVER = "take_over"
    NOT_TAKE_OVER = "not_take_over"
    AGREE_TIME = "agree_time"
    REFUSE_TIME = "refuse_time"
    CANNOT = "cannot"
    RECEIVED = "received"
    TAKE_TIME = "take_time"


OFFERED_WHERE = {
    PageAnswer.TAKE_OVER: MayPress.ACCEPT_HAND_OVER,
    PageAnswer.NOT_TAKE_OVER: MayPress.DECLINE_HAND_OVER,
    PageAnswer.RECEIVED: MayPress.RECEIVE,
    PageAnswer.AGREE_TIME: MayPress.AGREE_TIME,
    PageAnswer.REFUSE_TIME: MayPress.REFUSE_TIME,
    PageAnswer.TAKE_TIME: MayPress.TAKE_OFFER,
    PageAnswer.ACCEPT: MayPress.ACCEPT,
    PageAnswer.DONE: MayPress.DONE,
    PageAnswer.MORE_TIME: MayPress.MORE_TIME,
    PageAnswer.BLOCKED: MayPress.BLOCKED,
    PageAnswer.HAND_OVER: MayPress.HAND_OVER,
    PageAnswer.DECLINE: MayPress.DECLINE,
}
"""In the order in which they are offered. That it can't be done is said inside of what is in the way."""
OWNERS = frozenset(
    {
        PageAnswer.ACCEPT,
        PageAnswer.DECLINE,
        PageAnswer.DONE,
        PageAnswer.MORE_TIME,
        PageAnswer.BLOCKED,
        PageAnswer.HAND_OVER,
        PageAnswer.TAKE_TIME,
    }
)


class PageClosed(Refusal):
    """The visit or its link is over: told alike, whatever ended it."""

    def __init__(self) -> None:
        super().__init__("This page is closed. Nothing was changed.")


@dataclass(frozen=True, slots=True)
class Given:
    """What came from the form. `words` belong to the answer; `day` and `time` only to more time; `to` to a hand-over.
    `name` and `role` are asked for at a shared mailbox.
    """

    answer: PageAnswer
    seen: int
    words: str | None = None
    day: str | None = None
    time: str | None = None
    to: str | None = None
    name: str | None = None
    role: str | None = None


def require_visitor(means: Means, secret: str, token: str) -> Visitor:
    visitor = visitor_of(means, secret, token)
    if visitor is None:
        raise PageClosed
    return visitor


def answer(means: Means, secret: str, token: str, given: Given) -> Action:
    """One transaction: the answer, who gave it, and in the trail that it came by the page."""
    visitor = require_visitor(means, secret, token)
    who = who_answers(means, visitor, given.name, given.role)
    after = take(means, visitor, who, given)
    write_down(means, Deed.PAGE_ANSWERED, visitor.link, who, given.answer.value)
    return after


def take(means: Means, visitor: Visitor, who: Person, given: Given) -> Action:
    id = ActionId(visitor.link.subject)
    match given.answer:
        case PageAnswer.ACCEPT:
            return answers.take_acceptance(owners(means, visitor, who, given))
        case PageAnswer.DECLINE:
            return answers.take_decline(owners(means, visitor, who, given), given.words)
        case PageAnswer.DONE:
            note = required(given.words, "a line on what was done, so that the others know the result", "note")
            return answers.take_done(owners(means, visitor, who, given), note)
        case PageAnswer.MORE_TIME:
            return answers.take_request(owners(means, visitor, who, given), given.words, moment(means, given))
        case PageAnswer.BLOCKED:
            return answers.take_report(owners(means, visitor, who, given), given.words)
        case PageAnswer.CANNOT:
            return answers.take_end(owners(means, visitor, who, given), given.words)
        case PageAnswer.TAKE_TIME:
            return answers.take_time(owners(means, visitor, who, given))
        case PageAnswer.RECEIVED:
            return receive(means, visitor.who, id, None if who.id == visitor.who.id else who)
        case PageAnswer.HAND_OVER:
            return answers.offer_to(owners(means, visitor, who, given), taker(means, given))
        case PageAnswer.TAKE_OVER:
            return answers.take_over(takers(means, visitor, who, given))
        case PageAnswer.NOT_TAKE_OVER:
            return answers.take_refusal(takers(means, visitor, who, given), given.words)
        case PageAnswer.AGREE_TIME:
            return answers.agree_time(means, visitor.who, id, given.seen)
        case PageAnswer.REFUSE_TIME:
            return answers.refuse_time(means, visitor.who, id, given.seen, given.words)
        case _:
            assert_never(given.answer)


def owners(means: Means, visitor: Visitor, who: Person, given: Given) -> Press:
    return by(who, visitor, owners_press(means, visitor.who, ActionId(visitor.link.subject), given.seen))


def takers(means: Means, visitor: Visitor, who: Person, given: Given) -> Press:
    return by(who, visitor, takers_press(means, visitor.who, ActionId(visitor.link.subject), given.seen))


def by(who: Person, visitor: Visitor, press: Press) -> Press:
    """Who answers from an address that several people read speaks for the person it belongs to. A desk's own mailbox
    is the desk: anybody at it is its owner.
    """
    if who.id == visitor.who.id:
        return press
    is_desks = desk_of_mailbox(visitor.who.id) is not None
    return replace(press, who=who, on_behalf=press.on_behalf or not is_desks)


def moment(means: Means, given: Given) -> datetime | None:
    """A day without a time ends when the working day does; a time alone says nothing."""
    if not given.day:
        return None
    try:
        return read_due(means, " ".join(part for part in (given.day, given.time) if part))[0]
    except Refusal as refusal:
        raise WrongAnswer(refusal.sentence, "until") from refusal


def taker(means: Means, given: Given) -> PersonId | None:
    """Chosen from a list, so anything else is a list that has changed meanwhile."""
    if given.to and desk_of_mailbox(PersonId(given.to)) is not None:
        raise WrongAnswer("This person is not in the directory. Please choose somebody who is.", "to")
    return PersonId(given.to) if given.to else None


def who_answers(means: Means, visitor: Visitor, name: str | None, role: str | None) -> Person:
    """The person themselves; at a shared mailbox whoever they say they are, kept with what they answered."""
    if not visitor.is_shared:
        return visitor.who
    name, role = one_line(name, "your name", "name"), one_line(role, "your role", "role")
    if visitor.said is not None and (said_name(visitor.said), visitor.said.role_name) == (name, role):
        return visitor.said
    said = Person(
        id=PersonId(means.new_id()),
        agency=visitor.who.agency,
        desk=visitor.who.desk,
        name=f"{name} ({role}, {AS_SAID})",
        role=SAID,
        role_name=role,
        rights=frozenset(),
    )
    means.store.people.note_said(said)
    means.store.secure_links.say_who(visitor.visit.digest, said.id)
    return said


def said_name(said: Person) -> str:
    return said.name.removesuffix(f" ({said.role_name}, {AS_SAID})")


def one_line(words: str | None, what: str, field: str) -> str:
    given = " ".join("".join(letter if letter.isprintable() else " " for letter in words or "").split())
    if not any(letter.isalpha() for letter in given):
        raise Missing(f"{what}, because several people may read this mailbox", field)
    if len(given) > LONGEST_NAME:
        raise TooLong(what, LONGEST_NAME, field)
    return given
