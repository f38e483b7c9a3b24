"""Which places a discussion has, and as what it is counted that it could not have all, for its own card."""

from __future__ import annotations

from discussions.booking.discussion import Discussion
from discussions.needs import Means
from discussions.slots.slot import Taking
from discussions.slots.taking import say_desk


def places_of(means: Means, discussion: Discussion, *, shows_reasons: bool) -> tuple[str, ...]:
    """The desks with a place for it; of a slot that is shared, that it is, and why for those who run the booking."""
    return tuple(say_place(means, one, shows_reasons) for one in means.store.slots.of_discussion(discussion.id))


def say_place(means: Means, taking: Taking, shows_reasons: bool) -> str:
    slot = means.store.slots.slot(taking.slot)
    desk = say_desk(means, slot.desk) if slot else "no longer there"
    if not taking.joined:
        return desk
    return f"{desk}, a full slot shared{f' ({taking.reason})' if shows_reasons and taking.reason else ''}"


def counted_as(means: Means, discussion: Discussion) -> str | None:
    """In the practice's words; the code itself where the practice has it no more."""
    return dict(means.practice.slots.codes).get(discussion.breach, discussion.breach) if discussion.breach else None
