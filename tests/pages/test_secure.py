"""Every page of a secure link: whole in itself, labelled, each fault tied to its field, words shown as words."""

from __future__ import annotations

import re

import pytest

from discussions.secure.answering import PageAnswer
from pages.render import Page
from pages.secure_action import ASKED, KEPT, LABELS, follows
from tests.cards.examples_actions import VIEW
from tests.pages.examples import EXAMPLES, TOKEN
from tests.pages.test_pages import Outline

ids = list(EXAMPLES)
BEFORE_THE_CODE = ("ask", "code", "code-wrong", "left", "foreign", "too-much", "too-often", "fault", "nothing-here")


@pytest.mark.parametrize("page", EXAMPLES.values(), ids=ids)
def test_a_page_is_whole_and_without_script(page: Page) -> None:
    outline = Outline(page.html)

    assert not [tag for tag, _ in outline.tags if tag in ("script", "link", "img", "iframe", "object")]
    assert not [
        name for _, given in outline.tags for name in given if name.startswith("on") or name in ("style", "src")
    ]
    assert len(outline.all("h1")) == len(outline.all("main")) == len(outline.all("title")) == 1
    assert re.search("style-src 'sha256-[^']+'; form-action 'self'", page.policy)


@pytest.mark.parametrize("page", EXAMPLES.values(), ids=ids)
def test_every_field_has_a_label_and_every_reference_leads_somewhere(page: Page) -> None:
    outline = Outline(page.html)
    with_id = {given["id"] for _, given in outline.tags if "id" in given}
    labelled = {given.get("for") for given in outline.all("label")}
    fields = [given for tag in ("input", "textarea", "select") for given in outline.all(tag)]
    own = [given for given in fields if given.get("type") not in ("hidden", "radio") and "aria-labelledby" not in given]

    assert not [given for given in own if given.get("id") not in labelled]
    assert all(given.get("name") == given.get("id") for given in own)
    refers = [word for _, given in outline.tags for word in (given.get("aria-describedby") or "").split()]
    refers += [given["href"][1:] for given in outline.all("a") if (given["href"] or "").startswith("#")]  # type: ignore[index]
    assert set(refers) <= with_id
    assert len(with_id) == len([1 for _, given in outline.tags if "id" in given]), "an id stands twice"


@pytest.mark.parametrize("page", EXAMPLES.values(), ids=ids)
def test_every_form_is_sent_to_its_own_page_with_its_token(page: Page) -> None:
    outline = Outline(page.html)

    assert all((given["method"], given["action"]) == ("post", "") for given in outline.all("form"))
    tokens = [given for given in outline.all("input") if given.get("name") == "token"]
    assert len(tokens) == len(outline.all("form"))
    assert {given["value"] for given in tokens} <= {TOKEN}
    assert all(given.get("name") == "do" for given in outline.all("button"))


@pytest.mark.parametrize("name", BEFORE_THE_CODE)
def test_before_the_code_no_page_says_anything_about_anybody(name: str) -> None:
    text = " ".join(Outline(EXAMPLES[name].html).texts)

    assert not [word for word in ("SD-26", "Helen", "Jo Smith", "hild A", " due ") if word in text]


@pytest.mark.parametrize("page", EXAMPLES.values(), ids=ids)
def test_titles_say_nothing_of_the_matter(page: Page) -> None:
    title = re.search(r"<title>(.*)</title>", page.html)

    assert title is not None
    assert re.fullmatch(
        r"(Error: )?(Secure page|Enter your code|Answer an (action|invitation)|Hand over an action|Your answer is kept|"
        r"You have left the page|That was not sent|Please wait|"
        r"Please try again in a minute|Sorry, that did not work|There is nothing here)"
        r" – Chairside",
        title[1],
    )


def test_what_people_write_is_shown_as_they_wrote_it_and_never_run() -> None:
    html = EXAMPLES["action-late"].html

    assert "A seen &lt;alone&gt; &amp; well\nat school</textarea>" in html
    assert "<alone>" not in html


def test_a_fault_is_said_on_top_and_at_its_field() -> None:
    html = EXAMPLES["action-refused"].html

    assert '<a href="#more_time-words">Please give a reason, so that the chair can decide.</a>' in html
    assert 'aria-invalid="true" aria-describedby="more_time-words-say"' in html
    assert '<option value="2026-11-19" selected>' in html
    assert 'value="more_time" checked>' in html


@pytest.mark.parametrize("answer", PageAnswer)
def test_every_answer_has_its_words(answer: PageAnswer) -> None:
    assert LABELS[answer]
    assert KEPT[answer]
    assert follows(VIEW, answer)
    assert answer in ASKED or answer in (
        PageAnswer.ACCEPT,
        PageAnswer.TAKE_OVER,
        PageAnswer.AGREE_TIME,
        PageAnswer.HAND_OVER,
        PageAnswer.RECEIVED,
        PageAnswer.TAKE_TIME,
    )
