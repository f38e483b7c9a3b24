"""What the documents name is real: commands, settings, routes, states, links, pictures, queries and periods."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
import pytest
from sqlalchemy import text

from bot.app import Chairside, Given
from bot.bank_holidays import EnglandBankHolidays
from bot.command_line.cli import chairside
from bot.command_line.stopping import Exit
from bot.settings import SETTING_NAMES, read_settings
from cards.render import Summary
from discussions.post import DeliveryState
from discussions.record.links import LIFETIME
from storage import purge
from storage.database import Database
from storage.directory_file import COLUMNS
from storage.practice_file import standard_practice

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
OPERATIONS = ROOT / "docs/operations.md"
DATA_PROTECTION = ROOT / "docs/data-protection.md"
DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "tools/playground/README.md", ROOT / ".env.example"]
)
MARKDOWN = [path for path in DOCUMENTS if path.suffix == ".md"]
LARGEST_PICTURE = 150 * 1024
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def said(path: Path) -> str:
    return path.read_text("utf-8")


def blocks(path: Path, language: str = "") -> list[str]:
    """What stands between fences of that language."""
    found = re.findall(r"^ *```(\w*)\n(.*?)^ *```$", said(path), re.MULTILINE | re.DOTALL)
    return [block for its_language, block in found if its_language == language]


def codes(path: Path) -> list[str]:
    """Everything set as code, whole fenced blocks included."""
    without_fences = re.sub(r"^ *```.*?^ *```$", "", said(path), flags=re.MULTILINE | re.DOTALL)
    spans = [" ".join(span.split()) for span in re.findall(r"`([^`]+)`", without_fences)]
    return spans + [line for language in ("", "ini", "nginx") for line in blocks(path, language)]


def rows(path: Path, heading: str) -> list[list[str]]:
    """The cells of the first table below a heading, without its own first two lines."""
    below = said(path).split(f"{heading}\n", 1)[1].splitlines()
    start = next(number for number, line in enumerate(below) if line.startswith("|"))
    table: list[list[str]] = []
    for line in below[start + 2 :]:
        if not line.startswith("|"):
            break
        table.append([cell.strip() for cell in line.strip("|").split("|")])
    return table


def names(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", DOCUMENTS, ids=names)
def test_every_make_target_named_exists(path: Path) -> None:
    targets = set(re.findall(r"^([a-z0-9-]+):", said(ROOT / "Makefile"), re.MULTILINE))

    named = {target for code in codes(path) for target in re.findall(r"\bmake ([a-z][a-z0-9-]*)", code)}

    assert named <= targets


@pytest.mark.parametrize("path", DOCUMENTS, ids=names)
def test_every_command_and_option_named_exists(path: Path) -> None:
    assert [line for line in commands_named(path) if not is_command(line)] == []


def commands_named(path: Path) -> Iterator[list[str]]:
    for code in codes(path):
        for line in re.findall(r"(?<![\w.-])chairside((?: +[^\s`;|]+)+)", code):
            yield line.split()


def is_command(words: list[str]) -> bool:
    command: click.Command = chairside
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        word, *words = words
        if word not in command.commands:
            return False
        command = command.commands[word]
    options = {option for parameter in command.params for option in parameter.opts} | {"--help"}
    return {word for word in words if word.startswith("-")} <= options


def test_the_search_for_commands_finds_a_wrong_one() -> None:
    assert is_command(["keys", "rotate"])
    assert is_command(["doctor", "--offline"])
    assert not is_command(["keys", "turn"])
    assert not is_command(["doctor", "--online"])


@pytest.mark.parametrize("path", DOCUMENTS, ids=names)
def test_every_setting_named_exists(path: Path) -> None:
    assert set(re.findall(r"\bCHAIRSIDE_[A-Z_]+\b", said(path))) <= set(SETTING_NAMES)


def test_every_setting_is_explained() -> None:
    explained = re.findall(r"^\| (`[A-Z_`, ]+`) \| (.{40,}) \|$", said(OPERATIONS), re.MULTILINE)
    in_example = set(re.findall(r"^#? ?([A-Z_]{5,})=", said(ROOT / ".env.example"), re.MULTILINE))

    named = {name for cell, _ in explained for name in re.findall(r"[A-Z_]{5,}", cell)}

    assert in_example == named == set(SETTING_NAMES)


async def test_every_route_is_explained_and_every_route_named_is_there(database: Database) -> None:
    given = Given(
        settings=read_settings({"CHAIRSIDE_MODE": "local"}),
        database=database,
        practice=standard_practice(),
        calendar=EnglandBankHolidays(),
        now=lambda: NOON,
        new_id=lambda: "id",
        random_bytes=bytes,
    )
    routes = {resource.canonical for resource in Chairside(given).web_app().router.resources()}

    served = {re.sub(r"\{.*", "", route) for route in routes} - {"/record", "/secure"}
    named = set(re.findall(r"(?<![\w.])(/(?:api|record|secure|metrics|[a-z]+z\b)(?:/[a-z]*)?)", said(OPERATIONS)))

    assert named == served


def test_every_delivery_state_says_what_to_do() -> None:
    table = rows(OPERATIONS, "## What was sent, and what became of it")

    explained = [state for cells in table for state in re.findall(r"`([^`]+)`", cells[0])]

    assert sorted(explained) == sorted(DeliveryState)


def test_every_exit_code_is_told() -> None:
    told = said(OPERATIONS).split("Exit codes of every command:")[1].split("\n\n")[0]

    assert {int(number) for number in re.findall(r"\b\d+\b", told)} == {0, *map(int, Exit)}


def test_what_a_lock_screen_may_show_is_listed_whole() -> None:
    row = next(line for line in said(DATA_PROTECTION).splitlines() if line.startswith("| Lock screens"))

    assert sorted(re.findall(r'"([^"]+)"', row)) == sorted(Summary)
    assert "a closed list of neutral sentences" in said(DATA_PROTECTION)


def test_the_periods_told_are_those_that_hold() -> None:
    table = {
        cells[0]: cells[-1] for cells in rows(DATA_PROTECTION, "## What is kept, where, for how long, and who sees it")
    }

    def period_of(start: str) -> str:
        return next(period for what, period in table.items() if what.startswith(start))

    assert f"{days(purge.KEEP_RECORDS)} after approval" in period_of("**What is captured**")
    assert f"{days(purge.KEEP_RECORDS)} after approval" in period_of("**Children**")
    assert period_of("**Messages waiting**").startswith(days(purge.KEEP_MESSAGES))
    assert period_of("**Forms begun").startswith(days(purge.KEEP_DIALOGS))
    assert period_of("**Answers given**") == days(purge.KEEP_ANSWERS)
    assert period_of("**One-time links**").startswith(days(purge.KEEP_LINKS))
    assert timedelta(minutes=10) == LIFETIME
    assert "for ten minutes" in said(DATA_PROTECTION)


def days(span: timedelta) -> str:
    return f"{span.days} day{'' if span.days == 1 else 's'}"


def test_the_columns_of_the_directory_are_told_in_full() -> None:
    assert [cells[0].strip("`") for cells in rows(README, "### The directory")] == list(COLUMNS)


@pytest.mark.parametrize("number", range(len(blocks(OPERATIONS, "sql"))))
def test_every_query_can_be_asked(database: Database, number: int) -> None:
    query = blocks(OPERATIONS, "sql")[number]
    values = {"since": NOON} if ":since" in query else {}

    with database.begin() as tx:
        assert tx.connection.execute(text(query), values).all() == []


@pytest.mark.parametrize("path", MARKDOWN, ids=names)
def test_every_link_leads_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", said(path))

    broken = [link for link in links if not link.startswith(("http://", "https://")) and not is_there(path, link)]

    assert broken == []


def is_there(document: Path, link: str) -> bool:
    file, _, heading = link.partition("#")
    target = document if not file else (document.parent / file).resolve()
    return target.exists() and target.is_relative_to(ROOT) and (not heading or heading in anchors(target))


def anchors(path: Path) -> set[str]:
    """As GitHub makes them from headings."""
    headings = re.findall(r"^#+ (.+)$", said(path), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_picture_is_shown_small_enough_and_described() -> None:
    shown = {
        (path.parent / file).resolve(): words
        for path in MARKDOWN
        for words, file in re.findall(r"!\[([^]]*)\]\(([^)]+)\)", said(path))
    }
    kept = set((ROOT / "docs/pictures").glob("*"))

    assert set(shown) == kept
    assert all(len(words) > 20 for words in shown.values())
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in kept)
    assert all(path.stat().st_size <= LARGEST_PICTURE for path in kept)


def test_every_decision_is_in_the_index_under_its_name() -> None:
    index = dict(re.findall(r"\[([^]]+)\]\((\d{4}-[\w-]+\.md)\)", said(ROOT / "docs/decisions/README.md")))
    written = {
        re.sub(r"^# \d+\. ", "", said(path).splitlines()[0]): path.name
        for path in (ROOT / "docs/decisions").glob("[0-9]*.md")
    }

    assert index == written


@pytest.mark.parametrize("path", DOCUMENTS, ids=names)
def test_no_document_names_a_place_on_somebodys_machine(path: Path) -> None:
    assert re.findall(r"(?<![\w.])/(?:home|root|tmp|work|Users)\b\S*", said(path)) == []
