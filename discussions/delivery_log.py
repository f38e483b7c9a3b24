"""Looking up what was sent, and saying again what did not arrive: for whoever is on duty at the command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from discussions.delivery_lines import AGAIN, Logged, Which
from discussions.ids import DiscussionId, MessageId
from discussions.needs import Means
from discussions.people import PersonId
from discussions.post import DeliveryState, Message
from discussions.refusals import Refusal
from discussions.trail import Deed, Entry

FAILED: Final = frozenset(
    state.value
    for state in (
        DeliveryState.GAVE_UP,
        DeliveryState.BLOCKED,
        DeliveryState.NOT_INSTALLED,
        DeliveryState.UNREACHABLE,
        DeliveryState.MAYBE_SENT,
    )
)
"""Ended without arriving, as far as one knows. MAYBE_SENT counts once it has ended."""


@dataclass(frozen=True, slots=True)
class Log:
    """`lines` are the newest; `counts` are of all that was meant, by how they stand."""

    counts: Mapping[str, int]
    lines: Sequence[Logged]


@dataclass(frozen=True, slots=True)
class SaidAgain:
    """`new` by the id of the message before; `refused` with the reason."""

    new: Mapping[MessageId, MessageId]
    refused: Mapping[MessageId, str]


class NobodyKnows(Refusal):
    """Said at the command line alone: whoever reads it may read the whole database."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} Nothing was changed.")


def narrow(means: Means, which: Which, person: str | None, reference: str | None) -> Which:
    """With the person and the discussion looked up. Raises NobodyKnows."""
    if person is not None and means.store.people.person(PersonId(person)) is None:
        raise NobodyKnows(f"There is nobody with the id {person}.")
    found: DiscussionId | None = None
    if reference is not None:
        discussion = means.store.discussions.by_reference(reference)
        if discussion is None:
            raise NobodyKnows(f"There is no discussion {reference}.")
        found = discussion.id
    return replace(which, person=None if person is None else PersonId(person), discussion=found)


def read_log(means: Means, which: Which, person: str | None, reference: str | None, most: int | None) -> Log:
    meant = narrow(means, which, person, reference)
    log = means.store.delivery_log
    return Log(log.counts(meant, means.now), log.lines(meant, means.now, most))


def find_all(means: Means, ids: Sequence[MessageId]) -> Sequence[Logged]:
    """In the order asked for. Raises NobodyKnows for the ids of no message."""
    found = {one.id: one for one in means.store.delivery_log.find(ids, means.now)}
    unknown = [id for id in dict.fromkeys(ids) if id not in found]
    if unknown:
        raise NobodyKnows(f"There is no message {', '.join(unknown)}.")
    return [found[id] for id in dict.fromkeys(ids)]


def say_again(means: Means, ids: Sequence[MessageId], even_if_sent: bool) -> SaidAgain:
    """A new message for each, due now; what was written about the old one stays as it is. Raises NobodyKnows."""
    logged = find_all(means, ids)
    before = means.store.delivery_log.said_again(ids)
    since = {one.id: one for one in means.store.delivery_log.find(list(before.values()), means.now)}
    refused: dict[MessageId, str] = {}
    for one in logged:
        after = since.get(before[one.id]) if one.id in before else None
        why = why_not(one, after, even_if_sent)
        if why is not None:
            refused[one.id] = why
    messages = means.store.delivery_log.messages([one.id for one in logged if one.id not in refused])
    return SaidAgain({message.id: put_again(means, message) for message in messages}, refused)


def why_not(one: Logged, after: Logged | None, even_if_sent: bool) -> str | None:
    """`after` is the newest message that says it again already."""
    if not one.has_ended:
        return f"it is still being tried ({one.stands})"
    if after is not None and not after.has_ended:
        return f"it is being said again already, as {after.id}"
    if even_if_sent:
        return None
    if one.stands not in FAILED:
        return f"it ended as {one.stands}"
    if after is not None and after.stands not in FAILED:
        return f"it was said again already, as {after.id}, which ended as {after.stands}"
    return None


def put_again(means: Means, message: Message) -> MessageId:
    id = MessageId(means.new_id())
    about = {**message.about, AGAIN: message.id}
    again = replace(message, id=id, about=about, key=f"again:{message.id}:{id}", due_at=means.now)
    means.store.outbox.put(again)
    discussion = message.about.get("discussion")
    said = Entry(Deed.SAID_AGAIN, means.now, None, DiscussionId(discussion) if discussion else None, id, why=message.id)
    means.store.trail.write(said)
    return id
