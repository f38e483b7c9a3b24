"""Whom to ring and what they said, which core agency is missing, and what to bring."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from bot.answers.agenda import reference_in
from bot.answers.invitations import reply_in_words
from bot.shown import Shown, Turn
from cards.buttons import ChasingButton, GiveLink, OpenToRing, RecordTold
from cards.chasing import bring_card, core_missing_card, ring_card
from cards.joining import way_to_join_card
from discussions.access import Can, discussion_called, discussion_for
from discussions.booking.answer import answer_invitation
from discussions.booking.invitations import InvitationAnswer
from discussions.chasing.views import bring_view, missing_view, ring_view
from discussions.ids import DiscussionId, InvitationId
from discussions.meetings.joining import give_way_to_join, ways_of
from discussions.refusals import Missing, NotFound

MOST_DIGITS = 9


def pressed(turn: Turn, button: ChasingButton, typed: Mapping[str, str]) -> Shown:
    match button:
        case GiveLink(id, seen):
            return give_link(turn, id, typed.get("join_details", ""), seen)
        case OpenToRing(id):
            return to_ring(turn, id)
        case RecordTold(id):
            return record_told(turn, id, typed)
        case _:
            assert_never(button)


def to_ring(turn: Turn, id: DiscussionId) -> Shown:
    return Shown(ring_card(ring_view(turn.means, turn.who, id)), f"ring:{id}")


def to_ring_typed(turn: Turn, rest: str) -> Shown:
    reference = reference_in(rest, "ring")
    return to_ring(turn, discussion_called(turn.means, turn.who, reference, Can.RECORD_ANSWERS).id)


def core_missing(turn: Turn, id: DiscussionId) -> Shown:
    return Shown(core_missing_card(missing_view(turn.means, turn.who, id)), f"core missing:{id}")


def core_missing_typed(turn: Turn, rest: str) -> Shown:
    reference = reference_in(rest, "missing")
    return core_missing(turn, discussion_called(turn.means, turn.who, reference, Can.START).id)


def to_bring(turn: Turn, id: DiscussionId) -> Shown:
    return Shown(bring_card(bring_view(turn.means, turn.who, id)), f"bring:{id}")


def to_bring_typed(turn: Turn, rest: str) -> Shown:
    reference = reference_in(rest, "bring")
    return to_bring(turn, discussion_called(turn.means, turn.who, reference, Can.SEE_BOOKING).id)


def link(turn: Turn, id: DiscussionId) -> Shown:
    return Shown(way_to_join_card(ways_of(turn.means, turn.who, id)), f"link:{id}")


def give_link(turn: Turn, id: DiscussionId, details: str, seen: int) -> Shown:
    return Shown(way_to_join_card(give_way_to_join(turn.means, turn.who, id, details, seen)), f"link:{id}")


def link_typed(turn: Turn, rest: str) -> Shown:
    """ "link SD-26-0412 https://…"."""
    reference, _, details = reference_in(rest, "link").partition(" ")
    discussion = discussion_called(turn.means, turn.who, reference, Can.CHANGE_BOOKING)
    if not details.strip():
        return link(turn, discussion.id)
    return give_link(turn, discussion.id, details, discussion.moved)


def record_told(turn: Turn, id: DiscussionId, typed: Mapping[str, str]) -> Shown:
    """What is chosen on the card: who, as the id and the version that was seen, and what they said."""
    discussion_for(turn.means, turn.who, id, Can.RECORD_ANSWERS)
    chosen, _, seen = typed.get("invitation", "").partition(" ")
    if not chosen:
        raise Missing("who it was", "invitation")
    known = {answer.value: answer for answer in InvitationAnswer if answer is not InvitationAnswer.ASKED}
    what = known.get(typed.get("answer", ""))
    if what is None:
        raise Missing("what they said", "answer")
    asked = {one.id for one in turn.means.store.discussions.invitations(id)}
    if chosen not in asked or not seen.isdecimal() or len(seen) > MOST_DIGITS:
        raise NotFound("invitation")
    reply = reply_in_words(what, typed.get("words", ""))
    answer_invitation(turn.means, turn.who, InvitationId(chosen), reply, int(seen))
    return to_ring(turn, id)
