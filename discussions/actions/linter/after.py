"""Which other action this one waits for, as a typed line says it: "after 2", "after action 2"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final

_AFTER: Final = re.compile(
    r"(?<!\blook )(?<!\blooks )(?<!\blooked )(?<!\blooking )(?<!\bday )(?<!\bdays )(?<!\bweek )(?<!\bweeks )"
    r"(?<!\bhours )(?<!\bhour )(?<!\bminutes )(?<!\bmonths )"
    r"\bafter\s+(?:(?P<action>action\s+)(?P<named>\d{1,4})(?!\w|[:/.-]\d)"
    # a number alone may be an hour or count things: only where nothing that it could count follows
    r"|(?P<bare>\d{1,4})(?=\s*$|[,;.](?:\s*$|\s+(?!\d))"
    r"|\s+(?:by|(?:and\s+)?(?:then\s+)?tell|if\s+not|within|no\s+later|not\s+later|due)\b))",
    re.IGNORECASE,
)
_CONTINGENCY: Final = re.compile(r"[\s,;.]+(?:if not|otherwise|or else|failing that)\b", re.IGNORECASE)


def after_in(text: str, numbers: Collection[int]) -> Iterator[re.Match[str]]:
    """`numbers` are those of the discussion's actions: "after 9" alone is no action where there is none of that number.

    What happens if it is not done says nothing about when this one begins.
    """
    rest = _CONTINGENCY.search(text)
    for match in _AFTER.finditer(text):
        if rest is not None and rest.start() < match.start():
            return
        if match["action"] or number_of(match) in numbers:
            yield match


def number_of(match: re.Match[str]) -> int:
    return int(match["named"] or match["bare"])


def without_after(text: str, numbers: Collection[int]) -> tuple[str, tuple[int, ...]]:
    """The line without those words, and the numbers that they name."""
    found = list(after_in(text, numbers))
    for match in reversed(found):
        text = f"{text[: match.start()].rstrip()} {text[match.end() :].lstrip()}"
    return text, tuple(dict.fromkeys(map(number_of, found)))


def filled_after(text: str, numbers: Collection[int]) -> str:
    """Spaces in the place of those words, so that every other word keeps its own."""
    for match in after_in(text, numbers):
        text = f"{text[: match.start()]}{' ' * len(match[0])}{text[match.end() :]}"
    return text
