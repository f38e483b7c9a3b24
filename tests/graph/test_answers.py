"""Whatever Graph answers is read without a fault, and nothing of it but a code and a link is believed."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.graph.client import code_of, made_of, object_of, said
from bot.graph.outcome import GraphKind

plain = some.none() | some.booleans() | some.integers() | some.text(max_size=20)
names = some.sampled_from(["id", "onlineMeeting", "joinUrl", "start", "dateTime", "timeZone", "error", "code", "x"])
anything = some.recursive(
    plain, lambda inner: some.lists(inner, max_size=3) | some.dictionaries(names, inner, max_size=5), max_leaves=12
)


@given(some.dictionaries(names, anything, max_size=6), some.integers(100, 599), some.none() | some.floats(0, 1800))
def test_no_answer_is_a_fault(answer: dict[str, object], status: int, retry_after: float | None) -> None:
    made, code = made_of(answer), code_of(answer)

    assert made is None or made.link.startswith("https://")
    assert code is None or len(code) <= 80
    assert (said(status, answer, retry_after).kind is GraphKind.DONE) == (200 <= status < 300)


@given(some.binary(max_size=200) | some.builds(lambda one: json.dumps(one).encode(), anything))
def test_no_body_is_a_fault(body: bytes) -> None:
    assert isinstance(object_of(body, 200), dict)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, GraphKind.REFUSED), (401, GraphKind.REFUSED), (403, GraphKind.REFUSED), (404, GraphKind.LOST),
        (409, GraphKind.UNKNOWN), (412, GraphKind.UNKNOWN), (429, GraphKind.THROTTLED), (500, GraphKind.UNKNOWN),
        (502, GraphKind.UNKNOWN), (503, GraphKind.THROTTLED), (504, GraphKind.UNKNOWN), (302, GraphKind.REFUSED),
    ],
)  # fmt: skip
def test_each_status_has_its_meaning(status: int, kind: GraphKind) -> None:
    assert said(status, {}, None).kind is kind


def test_a_sentence_is_no_code_and_a_script_is_no_link() -> None:
    assert code_of({"error": {"code": "the child AB could not be found"}}) is None
    assert made_of({"id": "1", "onlineMeeting": {"joinUrl": "javascript:alert(1)"}}) is None
