"""Who is called like somebody of the family."""

from __future__ import annotations

import pytest

from discussions.agenda.relatives import Likeness, likeness_to, words_of

FAMILY = [words_of(name) for name in ("Dana O’Neill", "Lee Webb-Hart", "Unborn Marsh", "Madonna")]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Dana O'Neill", Likeness("Dana O'Neill", whole=True)),
        ("Dr Dana Mary O’NEILL", Likeness("Dr Dana Mary O’NEILL", whole=True)),
        ("DS Helen Marsh", Likeness("DS Helen Marsh", whole=False)),
        ("Lee Hart", None),
        ("Webb Lee", None),
        ("Dana Smith", None),
        ("Madonna", Likeness("Madonna", whole=False)),
        ("", None),
    ],
)
def test_a_likeness_is_the_whole_name_or_the_surname(name: str, found: Likeness | None) -> None:
    assert likeness_to(name, FAMILY) == found
