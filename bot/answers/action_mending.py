"""A typed action, what is worth a look in it, and the presses and words that mend it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.answers.action_cards import overview
from bot.shown import Shown, Turn
from cards.action import who_must_be_rung
from cards.action_line import LINE, Way, Written, line_card, written_card
from cards.buttons import MendAction, MendLine, SaveLine
from discussions.actions import mending
from discussions.actions.action import Action
from discussions.actions.capture import read_action
from discussions.actions.findings import Code
from discussions.actions.lint import NewAction
from discussions.actions.mending import Judged, Offer, Wanted
from discussions.actions.record import record_action, require_recordable
from discussions.actions.views import action_view
from discussions.booking.discussion import Discussion
from discussions.ids import ActionId, DiscussionId
from discussions.london import say_short
from discussions.refusals import Missing, NotFound, Refusal, TooLong, WrongAnswer

WRITTEN_DOWN = "Written down. Type undo to take it back."
TWO = "Not saved: two or more do this. Every action has one owner."
NUMBERED = re.compile(r"(?P<number>[1-9])\b[\s:,.]*(?P<words>.*)", re.DOTALL)


class NothingOffered(NotFound):
    def __init__(self) -> None:
        Refusal.__init__(self, "There is nothing like that to mend now. Nothing was changed.")


def typed(turn: Turn, rest: str) -> Shown:
    """ "action Helen Marsh: see A at school by today 15:00 tell chair": written down, with what is worth a look.

    Where somebody or some moment is missing, the line is shown again with what would mend it.
    """
    current = turn.means.store.discussions.current(turn.who.id)
    try:
        news = readable(turn, [rest])
    except WrongAnswer as refusal:
        if current is None:
            raise
        return not_written(turn, current, rest, refusal.sentence)
    return written_down(turn, news)


def readable(
    turn: Turn, lines: Sequence[str], discussion: DiscussionId | None = None, *, as_it_is: bool = False
) -> list[NewAction]:
    """Raises WrongAnswer where one of them could not be kept: then none is. `as_it_is`: two owners were looked at."""
    news = []
    for line in lines:
        new = read_action(turn.means, turn.who, line)
        if discussion not in (None, new.discussion):
            raise WrongAnswer("Not saved: you are in another discussion now. Please go back to this one first.")
        judged = mending.judged_line(turn.means, turn.who, new.discussion, line)
        if not as_it_is and any(finding.code is Code.TWO_OWNERS for finding in judged.findings):
            raise WrongAnswer(TWO, "owner")
        require_recordable(turn.means, turn.who, new)
        news.append(new)
    return news


def written_down(turn: Turn, news: Sequence[NewAction]) -> Shown:
    """The card is of the first."""
    actions = [record_action(turn.means, turn.who, new) for new in news]
    first, *others = actions
    more = [f"Written down too: action {one.number}." for one in others]
    return worth_a_look(turn, first.id, day_only=not news[0].due_has_time, notes=[WRITTEN_DOWN, *more])


def not_written(turn: Turn, discussion: DiscussionId, line: str, said: str) -> Shown:
    judged = mending.judged_line(turn.means, turn.who, discussion, line)
    mending.keep_line(turn.means, turn.who, turn.conversation, judged)
    shown = mending.shown_first(judged.findings)
    asks = [finding.words for finding in shown if finding.words not in said]
    ways = [way(turn, offer) for offer in line_offers(judged)]
    return Shown(line_card(discussion, judged.discussion.reference, line, said, asks, ways))


def line_offers(judged: Judged) -> tuple[Offer, ...]:
    return mending.offers_of(judged.findings, mending.shown_first(judged.findings), is_line=True)


def worth_a_look(turn: Turn, id: ActionId, *, day_only: bool = False, notes: Sequence[str] = ()) -> Shown:
    """What could be better, remembered for "mend 1"; the action's own card where nothing could."""
    shown = looked_at(turn, id, day_only=day_only, notes=notes)
    if shown is None:
        mending.drop_shown(turn.means, turn.who, turn.conversation)
        return overview(turn, id, notes)
    mending.keep_action(turn.means, turn.who, turn.conversation, id, day_only=day_only)
    return shown


def shown_again(turn: Turn, rest: str) -> Shown:
    day_only, _, id = rest.partition(":")
    return looked_at(turn, ActionId(id), day_only=day_only == "1") or overview(turn, ActionId(id))


def looked_at(turn: Turn, id: ActionId, *, day_only: bool, notes: Sequence[str] = ()) -> Shown | None:
    """None where nothing is worth a look, or it can't be changed any more."""
    action, findings = mending.findings_about(turn.means, turn.who, id, day_only=day_only)
    discussion = turn.means.store.discussions.discussion(action.discussion)
    if discussion is None or not findings or not mending.can_be_mended(action, discussion):
        return None
    shown = mending.shown_first(findings)
    ways = [way(turn, offer) for offer in mending.offers_of(findings, shown)]
    asks = [*(note for note in notes if note != WRITTEN_DOWN), *(finding.words for finding in shown)]
    card = written_card(written(turn, action, discussion, day_only=day_only), asks, ways)
    return Shown(card, f"written:{int(day_only)}:{id}")


def written(turn: Turn, action: Action, discussion: Discussion, *, day_only: bool) -> Written:
    view = action_view(turn.means, turn.who, action.id)
    name, due = f"{discussion.reference}/{action.number}", f"by {say_short(action.due_at)}"
    must_ring = who_must_be_rung(view)
    return Written(discussion.id, action.id, action.version, name, action.wording, view.owner, due, day_only, must_ring)


def way(turn: Turn, offer: Offer) -> Way:
    opens = offer.finding.opens
    if opens is None:
        return Way(offer.finding.code.value, offer.choice, offer.label, offer.field)
    other = turn.means.store.actions.action(ActionId(opens))
    label = f"Open action {other.number}" if other else "Open the other"
    return Way(offer.finding.code.value, offer.choice, label, opens=ActionId(opens))


def mended(turn: Turn, button: MendAction, inputs: Mapping[str, str]) -> Shown:
    words = inputs.get("measure") or inputs.get("contingency")
    wanted = Wanted(button.action, button.seen, button.code, button.choice, words, button.day_only)
    action, day_only = mending.mend_action(turn.means, turn.who, wanted)
    return worth_a_look(turn, action.id, day_only=day_only, notes=["Mended."])


def line_saved(turn: Turn, button: SaveLine | MendLine, inputs: Mapping[str, str]) -> Shown:
    """The line as it stands in the field now; where it still can't be written down, it stays there."""
    line = inputs.get(LINE, "").strip()
    if not line:
        raise Missing("the action", LINE)
    return line_taken(turn, button.discussion, line, button if isinstance(button, MendLine) else None)


def line_taken(turn: Turn, discussion: DiscussionId, line: str, mend: MendLine | None) -> Shown:
    if len(line) > mending.LONGEST_LINE:
        raise TooLong("the action", mending.LONGEST_LINE, LINE)
    lines: Sequence[str] = (line,)
    if mend is not None:
        judged = mending.judged_line(turn.means, turn.who, discussion, line)
        lines = mending.mended_lines(judged, mend.code, mend.choice)
    try:
        news = readable(turn, lines, discussion, as_it_is=mend is None)
    except WrongAnswer as refusal:
        # of two lines neither is kept then: both stay in the one that was typed
        return not_written(turn, discussion, lines[0] if len(lines) == 1 else line, refusal.sentence)
    return written_down(turn, news)


def mend_typed(turn: Turn, rest: str) -> Shown:
    """ "mend 1": what that press of the newest card does, on a line or on what is written down."""
    match = NUMBERED.match(rest.strip())
    if match is None:
        raise WrongAnswer("Please type the number of what you would press, like this: mend 1", example="mend 1")
    number, words = int(match["number"]), match["words"].strip()
    kept = mending.shown_last(turn.means, turn.who, turn.conversation)
    if kept is None:
        raise NothingOffered
    if "line" in kept.state:
        return mend_line(turn, str(kept.state["line"]), DiscussionId(str(kept.state["discussion"])), number)
    return mend_written(turn, ActionId(str(kept.state["action"])), bool(kept.state["day_only"]), number, words)


def mend_line(turn: Turn, line: str, discussion: DiscussionId, number: int) -> Shown:
    judged = mending.judged_line(turn.means, turn.who, discussion, line)
    offer = offered(line_offers(judged), number)
    return line_taken(turn, discussion, line, MendLine(discussion, offer.finding.code.value, offer.choice))


def mend_written(turn: Turn, id: ActionId, day_only: bool, number: int, words: str) -> Shown:
    action, findings = mending.findings_about(turn.means, turn.who, id, day_only=day_only)
    offer = offered(mending.offers_of(findings, mending.shown_first(findings)), number)
    if offer.finding.opens is not None:
        return overview(turn, ActionId(offer.finding.opens))
    button = MendAction(action.id, action.version, offer.finding.code.value, offer.choice, day_only)
    return mended(turn, button, {offer.field: words} if offer.field else {})


def offered(offers: Sequence[Offer], number: int) -> Offer:
    if number > len(offers):
        raise NothingOffered
    return offers[number - 1]
