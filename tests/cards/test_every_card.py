"""Every card the product can show is rendered once and held against the same rules."""

from __future__ import annotations

import pytest

from tests.cards.checks import check_card
from tests.cards.gallery import Example, all_examples, card_functions


@pytest.mark.parametrize("shown", all_examples(), ids=lambda shown: shown.name)
def test_a_card_keeps_the_rules(shown: Example) -> None:
    check_card(shown.make())


def test_every_card_function_has_an_example() -> None:
    missing = card_functions() - {shown.of for shown in all_examples()}

    assert sorted(f"{function.__module__}.{function.__name__}" for function in missing) == []


def test_no_two_examples_share_a_name() -> None:
    names = [shown.name for shown in all_examples()]

    assert len(set(names)) == len(names)
