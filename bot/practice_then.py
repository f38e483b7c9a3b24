"""The practice that a discussion was captured under: an old record is read as it was asked."""

from __future__ import annotations

import logging
from collections import Counter
from functools import lru_cache

from discussions.booking.discussion import Discussion
from discussions.needs import Means
from discussions.practice.types import Practice
from storage.practice_file import BadPracticeFile, read_practice

log = logging.getLogger("chairside.practice")


def practice_of(means: Means, discussion: Discussion) -> Practice:
    """Booked before a new practice came into use and chaired after, it was asked by the new one: most facts decide."""
    digests = Counter(fact.practice for fact in means.store.facts.current(discussion.id))
    ((digest, _),) = digests.most_common(1) or [(discussion.practice, 0)]
    if digest == means.practice.digest:
        return means.practice
    text = means.store.practices.text(digest)
    return (read_kept(text) if text else None) or means.practice


@lru_cache(maxsize=4)
def read_kept(text: str) -> Practice | None:
    """None where today's rules for practice files no longer take it: the present one then has to do."""
    try:
        return read_practice(text)
    except BadPracticeFile:
        log.warning("a practice kept for old records can no longer be read")
        return None
