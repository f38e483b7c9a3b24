"""Why a calendar feed could not be used, as it flies up to whoever looks at the feed."""

from __future__ import annotations

from discussions.slots.feed import FeedProblem


class FeedFault(Exception):
    def __init__(self, problem: FeedProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem
