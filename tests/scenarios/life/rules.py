"""The rules in words: who is at work when, and whom a promise speaks to. The product is not asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from discussions.actions.action import Action, ActionState
from discussions.actions.promises import Promise
from discussions.actions.receipts import Receipt
from discussions.people import PersonId
from tests.scenarios.life.replicas import DEPUTIES
from tests.scenarios.life.steps import CHAIR, DUTY, LEAD
from tests.scenarios.people import MANAGERS, ROWS, person_id
from tests.scenarios.year.reckoning import LONDON, is_open_then

DESK_OF = {person_id(name): desk for name, _, desk, _, _ in ROWS}
DEPUTY_OF = {person_id(name): person_id(other) for name, other in DEPUTIES.items()}
MANAGER_OF = {person_id(name): person_id(other) for name, other in MANAGERS.items()}
THE_CHAIR, THE_LEAD, ON_DUTY = person_id(CHAIR), person_id(LEAD), person_id(DUTY)
EVERY_DAY_FROM_TO = {"lighthouse": (7, 22), "edt": (0, 24)}
WEEKDAYS_FROM_TO = {"assessment": (8, 18), "nurses": (8, 17), "office": (8, 16), None: (8, 18)}
ENDS = ("done", "cannot")
SOMEBODY_ALWAYS_HEARS = ("owner", "manager", "duty_desk", "lead")
"""Where the directory knows nobody for these, the chair hears it."""

People = frozenset[PersonId]
NOBODY: People = frozenset()


def rota(desk: str | None) -> People:
    return frozenset(id for id, of in DESK_OF.items() if desk is not None and of == desk)


def of_desk(desk: str | None, boxes: People) -> People:
    """Everybody of it; its mailbox, if that was told in their place because none of them can be reached in Teams."""
    box = PersonId(f"mailbox:{desk}")
    return frozenset([box]) if box in boxes else rota(desk)


def owners(action: Action, boxes: People = NOBODY) -> People:
    return frozenset([action.owner]) if action.owner else of_desk(action.desk, boxes)


def is_at_work(action: Action, at: datetime) -> bool:
    """The desk of whoever owns it, or the desk that owns it, works at this moment."""
    desk = DESK_OF[action.owner] if action.owner else action.desk
    hour = at.astimezone(LONDON).hour
    if desk in EVERY_DAY_FROM_TO:
        opens, closes = EVERY_DAY_FROM_TO[desk]
        return opens <= hour < closes
    opens, closes = WEEKDAYS_FROM_TO[desk]
    noon = at.astimezone(LONDON).replace(hour=12, minute=0, second=0, microsecond=0)
    return is_open_then(noon) and opens <= hour < closes


def is_over(action: Action, anchor: str) -> bool:
    """Nothing is to be said of it any more: it has ended, or all who must hear of its end have heard."""
    return not action.unheard if anchor in ENDS else not action.state.is_open


def still_to_hear(action: Action, receipts: Iterable[Receipt], boxes: People) -> tuple[People, People]:
    """The people who must hear what came of it, and everybody of the desks that must, as far as they have not."""
    have = {one.whom for one in receipts if one.of == action.state_at}
    named = [*([THE_CHAIR] if action.state is ActionState.CANNOT else []), *action.feedback_to]
    people = frozenset(one for one in named if one not in have and one != action.state_by)
    return people, frozenset(one for desk in action.feedback_desks if desk not in have for one in of_desk(desk, boxes))


def who_hears(
    one: Promise, action: Action, receipts: Iterable[Receipt], at: datetime, boxes: People = NOBODY
) -> People:
    """`boxes`: the mailboxes that were told."""
    people = meant(one.audience, action, receipts, boxes)
    if one.audience == "owner" and one.urgent and not is_at_work(action, at):
        people |= {ON_DUTY}
    if not people and one.audience in SOMEBODY_ALWAYS_HEARS:
        return frozenset([THE_CHAIR])
    return people


def meant(audience: str, action: Action, receipts: Iterable[Receipt], boxes: People) -> People:
    if audience in ("feedback", "stand_in"):
        people, at_desks = still_to_hear(action, receipts, boxes)
        waiting = people | at_desks
        return waiting if audience == "feedback" else frozenset().union(*map(stands_in, waiting)) - waiting
    match audience:
        case "owner":
            return NOBODY if action.state is ActionState.DECLINED else owners(action, boxes)
        case "deputy":
            return of_owner(DEPUTY_OF, action)
        case "manager":
            return of_owner(MANAGER_OF, action)
        case "desk":
            return rota(DESK_OF[action.owner]) - {action.owner} if action.owner else NOBODY
        case "asked":
            return who_is_asked(action, boxes)
        case "chair" | "lead" | "duty_desk":
            return frozenset([{"chair": THE_CHAIR, "lead": THE_LEAD, "duty_desk": ON_DUTY}[audience]])
    raise AssertionError(f"the policy speaks of {audience}, and these rules do not")


def of_owner(book: dict[PersonId, PersonId], action: Action) -> People:
    return frozenset([book[action.owner]]) if action.owner in book else NOBODY


def stands_in(person: PersonId) -> People:
    return frozenset([DEPUTY_OF[person]]) if person in DEPUTY_OF else rota(DESK_OF.get(person))


def who_is_asked(action: Action, boxes: People) -> People:
    people = frozenset([action.handed_to]) if action.handed_to else NOBODY
    if action.offered_until is not None:
        return people | owners(action, boxes)
    is_asked = action.asked_until is not None or action.state is ActionState.DECLINED
    return people | {THE_CHAIR} if is_asked else people


def questions(action: Action) -> tuple[object, ...]:
    return action.asked_until, action.offered_until, action.handed_to, action.state is ActionState.DECLINED
