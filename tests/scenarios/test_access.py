"""Role × command × discussion: who gets what from every typed command, on open and on restricted discussions.

A command that is added without a line here fails the first test, so this grows with every one of them.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.commands import Word
from tests.scenarios.reading import text
from tests.scenarios.world import World

CHAIR, MINUTES, BOOKER, INVITED = "Priya Nair", "Ruth Adeyemi", "Sam Okoro", "Helen Marsh"
OVERSEER, OUTSIDER, OTHER_AGENCY = "Joan Priest", "Omar Haddad", "Grace Lindo"
EVERYBODY = frozenset({CHAIR, MINUTES, BOOKER, INVITED, OVERSEER, OUTSIDER, OTHER_AGENCY})
ON_IT = frozenset({CHAIR, MINUTES, BOOKER, INVITED})
NOT_FOUND = "I can't find that discussion among those you are on."
REFERENCE = "SD-26-0412"

# who may, on a discussion that is not restricted; the overseer may look at those, and at nothing of a restricted one
MAY: dict[Word, tuple[str, frozenset[str]]] = {
    Word.OPEN: (f"open {REFERENCE}", ON_IT | {OVERSEER}),
    Word.START: (f"start {REFERENCE}", frozenset({CHAIR})),
    Word.JOIN: (f"join {REFERENCE}", frozenset({CHAIR, MINUTES})),
    Word.COMING: (f"coming {REFERENCE}", ON_IT | {OVERSEER}),
    Word.NOT_COMING: (f"not coming {REFERENCE} a report follows", ON_IT | {OVERSEER}),
    Word.DEPUTY: (f"deputy {REFERENCE} Kit Rowe", ON_IT | {OVERSEER}),
    Word.INFORMATION: (f"information {REFERENCE} nothing new", ON_IT | {OVERSEER}),
    Word.NO_RECORD: (f"no record {REFERENCE}", ON_IT | {OVERSEER}),
    Word.REPORTS: (f"reports {REFERENCE}", frozenset({CHAIR, MINUTES})),
    Word.FULL_MEETING: (f"full meeting {REFERENCE}", frozenset({CHAIR, BOOKER})),
    Word.URGENCY: (f"urgency {REFERENCE} U1", frozenset({CHAIR, BOOKER})),
    Word.CHANGE: (f"change {REFERENCE}", frozenset({CHAIR, BOOKER})),
    Word.MOVE: (f"move {REFERENCE} to tomorrow 8am because of court", frozenset({CHAIR, BOOKER})),
    Word.CANCEL_DISCUSSION: (f"cancel discussion {REFERENCE} error", frozenset({CHAIR})),
    Word.TAKE_OVER: (f"take over {REFERENCE}", frozenset()),
    Word.NOT_TAKING_OVER: (f"not taking over {REFERENCE} on leave", frozenset()),
    Word.ADJOURN: (f"adjourn {REFERENCE}", frozenset({CHAIR})),
    Word.ADD_CHILD: (f"add child {REFERENCE} CD 02/09/2021", frozenset({CHAIR, BOOKER})),
    Word.RING: (f"ring {REFERENCE}", frozenset({CHAIR, MINUTES, BOOKER})),
    Word.MISSING: (f"missing {REFERENCE}", frozenset({CHAIR})),
    Word.BRING: (f"bring {REFERENCE}", ON_IT | {OVERSEER}),
    Word.LINK: (f"link {REFERENCE} https://teams.example/abc", frozenset({CHAIR, BOOKER})),
    Word.ANSWER_FOR: (f"answer for {REFERENCE} Helen Marsh: coming", frozenset({CHAIR, MINUTES, BOOKER})),
    Word.LINK: (f"link {REFERENCE} https://teams.microsoft.com/l/meetup-join/1", frozenset({CHAIR, BOOKER})),
    Word.RING: (f"ring {REFERENCE}", frozenset({CHAIR, MINUTES, BOOKER})),
    Word.MISSING: (f"missing {REFERENCE}", frozenset({CHAIR})),
    Word.BRING: (f"bring {REFERENCE}", ON_IT | {OVERSEER}),
    Word.PROGRESS: (f"progress {REFERENCE}", ON_IT),
    Word.CHECK: (f"check {REFERENCE}", frozenset({CHAIR, MINUTES})),
    Word.CLOSE: (f"close {REFERENCE}", frozenset({CHAIR, MINUTES})),  # the minute-taker is shown what is missing
    Word.APPROVE: (f"approve {REFERENCE}", frozenset({CHAIR})),
    Word.MINUTES: (f"minutes {REFERENCE}", frozenset({CHAIR, MINUTES})),
    Word.DONE: (f"done {REFERENCE}/1 seen", frozenset({CHAIR, INVITED})),
    Word.ACCEPT: (f"accept {REFERENCE}/1", frozenset({CHAIR, INVITED})),
    Word.DECLINE: (f"decline {REFERENCE}/1 not ours", frozenset({CHAIR, INVITED})),
    Word.MORE_TIME: (f"more time {REFERENCE}/1 until tomorrow 10am because of court", frozenset({CHAIR, INVITED})),
    Word.BLOCKED: (f"blocked {REFERENCE}/1 nobody home", frozenset({CHAIR, INVITED})),
    Word.HAND_OVER: (f"hand over {REFERENCE}/1 to Kit Rowe", frozenset({CHAIR, INVITED})),
    Word.CANCEL_ACTION: (f"cancel action {REFERENCE}/1 not needed", frozenset({CHAIR})),
    Word.AGREE: (f"agree {REFERENCE}/1", frozenset({CHAIR})),
    Word.REFUSE: (f"refuse {REFERENCE}/1 it can't wait", frozenset({CHAIR})),
    Word.CANNOT: (f"cannot {REFERENCE}/1 they have moved", frozenset({CHAIR, INVITED})),
    Word.RECEIVED: (f"received {REFERENCE}/1", frozenset({CHAIR})),
    Word.NOT_DONE: (f"not done {REFERENCE}/1 not seen", frozenset({CHAIR, INVITED})),
    Word.CONTINGENCY: (f"contingency {REFERENCE}/1", frozenset({CHAIR})),
    Word.AFTER: (f"after {REFERENCE}/1 nothing", frozenset({CHAIR, MINUTES, INVITED})),
    Word.PROPOSE: (f"propose {REFERENCE}/1 until tomorrow 10am", frozenset({CHAIR})),
    Word.NUDGE: (f"nudge {REFERENCE}/1", frozenset({CHAIR})),
    Word.SNOOZE: (f"snooze {REFERENCE}/1 until today 14:30", frozenset({INVITED})),
    Word.WITHDRAW_LINKS: (f"withdraw links {REFERENCE}/1", frozenset({CHAIR})),
    Word.PREPARE: (f"prepare {REFERENCE}/1", frozenset({CHAIR, MINUTES, INVITED})),
    Word.HISTORY: (f"history {REFERENCE}/1", frozenset({CHAIR, MINUTES, INVITED})),
}
# these go to the discussion one has started or joined, or to nobody's discussion at all
ABOUT_NO_REFERENCE = frozenset(
    {Word.HELP, Word.BOOK, Word.CARRY_ON, Word.MY_DISCUSSIONS, Word.MY_ACTIONS, Word.AGENDA, Word.ITEM, Word.HERE}
    | {
        Word.LEFT,
        Word.NOTE,
        Word.DECISION,
        Word.ACTION,
        Word.CHAIRED_ACTIONS,
        Word.REPLACE,
        Word.MEND,
        Word.UNDO,
        Word.BACK,
        Word.SAVE,
        Word.CANCEL,
        Word.DIARY,
        Word.SLOTS,
        Word.ADD_SLOT,
        Word.REMOVE_SLOT,
        Word.RESERVE_SLOT,
        Word.CAPACITY,
        Word.DIGEST,
        Word.AWAY,
        Word.BACK_AT_WORK,
    }
)


def test_every_command_has_its_line_here() -> None:
    assert set(MAY) | ABOUT_NO_REFERENCE == set(Word)


async def booked(world: World, *, restricted: bool) -> None:
    """Sam books for Priya; Ruth takes minutes, Helen is asked; one action is Helen's."""
    await world.install(*EVERYBODY)
    sam = world.chat(BOOKER)
    first = f"restricted {REFERENCE}" if restricted else REFERENCE
    for words in ("book", first, "AB 14/05/2019", "physical, U2", "today 2pm"):
        await sam.say(words)
    for words in (f"chair {CHAIR}, minutes {MINUTES}", INVITED, "without health", "next", "next", "book it", "book it"):
        shown = await sam.say(words)
    assert "booked" in text(shown.card)
    await world.chat(CHAIR).say(f"start {REFERENCE}")
    made = await world.chat(CHAIR).say("action Helen Marsh: see A at school by today 15:00 tell Priya Nair")
    assert "see A at school" in text(made.card)
    await world.settle()


@pytest.mark.parametrize("restricted", [False, True], ids=["open", "restricted"])
@pytest.mark.parametrize("word", MAY, ids=str)
async def test_a_command_is_for_those_it_is_for_and_not_found_for_all_others(
    world: World, word: Word, restricted: bool
) -> None:
    await booked(world, restricted=restricted)
    typed, may = MAY[word]
    if restricted:
        may = may - {OVERSEER}
    sees = ON_IT if restricted else ON_IT | {OVERSEER}
    long_ago = world.clock.now() - timedelta(days=400)

    for name in sorted(EVERYBODY - may):
        before = world.look(lambda store: (store.trail.entries(), store.discussions.visible(long_ago)))
        refused = text((await world.chat(name).say(typed)).card)
        if name in sees:  # who sees it anyway is told who may, and never that it is not there
            assert "Nothing was changed" in refused, (name, refused)
            assert NOT_FOUND not in refused or word is Word.PROGRESS, (name, refused)
        else:
            assert "can't find" in refused, (name, refused)
        assert "AB" not in refused
        assert world.look(lambda store: (store.trail.entries(), store.discussions.visible(long_ago))) == before
    for name in sorted(may):
        shown = text((await world.chat(name).say(typed)).card)
        assert NOT_FOUND not in shown, name


async def test_a_restricted_discussion_is_in_no_list_of_somebody_who_is_not_on_it(world: World) -> None:
    await booked(world, restricted=True)

    for name in EVERYBODY - ON_IT:
        listed = text((await world.chat(name).say("my discussions")).card)
        assert REFERENCE not in listed
    for name in ON_IT:
        assert REFERENCE in text((await world.chat(name).say("my discussions")).card)
