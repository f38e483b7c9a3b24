"""Giving a discussion its way to join after it was booked: a link to a meeting service, or telephone details."""

from __future__ import annotations

from dataclasses import dataclass

from discussions.access import Can, discussion_for
from discussions.booking.discussion import Discussion
from discussions.booking.joining import LINK, is_at
from discussions.booking.move import Move, discussion_to_change, move_discussion
from discussions.booking.why import Why
from discussions.ids import DiscussionId
from discussions.needs import Means
from discussions.people import Person
from discussions.refusals import Missing, TooLong, WrongAnswer

LONGEST = 500
OTHER = "other"


@dataclass(frozen=True, slots=True)
class WaysToJoin:
    """`is_known`: the link is to a service that the practice lists, so calendars and mails may carry it."""

    discussion: Discussion
    is_known: bool


def give_way_to_join(means: Means, who: Person, id: DiscussionId, details: str, seen: int) -> WaysToJoin:
    """Nobody is asked again; who is asked is told how to join from now on. By those who may change the booking."""
    discussion = discussion_to_change(means, who, id, Can.CHANGE_BOOKING, seen)
    details = " ".join(details.split())
    if not details:
        raise Missing("the link, or telephone details", "join_details")
    if len(details) > LONGEST:
        raise TooLong("the join details", LONGEST, "join_details")
    if "http:" in details.casefold():
        raise WrongAnswer("That link is not safe: it begins with http. Please paste one with https.", "join_details")
    why = Why(OTHER, "how to join")
    move = Move(discussion.starts_at, discussion.form, details, why, discussion.late_reason)
    return ways_to_join(means, move_discussion(means, who, id, move, seen))


def ways_of(means: Means, who: Person, id: DiscussionId) -> WaysToJoin:
    return ways_to_join(means, discussion_for(means, who, id, Can.CHANGE_BOOKING))


def ways_to_join(means: Means, discussion: Discussion) -> WaysToJoin:
    links = LINK.findall(discussion.join_details or "")
    hosts = means.practice.invitations.meeting_hosts
    return WaysToJoin(discussion, all(is_at(link, hosts) for link in links))
