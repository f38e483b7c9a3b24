"""Turns a template and texts into a page. Every page is whole in itself: one file, no script, nothing fetched."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Page:
    """`policy` is the Content-Security-Policy under which the page shows as it is meant to, and nothing more."""

    html: str
    policy: str


def render(template: str, **texts: object) -> Page:
    """`template` is a file name in pages/templates."""
    html = environment().get_template(template).render(style=Markup(style()), **texts)
    return Page(html, content_policy())


@cache
def content_policy() -> str:
    """Forms go back to us alone, nobody frames us, and the one style is named by its hash, so no other is taken."""
    digest = b64encode(sha256(style().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


@cache
def style() -> str:
    return resources.files("pages.templates").joinpath("style.css").read_text(encoding="utf-8")


@cache
def environment() -> Environment:
    return Environment(
        loader=PackageLoader("pages"),
        undefined=StrictUndefined,
        autoescape=True,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
