"""Activities as nobody sends them: real ones of a story, taken apart and put together wrongly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from bot.commands import Word
from cards.buttons import buttons_by_verb
from tests.teams.rooms import Json

MOST_CHANGES = 3

ODD_TEXTS = (
    *("", " ", "\x00", "\ud800", "\udfff\ud800", "\u202e\u2066", "\ufeff", "\u00a0", "\r\n\t", "👩‍👧‍👦" * 40),
    *("null", "true", "NaN", "-1", "1e999", "9" * 400, "0x10", "١٢/٠٥/٢٠١٩", "31/02/2026", "00:00", "2026-13-45"),
    *(
        "{{ 7*7 }}",
        "${7*7}",
        "%s%n",
        "../../etc/passwd",
        "'; DROP TABLE action;--",
        "<script>x</script>",
        "[a](http://e)",
    ),
    *("<at>Chairside</at>", "&lt;at&gt;", '{"type":"AdaptiveCard"}', "action:", "dialog:x", "a:b:c:d:e", "29:x", "28:"),
    *("x" * 5_001, "x" * 70_000, "é" * 2_001, "a " * 3_000),
)
ODD_THINGS: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1.5, 1e308, 2**31, 2**63, 10**30, [], {}, [[]], [None], {"": None}, {"b": {}}),
    *([{"type": "AdaptiveCard"}], {"$ne": None}, {"__class__": "x"}, [1] * 500, {str(n): n for n in range(200)}),
)


GOOD_TEXTS = (
    "2026-11-26",
    "12:00",
    "14:30",
    "yes",
    "no",
    "Helen Marsh",
    "Sam Okoro",
    "tomorrow 12:00",
    "In court",
    "1",
)
FIELDS = ("day", "time", "reason", "note", "to", "until", "wording", "owner", "due", "kind", "agency", "desk", "person")


def nested(depth: int) -> Any:
    held: Any = "deep"
    for level in range(depth):
        held = [held] if level % 2 else {"b": held}
    return held


def odd_values() -> st.SearchStrategy[Any]:
    return st.one_of(
        st.sampled_from(ODD_TEXTS),
        st.sampled_from(ODD_THINGS),
        st.integers(1, 60).map(nested),
        st.text(max_size=80),
        st.integers(),
        st.floats(allow_nan=False, allow_infinity=False),
        st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=4),
    )


@dataclass(frozen=True, slots=True)
class Change:
    """One thing done to an activity. `where` picks a place in it, `what` is one of WAYS, `value` what comes there."""

    where: int
    what: str
    value: Any

    def apply(self, activity: Json, others: Sequence[Json]) -> None:
        places = list(all_places(activity))
        holder, key = places[self.where % len(places)]
        match self.what:
            case "drop":
                del holder[key]
            case "put":
                holder[key] = deepcopy(self.value)
            case "add":
                holder[key] = {"was": holder[key], "more": deepcopy(self.value)}
            case "rename":
                insert(holder, str(self.value)[:60], holder.pop(key))
            case "double":
                insert(holder, f"{key}2", deepcopy(holder[key]))
            case "swap":
                other, name = places[(self.where * 7 + 3) % len(places)]
                holder[key] = deepcopy(other.get(name) if isinstance(other, dict) else other)
            case "graft":
                elsewhere = list(all_places(others[self.where % len(others)]))
                donor, name = elsewhere[(self.where * 13 + 5) % len(elsewhere)]
                holder[key] = deepcopy(donor[name])


KINDS = (
    "as it is",
    "anywhere",
    "data",
    "data",
    "fields",
    "fields",
    "inputs",
    "inputs",
    "verb",
    "older",
    "words",
    "who",
)
WAYS = ("drop", "put", "put", "put", "add", "rename", "double", "swap", "graft")


def insert(holder: Any, key: str, value: Any) -> None:
    if isinstance(holder, dict):
        holder[key] = value
    else:
        holder.append(value)


def all_places(part: Any) -> list[tuple[Any, Any]]:
    """Every key of every object and every position of every list, the outermost first."""
    found: list[tuple[Any, Any]] = []
    pairs = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for key, value in pairs:
        found += [(part, key), *all_places(value)]
    return found


def changes() -> st.SearchStrategy[Change]:
    return st.builds(Change, st.integers(0, 400), st.sampled_from(WAYS), odd_values())


def with_another_verb(activity: Json, verb: str) -> Json:
    if isinstance(activity.get("value"), dict) and isinstance(activity["value"].get("action"), dict):
        activity["value"]["action"]["verb"] = verb
    return activity


def with_inputs(activity: Json, inputs: Mapping[str, Any]) -> Json:
    """Among the data of a press, where clients put what was typed."""
    action = (activity.get("value") or {}).get("action") if isinstance(activity.get("value"), dict) else None
    if isinstance(action, dict) and isinstance(action.get("data"), dict):
        action["data"] |= inputs
    return activity


def as_an_older_client_sends_it(activity: Json) -> Json:
    action = activity["value"]["action"] if activity.get("name") == "adaptiveCard/action" else None
    if action is None:
        return activity
    return {**activity, "type": "message", "name": None, "value": {**action["data"], "verb": action["verb"]}}


@st.composite
def mutated(draw: st.DrawFn, recorded: Sequence[Json], pressable: Sequence[Json]) -> Json:
    """A real activity with something done to it: mostly to what a person presses and types, at times around it."""
    activity = deepcopy(draw(st.sampled_from(draw(st.sampled_from((recorded, pressable, pressable, pressable))))))
    fields = sorted({name for one in recorded for name in data_of(one) if name not in ("b", "n")})
    match draw(st.sampled_from(KINDS)):
        case "as it is":
            pass
        case "data":
            change_within(draw, data_of(activity) or activity, recorded)
        case "fields":
            change_within(draw, data_of(activity).get("b") or activity, recorded)
        case "inputs":
            values = st.one_of(st.sampled_from(GOOD_TEXTS), st.sampled_from(GOOD_TEXTS), odd_values())
            typed = draw(st.dictionaries(st.sampled_from((*FIELDS, *fields)), values, min_size=1, max_size=6))
            activity = with_inputs(activity, typed)
        case "verb":
            activity = with_another_verb(activity, draw(st.sampled_from(sorted(buttons_by_verb()))))
        case "older":
            activity = as_an_older_client_sends_it(activity)
            change_within(draw, activity, recorded)
        case "words":
            word = draw(st.sampled_from(sorted(Word)))
            rest = draw(st.one_of(st.sampled_from(ODD_TEXTS), st.text(max_size=60), st.just(" SD-26-0412 ")))
            activity |= {"type": "message", "name": None, "value": None, "text": f"{word.value}{rest}"}
        case "who":
            activity["from"] = deepcopy(draw(st.sampled_from(recorded))["from"])
        case _:
            change_within(draw, activity, recorded)
    return activity


def change_within(draw: st.DrawFn, part: Any, recorded: Sequence[Json]) -> None:
    for change in draw(st.lists(changes(), min_size=1, max_size=MOST_CHANGES)):
        if all_places(part):
            change.apply(part, recorded)


def data_of(activity: Json) -> Json:
    value = activity.get("value")
    action = value.get("action") if isinstance(value, dict) else None
    data = action.get("data") if isinstance(action, dict) else None
    return data if isinstance(data, dict) else {}
