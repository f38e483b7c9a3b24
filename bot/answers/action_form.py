"""Writing down an action on a form, and changing it: what can be chosen, what was typed, what is saved."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.answers.action_cards import overview
from bot.shown import Shown, Turn
from cards.action_form import AS_IT_IS, MOST_CHOICES, Offered, Saving, action_form_card
from cards.action_line import Way
from cards.buttons import MendForm
from cards.days import day_choices
from cards.parts import Choice, beginning
from discussions.access import Can, discussion_for, note_read
from discussions.actions.action import Action
from discussions.actions.capture import read_due
from discussions.actions.ends import replace_action
from discussions.actions.findings import Finding
from discussions.actions.lint import NewAction
from discussions.actions.mending import mend_of, offers_of, shown_first
from discussions.actions.named import Named, as_named, at_the_table, desk_named, who_is_meant
from discussions.actions.record import edit_action, findings_on, record_action
from discussions.actions.sentence import BARRING, by_weight
from discussions.actions.waiting import numbered
from discussions.booking.discussion import Discussion
from discussions.booking.views import name_child
from discussions.ids import ActionId, ChildId, DiscussionId
from discussions.london import say_date, say_short, say_time, to_london
from discussions.people import DeskId, PersonId
from discussions.refusals import NotFound, Refusal, WrongAnswer

PERSON, DESK = "person", "desk"
NO_CHILD = "none"
NO_OTHER = "none"
AWAITED = re.compile(r"[0-9]{1,4}")
AWAITED_CHARACTERS = 50
MOST_AWAITED = 25
IN_ITS_PLACE = ":instead"


def form(turn: Turn, discussion: DiscussionId, action: str, *, replaces: bool = False) -> Shown:
    """`replaces`: the form for one in its place begins with what the old one says."""
    found = discussion_for(turn.means, turn.who, discussion, Can.CAPTURE)
    kept = action_of(turn, found, action)
    note_read(turn.means, turn.who, found, f"action form:{action}")
    values = values_of(turn, kept) if kept else {"feedback_to": found.chair}
    seen = kept.version if kept else 0
    card = action_form_card(saving(found, kept, seen, replaces=replaces), offered(turn, found, kept), values)
    return Shown(card, f"action form:{discussion}:{action}{IN_ITS_PLACE if replaces else ''}")


def save(
    turn: Turn, discussion: DiscussionId, action: str, seen: int, typed: Mapping[str, str], *, replaces: bool = False
) -> Shown:
    """Saved, or the form again with what is worth a look: pressing once more saves it as it is."""
    found = discussion_for(turn.means, turn.who, discussion, Can.CAPTURE)
    kept = action_of(turn, found, action)
    new = read_form(turn, found, kept, typed)
    findings = findings_on(turn.means, turn.who, new, kept.id if kept else None)
    if typed.get(AS_IT_IS) != "true" and findings and not any(one.code in BARRING for one in findings):
        held = saving(found, kept, seen, replaces=replaces)
        return pointed_out(turn, found, kept, held, typed, findings)
    if kept and replaces:
        return overview(turn, replace_action(turn.means, turn.who, kept.id, seen, new).id, ["The old one has ended."])
    saved = edit_action(turn.means, turn.who, kept.id, seen, new) if kept else record_action(turn.means, turn.who, new)
    return overview(turn, saved.id)


def pointed_out(
    turn: Turn,
    discussion: Discussion,
    kept: Action | None,
    held: Saving,
    typed: Mapping[str, str],
    findings: Sequence[Finding],
) -> Shown:
    """Nothing was kept, so nothing may be shown in this card's place later: it would empty the fields."""
    shown = shown_first(findings)
    offers = [one for one in offers_of(by_weight(findings), shown) if one.field is None and one.finding.opens is None]
    ways = [Way(one.finding.code.value, one.choice, one.label) for one in offers]
    words = [one.words for one in by_weight(findings)]
    card = action_form_card(held, offered(turn, discussion, kept), typed, words, ways)
    return Shown(card)


def mended(turn: Turn, button: MendForm, typed: Mapping[str, str]) -> Shown:
    """The form with one field mended, and what is still worth a look. Nothing is saved by it."""
    found = discussion_for(turn.means, turn.who, button.discussion, Can.CAPTURE)
    kept = action_of(turn, found, button.action)
    findings = findings_of_form(turn, found, kept, typed)
    mend = mend_of(findings, button.code, button.choice)
    about = next(one.field for one in findings if one.code == button.code)
    values = {**typed, **mended_fields(about, mend.value or "", typed, found)}
    held = saving(found, kept, button.seen, replaces=button.replaces)
    return pointed_out(turn, found, kept, held, values, findings_of_form(turn, found, kept, values))


def findings_of_form(
    turn: Turn, discussion: Discussion, kept: Action | None, typed: Mapping[str, str]
) -> Sequence[Finding]:
    return findings_on(turn.means, turn.who, read_form(turn, discussion, kept, typed), kept.id if kept else None)


def mended_fields(field: str, value: str, typed: Mapping[str, str], discussion: Discussion) -> dict[str, str]:
    match field:
        case "due":
            return {"due": value, "day": "", "time": ""}
        case "owner":
            return {"owner": value, "owner_name": ""}
        case "feedback_to":
            return {"feedback_to": ",".join(filter(None, (typed.get("feedback_to"), discussion.chair)))}
        case _:
            return {field: value}


def action_of(turn: Turn, discussion: Discussion, id: str) -> Action | None:
    """None for a new one; an action of another discussion is not there."""
    if not id:
        return None
    action = turn.means.store.actions.action(ActionId(id))
    if action is None or action.discussion != discussion.id:
        raise NotFound("action")
    return action


def saving(discussion: Discussion, action: Action | None, seen: int, *, replaces: bool = False) -> Saving:
    name = f"{discussion.reference}/{action.number}" if action else discussion.reference
    return Saving(discussion.id, action.id if action else "", seen, name, replaces)


def offered(turn: Turn, discussion: Discussion, action: Action | None) -> Offered:
    table = with_those_of(turn, action, at_the_table(turn.means, turn.who, discussion))
    today = to_london(turn.means.now).date()
    children = turn.means.store.discussions.children(discussion.id)
    return Offered(
        owners=tuple(Choice(one.label, owner_value(one)) for one in table[:MOST_CHOICES]),
        told=tuple(Choice(one.label, one.person) for one in told_first(table, discussion, action) if one.person),
        children=(
            Choice("None in particular", NO_CHILD),
            *(Choice(name_child(one, today), one.id) for one in children),
        ),
        kinds=tuple(Choice(policy.label, policy.kind) for policy in turn.means.practice.nudge_policies),
        days=day_choices(turn.means.now, turn.means.calendar, every_day=True),
        awaited=awaited_choices(turn, discussion, action),
    )


def awaited_choices(turn: Turn, discussion: Discussion, action: Action | None) -> tuple[Choice, ...]:
    """The other open actions, and the one that it waits for already; no choice where there are none."""
    siblings = turn.means.store.actions.of_discussion(discussion.id)
    kept = action.waits_for if action else None
    others = [one for one in siblings if one.id == kept or (one.state.is_open and (not action or one.id != action.id))]
    # of very many the newest, and always the one that it waits for; the typed words know them all
    first = sorted(others, key=lambda one: (one.id != kept, -one.number))[:MOST_AWAITED]
    shown = (Choice(awaited_label(one), str(one.number)) for one in sorted(first, key=lambda one: one.number))
    return (Choice("No other action", NO_OTHER), *shown) if first else ()


def awaited_label(action: Action) -> str:
    return f"{action.number}: {beginning(action.wording, AWAITED_CHARACTERS)}, due {say_short(action.due_at)}"


def awaited_given(turn: Turn, discussion: Discussion, kept: Action | None, typed: Mapping[str, str]) -> ActionId | None:
    """What it waits for stays where the form did not ask."""
    number = filled(typed, "waits_for")
    if "waits_for" not in typed:
        return kept.waits_for if kept else None
    if number is None or number == NO_OTHER:
        return None
    if not AWAITED.fullmatch(number):
        raise WrongAnswer("Not saved: please choose an action of this discussion to wait for.", "waits_for")
    return numbered(turn.means, discussion.id, int(number)).id


def with_those_of(turn: Turn, action: Action | None, table: Sequence[Named]) -> list[Named]:
    """Whoever the action names already can be chosen again, at the table or not."""
    if action is None:
        return list(table)
    people = turn.means.store.people
    named = people.people({id for id in (action.owner, *action.feedback_to) if id is not None})
    added = [as_named(turn.means, person) for person in named.values()]
    added += [desk_named(turn.means, people.desk(action.desk))] if action.desk else []
    known = {(one.person, one.desk) for one in table}
    return [*(one for one in added if (one.person, one.desk) not in known), *table]


def told_first(table: Sequence[Named], discussion: Discussion, action: Action | None) -> list[Named]:
    """Those who hear of it already and the chair stand first, since the ticks are few."""
    first = {discussion.chair, *(action.feedback_to if action else ())}
    return sorted(table, key=lambda one: one.person not in first)


def owner_value(one: Named) -> str:
    return f"{PERSON}:{one.person}" if one.person else f"{DESK}:{one.desk}"


def values_of(turn: Turn, action: Action) -> dict[str, str]:
    found = {
        "wording": action.wording,
        "owner": f"{PERSON}:{action.owner}" if action.owner else f"{DESK}:{action.desk}",
        "due": due_text(action),
        "child": action.child,
        "kind": action.kind,
        "measure": action.measure,
        "feedback_to": ",".join(action.feedback_to),
        "feedback_how": action.feedback_how,
        "contingency": action.contingency,
        "waits_for": number_of(turn, action.waits_for),
        "tell": ", ".join(turn.means.store.people.desk(desk).name for desk in action.feedback_desks),
    }
    return {id: value for id, value in found.items() if value}


def number_of(turn: Turn, id: ActionId | None) -> str | None:
    action = turn.means.store.actions.action(id) if id else None
    return str(action.number) if action else None


def due_text(action: Action) -> str:
    """ "17/11/2026 15:00", as it can be typed again."""
    return f"{say_date(to_london(action.due_at).date())} {say_time(action.due_at)}"


def read_form(turn: Turn, discussion: Discussion, kept: Action | None, typed: Mapping[str, str]) -> NewAction:
    """Raises WrongAnswer with the field where a name or a moment can't be read."""
    table = with_desks_told(turn, kept, at_the_table(turn.means, turn.who, discussion))
    person, desk = owner_given(turn, table, typed)
    due_at, has_time = due_given(turn, kept, typed)
    child = filled(typed, "child")
    told, desks = told_given(turn, table, typed)
    return NewAction(
        discussion=discussion.id,
        wording=typed.get("wording", ""),
        owner=person,
        desk=desk,
        due_at=due_at,
        due_has_time=has_time,
        kind=filled(typed, "kind"),
        child=None if child in (None, NO_CHILD) else ChildId(child),
        measure=filled(typed, "measure"),
        feedback_to=told,
        feedback_desks=desks,
        feedback_how=filled(typed, "feedback_how"),
        contingency=filled(typed, "contingency"),
        waits_for=awaited_given(turn, discussion, kept, typed),
    )


def with_desks_told(turn: Turn, kept: Action | None, table: Sequence[Named]) -> tuple[Named, ...]:
    """Those that hear of it already can be named again, asked to the discussion or not."""
    known = {one.desk for one in table}
    more = [desk for desk in (kept.feedback_desks if kept else ()) if desk not in known]
    return (*table, *(desk_named(turn.means, turn.means.store.people.desk(desk)) for desk in more))


def filled(typed: Mapping[str, str], id: str) -> str | None:
    return typed.get(id, "").strip() or None


def owner_given(turn: Turn, table: Sequence[Named], typed: Mapping[str, str]) -> tuple[PersonId | None, DeskId | None]:
    """A typed name wins over the list."""
    if name := filled(typed, "owner_name"):
        named = who_is_meant(turn.means, name, tuple(table), "owner_name")
        return named.person, named.desk
    kind, _, id = typed.get("owner", "").partition(":")
    return (PersonId(id) if kind == PERSON else None), (DeskId(id) if kind == DESK else None)


def due_given(turn: Turn, kept: Action | None, typed: Mapping[str, str]) -> tuple[datetime | None, bool]:
    """Typed words win over the lists; a due moment that was left as it stood stays, even if it has passed."""
    chosen = " ".join(part for part in (filled(typed, "day"), filled(typed, "time")) if part)
    words = filled(typed, "due")
    if kept is not None and words == due_text(kept):
        if not chosen:
            return kept.due_at, True
        words = chosen
    if not (words or chosen):
        return None, True
    try:
        return read_due(turn.means, words or chosen)
    except Refusal as refusal:
        raise WrongAnswer(f"Not saved: {refusal.sentence}", "due", "tomorrow 13:30") from refusal


def told_given(
    turn: Turn, table: Sequence[Named], typed: Mapping[str, str]
) -> tuple[tuple[PersonId, ...] | None, tuple[DeskId, ...]]:
    """People ticked and typed, and desks typed. None where nobody was: then the usual ones hear of it."""
    ticked = [PersonId(id) for id in typed.get("feedback_to", "").split(",") if id]
    names = [name for name in (typed.get("tell") or "").split(",") if name.strip()]
    named = [who_is_meant(turn.means, name, tuple(table), "tell") for name in names]
    people = tuple(dict.fromkeys([*ticked, *(one.person for one in named if one.person)]))
    desks = tuple(dict.fromkeys(one.desk for one in named if one.desk))
    return (people if people or desks else None), desks
