"""The card of an action, through its whole life: asked, accepted, due, blocked, handed over, done, ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cards.action_buttons import Standing, button_rows
from cards.notice import notice_card
from cards.parts import Choice, Part, Text, Tone, Words
from cards.render import Card, Summary
from discussions.actions.action import ActionState
from discussions.actions.hearing import Heard
from discussions.actions.views import ActionView, MayPress, Reached, Sibling
from discussions.london import say_day, say_moment, say_short, say_short_day, say_time, say_until, to_london
from discussions.people import PersonId
from discussions.post import MessageKind

UPDATES = frozenset({MessageKind.FEEDBACK, MessageKind.ACTION_CHANGED, MessageKind.WAITED_FOR, None})
HOW_IT_ENDED = {
    ActionState.CANNOT: (Tone.WARNING, "▲ Can't be done"),
    ActionState.SUPERSEDED: (Tone.EMPHASIS, "○ Replaced by another action"),
    ActionState.CANCELLED: (Tone.EMPHASIS, "○ Cancelled by the chair"),
}
OUT_OF_HOURS = "Sent outside working hours because a child's immediate safety depends on it."
NOTED = {
    ActionState.DECLINED: "declined:",
    ActionState.CANCELLED: "cancelled it:",
    ActionState.CANNOT: "said that it can't be done:",
}
ANSWERED = {
    ActionState.DONE: "Marked done",
    ActionState.DECLINED: "Declined",
    ActionState.CANCELLED: "Cancelled",
    ActionState.CANNOT: "Ended",
    ActionState.SUPERSEDED: "Replaced",
}
OPEN_STATES = tuple(state for state in ActionState if state.is_open)

WAITS = "This action waits for it."

LOOKING_ON = Standing()

Heading = tuple[Tone, str, tuple[str, ...]]


def action_card(
    view: ActionView,
    *,
    why: MessageKind | None,
    now: datetime,
    viewer: PersonId,
    days: Sequence[Choice] = (),
    notes: Sequence[str] = (),
    standing: Standing = LOOKING_ON,
    because: str | None = None,
) -> Card:
    """`why` is what is being said with it; None when it is looked at or answers a press. `because` says why it comes to
    somebody who is not asked to do anything about it themselves.

    `days` are those offered for more time, `notes` small lines below everything, `standing` where the discussion
    stands. What has ended has no answers any more.
    """
    is_asked = is_asked_to_take_over(view, viewer)
    tone, heading, lines = heading_of(view, why, now, is_asked=is_asked)
    return notice_card(
        heading,
        [
            *what(view),
            *why_now(view, why),
            *where_it_stands(view, viewer),
            *around(view),
            *small([because] if because else ()),
            *small(notes),
        ],
        button_rows(view, is_asked=is_asked, days=days, standing=standing),
        tone=tone,
        lines=lines,
        foot=foot(view, now),
        summary=Summary.ACTION_UPDATED if why in UPDATES else Summary.ACTION,
    )


def is_asked_to_take_over(view: ActionView, viewer: PersonId) -> bool:
    return view.action.handed_to == viewer and view.action.state.is_open


def is_chairs(view: ActionView) -> bool:
    """Only the chair can cancel, so whoever may is the chair."""
    return view.is_chaired or MayPress.CANCEL in view.may


def heading_of(view: ActionView, why: MessageKind | None, now: datetime, *, is_asked: bool) -> Heading:
    action, due = view.action, f"Due {say_moment(view.action.due_at)}"
    if not action.state.is_open:
        return ended(view, why)
    if is_asked:
        return Tone.EMPHASIS, "● Can you take this over?", (due,)
    if MayPress.AGREE_TIME in view.may:
        return Tone.WARNING, "● Can they have more time?", (due,)
    if view.is_yours and MayPress.TAKE_OFFER in view.may:
        return Tone.EMPHASIS, "● The chair proposes another moment", (due,)
    if view.goes_round and is_chairs(view) and why is MessageKind.CHAIR_ASKED:
        return Tone.WARNING, "▲ Handed back to somebody who had it", (due,)
    if why is MessageKind.WAITED_FOR and view.linked.waits_for is not None:
        return waited_for(view.linked.waits_for, due)
    if action.state is ActionState.DECLINED:
        return declined(view, due)
    if is_chairs(view) and action.blocked and why is MessageKind.CHAIR_ASKED:
        return Tone.WARNING, "▲ The owner is blocked", (due,)
    is_new = action.state is ActionState.PROPOSED and view.is_yours and not view.is_overdue
    if is_new and why is not MessageKind.NUDGE:
        return Tone.EMPHASIS, "● Can you take this on?", (due,)
    return how_near(view, why, now)


def how_near(view: ActionView, why: MessageKind | None, now: datetime) -> Heading:
    """The moment is the heading; the date is said in full, since a card is read days later."""
    due = view.action.due_at
    is_today = to_london(due).date() == to_london(now).date()
    lines: tuple[str, ...] = (say_moment(due),)
    if view.action.state is ActionState.PROPOSED:
        lines = (*lines, f"{view.state_words}.")
    if why is MessageKind.ACTION_CHANGED:
        lines = (*lines, "This was changed. It now stands like this.")
    if view.is_overdue:
        since = say_time(due) if is_today else say_short_day(to_london(due).date())
        return Tone.WARNING, f"▲ Overdue since {since}", lines
    if is_today:
        return Tone.WARNING, f"● Due today by {say_time(due)}", lines
    return Tone.EMPHASIS, f"○ Due by {say_short(due)}", lines


def declined(view: ActionView, due: str) -> Heading:
    if is_chairs(view):
        return Tone.WARNING, "▲ Declined: it needs an owner", (due,)
    return Tone.EMPHASIS, "○ You declined this" if view.is_yours else "○ Declined", (due, "The chair has been told.")


def ended(view: ActionView, why: MessageKind | None) -> Heading:
    action = view.action
    lines = (say_day(to_london(action.state_at).date()),) if action.state_at else ()
    is_needed = MayPress.CONTINGENCY in view.may and view.linked.went_into is None
    if is_needed:
        lines = (*lines, "What was agreed for this case is needed now.")
    elif MayPress.RECEIVE in view.may:
        lines = (*lines, "Please press Received, so that everybody knows that you have it.")
    elif why is MessageKind.FEEDBACK:
        lines = (*lines, "For you to know.")
    if action.state is ActionState.DONE:
        return Tone.GOOD, f"✓ Done{f' at {say_time(action.state_at)}' if action.state_at else ''}", lines
    tone, heading = HOW_IT_ENDED[action.state]
    return tone, heading, lines


def waited_for(other: Sibling, due: str) -> Heading:
    if other.is_open:
        return Tone.EMPHASIS, f"○ Action {other.number} is now due {say_short(other.due_at)}", (due, WAITS)
    return Tone.WARNING, f"● Action {other.number}: {other.state_words.casefold()}", (due, WAITS)


def what(view: ActionView) -> list[Part]:
    action = view.action
    parts: list[Part] = [Words(action.wording, bold=action.state.is_open)]
    if view.is_urgent and action.state.is_open:
        parts.append(Words("a child's immediate safety depends on it.", lead="Why it matters:"))
    if view.child:
        parts.append(Words(f"child {view.child}", lead="About:"))
    parts.append(Words(owner_words(view), lead="Owner:"))
    if must_ring := who_must_be_rung(view):
        parts.append(Words(must_ring, lead="▲"))
    if action.measure:
        parts.append(Words(action.measure, lead="Done means:"))
    return parts


def why_now(view: ActionView, why: MessageKind | None) -> list[Part]:
    """What came at night says why; and of an owner on leave everybody knows."""
    parts: list[Part] = []
    if view.is_out_of_hours and view.action.state.is_open and why is not None:
        parts.append(Text(OUT_OF_HOURS, small=True))
    if view.away_until is not None:
        whose = "You are" if view.is_yours and view.action.owner else "The owner is"
        parts.append(Words(f"until {say_until(view.away_until)}. Whoever stands in is reminded.", lead=f"{whose} away"))
    return parts


def who_must_be_rung(view: ActionView) -> str | None:
    """For whoever looks on, where Teams does not reach the owner."""
    if not view.action.state.is_open or view.is_yours or view.owner_is is Reached.IN_TEAMS:
        return None
    phone = f" on {no_break(view.owner_phone)}" if view.owner_phone else ""
    if view.owner_is is Reached.BY_MAIL:
        return f"They do not get this in Teams, but by mail, with a link to answer. If it can't wait, ring them{phone}."
    return f"They do not get this in Teams. Please ring them{phone}."


def owner_words(view: ActionView) -> str:
    if view.is_yours:
        return "you" if view.action.owner else f"your desk, {view.owner}"
    return f"{view.owner}, {view.owner_agency}" if view.owner_agency else view.owner


def where_it_stands(view: ActionView, viewer: PersonId) -> list[Part]:
    """What was answered, in the words of whoever answered."""
    action = view.action
    parts: list[Part] = []
    if action.note:
        who = "You" if action.state_by == viewer else view.answered_by or "The owner"
        parts.append(Words(f"“{action.note}”", lead=f"{who} {NOTED.get(action.state, 'wrote:')}"))
    if action.blocked:
        parts += [Words(f"“{action.blocked}”", lead="In the way:"), Text("The clock runs on.", small=True, close=True)]
    if action.asked_until:
        why = f", because “{action.asked_why}”" if action.asked_why else ""
        parts.append(Words(f"until {say_moment(action.asked_until)}{why}", lead="More time is asked for:"))
        parts.append(Text(f"Until the chair agrees, it stays due {say_short(action.due_at)}.", small=True, close=True))
    if action.offered_until:
        words = f"{say_moment(action.offered_until)}. It stays due when it is until the owner takes it or asks again."
        parts.append(Words(words, lead="The chair proposes"))
    if view.linked.waits_for is not None and action.state.is_open:
        parts.append(Words(sibling_words(view.linked.waits_for), lead="Waits for"))
    if action.handed_to:
        parts.append(Words(handed_words(view, viewer), lead="Hand-over:"))
    return [*parts, *answered(view, viewer)]


def handed_words(view: ActionView, viewer: PersonId) -> str:
    if view.action.handed_to == viewer:
        return f"{view.owner} asks you to take it. It stays theirs until you do."
    rings = view.handed_to_is is Reached.BY_TELEPHONE
    asked = "does not get this in Teams: please ring them" if rings else "has been asked"
    again = " They had it before." if view.goes_round else ""
    return f"{view.handed_to} {asked}.{again} Until they accept, the owner stays responsible."


def sibling_words(other: Sibling) -> str:
    """ "action 2, due Fri 20 Nov, 12:00", or how it ended."""
    state = f"due {say_short(other.due_at)}" if other.is_open else other.state_words.casefold()
    return f"action {other.number}, {state}"


def answered(view: ActionView, viewer: PersonId) -> list[Part]:
    """Who gave the newest answer and when; marked where it was given for the owner."""
    action = view.action
    is_own_news = action.state.is_open and action.state_by == viewer
    if action.state_at is None or is_own_news:
        return []
    by = "you" if action.state_by == viewer else view.answered_by or "somebody who has left"
    told = ", on the owner's behalf" if action.on_behalf else ""
    return [Words(f"by {by}{told}, {say_short(action.state_at)}", lead=ANSWERED.get(action.state, "Last answered"))]


def around(view: ActionView) -> list[Part]:
    """Who hears of it, what follows if it is not done, whom to ask."""
    action = view.action
    parts: list[Part] = []
    if view.told and action.state.is_open:
        how = f", {action.feedback_how}" if action.feedback_how else ""
        parts.append(Words(f"{listed(view.told)}{how}", lead="Then tell"))
    parts += how_heard(view)
    if view.linked.came_of is not None:
        lead = "In place of" if action.replaces else "Because this can't be done:"
        parts.append(Words(sibling_words(view.linked.came_of), lead=lead))
    if view.linked.went_into is not None:
        lead = "Replaced by" if action.state is ActionState.SUPERSEDED else "Done instead:"
        parts.append(Words(sibling_words(view.linked.went_into), lead=lead))
    if action.contingency and action.state in (ActionState.CANNOT, *OPEN_STATES):
        parts.append(Words(action.contingency, lead="If not done:"))
    if not is_chairs(view):
        phone = f", {no_break(view.chair_phone)}" if view.chair_phone else ""
        parts.append(Words(f"{view.chair}, who chairs{phone}", lead="Questions to"))
    return parts


def how_heard(view: ActionView) -> list[Part]:
    """Who has what came of it, and who has not."""
    if not view.heard:
        return []
    have = [heard_words(one) for one in view.heard if one.at is not None]
    parts: list[Part] = [Words("; ".join(have), lead="Received by")] if have else []
    return [*parts, Words(listed(view.outstanding), lead="▲ Feedback outstanding:")] if view.outstanding else parts


def heard_words(one: Heard) -> str:
    when = say_short(one.at) if one.at else ""
    if one.by is None:
        return f"{one.name}, {when}"
    how = f"as {one.by} wrote down" if one.on_behalf else f"by {one.by}"
    return f"{one.name}, {how}, {when}"


def foot(view: ActionView, now: datetime) -> str:
    action = view.action
    parts = [f"{view.reference}/{action.number}, agreed {say_short_day(to_london(action.created_at).date())}."]
    if view.next_nudge_at is not None and view.next_nudge_at > now:
        parts.append(f"Next reminder {say_short(view.next_nudge_at)}.")
    if view.is_urgent and action.state.is_open:
        parts.append("Safety actions can't be muted.")
    return " ".join(parts)


def small(notes: Sequence[str]) -> list[Part]:
    return [Text(note, small=True) for note in notes]


def listed(names: Sequence[str]) -> str:
    """ "Ann, Bo and Cy"."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def no_break(phone: str) -> str:
    return phone.replace(" ", "\u00a0")
