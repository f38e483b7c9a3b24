"""The card that says whom a message did not reach, under the reader's access at this moment."""

from __future__ import annotations

from bot.shown import Turn
from cards.render import Card
from cards.unreached import Unreached, unreached_card
from discussions.access import Can, discussion_for
from discussions.ids import ActionId, DiscussionId, MessageId
from discussions.people import DeskId, PersonId
from discussions.post import Message
from discussions.refusals import NotFound


def card_for(turn: Turn, message: Message) -> Card:
    """Raises NotFound when they may no longer see the discussion, or nobody is there to be rung any more."""
    store, about = turn.means.store, message.about
    discussion = discussion_for(turn.means, turn.who, DiscussionId(about["discussion"]), Can.SEE_BOOKING)
    action = store.actions.action(ActionId(about["action"])) if "action" in about else None
    who, agency, phone = whom(turn, about.get("person"), about.get("desk"))
    return unreached_card(
        Unreached(
            who=who,
            agency=agency,
            phone=phone,
            reference=discussion.reference,
            discussion=discussion.id,
            state=store.outbox.state(MessageId(about["message"])),
            action=action.id if action else None,
            number=action.number if action else None,
            is_invitation="invitation" in about,
        )
    )


def whom(turn: Turn, person: str | None, desk: str | None) -> tuple[str, str | None, str | None]:
    people = turn.means.store.people
    if desk is not None:
        asked = people.desk(DeskId(desk))
        return asked.name, people.agency(asked.agency).name, asked.phone
    found = people.person(PersonId(person or ""))
    if found is None:
        raise NotFound("person")
    return found.name, people.agency(found.agency).name, found.phone
