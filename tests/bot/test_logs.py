"""Logs: one JSON object a line, with ids and places, and nothing that people wrote."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from io import StringIO

import pytest

from bot.logs import describe_without_words, set_up_logging

SAID = "Mia was hurt"


@pytest.fixture
def written() -> Iterator[StringIO]:
    """The stream that is logged to; afterwards logging is as it was."""
    root, loud = logging.getLogger(), logging.raiseExceptions
    before = (root.level, root.handlers[:])
    root.handlers = []
    stream = StringIO()
    set_up_logging(stream)
    yield stream
    root.handlers = before[1]
    root.setLevel(before[0])
    logging.raiseExceptions = loud


def lines(written: StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


def fail() -> None:
    raise ValueError(SAID)


def test_a_line_says_when_where_and_what_with_its_ids_as_keys(written: StringIO) -> None:
    logging.getLogger("chairside.outbox").info("sent %s", "m-1", extra={"activity": "a-1", "tries": 2})

    [line] = lines(written)
    assert str(line.pop("at")).endswith("+00:00")
    assert line == {
        "level": "info",
        "logger": "chairside.outbox",
        "event": "sent m-1",
        "activity": "a-1",
        "tries": 2,
    }


def test_a_fault_is_its_type_and_place_without_its_message(written: StringIO) -> None:
    try:
        fail()
    except ValueError:
        logging.getLogger("bot.teams.edge").exception("a turn failed")

    [line] = lines(written)
    assert line["event"] == "a turn failed"
    assert str(line["fault"]).startswith("ValueError at test_logs.py:")
    assert SAID not in written.getvalue()


def test_what_libraries_say_is_reduced_to_where_they_said_it(written: StringIO) -> None:
    logging.getLogger("asyncio").error("Task exception was never retrieved: %s", SAID)
    logging.getLogger("aiohttp.server").info("not shown")

    [line] = lines(written)
    assert (line["logger"], line["level"]) == ("asyncio", "error")
    assert str(line["event"]).startswith("test_logs.test_what_libraries_say")
    assert SAID not in written.getvalue()


def test_an_object_among_the_extras_is_named_by_its_kind_alone(written: StringIO) -> None:
    logging.getLogger("chairside").warning("odd", extra={"thing": {"text": SAID}})

    assert lines(written)[0]["thing"] == "dict"


def test_a_line_that_cannot_be_made_prints_nothing_of_its_parts(
    written: StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    logging.getLogger("chairside").warning("%d", SAID)

    assert SAID not in written.getvalue() + capsys.readouterr().err


def test_a_description_names_the_last_places_only() -> None:
    def dig(depth: int) -> None:
        fail() if depth == 0 else dig(depth - 1)

    try:
        dig(20)
    except ValueError:
        fault = sys.exc_info()[1]

    assert fault is not None
    assert describe_without_words(fault).count("test_logs.py:") == 6
