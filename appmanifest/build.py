"""Builds the package that is uploaded to Teams: `python -m appmanifest.build --app-id … --host …`."""

from __future__ import annotations

import json
import re
import tomllib
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

import click

from bot.setting_values import WrongValue, parse_address, parse_guid, parse_host

FOLDER = Path(__file__).parent
PROJECT_FILE = FOLDER.parent / "pyproject.toml"
DEFAULT_PACKAGE = Path("dist/chairside.zip")
ICONS = ("color.png", "outline.png")
DEMONSTRATION_APP_ID = "00000000-0000-4000-8000-000000000000"
DEMONSTRATION_HOST = "chairside.example.org"
LONGEST_DEVELOPER = 32
PLACEHOLDER = re.compile(r"\{\{[A-Z_]+\}\}")
# Every file of the package carries this moment, so that the same input gives the same package, byte by byte.
MOMENT_OF_FILES = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Details:
    """What differs from one organisation to the next. The addresses are https; people must be able to open them."""

    app_id: str
    host: str
    developer: str
    website: str
    privacy: str
    terms: str

    def by_placeholder(self) -> dict[str, str]:
        return {
            "{{APP_ID}}": self.app_id,
            "{{HOST}}": self.host,
            "{{DEVELOPER}}": self.developer,
            "{{WEBSITE}}": self.website,
            "{{PRIVACY}}": self.privacy,
            "{{TERMS}}": self.terms,
            "{{VERSION}}": read_version(),
        }


def read_version() -> str:
    """The project's own: Teams offers an update only when it rises."""
    return str(tomllib.loads(PROJECT_FILE.read_text("utf-8"))["project"]["version"])


def read_languages() -> dict[str, bytes]:
    """The language files by the name under which the manifest calls them."""
    return {file.name: file.read_bytes() for file in sorted((FOLDER / "languages").glob("*.json"))}


def fill_manifest(details: Details) -> dict[str, object]:
    """Fills in string by string after reading, so that no value can change the shape of the manifest."""
    template: dict[str, object] = json.loads((FOLDER / "manifest.json").read_text("utf-8"))
    values = details.by_placeholder()
    return {key: _fill(value, values) for key, value in template.items()}


def _fill(part: object, values: dict[str, str]) -> object:
    match part:
        case str():
            return PLACEHOLDER.sub(lambda found: values[found[0]], part)
        case list():
            return [_fill(each, values) for each in part]
        case dict():
            return {key: _fill(each, values) for key, each in part.items()}
        case _:
            return part


def build_package(details: Details, package: Path) -> None:
    """Everything at the root of the zip, as Teams wants it."""
    manifest = json.dumps(fill_manifest(details), indent=2, ensure_ascii=False) + "\n"
    files = {"manifest.json": manifest.encode(), **{icon: (FOLDER / icon).read_bytes() for icon in ICONS}}
    package.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (files | read_languages()).items():
            entry = zipfile.ZipInfo(name, MOMENT_OF_FILES)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)


def check_host(text: str) -> str:
    """A public host name: Teams takes no addresses and no localhost."""
    host = parse_host(text)
    if "." not in host or _is_address(host):
        raise WrongValue("it is not a public host name", "Write the host of CHAIRSIDE_PUBLIC_URL, without https://.")
    return host


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def check_page(text: str) -> str:
    address = parse_address(text)
    if not address.startswith("https://"):
        raise WrongValue("it is not an https address", "Begin it with https://.")
    return address


def check_developer(text: str) -> str:
    name = text.strip()
    if not name or len(name) > LONGEST_DEVELOPER or not name.isprintable():
        raise WrongValue(f"it is not a name of 1 to {LONGEST_DEVELOPER} characters", "Shorten it; Teams shows no more.")
    return name


def _checked(check: Callable[[str], str]) -> Callable[[click.Context, click.Parameter, str | None], str | None]:
    def check_option(context: click.Context, option: click.Parameter, text: str | None) -> str | None:
        try:
            return None if text is None else check(text)
        except WrongValue as wrong:
            raise click.BadParameter(f"{wrong.what}. {wrong.mend}", context, option) from None

    return check_option


def fill_details(
    app_id: str, host: str, developer: str, website: str | None, privacy: str | None, terms: str | None
) -> Details:
    """Pages that are not named are looked for at the host itself."""
    return Details(
        app_id=app_id,
        host=host,
        developer=developer,
        website=website or f"https://{host}",
        privacy=privacy or f"https://{host}/privacy",
        terms=terms or f"https://{host}/terms",
    )


@click.command()
@click.option("--app-id", callback=_checked(parse_guid), help="CHAIRSIDE_APP_ID: the id of the bot's registration.")
@click.option("--host", callback=_checked(check_host), help="The host of CHAIRSIDE_PUBLIC_URL, without https://.")
@click.option("--developer", callback=_checked(check_developer), default="Chairside", help="Who runs it, for people.")
@click.option("--website", callback=_checked(check_page), help="Its front page; https://HOST unless given.")
@click.option("--privacy", callback=_checked(check_page), help="Its privacy notice; https://HOST/privacy unless given.")
@click.option("--terms", callback=_checked(check_page), help="Its terms of use; https://HOST/terms unless given.")
@click.option("--demo", is_flag=True, help="A package to look at: the id is made up, so no bot answers it.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), default=DEFAULT_PACKAGE, show_default=True)
def main(app_id: str | None, host: str | None, demo: bool, out: Path, **pages: str) -> None:
    """Builds the package that is uploaded to Teams."""
    if demo and (app_id or host):
        raise click.UsageError("--demo goes without --app-id and --host.")
    if demo:
        app_id, host = DEMONSTRATION_APP_ID, DEMONSTRATION_HOST
    if not app_id or not host:
        raise click.UsageError("Say --app-id and --host (of CHAIRSIDE_PUBLIC_URL), or --demo for a package to look at.")
    build_package(fill_details(app_id, host, **pages), out)
    click.echo(f"{out}: Chairside {read_version()} for the app {app_id} at {host}.")
    if demo:
        click.echo("The app id and the host are made up: build again with your own before you upload it to Teams.")


if __name__ == "__main__":
    main()
