"""Lists show the most urgent first, ten at a time, and a line opens what it names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cards.buttons import OpenAction, unpack
from cards.lists import ActionLine, DiscussionLine, Standing, my_actions_card, my_discussions_card
from cards.render import Card, Summary, stamp
from discussions.actions.mine import Section
from discussions.ids import ActionId, DiscussionId
from tests.cards.checks import Element, elements_of
from tests.scenarios.reading import text


def action(number: int, standing: Standing = Standing.LATER, wording: str = "Ring the school") -> ActionLine:
    return ActionLine(ActionId(f"a{number}"), standing, "Wed 18 Nov", wording, "SD-26-0412")


def rows(card: Card) -> list[Element]:
    return [e["selectAction"] for e in elements_of(stamp(card, "n").content) if "selectAction" in e]


def opened_by(card: Card) -> list[object]:
    return [unpack(press["verb"], press["data"]).button for press in rows(card)]


def titles(card: Card) -> list[str]:
    return [a["title"] for e in elements_of(card.content) if e["type"] == "ActionSet" for a in e["actions"]]


def headings(card: Card) -> list[str]:
    return [e["text"] for e in elements_of(card.content) if e["type"] == "TextBlock" and e.get("weight") == "Bolder"]


def test_what_is_overdue_comes_first_and_each_line_opens_its_own_action() -> None:
    card = my_actions_card([action(1), action(2, Standing.OVERDUE), action(3, Standing.TODAY), action(4)])

    assert headings(card) == ["1 overdue, 1 due today, 2 later", "Overdue", "Today", "Later"]
    assert opened_by(card) == [OpenAction(ActionId(f"a{n}")) for n in (2, 3, 1, 4)]


def test_a_line_is_said_aloud_as_it_is_read() -> None:
    press = rows(my_actions_card([action(1)]))[0]

    assert press["title"] == "Wed 18 Nov Ring the school SD-26-0412"


@pytest.mark.parametrize(
    ("page", "shown", "buttons"),
    [
        (0, range(10), ["Show more"]),
        (1, range(10, 20), ["Show earlier", "Show more"]),
        (2, range(20, 23), ["Show earlier"]),
        (99, range(20, 23), ["Show earlier"]),
    ],
)
def test_ten_lines_a_page(page: int, shown: range, buttons: list[str]) -> None:
    card = my_actions_card([action(n) for n in range(23)], page)

    assert opened_by(card) == [OpenAction(ActionId(f"a{n}")) for n in shown]
    assert titles(card) == buttons


def test_ten_lines_need_no_second_page() -> None:
    assert titles(my_actions_card([action(n) for n in range(10)])) == []


def test_a_long_wording_is_one_short_line_in_a_list() -> None:
    press = rows(my_actions_card([action(1, wording="Ring the school\n\nand " * 50)]))[0]

    assert "\n" not in press["title"]
    assert "…" in press["title"]
    assert len(press["title"]) < 120


def test_an_empty_list_says_so_and_asks_for_nothing() -> None:
    card = my_actions_card([])

    assert headings(card) == ["You have no open actions"]
    assert card.summary is Summary.ANSWER


def test_discussions_keep_their_groups_and_only_those_who_may_book_are_offered_it() -> None:
    lines = [
        DiscussionLine(DiscussionId(f"d{n}"), group, "11:00", f"SD-26-040{n}", "You chair.")
        for n, group in enumerate(["Today", "Today", "Closed"])
    ]

    assert headings(my_discussions_card(lines)) == ["3 discussions", "Today", "Closed"]
    assert titles(my_discussions_card(lines, may_book=True)) == ["Book a discussion"]
    assert titles(my_discussions_card(lines)) == []


def test_what_is_to_be_received_is_counted_apart_and_stands_below_ones_own() -> None:
    told = [replace(action(n), section=Section.TO_RECEIVE) for n in (1, 2)]
    late = replace(action(3, Standing.OVERDUE), section=Section.TO_RECEIVE)

    alone = my_actions_card([*told, late])
    card = my_actions_card([*told, late, action(4), replace(action(5), section=Section.DESK)])

    assert headings(alone)[0] == "3 to be received"
    assert headings(alone)[-2:] == ["To be received by you · overdue", "To be received by you"]
    shown = text(card.content)
    assert "2 later, 3 to be received" in shown
    assert "Yours: 1, To be received by you: 3, Your desk's: 1" in shown
    assert opened_by(card) == [OpenAction(ActionId(f"a{n}")) for n in (4, 3, 1, 2, 5)]


def test_what_is_the_desks_and_what_one_chairs_stand_in_sections_below_ones_own() -> None:
    lines = [
        replace(action(1, Standing.OVERDUE), section=Section.CHAIRED),
        replace(action(2, Standing.OVERDUE), section=Section.DESK),
        action(3),
        action(4, Standing.OVERDUE),
    ]

    shown = text(my_actions_card(lines).content)

    assert "3 overdue, 1 later" in shown
    assert "Yours: 2, Your desk's: 1, You chair: 1" in shown
    headings = ["Yours · overdue", "Yours · later", "Your desk's · overdue", "You chair · overdue"]
    assert [line for line in shown.splitlines() if line in headings] == headings
