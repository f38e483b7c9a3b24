"""Opening an agenda item: at the card that still lacks something, and for the chair the discussion moves along."""

from __future__ import annotations

import re

from discussions.access import Can, discussion_for
from discussions.agenda.moving import move_to
from discussions.agenda.session import agenda_item, situation_of
from discussions.agenda.steps import Step, first_step, step_after, steps_of
from discussions.agenda.table import table_of
from discussions.agenda.views import next_item_after
from discussions.booking.discussion import Discussion
from discussions.ids import DiscussionId
from discussions.needs import Means
from discussions.people import Person
from discussions.practice.types import as_spoken
from discussions.refusals import NotFound, WrongAnswer

TYPED_ITEM = re.compile(r"(?:item\s+)?(\d{1,3})\b[\s,:]*(.*)", re.IGNORECASE | re.DOTALL)
EXAMPLE = "item 10 B"


def open_item(means: Means, who: Person, id: DiscussionId, number: int, subject: str = "") -> Step:
    discussion = discussion_for(means, who, id, Can.SEE_CONTENT)
    item = agenda_item(means.practice, number)
    step = first_step(means.practice, item, situation_of(means, discussion), table_of(means, discussion), subject)
    if step is None:
        raise NotFound("agenda item")
    move_to(means, who, discussion, number)
    return step


def open_after(means: Means, who: Person, id: DiscussionId, step: Step) -> Step | None:
    """The card behind this one: in the item, else in the next item that is left; None when nothing is."""
    discussion = discussion_for(means, who, id, Can.SEE_CONTENT)
    item = agenda_item(means.practice, step.item)
    steps = steps_of(means.practice, item, situation_of(means, discussion), table_of(means, discussion))
    following = step_after(steps, step)
    if following is not None:
        return following
    after = next_item_after(means, discussion, step.item)
    return open_item(means, who, id, after.number) if after else None


def read_item(means: Means, discussion: Discussion, typed: str) -> tuple[int, str]:
    """ "9", "10 B", "4 police": the item's number and the id of the child or agency meant. Raises WrongAnswer."""
    match = TYPED_ITEM.fullmatch(typed.strip())
    numbers = {item.number for item in means.practice.items}
    if match is None or int(match[1]) not in numbers:
        raise WrongAnswer(f"Please type the number of an item of the agenda, for example: {EXAMPLE}", example=EXAMPLE)
    words = as_spoken(re.sub(r"^for\s+|^child\s+", "", match[2].strip(), flags=re.IGNORECASE))
    return int(match[1]), subject_meant(means, discussion, words) if words else ""


def subject_meant(means: Means, discussion: Discussion, words: str) -> str:
    for child in means.store.discussions.children(discussion.id):
        if as_spoken(child.letter) == words:
            return child.id
    category = means.practice.agency_called(words).code
    table = [one.agency for one in table_of(means, discussion)]
    named = [agency for agency in table if words in as_spoken(agency.name)]
    meant = named or [agency for agency in table if agency.category == category]
    if len(meant) != 1:
        letters = ", ".join(child.letter for child in means.store.discussions.children(discussion.id))
        raise WrongAnswer(f"Please name a child ({letters}) or one agency of this discussion, for example: {EXAMPLE}")
    return meant[0].id
