"""Invitations: what is answered to them by press and by typing, for oneself or as told; and the reports that come."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.answers.agenda import reference_in
from bot.answers.booking import overview
from bot.shown import Shown, Turn
from cards.invitation import invitation_card
from cards.render import Card
from cards.report import report_card
from discussions.access import Can, discussion_called, is_asked
from discussions.booking.answer import Reply, answer_invitation
from discussions.booking.deputies import deputy_named
from discussions.booking.discussion import Discussion
from discussions.booking.invitations import Invitation, InvitationAnswer
from discussions.booking.reports import NewReport, give_report_link, open_report
from discussions.booking.views import invitation_to, invitation_view, invitations_of
from discussions.ids import DiscussionId, InvitationId
from discussions.london import say_short
from discussions.people import PersonId
from discussions.record.links import make_secret
from discussions.refusals import WrongAnswer

ANSWER_FOR_EXAMPLE = "answer for SD-26-0412 Tom Bexley: coming"
SPOKEN = {
    "coming": InvitationAnswer.COMING,
    "not coming": InvitationAnswer.NOT_COMING,
    "deputy": InvitationAnswer.DEPUTY,
    "information only": InvitationAnswer.INFORMATION,
    "information": InvitationAnswer.INFORMATION,
    "no record": InvitationAnswer.NO_RECORD,
}
MAY_DECIDE = re.compile(r"[\s,;(]*\b(?:who )?may decide\b(?: for (?:us|our agency|the agency))?[\s.)]*$", re.IGNORECASE)
TICKED = "true"
TAKE_WORDS = frozenset({InvitationAnswer.NOT_COMING, InvitationAnswer.DEPUTY, InvitationAnswer.INFORMATION})
LIKE_A_REFERENCE = re.compile(r"[a-z]{2,4}[-\s/]?\d{2}[-\s/]?\d{2,}", re.IGNORECASE)
"""Also one that is typed wrongly: an answer never goes to another discussion than was named."""
MOST_LISTED = 5
MOST_NAMED = 8


def invitation(turn: Turn, id: InvitationId) -> Shown:
    return Shown(invitation_card(invitation_view(turn.means, turn.who, id)), f"invitation:{id}")


def asked_again(turn: Turn, id: InvitationId) -> Card:
    return invitation_card(invitation_view(turn.means, turn.who, id), is_second=True)


def pressed(turn: Turn, id: InvitationId, what: str, typed: Mapping[str, str], seen: int) -> Shown:
    answer = InvitationAnswer(what)
    chosen = typed.get("deputy_person")
    reply = Reply(
        answer,
        words=typed.get("deputy") if answer is InvitationAnswer.DEPUTY else typed.get("reason"),
        deputy=PersonId(chosen) if chosen else None,
        may_decide=typed.get("may_decide") == TICKED,
        report=NewReport(typed.get("report")),
    )
    return answered(turn, id, reply, seen)


def answered(turn: Turn, id: InvitationId, reply: Reply, seen: int) -> Shown:
    saved = answer_invitation(turn.means, turn.who, id, reply, seen)
    if not is_asked(turn.who, saved):
        return overview(turn, saved.discussion)
    return invitation(turn, id)


def answer_typed(turn: Turn, what: InvitationAnswer, rest: str) -> Shown:
    """ "coming SD-26-0412", "deputy SD-26-0412 Kim Lee, DC, may decide", "information SD-26-0412 last seen in May"."""
    if is_without_reference(what, rest):
        one, words = only_asked(turn, said_as(what)), rest
    else:
        reference, _, words = rest.strip().partition(" ")
        one = asked_to(turn, discussion_called(turn.means, turn.who, reference, Can.SEE_BOOKING))
    return answered(turn, one.id, reply_to(turn, one, what, words), one.version)


def said_as(what: InvitationAnswer) -> str:
    return next(spoken for spoken, answer in SPOKEN.items() if answer is what)


def is_without_reference(what: InvitationAnswer, rest: str) -> bool:
    """Answers that take no words need a reference before any, so that "coming home" is not one."""
    if not re.search(r"\w", rest):
        return True
    if LIKE_A_REFERENCE.match(rest.strip()):
        return False
    if what not in TAKE_WORDS:
        phrase = said_as(what)
        raise WrongAnswer(f"To answer, please type {phrase} alone or with the reference: {phrase} SD-26-0412.")
    return True


def only_asked(turn: Turn, phrase: str) -> Invitation:
    """Without a reference the only open invitation is meant; among several the reference says which."""
    asked = invitations_of(turn.means, turn.who)
    if len(asked) == 1:
        return asked[0][1]
    if not asked:
        raise WrongAnswer("You are not asked to any discussion at the moment, so there is nothing to answer.")
    those = "; ".join(f"{one.reference}, {say_short(one.starts_at)}" for one, _ in asked[:MOST_LISTED])
    more = f"; and {len(asked) - MOST_LISTED} later" if len(asked) > MOST_LISTED else ""
    raise WrongAnswer(
        f"You are asked to {len(asked)} discussions: {those}{more}. Nothing was changed. "
        f"Please say which, for example: {phrase} {asked[0][0].reference}."
    )


def asked_to(turn: Turn, discussion: Discussion) -> Invitation:
    one = invitation_to(turn.means, turn.who, discussion)
    if one is None:
        raise WrongAnswer(f"You are not asked to {discussion.reference}, so there is nothing to answer.")
    return one


def reply_to(turn: Turn, one: Invitation, what: InvitationAnswer, words: str) -> Reply:
    """A deputy whom the directory has is asked, as if picked from the list."""
    reply = reply_in_words(what, words)
    if what is not InvitationAnswer.DEPUTY:
        return reply
    return replace(reply, deputy=deputy_named(turn.means, turn.who, one, reply.words or ""))


def reply_in_words(what: InvitationAnswer, words: str) -> Reply:
    words = words.strip()
    match what:
        case InvitationAnswer.DEPUTY:
            return Reply(what, MAY_DECIDE.sub("", words), may_decide=MAY_DECIDE.search(words) is not None)
        case InvitationAnswer.INFORMATION:
            return Reply(what, report=NewReport(words))
        case _:
            return Reply(what, words)


def answer_for_typed(turn: Turn, rest: str) -> Shown:
    """ "answer for SD-26-0412 Tom Bexley: coming": what somebody said by telephone, marked so."""
    kinds = "|".join(SPOKEN)
    behind = rf"({kinds})\b[\s,:]*(.*)"
    match = re.fullmatch(rf"(\S+)\s+([^:]+):\s*{behind}", rest, re.IGNORECASE | re.DOTALL) or re.fullmatch(
        rf"(\S+)\s+([^:]+?)\s+(?:is\s+)?{behind}", rest, re.IGNORECASE | re.DOTALL
    )
    if match is None:
        raise WrongAnswer(f"Please type it like this: {ANSWER_FOR_EXAMPLE}", example=ANSWER_FOR_EXAMPLE)
    reference, name, what, words = match.groups()
    discussion = discussion_called(turn.means, turn.who, reference, Can.RECORD_ANSWERS)
    one = invitation_named(turn, turn.means.store.discussions.invitations(discussion.id), name)
    return answered(turn, one.id, reply_to(turn, one, SPOKEN[what.casefold()], words), one.version)


def invitation_named(turn: Turn, asked: Sequence[Invitation], name: str) -> Invitation:
    wanted = name.strip().casefold()
    people = turn.means.store.people
    found = []
    for one in asked:
        desk = people.desk(one.desk).name if one.desk else ""
        person = people.person(one.person) if one.person else None
        if wanted in desk.casefold() or (person and wanted in person.name.casefold()):
            found.append(one)
    if len(found) != 1:
        names = "; ".join(name_of(turn, one) for one in (found or asked)[:MOST_NAMED] if one.withdrawn_at is None)
        raise WrongAnswer(f"I can't tell which of those asked “{name.strip()[:40]}” is: {names or 'nobody is asked'}.")
    return found[0]


def name_of(turn: Turn, one: Invitation) -> str:
    people = turn.means.store.people
    person = people.person(one.person) if one.person else None
    if person is not None:
        return person.name
    return people.desk(one.desk).name if one.desk else people.agency(one.agency).name


def report(turn: Turn, id: DiscussionId, place: int) -> Shown:
    discussion, line = open_report(turn.means, turn.who, id, place)
    link = None
    if line.report.kind is not None:
        secret = make_secret(turn.means.new_id)
        give_report_link(turn.means, turn.who, line, secret)
        link = f"{turn.public_url}/record/{secret}"
    return Shown(report_card(discussion.reference, line, link), f"report:{id}:{place}", is_below=True)


def reports_typed(turn: Turn, rest: str) -> Shown:
    """ "reports SD-26-0412", "reports SD-26-0412 2"."""
    reference, _, place = reference_in(rest, "reports").partition(" ")
    discussion = discussion_called(turn.means, turn.who, reference, Can.SEE_CONTENT)
    if not turn.means.store.reports.of(discussion.id):
        raise WrongAnswer(f"No agency has sent a report to {discussion.reference} yet.")
    return report(turn, discussion.id, int(place) if place.strip().isdecimal() else 1)
