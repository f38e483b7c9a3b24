"""Receipts: somebody who must hear what came of an action has it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from discussions.actions.action import Action, ActionState
from discussions.actions.life import must_hear
from discussions.ids import ActionId, ReceiptId
from discussions.people import DeskId, PersonId


@dataclass(frozen=True, slots=True)
class Receipt:
    """`of` is the moment of the end that was heard: what is opened again must be heard anew.

    `whom` it was for, a person or a desk; `by` whom it was received: themselves, somebody in their place, or, when
    `on_behalf`, whoever wrote down that they have heard it by telephone.
    """

    id: ReceiptId
    action: ActionId
    of: datetime
    whom: PersonId | DeskId
    at: datetime
    by: PersonId
    on_behalf: bool = False


def still_to_hear(action: Action, chair: PersonId, receipts: Iterable[Receipt]) -> tuple[PersonId | DeskId, ...]:
    """Whom its end has not reached yet; empty once it has been heard, or while it is open."""
    if not action.unheard:
        return ()
    have = {receipt.whom for receipt in receipts if receipt.of == action.state_at}
    return tuple(one for one in to_hear(action, chair) if one not in have)


def to_hear(action: Action, chair: PersonId) -> tuple[PersonId | DeskId, ...]:
    """All whom its end must reach, whether it has or not. Of what can't be done the chair hears first."""
    if not action.state.is_to_be_heard:
        return ()
    return must_hear(action, action.state_by, *([chair] if action.state is ActionState.CANNOT else []))
