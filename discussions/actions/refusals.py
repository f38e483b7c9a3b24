"""What is refused about actions: the class names the case, the sentence is what the person reads."""

from __future__ import annotations

from discussions.actions.action import Action, ActionState
from discussions.refusals import AlreadyMoved, Refusal


class ActionMoved(AlreadyMoved):
    """A press on an old card. `action` is how it stands now, so that the current card can be shown."""

    def __init__(self, action: Action, what_happened: str) -> None:
        super().__init__(what_happened)
        self.action = action


class NotYourAction(Refusal):
    def __init__(self, owner: str) -> None:
        super().__init__(f"Only {owner} or the chair can answer for this action. Nothing was changed.")


class NotYoursToDecide(Refusal):
    """For what the chair decides: more time, cancelling; or the minute-taker too: the wording."""

    def __init__(self, what: str, who_may: str = "the chair") -> None:
        super().__init__(f"Only {who_may} can {what}. Nothing was changed.")


HOW_ENDED = {
    ActionState.DONE: "it is done",
    ActionState.CANNOT: "it can't be done",
    ActionState.SUPERSEDED: "another action stands in its place",
    ActionState.CANCELLED: "the chair cancelled it",
}


class ActionEnded(Refusal):
    def __init__(self, state: ActionState) -> None:
        how = HOW_ENDED[state]
        super().__init__(f"This action has ended: {how}. It takes no more answers. Nothing was changed.")


class NothingAsked(Refusal):
    """An answer to a request that is no longer there."""

    def __init__(self, what: str) -> None:
        super().__init__(f"Nobody is waiting for an answer about {what}. Nothing was changed.")


class NothingToBringBack(Refusal):
    def __init__(self) -> None:
        super().__init__("Only what is done, or can't be done, can be opened again. Nothing was changed.")


class NothingToReceive(Refusal):
    """A press of "Received" where nothing has to be received, or not by this person."""

    def __init__(self, sentence: str) -> None:
        super().__init__(f"{sentence} Nothing was changed.")


class NotTheTime(Refusal):
    """Actions are agreed in the discussion: not before it starts, nor once its record is approved."""

    def __init__(self, sentence: str) -> None:
        super().__init__(f"{sentence} Nothing was changed.")
