"""The web routes of a secure link: a code is asked for and entered, then its matter is seen and answered.

Looking (GET, HEAD) without a visit reads nothing, changes nothing and shows the same page for every address, so that
scanners of links find nothing and press nothing. Everything else is a form (POST) with a token that only our own page
can know. A link that never was, is over or was withdrawn is answered like any other, and as slowly.
"""

from __future__ import annotations

import asyncio
import logging
from base64 import urlsafe_b64encode
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from hashlib import sha256

from aiohttp import web

from bot.metrics import Counts
from bot.sending.secure_path import SECURE_PATH
from bot.web.documents import is_foreign, page, try_again
from bot.web.secure_answers import answered_page, choosing_page, look_page, refused_page, what_was_typed
from bot.web.secure_requests import (
    WITHIN_SECONDS,
    Limits,
    Network,
    NotTaken,
    Refused,
    Uploaded,
    client_of,
    form_token,
    holds_token,
    read_any_form,
)
from discussions.needs import OutOfReach, Transactions
from discussions.practice.types import SecurePage
from discussions.refusals import AlreadyMoved, Refusal, Stale
from discussions.secure.answering import PageClosed
from discussions.secure.codes import Entered, ask_for_code, enter_code, leave_page
from pages import secure as pages
from pages.render import Page

LEAST_SECONDS = 0.3
"""No answer about a code leaves earlier, so that how long it took tells nothing."""
SECRET_BYTES = 32
STATUS = {
    Refused.FOREIGN: 403,
    Refused.NO_TOKEN: 403,
    Refused.NO_FORM: 415,
    Refused.TOO_BIG: 413,
    Refused.TOO_MANY: 429,
}

Form = dict[str, str]

log = logging.getLogger("chairside.secure_page")


@dataclass(frozen=True, slots=True, kw_only=True)
class SecureRoutes:
    """`terms` are those of the practice in use, for what the pages say; the rules read them for themselves."""

    transactions: Transactions
    public_url: str
    terms: SecurePage
    chance: Callable[[int], bytes]
    wake: Callable[[], None]
    counts: Counts
    limits: Limits
    proxies: Collection[Network]
    largest_file_bytes: int = 0
    least_seconds: float = LEAST_SECONDS

    def all(self) -> list[web.RouteDef]:
        return [
            web.get(f"{SECURE_PATH}/{{secret}}", self.look),
            web.post(f"{SECURE_PATH}/{{secret}}", self.take),
            web.route("*", SECURE_PATH, nothing_here),
            web.route("*", f"{SECURE_PATH}/{{rest:.*}}", nothing_here),
        ]

    async def look(self, request: web.Request) -> web.StreamResponse:
        secret, token = request.match_info["secret"], self._token_of(request)
        if token is None or request.method == "HEAD":
            return page(pages.ask_page(form_token(secret)))
        if not self.limits.take(client_of(request, self.proxies)):
            return self._not_taken(Refused.TOO_MANY)
        try:
            return page(await self.transactions.run(look_page, secret, token))
        except Refusal:
            return page(pages.ask_page(form_token(secret)))
        except OutOfReach:
            return try_again(pages.away_page("", is_in_doubt=False))
        except Exception:
            return self._fault()

    async def take(self, request: web.Request) -> web.StreamResponse:
        form: Form = {}
        try:
            form, file = await self._form(request)
            return await self._taken(request, form, file)
        except NotTaken as refused:
            return self._not_taken(refused.why)
        except OutOfReach as away:
            return try_again(pages.away_page(what_was_typed(form), is_in_doubt=away.is_in_doubt))
        except Exception:
            return self._fault()

    async def _form(self, request: web.Request) -> tuple[Form, Uploaded | None]:
        """A file is taken from visitors alone; of anybody else what they wrote is shown to them again."""
        if is_foreign(request, self.public_url):
            raise NotTaken(Refused.FOREIGN)
        if not self.limits.take(client_of(request, self.proxies)):
            raise NotTaken(Refused.TOO_MANY)
        return await read_any_form(request, 0 if self._token_of(request) is None else self.largest_file_bytes)

    async def _taken(self, request: web.Request, form: Form, file: Uploaded | None) -> web.StreamResponse:
        secret = request.match_info["secret"]
        match form.get("do"):
            case "code" | "have" | "enter" as step:
                if not holds_token(form, secret):
                    raise NotTaken(Refused.NO_TOKEN)
                return await self._slowly(self._enter(secret, form) if step == "enter" else self._ask(secret, step))
            case _:
                return await self._visited(request, secret, form, file)

    async def _slowly(self, answer: Awaitable[web.Response]) -> web.Response:
        """The same time for every link, as far as one can see from outside."""
        response, _ = await asyncio.gather(answer, asyncio.sleep(self.least_seconds))
        return response

    async def _ask(self, secret: str, step: str) -> web.Response:
        if step == "code":
            self.counts.on_page((await self.transactions.run(ask_for_code, secret)).value)
            self.wake()
        return page(pages.code_page(form_token(secret), self.terms))

    async def _enter(self, secret: str, form: Form) -> web.Response:
        token = urlsafe_b64encode(self.chance(SECRET_BYTES)).rstrip(b"=").decode()
        typed = form.get("code", "")
        entered = await self.transactions.run(enter_code, secret, typed, token)
        self.counts.on_page(entered.value)
        if entered is not Entered.OPENED:
            return page(pages.code_page(form_token(secret), self.terms, typed), 422)
        response = web.Response(status=303, headers={"Location": f"./{secret}"})
        is_secure = self.public_url.startswith("https:")
        response.set_cookie(
            self._cookie(secret),
            token,
            max_age=self.terms.visit_minutes * 60,
            path="/",
            httponly=True,
            samesite="Strict",
            secure=is_secure,
        )
        return response

    async def _visited(
        self, request: web.Request, secret: str, form: Form, file: Uploaded | None
    ) -> web.StreamResponse:
        token = self._token_of(request)
        if token is None:
            return page(pages.closed_page(form_token(secret), what_was_typed(form)), 403)
        if not holds_token(form, token):
            raise NotTaken(Refused.NO_TOKEN)
        if form.get("do") == "leave":
            await self.transactions.run(leave_page, token)
            response = page(pages.left_page())
            response.del_cookie(self._cookie(secret), path="/")
            return response
        try:
            step = self._step(form)
            more = (file,) if step is answered_page else ()
            return page(await self.transactions.run(step, secret, token, form, *more))
        except Refusal as refusal:
            return await self._refused(secret, token, form, refusal)
        finally:
            self.wake()

    def _step(self, form: Form) -> Callable[..., Page]:
        is_choosing = form.get("do") == "takers" or (form.get("do"), form.get("answer")) == ("answer", "hand_over")
        return choosing_page if is_choosing else answered_page

    async def _refused(self, secret: str, token: str, form: Form, refusal: Refusal) -> web.Response:
        self.counts.refused(refusal)
        self.counts.on_page("answer refused")
        log.info("an answer was refused", extra={"refusal": type(refusal).__name__})
        closed = page(pages.closed_page(form_token(secret), what_was_typed(form)), 403)
        if isinstance(refusal, PageClosed):
            return closed
        try:
            shown = await self.transactions.run(refused_page, secret, token, form, refusal)
        except Refusal:
            return closed
        return page(shown, 409 if isinstance(refusal, AlreadyMoved | Stale) else 422)

    def _cookie(self, secret: str) -> str:
        """One for each link, so that two of them can be open side by side; a browser sends it to nobody but us."""
        name = f"chairside-{sha256(secret.encode('utf-8', 'replace')).hexdigest()[:16]}"
        return f"__Host-{name}" if self.public_url.startswith("https:") else name

    def _token_of(self, request: web.Request) -> str | None:
        return request.cookies.get(self._cookie(request.match_info["secret"]))

    def _not_taken(self, why: Refused) -> web.Response:
        self.counts.on_page(why.value)
        log.info("a form was not taken", extra={"why": why.value})
        if why is Refused.TOO_MANY:
            response = page(pages.too_often_page(int(WITHIN_SECONDS // 60)), STATUS[why])
            response.headers["Retry-After"] = str(int(WITHIN_SECONDS))
            return response
        is_foreign_form = why in (Refused.FOREIGN, Refused.NO_TOKEN)
        return page(pages.foreign_page() if is_foreign_form else pages.too_much_page(), STATUS[why])

    def _fault(self) -> web.Response:
        # neither the address nor the person goes into the log: the address is the secret
        self.counts.faulted()
        log.exception("the secure page failed")
        return page(pages.fault_page(), 500)


async def nothing_here(request: web.Request) -> web.StreamResponse:
    return page(pages.nothing_here_page(), 404)
