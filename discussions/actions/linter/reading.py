"""A sentence taken apart: who, what, by when, who hears of it, what if not. Nothing is refused here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from discussions.actions.findings import Code, Owner, World
from discussions.actions.linter.after import filled_after
from discussions.actions.linter.told import hearers_in, is_told
from discussions.actions.linter.what import Deed, read_deed
from discussions.actions.linter.when import TWO_MOMENTS, Moment, moments_in
from discussions.actions.linter.who import Finder, finder_for
from discussions.london import MONTHS, to_london

LONGEST_READ: Final = 2_000
_FILLED: Final = "\u2060"
"""Neither a letter nor a space: where words were taken out, nothing is found and places stay."""
_COMMAND: Final = re.compile(r"\s*/?action\b(?:\s*:\s*|\s+|$)", re.IGNORECASE)
_SAFETY: Final = re.compile(
    r"(?:immediate\s+)?safety(?:\s*:\s*|\s+(?!plan|net|planning|feature|check|concern|gate|measure|of|to|risk))",
    re.IGNORECASE,
)
_NO_QUESTION: Final = "".join(
    rf"(?<!{word}\s)" for word in ("who", "what", "where", "when", "how", "why", "one", "body", "thing")
)
"""Behind these "else" is no "or else": who else, what else, anyone else, something else."""
_IF_NOT: Final = re.compile(
    r"(?:[\s,;.(–—-]+|^)(?P<if>(?:and\s+)?(?:if\s+(?:(?:this|it|that)\s+is\s+)?not\b|if (?:no|none|nobody)\b"
    r"|(?<=[.;,]\s)if\s+(?!(?:appropriate|necessary|needed|possible|required|able|so)\b)"
    rf"|otherwise\b|or else\b|failing (?:that|which|this)\b|unless\b|{_NO_QUESTION}else\b|contingency:?\s"
    r"|if\s+(?:[\w'’]+\s+){1,5}?(?:not|cannot|(?:ca|is|does|do|has|have|wo|are)n['’]?t|unable|refuses?|refused|unavailable"
    r"|fails?|failed|declines?|declined|late|missing|absent|away|out|impossible|unsuccessful|no)\b"
    r"|if\s+(?:unable|refused|unsuccessful|unavailable|impossible|missed|late|declined|delayed|overdue)\b"
    r"|in case (?:of no|\w+ (?:is|are|does|do) not)\b))",
    re.IGNORECASE,
)
_AFTER_IT: Final = re.compile(
    r"[.;]\s+(?=(?:and |then )?(?:tell|feedback|update|inform|report)\b)|\s+(?=tell (?:the )?chair\b)", re.IGNORECASE
)
_TELL: Final = re.compile(r"(?:^|(?<=[\s,;.]))(?:and |then )*tell\s", re.IGNORECASE)
_CLAUSE: Final = re.compile(r"[.;](?=\s)|\s(?=(?:and |then )?tell\s)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text` as typed, spaces squeezed. `start`: where the action begins, behind "action: safety:".

    `what` is what is done, in words; who is told stands from `tell_at` on. Only a form says `kind` and `has_measure`.
    `main` is it all without what happens if not, filled up where that stood, so that places stay.
    """

    text: str
    start: int
    main: str
    says_safety: bool
    deed: Deed
    due: Moment | None
    vague_due: re.Match[str] | None
    is_told: bool
    hearers: tuple[Owner, ...]
    what: str
    tell_at: int
    contingency: str | None
    contingency_at: int | None = None
    kind: str | None = None
    has_measure: bool = False
    is_form: bool = False


def read_sentence(typed: str, world: World, finder: Finder | None = None) -> Sentence:
    text = " ".join(typed[:LONGEST_READ].split())
    finder = finder or finder_for(world)
    start, says_safety = _beginning(text)
    ends, contingency, main = _without_contingency(text, start)
    main = filled_after(main, world.numbers)
    moments = moments_in(main, world)
    due = due_of(main, moments) or _due_in(text, ends, world)
    core = blanked(main, due) if due is not None else main
    deed = read_deed(core, start, finder)
    tell_at = _tell_at(core, deed)
    what = "" if _is_only_told(core, deed, due) else " ".join(core[deed.begins : tell_at].split()).strip(" .,;:–—-()")
    return Sentence(
        text,
        start,
        main,
        says_safety or deed.says_safety,
        deed,
        due,
        None if due is not None else vague_due(main, deed, finder),
        is_told(main[start:], finder, deed.known_owners),
        hearers_in(main[start:], finder, deed.known_owners),
        what,
        tell_at,
        contingency,
        ends,
    )


def _beginning(text: str) -> tuple[int, bool]:
    command = _COMMAND.match(text)
    start = command.end() if command else 0
    safety = _SAFETY.match(text, start)
    return (safety.end(), True) if safety else (start, False)


def _without_contingency(text: str, start: int) -> tuple[int | None, str | None, str]:
    found = _IF_NOT.search(text, start + 1)
    if found is None:
        return None, None, text
    begins = found.start("if")
    after = _AFTER_IT.search(text, found.end())
    ends = after.start() if after else len(text)
    words = text[begins:ends].strip(" .;")
    if after is None:
        return found.start(), words or None, text[: found.start()]
    gap = ends - found.start()
    return found.start(), words or None, f"{text[: found.start()]};{_FILLED * max(0, gap - 1)}{text[ends:]}"


def _tell_at(core: str, deed: Deed) -> int:
    """Where who is told begins, behind what is done."""
    verb_ends = deed.verb_at[1] if deed.verb_at else deed.begins
    found = _TELL.search(core, max(0, verb_ends - 1))
    return found.start() if found else len(core)


def _is_only_told(core: str, deed: Deed, due: Moment | None) -> bool:
    """ "Helen Marsh by Friday tell the chair": the moment stands between, so nothing is said to be done."""
    if deed.verb != "tell" or deed.verb_at is None or due is None or deed.is_passive:
        return False
    is_between = deed.owner_end <= due.start or not deed.owners
    return core[slice(*deed.verb_at)].casefold() == "tell" and is_between and due.start < deed.verb_at[0]


def due_of(main: str, moments: tuple[Moment, ...]) -> Moment | None:
    """In the first clause that has a moment: the first with "by", else the first of all."""
    clauses = [match.start() for match in _CLAUSE.finditer(main)]
    by_clause: dict[int, list[Moment]] = {}
    for moment in moments:
        by_clause.setdefault(sum(at <= moment.start for at in clauses), []).append(moment)
    for _, said in sorted(by_clause.items()):
        due = next((moment for moment in said if moment.is_deadline), said[0])
        return next((_two_days(main, one, due) for one in said if _is_another_day(main, one, due)), due)
    return None


def _is_another_day(main: str, one: Moment, due: Moment) -> bool:
    """ "on Monday by Wednesday": side by side, two days."""
    first, last = sorted((one, due), key=lambda moment: moment.start)
    if one is due or one.at is None or due.at is None or main[first.end : last.start].strip(" ,"):
        return False
    return to_london(one.at).date() != to_london(due.at).date()


def _two_days(main: str, one: Moment, due: Moment) -> Moment:
    start, end = min(one.start, due.start), max(one.end, due.end)
    meant = tuple(at for at in (one.at, due.at) if at is not None)
    return Moment(start, end, main[start:end], True, fault=Code.UNCLEAR_DUE, refusal=TWO_MOMENTS, meant=meant)


def _due_in(text: str, begins: int | None, world: World) -> Moment | None:
    """ "if not phoned by 14:45" says by when, where nothing else does."""
    if begins is None:
        return None
    found = moments_in(text[begins : begins + 60], world)
    if not found:
        return None
    first = found[0]
    return Moment(
        first.start + begins, first.end + begins, first.said, first.is_deadline,
        first.at, first.has_time, first.is_soft, first.fault, first.refusal,
    )  # fmt: skip


def blanked(text: str, moment: Moment) -> str:
    return text[: moment.start] + " " * (moment.end - moment.start) + text[moment.end :]


_MONTH_ALONE: Final = re.compile(
    rf"\b(?:by|in|before|until|early|mid|late|end of|beginning of)[\s-]+(?:early |mid |late |the end of |end of )?"
    rf"(?:{'|'.join(MONTHS)})\b(?!\s*[0-9])",
    re.IGNORECASE,
)
_ONCE: Final = re.compile(
    r"\b(?:before|prior to|once|as soon as|ahead of|in time for|by the time|by when)\s+"
    r"(?:(?!\s(?:and |then )?tell\b)[^,;.])+",
    re.IGNORECASE,
)


def vague_due(main: str, deed: Deed, finder: Finder) -> re.Match[str] | None:
    """Words where the moment should be. What stands in the owner's own words is none."""
    lexicon = finder.lexicon
    for pattern in (lexicon.vague_moment, lexicon.before_event, _MONTH_ALONE, _ONCE):
        for match in pattern.finditer(main, deed.owner_end):
            if not (deed.is_passive and deed.verb_at and match.start() < deed.verb_at[1]):
                return match
    return None
