"""The page of an action for whoever answers without Teams: how it stands, what they can say, and what was kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from discussions.actions.action import ActionState
from discussions.actions.prepare import Preparation
from discussions.actions.views import ActionView, MayPress
from discussions.actions.words import LONGEST
from discussions.london import say_moment, say_short, say_time, to_london
from discussions.secure.answering import LONGEST_NAME, PageAnswer, said_name
from discussions.secure.seeing import Seen, Takers
from pages.fields import Choice, Field, Group, Line, Option, Refused
from pages.render import Page, render
from pages.secure import titled

TITLE = "Answer an action"
ENDED = {
    ActionState.DONE: "✓ Done",
    ActionState.CANNOT: "▲ Can't be done",
    ActionState.SUPERSEDED: "○ Replaced by another action",
    ActionState.CANCELLED: "○ Cancelled by the chair",
}
MATTERS = "A child's immediate safety depends on it"
NOTHING_PLANNED = "The discussion planned nothing in writing for this child. Ask the chair before you go."
HELD_BACK = "Something that police marked is left out. Ask the chair whether it matters for you."
STANDS = frozenset(state for state in ActionState if state.is_open) | {ActionState.CANNOT}
LABELS = {
    PageAnswer.TAKE_OVER: ("I'll take it", "It is yours from then on"),
    PageAnswer.NOT_TAKE_OVER: ("No, I can't", "It stays with its owner, who is told"),
    PageAnswer.RECEIVED: ("I have it", "You are not asked about it again"),
    PageAnswer.TAKE_TIME: ("Take the new moment", "It is due then, as the chair proposes"),
    PageAnswer.CANNOT: ("Can't be done", "It ends. The chair is told at once"),
    PageAnswer.AGREE_TIME: ("Agree to more time", "It is due later then, and the owner is told"),
    PageAnswer.REFUSE_TIME: ("Refuse more time", "It stays due when it is, and the owner is told"),
    PageAnswer.ACCEPT: ("Accept", "You take it on, and it stays due when it is"),
    PageAnswer.DONE: ("Done", "It has been done"),
    PageAnswer.MORE_TIME: ("Need more time", "The chair decides"),
    PageAnswer.BLOCKED: ("Blocked", "Something is in the way. The chair is told at once"),
    PageAnswer.HAND_OVER: ("Hand over", "To somebody else. It stays yours until they accept"),
    PageAnswer.DECLINE: ("Decline", "You can't take it. The chair finds another owner"),
}
ASKED = {
    PageAnswer.NOT_TAKE_OVER: "Why? (you need not say)",
    PageAnswer.REFUSE_TIME: "Why? (you need not say)",
    PageAnswer.DONE: "What was done and learnt?",
    PageAnswer.MORE_TIME: "Why?",
    PageAnswer.BLOCKED: "What is in the way?",
    PageAnswer.CANNOT: "What is in the way?",
    PageAnswer.DECLINE: "Why can't you take it?",
}
ENDS = "blocked-ends"
KEPT = {
    PageAnswer.TAKE_OVER: "You have taken it over",
    PageAnswer.NOT_TAKE_OVER: "You can't take it over",
    PageAnswer.RECEIVED: "You have it",
    PageAnswer.TAKE_TIME: "You take the new moment",
    PageAnswer.CANNOT: "It can't be done",
    PageAnswer.AGREE_TIME: "You agree to more time",
    PageAnswer.REFUSE_TIME: "You do not agree to more time",
    PageAnswer.ACCEPT: "Accepted",
    PageAnswer.DONE: "Done",
    PageAnswer.MORE_TIME: "You need more time",
    PageAnswer.BLOCKED: "Blocked",
    PageAnswer.HAND_OVER: "To be handed over",
    PageAnswer.DECLINE: "Declined",
}


@dataclass(frozen=True, slots=True)
class Typed:
    """What came back from the form, and is shown again: the answer that was chosen, and all that was typed."""

    chosen: str = ""
    words: Mapping[str, str] = field(default_factory=dict)

    def of(self, id: str, otherwise: str = "") -> str:
        return self.words.get(id, otherwise)


@dataclass(frozen=True, slots=True)
class Offered:
    """What the lists hold: days from when it is due, times as on the card in Teams. `time` stands chosen at first."""

    days: tuple[Choice, ...]
    times: tuple[Choice, ...]
    agencies: tuple[Choice, ...]
    time: str = ""


@dataclass(frozen=True, slots=True)
class Matter:
    origin: str
    heading: str
    tone: str
    band: str
    lines: tuple[Line, ...]
    seen: int
    nothing: str | None


def action_page(
    seen: Seen, offered: Offered, token: str, now: datetime, typed: Typed, refused: Refused | None = None
) -> Page:
    return render(
        "secure_action.html.j2",
        title=titled(TITLE, refused),
        ends=say_time(seen.ends_at),
        matter=matter_of(seen, now),
        reading=reading_of(seen.to_read) if seen.to_read else (),
        options=tuple(option_of(one, seen, offered, typed) for one in seen.offered),
        question="What do you want to tell the chair?" if seen.view.is_yours else "What is your answer?",
        send="Send to the chair" if seen.view.is_yours else "Send",
        who=who_fields(seen, typed) if seen.is_shared and seen.offered else (),
        chosen=typed.chosen,
        token=token,
        refused=refused,
    )


def matter_of(seen: Seen, now: datetime) -> Matter:
    view = seen.view
    tone, band = band_of(view, now)
    nothing = None if seen.offered else "There is nothing to answer: this page is for you to know how it stands."
    return Matter(origin_of(view), view.action.wording, tone, band, lines_of(seen), view.action.version, nothing)


def origin_of(view: ActionView) -> str:
    whose = "Your action" if view.is_yours else "An action"
    return f"{whose} from {view.reference}/{view.action.number}"


@dataclass(frozen=True, slots=True)
class Reading:
    """A part of what to read before the child is seen."""

    heading: str
    says: tuple[str, ...]


def reading_of(to_read: Preparation) -> tuple[Reading, ...]:
    """In the order of the card: the plan for this child, how to talk at that age, what not to ask, whom to ring."""
    age = "not born yet" if to_read.age is None else f"{to_read.age} year{'' if to_read.age == 1 else 's'} old"
    phone = f" on {no_break(to_read.ring_phone)}" if to_read.ring_phone else ""
    parts = [Reading(one.label, one.words) for one in to_read.planned] or [Reading("The plan", (NOTHING_PLANNED,))]
    parts += [Reading("Held back", (HELD_BACK,))] if to_read.held_back else []
    return (
        *parts,
        Reading(f"Child {to_read.child}, {age}", to_read.approach.says),
        Reading("Not to ask", to_read.not_to_ask),
        Reading("After it, ring", (f"{to_read.ring}, who chairs{phone}, at once if anything is not as planned.",)),
    )


def band_of(view: ActionView, now: datetime) -> tuple[str, str]:
    action, due = view.action, view.action.due_at
    if not action.state.is_open:
        when = f" on {say_moment(action.state_at)}" if action.state_at else ""
        return ("good" if action.state is ActionState.DONE else ""), f"{ENDED[action.state]}{when}"
    if view.is_overdue:
        return "due", f"▲ Overdue since {say_moment(due)}"
    if to_london(due).date() == to_london(now).date():
        return "due", f"● Due today, {say_moment(due)}"
    return "", f"○ Due {say_moment(due)}"


def lines_of(seen: Seen) -> tuple[Line, ...]:
    view, action = seen.view, seen.view.action
    chair = f"{view.chair}, who chairs{f', {no_break(view.chair_phone)}' if view.chair_phone else ''}"
    lines = (
        ("Why it matters", MATTERS if view.is_urgent and action.state.is_open else None),
        ("About", f"Child {view.child}" if view.child else None),
        ("Owner", owner_words(view)),
        ("How it stands", stands(view)),
        ("In the way", action.blocked),
        ("More time", asked_words(view)),
        ("Proposed", f"The chair proposes {say_moment(action.offered_until)}" if action.offered_until else None),
        ("Hand-over", handed_words(seen)),
        ("Done means", action.measure),
        ("Then tell", ", ".join(view.told) or None),
        ("If not done", action.contingency if action.state in STANDS else None),
        ("Questions to", chair),
    )
    return tuple(Line(lead, words) for lead, words in lines if words)


def owner_words(view: ActionView) -> str:
    if view.is_yours:
        return "You" if view.action.owner else f"Your desk, {view.owner}"
    return f"{view.owner}, {view.owner_agency}" if view.owner_agency else view.owner


def stands(view: ActionView) -> str:
    """The newest answer, who gave it, when, and in which words."""
    action = view.action
    by = f", by {view.answered_by or 'somebody who has left'}, {say_short(action.state_at)}" if action.state_at else ""
    note = f": “{action.note}”" if action.note else ""
    return f"{view.state_words}{by}{note}"


def handed_words(seen: Seen) -> str | None:
    view = seen.view
    if view.action.handed_to == seen.reader.id:
        return f"{view.owner} asks you to take it. It stays theirs until you do"
    return f"{view.handed_to} has been asked to take it" if view.handed_to else None


def asked_words(view: ActionView) -> str | None:
    action = view.action
    if action.asked_until is None:
        return None
    why = f", because “{action.asked_why}”" if action.asked_why else ""
    return f"Asked for until {say_moment(action.asked_until)}{why}"


def no_break(phone: str) -> str:
    return phone.replace(" ", "\u00a0")


def option_of(answer: PageAnswer, seen: Seen, offered: Offered, typed: Typed) -> Option:
    label, says = LABELS[answer]
    return Option(answer.value, label, says, tuple(fields_of(answer, seen, offered, typed)))


def fields_of(answer: PageAnswer, seen: Seen, offered: Offered, typed: Typed) -> Sequence[Field]:
    fields = []
    if answer is PageAnswer.MORE_TIME:
        stays = f"Until the chair agrees, it stays due {say_short(seen.view.action.due_at)}."
        fields.append(Field("day", "New day", typed.of("day"), stays, groups=(Group(offered.days),)))
        fields.append(Field("time", "New time", typed.of("time", offered.time), groups=(Group(offered.times),)))
    if answer is PageAnswer.HAND_OVER:
        chosen = typed.of("agency", seen.reader.agency)
        hint = "You choose the person on the next page."
        fields.append(Field("agency", "Their agency", chosen, hint, groups=(Group(offered.agencies),)))
    if answer in ASKED:
        id = words_id(answer)
        fields.append(Field(id, ASKED[answer], typed.of(id), is_long=True, longest=LONGEST))
    if answer is PageAnswer.BLOCKED and MayPress.CANNOT in seen.view.may:
        hint = "The action ends, and the chair does what was agreed for this case."
        fields.append(Field(ENDS, "It can't be done at all", typed.of(ENDS), hint, is_tick=True))
    return fields


def words_id(answer: PageAnswer) -> str:
    return f"{answer.value}-words"


def who_fields(seen: Seen, typed: Typed) -> tuple[Field, ...]:
    name, role = (said_name(seen.said), seen.said.role_name) if seen.said else ("", "")
    return (
        Field("name", "Your name", typed.of("name", name), longest=LONGEST_NAME, autocomplete="name"),
        Field("role", "Your role", typed.of("role", role), longest=LONGEST_NAME, autocomplete="organization-title"),
    )


def takers_page(seen: Seen, takers: Takers, token: str, typed: Typed, refused: Refused | None = None) -> Page:
    """`typed` goes along in the form: who they are, at a shared mailbox."""
    agency, desk = takers.agency, takers.desk
    people = groups_of(takers)
    kept = {
        "answer": PageAnswer.HAND_OVER.value,
        "seen": typed.of("seen"),
        "name": typed.of("name"),
        "role": typed.of("role"),
    }
    with_agency = {**kept, "agency": agency.id if agency else ""}
    desks = tuple(Choice(one.name, one.id) for one in takers.desks)
    agencies = tuple(Choice(one.name, one.id) for one in takers.agencies)
    chosen = agency.id if agency else seen.reader.agency
    return render(
        "secure_takers.html.j2",
        title=titled("Hand over an action", refused),
        ends=say_time(seen.ends_at),
        origin=origin_of(seen.view),
        token=token,
        kept=with_agency,
        kept_but_agency=kept,
        to=Field("to", f"Who at {agency.name if agency else 'this agency'}?", typed.of("to"), groups=people),
        desk=Field("desk", "Which desk?", desk.id if desk else "", groups=(Group(desks),) if desks else ()),
        agency=Field("agency", "Somebody elsewhere", chosen, groups=(Group(agencies),)),
        refused=refused,
    )


def groups_of(takers: Takers) -> tuple[Group, ...]:
    """People under the name of their desk; those without one come last."""
    desks = dict.fromkeys(desk for desk, _ in takers.people)
    return tuple(
        Group(
            tuple(Choice(f"{one.name}, {one.role_name}", one.id) for at, one in takers.people if at == desk),
            desk or ("Without a desk" if len(desks) > 1 else None),
        )
        for desk in desks
    )


def kept_page(view: ActionView, answer: PageAnswer, words: str | None, token: str, ends_at: datetime) -> Page:
    lines = [Line("Action", view.action.wording)]
    lines += [Line("Your words", words)] if words else []
    return render(
        "secure_kept.html.j2",
        title="Your answer is kept",
        ends=say_time(ends_at),
        origin=f"{view.reference}/{view.action.number}",
        answer=KEPT[answer],
        lines=tuple(lines),
        follows=follows(view, answer),
        back="Back to the action",
        token=token,
    )


def follows(view: ActionView, answer: PageAnswer) -> str:
    due = say_moment(view.action.due_at)
    match answer:
        case PageAnswer.ACCEPT | PageAnswer.TAKE_OVER:
            return f"It is due {due}. You are reminded by mail, with a new link each time."
        case PageAnswer.DONE:
            told = f" Told now: {', '.join(view.told)}." if view.told else ""
            return f"You get no more reminders about it.{told}"
        case PageAnswer.MORE_TIME:
            return f"The chair is told now and decides. Until the chair agrees, it stays due {due}."
        case PageAnswer.BLOCKED:
            return f"The chair is told now. It stays due {due}."
        case PageAnswer.HAND_OVER:
            return f"{view.handed_to} is asked now. It stays yours until they accept."
        case PageAnswer.DECLINE:
            return "The chair is told now and finds another owner."
        case PageAnswer.NOT_TAKE_OVER:
            return "Its owner is told now, and stays responsible."
        case PageAnswer.CANNOT:
            return "The chair is told now, with what was agreed for this case. You get no more reminders about it."
        case PageAnswer.RECEIVED:
            return "You are not asked about it again."
        case PageAnswer.TAKE_TIME:
            return f"The chair is told now. It is due {due}."
        case PageAnswer.AGREE_TIME | PageAnswer.REFUSE_TIME:
            return f"The owner is told now. It is due {due}."
