"""One press that mends an action, written down already or still a typed line: found again by the same rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from discussions.access import Can, discussion_for
from discussions.actions.action import Action
from discussions.actions.capture import read_due
from discussions.actions.findings import Code, Finding, Mend, World
from discussions.actions.lint import NewAction
from discussions.actions.press import editors_press, what_happened
from discussions.actions.record import edit_action, findings_on
from discussions.actions.refusals import ActionMoved
from discussions.actions.sentence import by_weight, findings_of
from discussions.actions.words import required
from discussions.actions.world import ids_of_value, world_of_line
from discussions.booking.discussion import Discussion, DiscussionState
from discussions.ids import ActionId, DiscussionId
from discussions.needs import KeptDialog, Means
from discussions.people import Person
from discussions.refusals import AlreadyMoved

LINE = "action line"
LINE_VERSION = 1
LONGEST_LINE = 2_000
ANY_VERSION = 0
"""For a look, which changes nothing."""
MOST_FINDINGS = 3
MOST_MENDS = 4
ASKED_IN_WORDS = {Code.NO_MEASURE: "measure", Code.NO_CONTINGENCY: "contingency"}
"""What only people can say: a short field takes the place of a press."""


class NothingToMend(AlreadyMoved):
    def __init__(self) -> None:
        super().__init__("There is nothing like that left to mend.")


@dataclass(frozen=True, slots=True)
class Offer:
    """A press: which finding it mends, and the how many-eth mend of that code. `field`: a word is asked for instead."""

    finding: Finding
    choice: int
    label: str
    field: str | None = None


def offers_of(findings: Sequence[Finding], shown: Sequence[Finding], *, is_line: bool = False) -> tuple[Offer, ...]:
    """At most four for those that are shown, the first way of each before the second of any.

    They are counted among all the findings, so that a press finds its own again.
    """
    places: dict[Code, int] = {}
    rounds: list[list[Offer]] = [[] for _ in range(MOST_MENDS)]
    for finding in findings:
        offers = list(_ways(finding, places.get(finding.code, 0), is_line=is_line)) if finding in shown else []
        places[finding.code] = places.get(finding.code, 0) + len(finding.mends)
        for offer, held in zip(offers, rounds, strict=False):
            held.append(offer)
    return tuple(offer for held in rounds for offer in held)[:MOST_MENDS]


def _ways(finding: Finding, first: int, *, is_line: bool) -> Iterator[Offer]:
    if not is_line and finding.code in ASKED_IN_WORDS:
        yield Offer(finding, 0, _ASKS[finding.code], ASKED_IN_WORDS[finding.code])
    if finding.opens is not None:
        yield Offer(finding, 0, "Open the other")
    for choice, mend in enumerate(finding.mends, first):
        if mend.lines if is_line else mend.value is not None:
            yield Offer(finding, choice, mend.label)


_ASKS = {Code.NO_MEASURE: "Say what done is", Code.NO_CONTINGENCY: "Say what if not"}


def shown_first(findings: Sequence[Finding]) -> Sequence[Finding]:
    return by_weight(findings)[:MOST_FINDINGS]


def mend_of(findings: Sequence[Finding], code: str, choice: int) -> Mend:
    """Raises NothingToMend where it was mended already."""
    mends = [mend for finding in findings if finding.code == code for mend in finding.mends]
    if not 0 <= choice < len(mends):
        raise NothingToMend
    return mends[choice]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A press on an offer, with the version it saw; `words` where they were asked for. `day_only`: no time was said."""

    action: ActionId
    seen: int
    code: str
    choice: int = 0
    words: str | None = None
    day_only: bool = False


def findings_about(means: Means, who: Person, id: ActionId, *, day_only: bool) -> tuple[Action, Sequence[Finding]]:
    """What is worth a look in an action as it stands; for whoever may change it."""
    press = editors_press(means, who, id, ANY_VERSION)
    findings = findings_on(means, who, as_new(press.action, day_only=day_only), id)
    # what was agreed for a moment that has passed since is overdue, not wrongly written
    return press.action, by_weight([one for one in findings if one.code is not Code.DUE_PAST])


def mend_action(means: Means, who: Person, wanted: Wanted) -> tuple[Action, bool]:
    """The action mended, and whether still only a day is said. A press that saw another version changes nothing."""
    press = editors_press(means, who, wanted.action, wanted.seen)
    if press.action.version != wanted.seen:
        raise ActionMoved(press.action, what_happened(means, who, press.action))
    new = as_new(press.action, day_only=wanted.day_only)
    mended = _in_words(new, wanted) or _by_press(means, who, new, wanted, press.discussion)
    return edit_action(means, who, wanted.action, wanted.seen, mended), not mended.due_has_time


def _in_words(new: NewAction, wanted: Wanted) -> NewAction | None:
    match wanted.code:
        case Code.NO_MEASURE:
            return replace(new, measure=required(wanted.words, "how one sees that it is done", "measure"))
        case Code.NO_CONTINGENCY:
            what = "what happens if it is not done, and who does it"
            return replace(new, contingency=required(wanted.words, what, "contingency"))
        case _:
            return None


def _by_press(means: Means, who: Person, new: NewAction, wanted: Wanted, discussion: Discussion) -> NewAction:
    findings = by_weight(findings_on(means, who, new, wanted.action))
    mend = mend_of(findings, wanted.code, wanted.choice)
    about = next(finding.field for finding in findings if finding.code == wanted.code)
    return with_value(means, new, about, mend.value or "", discussion)


def with_value(means: Means, new: NewAction, field: str, value: str, discussion: Discussion) -> NewAction:
    """A mend's value in the place of what the field held."""
    match field:
        case "wording":
            return replace(new, wording=value)
        case "due":
            due_at, has_time = read_due(means, value)
            return replace(new, due_at=due_at, due_has_time=has_time)
        case "owner":
            person, desk = ids_of_value(value)
            return replace(new, owner=person, desk=desk)
        case "feedback_to":
            return replace(new, feedback_to=(*(new.feedback_to or ()), discussion.chair))
        case _:
            raise NothingToMend


def as_new(action: Action, *, day_only: bool = False) -> NewAction:
    return NewAction(
        discussion=action.discussion,
        wording=action.wording,
        owner=action.owner,
        desk=action.desk,
        due_at=action.due_at,
        due_has_time=not day_only,
        kind=action.kind,
        child=action.child,
        measure=action.measure,
        feedback_to=action.feedback_to,
        feedback_how=action.feedback_how,
        contingency=action.contingency,
        feedback_desks=action.feedback_desks,
        waits_for=action.waits_for,
    )


@dataclass(frozen=True, slots=True)
class Judged:
    """A typed line with what is worth pointing out in it, what matters most first."""

    line: str
    discussion: Discussion
    findings: Sequence[Finding]
    world: World


def judged_line(means: Means, who: Person, discussion: DiscussionId, line: str) -> Judged:
    found = discussion_for(means, who, discussion, Can.CAPTURE)
    world = world_of_line(means, who, found, line)
    return Judged(line, found, by_weight(findings_of(line, world)), world)


def mended_lines(judged: Judged, code: str, choice: int) -> tuple[str, ...]:
    mend = mend_of(judged.findings, code, choice)
    if not mend.lines:
        raise NothingToMend
    return mend.lines


def keep_line(means: Means, who: Person, conversation: str, judged: Judged) -> None:
    _keep(means, who, conversation, {"line": judged.line, "discussion": judged.discussion.id})


def keep_action(means: Means, who: Person, conversation: str, id: ActionId, *, day_only: bool) -> None:
    _keep(means, who, conversation, {"action": id, "day_only": day_only})


def _keep(means: Means, who: Person, conversation: str, state: Mapping[str, object]) -> None:
    """What was shown last, so that it can be mended by typed words too. One a person and chat."""
    before = shown_last(means, who, conversation)
    id, seen = (before.id, before.seen + 1) if before else (means.new_id(), 1)
    means.store.dialogs.keep(
        KeptDialog(id, LINE, LINE_VERSION, conversation, who.id, state, seen, open=False, updated_at=means.now)
    )


def shown_last(means: Means, who: Person, conversation: str) -> KeptDialog | None:
    saved = means.store.dialogs.saved(who.id)
    return next((one for one in saved if (one.name, one.conversation) == (LINE, conversation)), None)


def drop_shown(means: Means, who: Person, conversation: str) -> None:
    kept = shown_last(means, who, conversation)
    if kept is not None:
        means.store.dialogs.drop(kept.id)


def can_be_mended(action: Action, discussion: Discussion) -> bool:
    return action.state.is_open and discussion.state in (DiscussionState.STARTED, DiscussionState.CLOSED)
