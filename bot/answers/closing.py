"""Closing: the gate, the close with reasons, the approval, and the one-time link to the record."""

from __future__ import annotations

from collections.abc import Mapping

from bot.shown import Shown, Turn
from cards.gate import gate_card, reasons_in
from cards.record import link_card, record_card
from discussions.access import Can, discussion_called, discussion_for
from discussions.agenda.close import close_discussion, gate_of, gate_view, keep_reasons
from discussions.agenda.session import current_discussion
from discussions.booking.discussion import Discussion, DiscussionState
from discussions.ids import DiscussionId
from discussions.record.draft import approve_record, record_view
from discussions.record.links import give_link, make_secret

HAS_A_RECORD = (DiscussionState.CLOSED, DiscussionState.APPROVED)


def gate(turn: Turn, id: DiscussionId) -> Shown:
    """Once closed, an old gate's card leads to what it has become: the record."""
    if discussion_for(turn.means, turn.who, id, Can.SEE_CONTENT).state in HAS_A_RECORD:
        return record(turn, id)
    return Shown(gate_card(gate_view(turn.means, turn.who, id)), f"gate:{id}")


def keep(turn: Turn, id: DiscussionId, typed: Mapping[str, str]) -> Shown:
    keep_reasons(turn.means, turn.who, id, reasons_typed(turn, id, typed))
    return gate(turn, id)


def close(turn: Turn, id: DiscussionId, seen: int, typed: Mapping[str, str]) -> Shown:
    """`seen` is not compared: the gate itself is looked at again, and a discussion that is closed says so."""
    close_discussion(turn.means, turn.who, id, reasons_typed(turn, id, typed))
    return record(turn, id)


def reasons_typed(turn: Turn, id: DiscussionId, typed: Mapping[str, str]) -> dict[str, str]:
    discussion = discussion_for(turn.means, turn.who, id, Can.SEE_CONTENT)
    return reasons_in(gate_of(turn.means, discussion), typed)


def record(turn: Turn, id: DiscussionId) -> Shown:
    return Shown(record_card(record_view(turn.means, turn.who, id)), f"record:{id}")


def approve(turn: Turn, id: DiscussionId, seen: int) -> Shown:
    approve_record(turn.means, turn.who, id, seen)
    return record(turn, id)


def fetch(turn: Turn, id: DiscussionId) -> Shown:
    """Shown to the presser alone, for now: the message itself stays the record's card, so no link is left behind."""
    return Shown(link(turn, id).card)


def link(turn: Turn, id: DiscussionId) -> Shown:
    discussion = discussion_for(turn.means, turn.who, id, Can.FETCH_RECORD)
    secret = make_secret(turn.means.new_id)
    given = give_link(turn.means, turn.who, id, secret)
    return Shown(link_card(discussion, f"{turn.public_url}/record/{secret}", given.expires_at), f"record:{id}")


def check_typed(turn: Turn, rest: str) -> Shown:
    return gate(turn, meant(turn, rest).id)


def close_typed(turn: Turn, rest: str) -> Shown:
    """Closes when nothing is missing; else the gate is opened, since reasons are given there."""
    discussion = meant(turn, rest)
    if discussion.state is not DiscussionState.STARTED or gate_of(turn.means, discussion).gaps:
        return gate(turn, discussion.id)
    return close(turn, discussion.id, discussion.version, {})


def approve_typed(turn: Turn, rest: str) -> Shown:
    id = meant(turn, rest).id
    approve_record(turn.means, turn.who, id, seen=None)
    return record(turn, id)


def minutes_typed(turn: Turn, rest: str) -> Shown:
    return link(turn, meant(turn, rest).id)


def meant(turn: Turn, rest: str) -> Discussion:
    """By its reference, else the one the person works in."""
    if rest.strip():
        return discussion_called(turn.means, turn.who, rest, Can.SEE_CONTENT)
    return current_discussion(turn.means, turn.who, Can.SEE_CONTENT)
