"""The chair's view: all open actions of the discussions somebody chairs, narrowed by state, lateness, agency, child."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from discussions.access import note_read
from discussions.actions.action import Action, ActionState
from discussions.actions.views import ActionView, owning_agency, viewed
from discussions.ids import DiscussionId
from discussions.needs import Means
from discussions.people import Agency, AgencyId, Person


class Standing(StrEnum):
    """How an action stands, as a chair asks for it. Several can be true of one action."""

    OVERDUE = "overdue"
    NOT_ACCEPTED = "not accepted"
    DECLINED = "declined"
    BLOCKED = "blocked"
    MORE_TIME = "more time asked for"
    HANDED_OVER = "hand-over not answered"
    FEEDBACK = "feedback outstanding"
    CANNOT = "can't be done"
    SUPERSEDED = "replaced"


ENDED = frozenset({Standing.FEEDBACK, Standing.CANNOT, Standing.SUPERSEDED})
"""What has ended and is looked for all the same."""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What the chair wants to see; None is everything. `child` is the reference and letter: "SD-26-0412 A"."""

    standing: Standing | None = None
    agency: AgencyId | None = None
    child: str | None = None


@dataclass(frozen=True, slots=True)
class ChairedActions:
    """`shown` are those that fit, overdue first; `all` every open action; `ended` those that have ended and still have
    something to be looked after. `agencies` and `children` are what one can narrow by, in the order of their names.
    """

    shown: tuple[ActionView, ...]
    all: tuple[ActionView, ...]
    agencies: tuple[Agency, ...]
    children: tuple[str, ...]
    ended: tuple[ActionView, ...] = ()

    def count(self, standing: Standing, now: datetime) -> int:
        return sum(stands(view.action, standing, now) for view in (*self.all, *self.ended))


def chaired_actions(means: Means, who: Person, narrowed: Narrowed | None = None) -> ChairedActions:
    """For anybody: who chairs nothing has none. Restricted discussions are among them, since it is their chair."""
    found = list({one.id: one for one in all_found(means, who)}.values())
    discussions = {id: means.store.discussions.discussion(id) for id in of_each(found)}
    known = {id: discussion for id, discussion in discussions.items() if discussion is not None}
    for discussion in known.values():
        note_read(means, who, discussion, "chaired actions")
    views = viewed(means, who, ((action, known[action.discussion]) for action in found if action.discussion in known))
    owning = {view.action.id: owning_agency(means, view.action) for view in views}
    wanted = narrowed or Narrowed()
    shown = tuple(view for view in views if fits(view, owning[view.action.id], wanted, means.now))
    agencies = {agency for agency in owning.values() if agency is not None}
    children = {name for view in views if (name := child_of(view)) is not None}
    still = tuple(view for view in views if view.action.state.is_open)
    ended = tuple(view for view in views if not view.action.state.is_open)
    return ChairedActions(
        shown, still, tuple(sorted(agencies, key=lambda one: one.name)), tuple(sorted(children)), ended
    )


def all_found(means: Means, who: Person) -> Iterable[Action]:
    actions = means.store.actions
    return (*actions.of_chair(who.id), *actions.unheard_of_chair(who.id), *actions.turned_of_chair(who.id))


def of_each(actions: Sequence[Action]) -> tuple[DiscussionId, ...]:
    return tuple(dict.fromkeys(action.discussion for action in actions))


def fits(view: ActionView, agency: Agency | None, wanted: Narrowed, now: datetime) -> bool:
    """What has ended is shown to whoever asks for it by name."""
    is_meant = view.action.state.is_open if wanted.standing is None else stands(view.action, wanted.standing, now)
    return (
        is_meant
        and (wanted.agency is None or (agency is not None and agency.id == wanted.agency))
        and (wanted.child is None or child_of(view) == wanted.child)
    )


def stands(action: Action, standing: Standing, now: datetime) -> bool:
    match standing:
        case Standing.OVERDUE:
            return action.is_overdue(now)
        case Standing.NOT_ACCEPTED:
            return action.state is ActionState.PROPOSED
        case Standing.DECLINED:
            return action.state is ActionState.DECLINED
        case Standing.BLOCKED:
            return action.blocked is not None
        case Standing.MORE_TIME:
            return action.asked_until is not None
        case Standing.HANDED_OVER:
            return action.handed_to is not None
        case Standing.FEEDBACK:
            return action.unheard
        case Standing.CANNOT:
            return action.state is ActionState.CANNOT
        case Standing.SUPERSEDED:
            return action.state is ActionState.SUPERSEDED


def child_of(view: ActionView) -> str | None:
    return f"{view.reference} {view.child}" if view.child else None
