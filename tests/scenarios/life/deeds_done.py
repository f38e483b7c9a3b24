"""Whether each deed was done once or not at all, and left its line in an unbroken trail."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from discussions.post import MessageKind
from discussions.trail import Deed
from tests.scenarios.life.books import Books, Done, Page, Standing
from tests.scenarios.life.steps import OUTSIDER, STRANGER

LEAVES = "leaves or returns"
ONLY_READ = frozenset({Deed.READ, Deed.REFUSED})
OF_ANY_VERSION = frozenset({"action.received", "action.again", "action.contingency", "action.nudge", "action.snooze",
                            "action.open", "action.history", "action.form", "action.prepare"})  # fmt: skip


def wrong_deeds(books: Books) -> Iterator[str]:
    for page in books.pages:
        found = (*changes_without_trail(page), *done_wrongly(page))
        yield from (f"{page.at:%a %d/%m %H:%M} {page.what}: {one}" for one in found)
    if not books.world.look(lambda store: store.trail.is_unbroken()):
        yield "the trail is broken"


def changes_without_trail(page: Page) -> Iterator[str]:
    new = page.after.trail[len(page.before.trail) :]
    if page.after.trail[: len(page.before.trail)] != page.before.trail:
        yield "what stood in the trail has changed"
    for id, after in page.after.actions.items():
        before = page.before.actions.get(id)
        versions = [one.version for one in new if (one.deed, one.what) == (Deed.ACTION_CHANGED, id)]
        first = before.version if before else 1
        if versions != list(range(first + 1, after.version + 1)):
            yield f"from version {first} to {after.version} the trail has {versions}"
        if before is not None and before.version == after.version and before != after:
            yield "an action has changed without a new version"
        made = [one for one in new if (one.deed, one.what) == (Deed.ACTION_MADE, id)]
        if len(made) != (before is None):
            yield f"an action was made, and the trail says so {len(made)} times"
    nudged = Counter(one.what for one in new if one.deed is Deed.NUDGED and one.what in page.after.promises)
    said = [id for id, one in page.after.promises.items() if one.said_at == page.at and is_new(page, id)]
    if nudged != Counter(said):
        yield "what was said and what the trail calls said differ"


def is_new(page: Page, promise: str) -> bool:
    before = page.before.promises.get(promise)
    return before is None or before.said_at is None


def done_wrongly(page: Page) -> Iterator[str]:
    for deed in page.deeds:
        if deed.answer is not None and deed.answer.status != 200:
            yield f"{deed.what} was answered with {deed.answer.status}"
    if len(page.deeds) == 1 and not page.began_to_tick and may_change_nothing(page, page.deeds[0]):
        yield from (f"{page.deeds[0].what} on an old card changed {one}" for one in changed(page))
    by_strangers = page.deeds and page.what != LEAVES and all(one.who in (STRANGER, OUTSIDER) for one in page.deeds)
    if by_strangers and not page.began_to_tick and not has_part(page):
        yield from (f"a stranger changed {one}" for one in changed(page))
    if len(page.deeds) == 2 and is_one_decision(page):
        first = page.deeds[0].action or ""
        changes = page.after.actions[first].version - page.before.actions[first].version
        if changes > 1:
            yield f"two presses at once changed it {changes} times"


def may_change_nothing(page: Page, deed: Done) -> bool:
    if deed.seen is None or deed.what in OF_ANY_VERSION or deed.action not in page.before.actions:
        return False
    return deed.seen < page.before.actions[deed.action].version


def has_part(page: Page) -> bool:
    """Somebody to whom it was handed is no stranger any more."""
    return any(
        f"person-{page.deeds[0].who.lower().replace(' ', '-')}" in (one.owner, one.handed_to)
        for one in (*page.before.actions.values(), *page.after.actions.values())
    )


def is_one_decision(page: Page) -> bool:
    first, second = page.deeds
    is_versioned = None not in (first.seen, second.seen) and not {first.what, second.what} & OF_ANY_VERSION
    return (
        is_versioned
        and (first.action, first.seen) == (second.action, second.seen)
        and (first.action in page.before.actions)
    )


def changed(page: Page) -> Iterator[str]:
    before, after = kept(page.before), kept(page.after)
    yield from (name for name in before if before[name] != after[name])


def kept(standing: Standing) -> dict[str, object]:
    own = [one.message.key for one in standing.outbox.values() if one.message.kind is not MessageKind.REFRESH]
    return {
        "actions": standing.actions,
        "promises": standing.promises,
        "receipts": standing.receipts,
        "what is to be said": own,
        "the trail": [line for line in standing.trail if line.deed not in ONLY_READ],
    }
