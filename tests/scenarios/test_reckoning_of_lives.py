"""The reckoning of a life finds what is wrong: each defect is planted into a life that is right without it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from bot.sending import accounting, letters
from discussions.actions import audiences, nudging, press, telling
from discussions.actions.terms import Span
from discussions.ids import MessageId
from discussions.post import Claimed, Delivery, DeliveryState, MessageKind
from storage.outbox import OutboxInSql
from tests.scenarios.life.books import Books
from tests.scenarios.life.reckoning import everything_wrong
from tests.scenarios.life.said_in_chats import wrong_in_chats
from tests.scenarios.life.stage import Stage
from tests.scenarios.life.steps import (
    BEGINNINGS,
    CHAIR,
    OWNER,
    AtOnce,
    Does,
    GoesWrong,
    InTrouble,
    Passes,
    Plan,
    Press,
    Step,
    Types,
)
from tests.scenarios.life.trouble import Moment
from tests.scenarios.people import person_id
from tests.teams.faults import Fault

Patch = pytest.MonkeyPatch
HOUR, DAY = 60, 24 * 60
ACCEPTS, DECLINES, DONE = Press(OWNER, 0, 0), Press(OWNER, 0, 1), Press(OWNER, 0, 2)


def life(*steps: Step, kind: str = "enquiry", hours: int = 20, desk_hears: bool = False) -> Plan:
    """Of an action of Helen's, made on a Tuesday at nine."""
    return Plan(BEGINNINGS[0], kind, hours, False, desk_hears, False, steps)


@dataclass(frozen=True, slots=True)
class Defect:
    """`plants` makes the product wrong; then of this life the reckoning `says` so."""

    name: str
    plants: Callable[[Patch], None]
    plan: Plan
    says: str


def at_any_hour(patch: Patch) -> None:
    patch.setattr(Span, "kept", lambda self, moment: moment)
    patch.setattr(nudging, "disturb_at", lambda means, person, after, is_owner=True: after)
    patch.setattr(letters, "held_until", lambda means, who, message: means.now)


def an_escalation_lost_for_want_of_a_name(patch: Patch) -> None:
    patch.setattr(audiences, "STOOD_IN_FOR", frozenset())


def a_stranger_told(patch: Patch) -> None:
    recipients = nudging.recipients
    patch.setattr(nudging, "recipients", lambda *given: (*recipients(*given), "person-tom-bexley"))


def repeats_unmarked(patch: Patch) -> None:
    patch.setattr(letters, "marked_as_repeat", lambda card: card)


def unknown_called_unsent(patch: Patch) -> None:
    try_later = accounting.try_later
    patch.setattr(
        accounting,
        "try_later",
        lambda means, claimed, state, code, has_mail: try_later(means, claimed, DeliveryState.RETRYING, code, has_mail),
    )


def nudged_after_the_end(patch: Patch) -> None:
    patch.setattr(letters, "is_past", lambda means, message: False)


def versions_not_looked_at(patch: Patch) -> None:
    change = press.change
    for module in ("answers", "ends", "record"):
        target = f"discussions.actions.{module}.change"
        patch.setattr(target, lambda pressed, how, deed: change(with_newest(pressed), how, deed))


def with_newest(pressed: Any) -> Any:
    return press.Press(
        pressed.means, pressed.who, pressed.action, pressed.discussion, pressed.action.version, pressed.on_behalf
    )


def changes_untold_to_the_trail(patch: Patch) -> None:
    patch.setattr(press, "keep", lambda means, who, action, deed: means.store.actions.save(action))


def chair_not_told(patch: Patch) -> None:
    patch.setattr(accounting, "tell_chair", lambda means, message: None)


def no_next_round(patch: Patch) -> None:
    patch.setattr(nudging, "next_round", lambda means, one, at: one)


def promises_forgotten_when_accepted(patch: Patch) -> None:
    refresh = telling.refresh_cards

    def forget(means: Any, before: Any, after: Any, discussion: Any) -> None:
        refresh(means, before, after, discussion)
        means.store.actions.void_promises(after.id)

    patch.setattr("discussions.actions.answers.refresh_cards", forget)


def moved_and_not_followed(patch: Patch) -> None:
    patch.setattr("discussions.actions.answers.move_promises", lambda means, action: None)


def a_killed_sender_forgotten(patch: Patch) -> None:
    """As if nothing had been on its way."""
    patch.setattr(OutboxInSql, "sending_all", lambda self, claimed, now: frozenset(one.message.id for one in claimed))


def cards_unknown_to_the_ledger(patch: Patch) -> None:
    settle_all = OutboxInSql.settle_all

    def settle(self: OutboxInSql, ended: Sequence[tuple[Claimed, Delivery]]) -> frozenset[MessageId]:
        return settle_all(self, [(claimed, replace(line, activity=None)) for claimed, line in ended])

    patch.setattr(OutboxInSql, "settle_all", settle)


GONE = GoesWrong((Fault(403, code="BotNotInConversationRoster"),), OWNER)
RESET = GoesWrong((Fault(resets=True),), OWNER)
UNTIL_DUE = Passes(30 * HOUR, looks=True)
UNTIL_HALF = Passes(3 * HOUR, looks=True)
"""Of four hours: one nudge comes alone."""
MOST_LIVES = 12
DEFECTS = (
    Defect("at any hour", at_any_hour, life(UNTIL_DUE), "wrong moment"),
    Defect("nobody stands in", an_escalation_lost_for_want_of_a_name, life(Passes(6 * DAY, looks=True)), "void for no"),
    Defect("a stranger is told", a_stranger_told, life(UNTIL_DUE), "went to"),
    Defect("repeats unmarked", repeats_unmarked, life(RESET, UNTIL_HALF, hours=4), "does not say so"),
    Defect("unknown called unsent", unknown_called_unsent, life(RESET, UNTIL_HALF, hours=4), "nothing stood in"),
    Defect(
        "nudged after the end",
        nudged_after_the_end,
        life(
            Passes(2 * HOUR - 1, looks=True),
            GoesWrong((Fault(412), Fault(412)), OWNER),
            Passes(2, looks=False),
            Does(Types(CHAIR, "cancel action 1 no longer needed"), 0),
            Passes(HOUR, looks=True),
            hours=4,
        ),
        "over already",
    ),
    Defect("two decisions", versions_not_looked_at, life(AtOnce(ACCEPTS, DONE)), "two presses at once changed it 2"),
    Defect("an old card counts", versions_not_looked_at,
           life(Does(ACCEPTS, 0), Does(Press(OWNER, 1, 2), 1)), "on an old card changed"),
    Defect("no line in the trail", changes_untold_to_the_trail, life(Does(ACCEPTS, 0)), "the trail has []"),
    Defect("the chair is not told", chair_not_told, life(GONE, UNTIL_DUE), "the chair was not told"),
    Defect("forgotten when accepted", promises_forgotten_when_accepted, life(Does(ACCEPTS, 0)), "nothing is to come"),
    Defect(
        "moved and not followed",
        moved_and_not_followed,
        life(
            Does(Types(OWNER, "more time 1 until 30/11/2026 12:00 because the school is shut"), 0),
            Does(Types(CHAIR, "agree 1"), 1),
        ),
        "the old moment",
    ),
    Defect(
        "a killed sender forgotten",
        a_killed_sender_forgotten,
        life(InTrouble(0, Moment("before", "note_all")), UNTIL_HALF, hours=4),
        "nobody can say why",
    ),
    Defect("not in the ledger", cards_unknown_to_the_ledger, life(UNTIL_DUE), "nobody can say why"),
)  # fmt: skip


@pytest.fixture
def stage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stage]:
    stage = Stage("sqlite", request, tmp_path)
    yield stage
    stage.close()


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda one: one.name)
def test_a_life_that_was_right_is_found_wrong_with_the_defect(
    stage: Stage, defect: Defect, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert stage.live(defect.plan, everything_wrong) == []

    defect.plants(monkeypatch)

    # what happens at once does not meet each time
    lives = (stage.live(defect.plan, everything_wrong) for _ in range(MOST_LIVES))
    assert any(defect.says in one for wrong in lives for one in wrong)


def test_what_comes_in_another_order_than_it_was_said_is_found(stage: Stage) -> None:
    wrong = stage.live(life(Passes(6 * DAY, looks=True)), wrong_when_swapped)
    assert [one for one in wrong if "came before" in one], wrong


def wrong_when_swapped(books: Books) -> list[str]:
    """As if the owner's first two nudges had changed places in the chat."""
    end = books.end
    nudges = [
        place
        for place, line in enumerate(end.ledger)
        if end.outbox[line.message].message.kind is MessageKind.NUDGE
        and end.outbox[line.message].message.recipient == person_id(OWNER)
    ]
    first, second = nudges[:2]
    one, other = end.ledger[first], end.ledger[second]
    end.ledger[first] = replace(one, activity=other.activity)
    end.ledger[second] = replace(other, activity=one.activity)
    return list(wrong_in_chats(books))
