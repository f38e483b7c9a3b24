"""The package: everything at the root of the zip, the same twice, and refused with a mend where a value is wrong."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from appmanifest.build import DEMONSTRATION_APP_ID, main

APP = "aaaaaaaa-1111-4222-8333-bbbbbbbbbbbb"
USUAL = ("--app-id", APP, "--host", "chairside.example.org")


def build(tmp_path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--out", str(tmp_path / "dist" / "chairside.zip")])


def read_manifest(tmp_path: Path) -> dict[str, object]:
    with zipfile.ZipFile(tmp_path / "dist" / "chairside.zip") as archive:
        manifest: dict[str, object] = json.loads(archive.read("manifest.json"))
    return manifest


def test_everything_the_manifest_names_lies_at_the_root(tmp_path: Path) -> None:
    assert build(tmp_path, *USUAL).exit_code == 0

    with zipfile.ZipFile(tmp_path / "dist" / "chairside.zip") as archive:
        assert archive.namelist() == ["manifest.json", "color.png", "outline.png", "en-us.json"]
        assert archive.testzip() is None
    manifest = read_manifest(tmp_path)
    assert manifest["id"] == APP
    assert manifest["icons"] == {"color": "color.png", "outline": "outline.png"}


def test_the_same_input_builds_the_same_package(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    build(first, *USUAL)
    build(second, *USUAL)

    assert (first / "dist/chairside.zip").read_bytes() == (second / "dist/chairside.zip").read_bytes()


def test_a_demonstration_package_says_that_it_is_one(tmp_path: Path) -> None:
    built = build(tmp_path, "--demo")

    assert built.exit_code == 0
    assert "made up" in built.output
    assert read_manifest(tmp_path)["id"] == DEMONSTRATION_APP_ID


def test_words_with_quotes_stay_words(tmp_path: Path) -> None:
    build(tmp_path, *USUAL, "--developer", 'O"Brien, {{HOST}} \\ Sons')

    developer = read_manifest(tmp_path)["developer"]
    assert isinstance(developer, dict)
    assert developer["name"] == 'O"Brien, {{HOST}} \\ Sons'


@pytest.mark.parametrize(
    ("arguments", "mend"),
    [
        ((), "--demo"),
        (("--app-id", APP), "--demo"),
        (("--demo", "--app-id", APP), "goes without"),
        (("--app-id", "my-bot", "--host", "chairside.example.org"), "app registration"),
        (("--app-id", APP, "--host", "https://chairside.example.org"), "host name"),
        (("--app-id", APP, "--host", "localhost"), "CHAIRSIDE_PUBLIC_URL"),
        (("--app-id", APP, "--host", "127.0.0.1"), "CHAIRSIDE_PUBLIC_URL"),
        ((*USUAL, "--developer", "x" * 33), "Shorten"),
        ((*USUAL, "--privacy", "http://127.0.0.1/privacy"), "https://"),
    ],
)
def test_what_cannot_be_built_is_refused_with_a_mend(tmp_path: Path, arguments: tuple[str, ...], mend: str) -> None:
    refused = build(tmp_path, *arguments)

    assert refused.exit_code == 2
    assert mend in refused.output
    assert not (tmp_path / "dist").exists()
