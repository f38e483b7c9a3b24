"""The manifest: valid by Teams' schema and limits, asking for no more than it needs, whole in every language."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator

from appmanifest.build import fill_details, fill_manifest, read_languages, read_version

SCHEMAS = Path(__file__).parents[1] / "data" / "teams-manifest"
APP = "aaaaaaaa-1111-4222-8333-bbbbbbbbbbbb"
HOST = "chairside.example.org"
MOST_COMMANDS = 10
LONGEST_TITLE = 32
LONGEST_DESCRIPTION = 128
# The translatable strings of a manifest like ours, as a language file names them.
ALWAYS_TRANSLATED = ("name.short", "name.full", "description.short", "description.full")


@pytest.fixture
def manifest() -> dict[str, Any]:
    return fill_manifest(fill_details(APP, HOST, "Example County Council", None, None, None))


def read_schema(name: str) -> Draft4Validator:
    return Draft4Validator(json.loads((SCHEMAS / name).read_text("utf-8")))


def list_commands(manifest: dict[str, Any], scope: str) -> list[str]:
    lists = manifest["bots"][0]["commandLists"]
    return [command["title"] for each in lists if scope in each["scopes"] for command in each["commands"]]


def list_translatable(manifest: dict[str, Any]) -> set[str]:
    return set(ALWAYS_TRANSLATED) | {
        f"bots[0].commandLists[{place}].commands[{number}].{part}"
        for place, each in enumerate(manifest["bots"][0]["commandLists"])
        for number, _ in enumerate(each["commands"])
        for part in ("title", "description")
    }


def test_the_manifest_is_valid_by_the_schema_it_names(manifest: dict[str, Any]) -> None:
    assert manifest["manifestVersion"] == "1.17"
    assert "v1.17" in manifest["$schema"]
    assert [error.message for error in read_schema("manifest-1.17.json").iter_errors(manifest)] == []


def test_the_schema_would_notice_a_fault(manifest: dict[str, Any]) -> None:
    manifest["bots"][0]["scopes"] = ["private"]

    assert list(read_schema("manifest-1.17.json").iter_errors(manifest))


def test_no_placeholder_is_left(manifest: dict[str, Any]) -> None:
    assert "{{" not in json.dumps(manifest)


def test_the_version_is_the_projects(manifest: dict[str, Any]) -> None:
    assert manifest["version"] == read_version()
    assert re.fullmatch(r"\d+\.\d+\.\d+", manifest["version"])


def test_app_id_and_host_stand_wherever_teams_looks_for_them(manifest: dict[str, Any]) -> None:
    assert {manifest["id"], manifest["bots"][0]["botId"], manifest["webApplicationInfo"]["id"]} == {APP}
    assert manifest["webApplicationInfo"]["resource"] == f"api://botid-{APP}"
    assert manifest["validDomains"] == [HOST]
    assert manifest["developer"]["privacyUrl"] == f"https://{HOST}/privacy"


def test_every_scope_has_one_list_of_commands_that_fits(manifest: dict[str, Any]) -> None:
    bot = manifest["bots"][0]
    scopes = [scope for each in bot["commandLists"] for scope in each["scopes"]]

    assert sorted(scopes) == sorted(bot["scopes"]) == ["groupChat", "personal", "team"]
    for each in bot["commandLists"]:
        titles = [command["title"] for command in each["commands"]]
        assert 1 <= len(titles) <= MOST_COMMANDS
        assert len(set(titles)) == len(titles)
        assert all(len(title) <= LONGEST_TITLE for title in titles)
        assert all(len(command["description"]) <= LONGEST_DESCRIPTION for command in each["commands"])


def test_everybody_finds_help_and_only_ones_own_chat_lists_what_is_ones_own(manifest: dict[str, Any]) -> None:
    assert list_commands(manifest, "personal")[0] == "help"
    assert list_commands(manifest, "team") == list_commands(manifest, "groupChat") == ["help", "progress"]


def test_it_asks_to_read_no_messages(manifest: dict[str, Any]) -> None:
    asked = {item["name"] for item in manifest["authorization"]["permissions"]["resourceSpecific"]}

    assert asked == {
        "OnlineMeeting.ReadBasic.Chat",
        "ChannelMeeting.ReadBasic.Group",
        "ChatMember.Read.Chat",
        "TeamMember.Read.Group",
    }


def test_the_languages_named_are_the_languages_there_are(manifest: dict[str, Any]) -> None:
    localisation = manifest["localizationInfo"]
    named = {each["file"]: each["languageTag"] for each in localisation["additionalLanguages"]}

    assert localisation["defaultLanguageTag"] == "en-gb"
    assert named == {name: name.removesuffix(".json") for name in read_languages()}


@pytest.mark.parametrize("name", sorted(read_languages()))
def test_every_language_is_whole_and_valid(manifest: dict[str, Any], name: str) -> None:
    language = json.loads(read_languages()[name])

    assert set(language) - {"$schema"} == list_translatable(manifest)
    assert [error.message for error in read_schema("localisation-1.17.json").iter_errors(language)] == []


@pytest.mark.parametrize("name", sorted(read_languages()))
def test_a_command_is_typed_alike_in_every_language(manifest: dict[str, Any], name: str) -> None:
    language = json.loads(read_languages()[name])
    titles = [command["title"] for each in manifest["bots"][0]["commandLists"] for command in each["commands"]]

    assert [text for key, text in language.items() if key.endswith(".title")] == titles
