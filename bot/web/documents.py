"""The web routes of a one-time link: a page that asks for a press, and the press that fetches the document.

Looking (GET) changes nothing and reads nothing, so mail and chat scanners can't use a link up, and a link that never
was looks like any other. Only a press (POST) uses it. There are no cookies: the secret in the address is all that
speaks for the person, and no other site knows it, so nobody can be made to press unknowingly. A press that a browser
says comes from another site is refused all the same. Origin alone can't tell, since it is "null" on pages that send
no referrer, as ours do; Sec-Fetch-Site says it where browsers have it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

from aiohttp import web

from bot.practice_then import practice_of
from discussions.actions.list_file import COLUMNS, use_list_link
from discussions.booking.reports import is_to_report, use_report_link
from discussions.booking.sent import FileKind
from discussions.needs import Means, OutOfReach, Transactions
from discussions.record.links import digest_of, use_link
from discussions.record.material import material_for
from discussions.record.minutes import file_name, make_minutes
from discussions.refusals import Refusal
from discussions.slots import capacity
from discussions.slots.capacity import use_capacity_link
from documents.minutes import write_minutes
from documents.table import write_table
from pages.fetch import ask_page, away_page, fault_page, foreign_page, gone_page, nothing_here_page
from pages.render import Page, content_policy

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
COMMA_SEPARATED = "text/csv"
SENT_KINDS = {
    FileKind.PDF: "application/pdf",
    FileKind.WORD: WORD,
    FileKind.PNG: "image/png",
    FileKind.JPEG: "image/jpeg",
}
OWN_SITE = ("same-origin", "none")

PROTECTING_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

log = logging.getLogger("chairside.web")


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document that is ready to be written, which is done outside the transaction."""

    name: str
    kind: str
    write: Callable[[], bytes]


def record_routes(transactions: Transactions, public_url: str) -> list[web.RouteDef]:
    """`public_url`: the address people reach us by; presses come from its pages."""

    async def ask(request: web.Request) -> web.StreamResponse:
        return page(ask_page())

    async def fetch(request: web.Request) -> web.StreamResponse:
        if is_foreign(request, public_url):
            return page(foreign_page(), 403)
        try:
            return await document(transactions, request.match_info["secret"])
        except Refusal:
            return page(gone_page(), 410)
        except OutOfReach:
            return try_again(away_page())
        except Exception:
            # neither the address nor the person goes into the log: the address is the secret
            log.exception("a record could not be fetched")
            return page(fault_page(), 500)

    async def nothing_here(request: web.Request) -> web.StreamResponse:
        return page(nothing_here_page(), 404)

    return [
        web.get("/record/{secret}", ask),
        web.post("/record/{secret}", fetch),
        web.route("*", "/record", nothing_here),
        web.route("*", "/record/{rest:.*}", nothing_here),
    ]


async def protect(request: web.Request, response: web.StreamResponse) -> None:
    """For `app.on_response_prepare`: the protecting headers on every answer of the service, whichever route gave it."""
    for name, value in {**PROTECTING_HEADERS, "Content-Security-Policy": content_policy()}.items():
        response.headers.setdefault(name, value)


def page(shown: Page, status: int = 200) -> web.Response:
    headers = {**PROTECTING_HEADERS, "Content-Security-Policy": shown.policy}
    return web.Response(text=shown.html, status=status, content_type="text/html", charset="utf-8", headers=headers)


def try_again(shown: Page) -> web.Response:
    """While the database is away: it is as a rule back within the minute."""
    response = page(shown, 503)
    response.headers["Retry-After"] = "60"
    return response


def is_foreign(request: web.Request, public_url: str) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in OWN_SITE
    origin = request.headers.get("Origin")
    return origin not in (None, "null", origin_of(public_url))


def origin_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


async def document(transactions: Transactions, secret: str) -> web.Response:
    """The link is used, and that it was fetched written down, before the document leaves. Raises Refusal."""
    fetched = await transactions.run(use_and_read, secret)
    content = await asyncio.to_thread(fetched.write)
    headers = {
        **PROTECTING_HEADERS,
        "Content-Disposition": f'attachment; filename="{fetched.name}"',
        "Content-Security-Policy": "default-src 'none'",
    }
    return web.Response(body=content, content_type=fetched.kind, headers=headers)


def use_and_read(means: Means, secret: str) -> Fetched:
    """One transaction: whoever may fetch it no longer, or too late, leaves no trace and gets nothing."""
    link = means.store.links.find(digest_of(secret))
    if link is not None and is_to_report(link):
        sent = use_report_link(means, link)
        return Fetched(sent.name, SENT_KINDS[sent.kind], lambda: sent.content)
    if link is not None and link.what is not None:
        counted = use_capacity_link(means, link)
        return Fetched(counted.name, COMMA_SEPARATED, partial(write_table, capacity.COLUMNS, counted.rows))
    if link is not None and link.discussion is None:
        listed = use_list_link(means, link)
        return Fetched(listed.name, COMMA_SEPARATED, partial(write_table, COLUMNS, listed.rows))
    discussion = use_link(means, secret)
    material = material_for(means, discussion, practice_of(means, discussion))
    return Fetched(file_name(discussion.reference), WORD, partial(write_minutes, make_minutes(material)))
