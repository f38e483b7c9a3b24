"""What a person typed is read as they typed it: only the bot's own mention goes, and it goes once."""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.teams.mentions import plain_text
from discussions.seen_text import seen_text

BOT = "28:bot"
NAMES = ["Agenda", "R & D", "Bot", "at", "the", "a.b*c", "Chairside (test)", "<3", "$1\\1"]
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="<>&\xa0\u200b\u200e\u200f\ufeff"), max_size=60).map(
    seen_text
)


def mention(span: str, address: str = BOT) -> dict[str, object]:
    return {"type": "mention", "text": span, "mentioned": {"id": address, "name": "x"}}


@pytest.mark.parametrize("name", NAMES)
@given(before=WORDS, after=WORDS)
def test_only_the_own_mention_is_taken_out(name: str, before: str, after: str) -> None:
    span = f"<at>{escape(name, quote=False)}</at>"
    text = f"{before}{span}{after}"

    read = plain_text(text, own_address=BOT, entities=[mention(span)])

    assert (read or "").split() == f"{before} {after}".split()


@pytest.mark.parametrize("name", NAMES)
def test_the_name_in_the_sentence_stays(name: str) -> None:
    span = f"<at>{escape(name, quote=False)}</at>"

    read = plain_text(f"{span} show the {escape(name)}", own_address=BOT, entities=[mention(span)])

    assert read == f"show the {name}"


@given(WORDS)
def test_without_mentions_the_words_stay_as_they_are(words: str) -> None:
    assert (plain_text(words, own_address=BOT) or "") == words.strip()


@given(WORDS)
def test_escaped_signs_come_back(words: str) -> None:
    assert plain_text(escape(f"<b>{words}</b>"), own_address=BOT) == f"<b>{words}</b>"


def test_a_mention_counts_once() -> None:
    span = "<at>Bot</at>"
    assert plain_text(f"{span} and {span}", own_address=BOT, entities=[mention(span)]) == "and Bot"
    assert plain_text(f"{span} and {span}", own_address=BOT, entities=[mention(span)] * 2) == "and"


def test_a_mention_in_the_middle_leaves_one_space() -> None:
    assert (
        plain_text("ask <at>Bot</at> for help", own_address=BOT, entities=[mention("<at>Bot</at>")]) == "ask for help"
    )
    assert plain_text("<at>Bot</at>help", own_address=BOT, entities=[mention("<at>Bot</at>")]) == "help"


def test_other_peoples_mentions_stay_as_their_names() -> None:
    entities = [mention("<at>Sam Lee</at>", "29:sam"), mention("<at>Bot</at>")]

    read = plain_text("<at>Bot</at> action <at>Sam Lee</at> calls school", own_address=BOT, entities=entities)

    assert read == "action Sam Lee calls school"


def test_a_name_that_html_would_write_differently_is_found() -> None:
    entities = [mention("<at>R & D</at>")]

    assert plain_text("<at>R &amp; D</at> help", own_address=BOT, entities=entities) == "help"


def test_a_span_that_is_no_mention_takes_nothing_out() -> None:
    assert plain_text("help me", own_address=BOT, entities=[mention("help")]) == "help me"


@pytest.mark.parametrize("text", [None, "", "  \n", "&nbsp;", "\xa0", "\u200b", "<at>Bot</at>\xa0"])
def test_nothing_is_none(text: str | None) -> None:
    assert plain_text(text, own_address=BOT, entities=[mention("<at>Bot</at>")]) is None


@pytest.mark.parametrize(
    "entity",
    [{}, {"type": 7}, {"type": "mention"}, {"type": "mention", "mentioned": "x"}, {"type": "mention", "mentioned": {}}],
    ids=str,
)
def test_a_broken_mention_is_passed_over(entity: dict[str, object]) -> None:
    assert plain_text("help", own_address=BOT, entities=[entity]) == "help"


def test_many_open_tags_take_no_time() -> None:
    assert plain_text("<at>" * 60_000, own_address=BOT, entities=[mention("<at>Bot</at>")]) == "<at>" * 60_000


def test_signs_that_turn_the_writing_and_controls_are_left_out() -> None:
    assert plain_text("re\u202eport\u2066 by\x07 noon", own_address=BOT) == "report by noon"
    assert plain_text("one\x0btwo\u2028three", own_address=BOT) == "one\ntwo\nthree"
