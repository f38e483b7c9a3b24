"""Taking back the last thing one captured: nothing is erased, the value before it stands again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from discussions.actions import life
from discussions.actions.action import Action, ActionState
from discussions.actions.answers import answered
from discussions.actions.audiences import owners
from discussions.actions.press import change, editors_press
from discussions.actions.telling import others
from discussions.agenda.captured import place_of
from discussions.agenda.facts import Fact
from discussions.agenda.refusals import NothingToUndo
from discussions.agenda.session import current_discussion, require_capturable
from discussions.booking.discussion import Discussion
from discussions.ids import FactId
from discussions.needs import Means
from discussions.people import Person, PersonId
from discussions.post import MessageKind
from discussions.trail import Deed, Entry

TAKEN_BACK = "Taken back by the person who wrote it down."


@dataclass(frozen=True, slots=True)
class TakenBack:
    """`fact` or `action` is what was taken back; `before` is the value that stands again, None for nothing."""

    discussion: Discussion
    fact: Fact | None = None
    before: str | None = None
    action: Action | None = None


def undo(means: Means, who: Person) -> TakenBack:
    """The newest thing of this person's in their current discussion that still stands. Raises NothingToUndo."""
    discussion = current_discussion(means, who)
    require_capturable(discussion)
    last = last_captured(means.store.facts.history(discussion.id), undone_ids(means, discussion), who.id)
    action = last_action(means, who, discussion)
    if action is not None and (last is None or action.created_at >= last.fact.at):
        return TakenBack(discussion, action=take_back_action(means, who, action))
    if last is None:
        raise NothingToUndo(discussion.reference)
    take_back_fact(means, who, last)
    return TakenBack(discussion, last.fact, last.before)


@dataclass(frozen=True, slots=True)
class Last:
    """`top` is the highest version of the place, `before` the value under the fact that is taken back."""

    fact: Fact
    before: str | None
    top: int


def last_captured(history: Sequence[Fact], undone: Collection[str], who: PersonId) -> Last | None:
    """The newest fact that stands and is this person's. `undone` are the ids of facts that took another one back.

    `history` is in the order of capture. A fact that took one back uncovers what was under it, so undo goes on
    further back each time.
    """
    stacks: dict[tuple[str, str, int], list[tuple[int, Fact]]] = {}
    tops: dict[tuple[str, str, int], int] = {}
    for place, fact in enumerate(history):
        stack = stacks.setdefault(place_of(fact), [])
        tops[place_of(fact)] = max(fact.version, tops.get(place_of(fact), 0))
        if fact.id in undone and stack:
            stack.pop()
        else:
            stack.append((place, fact))
    standing = [(stack[-1][0], key) for key, stack in stacks.items() if stack and stack[-1][1].who == who]
    if not standing:
        return None
    _, key = max(standing)
    stack = stacks[key]
    before = stack[-2][1].value if len(stack) > 1 else None
    return Last(stack[-1][1], before, tops[key])


def undone_ids(means: Means, discussion: Discussion) -> frozenset[str]:
    entries = means.store.trail.entries(discussion.id)
    return frozenset(entry.what for entry in entries if entry.deed is Deed.UNDONE and entry.what)


def take_back_fact(means: Means, who: Person, last: Last) -> None:
    fact = replace(
        last.fact,
        id=FactId(means.new_id()),
        value=last.before,
        version=last.top + 1,
        who=who.id,
        at=means.now,
        practice=means.practice.digest,
    )
    means.store.facts.add(fact)
    means.store.trail.write(Entry(Deed.UNDONE, means.now, who.id, fact.discussion, fact.id, fact.version))


def last_action(means: Means, who: Person, discussion: Discussion) -> Action | None:
    """One that this person wrote down and nobody has answered yet."""
    own = [
        action
        for action in means.store.actions.of_discussion(discussion.id)
        if action.created_by == who.id and action.state is ActionState.PROPOSED
    ]
    return max(own, key=lambda action: (action.created_at, action.number), default=None)


def take_back_action(means: Means, who: Person, action: Action) -> Action:
    """By whoever wrote it down, chair or minute-taker; its owner hears of it, and its nudges end."""
    press = editors_press(means, who, action.id, action.version)
    after = change(press, lambda one, said: life.cancelled(one, said, TAKEN_BACK), "taken back")
    means.store.actions.void_promises(after.id)
    return answered(press, after, MessageKind.ACTION_CHANGED, others(owners(means, after), who.id))
