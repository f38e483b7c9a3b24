"""What is refused while chairing."""

from __future__ import annotations

from discussions.refusals import Refusal


class NoCurrentDiscussion(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "I don't know which discussion this is for, so nothing was saved. "
            "Please type start or join with its reference first, for example: join SD-26-0412"
        )


class NotTheMoment(Refusal):
    """Before it starts, and once its record is approved, nothing is captured."""


class NothingToUndo(Refusal):
    def __init__(self, reference: str) -> None:
        super().__init__(f"There is nothing of yours to take back in {reference}. Nothing was changed.")
