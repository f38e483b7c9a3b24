"""Joins everything into one running service: the edge, the front door, the outbox, the ticks and the web routes."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from aiohttp import web

from bot.arrivals import Place
from bot.auditor import Auditor
from bot.front_door import FrontDoorOfChairside
from bot.graph.client import Graph, open_graph
from bot.metrics import TEXT, Counts, is_asked_on_this_machine, read_backlog, write_metrics
from bot.roster import RosterInTeams
from bot.sending.budgets import Budgets
from bot.sending.mail import MailPost
from bot.sending.outbox import Outbox
from bot.sending.post import Outcome, Post
from bot.settings import Settings
from bot.slot_feeds.fetching import FeedClient
from bot.slot_feeds.following import SlotFeeds
from bot.teams.edge import TeamsEdge
from bot.teams.settings import TeamsSettings
from bot.teams.wire import make_ssl_context, open_session
from bot.ticks import Ticks
from bot.web.documents import protect, record_routes
from bot.web.secure_page import SecureRoutes
from bot.web.secure_requests import Limits
from cards.render import Card
from discussions.clocks import Calendar
from discussions.needs import Backlog, NewId, OutOfReach
from discussions.practice.types import Practice
from storage.database import Database, TransactionsInSql
from storage.feed_file import WantedFeed
from storage.purge import purge_passing

LARGEST_BODY_BYTES = 512 * 1024
TIDIES_EVERY_SECONDS = 3600

log = logging.getLogger("chairside.app")


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """All that the service is built from: only bot.__main__ and the tests make one."""

    settings: Settings
    database: Database
    practice: Practice
    calendar: Calendar
    now: Callable[[], datetime]
    new_id: NewId
    random_bytes: Callable[[int], bytes]
    ticks_by_hand: bool = field(default=False)
    feeds: Sequence[WantedFeed] = ()
    """The calendars that desks' slots follow."""
    budgets: Budgets | None = field(default=None)
    """None for time moved by hand, and to measure how fast it goes."""


class Chairside:
    """The service between start and stop. `ticks.tick()`, `outbox.deliver_due()`, `auditor.look()` go by hand too."""

    def __init__(self, given: Given) -> None:
        self._given = given
        makes_meetings = given.settings.graph is not None
        self.transactions = TransactionsInSql(
            given.database, given.practice, given.calendar, given.now, given.new_id, makes_meetings
        )
        self.counts = Counts()
        self.outbox = Outbox(
            self.transactions,
            self._post,
            given.now,
            given.new_id,
            given.settings.public_url,
            given.random_bytes,
            given.budgets,
            mail_post(given),
            self.counts,
            lambda: self._graph,
        )
        self._graph: Graph | None = None
        every = timedelta(seconds=given.settings.tick_seconds)
        self.ticks = Ticks(self.transactions, self.outbox, given.now, every)
        self.auditor = Auditor(self.transactions, given.now, every, self.outbox.wake, self.counts)
        self.slot_feeds = SlotFeeds(
            self.transactions, given.feeds, feed_client(given), given.now, self.outbox.wake, self.counts
        )
        self._edge: TeamsEdge | None = None

    def _post(self) -> Post:
        assert self._edge is not None, "nothing is sent before the start"
        return self._edge.connector

    async def _whisper(self, place: Place, member: str, card: Card) -> Outcome:
        return await self._post().send_targeted(place, member, card)

    def web_app(self) -> web.Application:
        app = web.Application(client_max_size=LARGEST_BODY_BYTES)
        app.cleanup_ctx.append(self._running)
        app.on_response_prepare.append(protect)
        app.add_routes(
            [
                web.post("/api/messages", self._message),
                web.get("/healthz", self._alive),
                web.get("/readyz", self._ready),
                web.get("/metrics", self._metrics),
                *record_routes(self.transactions, self._given.settings.public_url),
                *self._secure_routes().all(),
            ]
        )
        return app

    def _secure_routes(self) -> SecureRoutes:
        given = self._given
        return SecureRoutes(
            transactions=self.transactions,
            public_url=given.settings.public_url,
            terms=given.practice.secure_page,
            largest_file_bytes=given.practice.invitations.report_megabytes * 1_000_000,
            chance=given.random_bytes,
            wake=self.outbox.wake,
            counts=self.counts,
            limits=Limits(lambda: given.now().timestamp()),
            proxies=given.settings.proxies,
        )

    async def _running(self, app: web.Application) -> AsyncIterator[None]:
        ca_bundle = self._given.settings.ca_bundle
        async with open_session(str(ca_bundle) if ca_bundle else None) as session:
            front_door = FrontDoorOfChairside(
                self.transactions,
                RosterInTeams(self._post, self._given.settings.tenant_id),
                self.outbox.wake,
                self._given.settings.public_url,
                self.counts,
                self._whisper if self._given.settings.targeted_messages else None,
            )
            self._edge = TeamsEdge(teams_settings(self._given.settings), session, front_door, self._given.now)
            await self._edge.prepare()
            self._graph = open_graph(self._given.settings.graph, session, self._given.now)
            running = [] if self._given.ticks_by_hand else self._start_running()
            yield
            self.ticks.stop()
            for task in running:
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task
            await self._edge.close()
            if self._graph is not None:
                await self._graph.close()

    def _start_running(self) -> list[asyncio.Task[None]]:
        self.ticks.start()
        works = (self.outbox.run(), self.auditor.run(), self.slot_feeds.run(), self._tidy_up())
        return [asyncio.create_task(work) for work in works]

    async def _tidy_up(self) -> None:
        """Kept answers, abandoned forms and old links go by themselves; records go by `chairside purge` alone."""
        database, loop = self._given.database, asyncio.get_running_loop()
        while True:
            try:
                await loop.run_in_executor(database.threads, purge_passing, database, self._given.now())
            except Exception:
                log.exception("tidying up failed; it is tried again in an hour")
            await asyncio.sleep(TIDIES_EVERY_SECONDS)

    async def _message(self, request: web.Request) -> web.StreamResponse:
        assert self._edge is not None, "requests come after the start"
        return await self._edge.handle(request)

    async def _alive(self, request: web.Request) -> web.Response:
        return web.json_response({"status": "alive"})

    async def _ready(self, request: web.Request) -> web.Response:
        """Red while nudges are not being said, or the auditor says so: kinds and counts, never of whom or what."""
        loop = asyncio.get_running_loop()
        database = await loop.run_in_executor(self._given.database.threads, self._given.database.is_answering)
        by_hand = self._given.ticks_by_hand
        found = {finding.defect.value: finding.count for finding in self.auditor.findings}
        checks = {
            "database": "ok" if database else "not answering",
            "ticks": "ok" if by_hand or self.ticks.are_alive() else "stopped",
            "audit": found or ("ok" if by_hand or self.auditor.is_looking() else "stopped"),
        }
        return web.json_response(checks, status=200 if set(map(str, checks.values())) == {"ok"} else 503)

    async def _metrics(self, request: web.Request) -> web.Response:
        """For this machine alone: there is no setting for a token, and numbers say something too."""
        if not is_asked_on_this_machine(request):
            raise web.HTTPForbidden
        backlog: Backlog | None = None
        # while the database is away the rest matters all the more
        with contextlib.suppress(OutOfReach):
            backlog = await self.transactions.run(read_backlog)
        written = await asyncio.to_thread(write_metrics, self.counts, backlog, self._given.now())
        return web.Response(body=written, headers={"Content-Type": TEXT})


def feed_client(given: Given) -> FeedClient:
    bundle = given.settings.ca_bundle
    return FeedClient(lambda: make_ssl_context(str(bundle) if bundle else None), given.settings.is_local)


def mail_post(given: Given) -> MailPost | None:
    server, bundle = given.settings.mail_server, given.settings.ca_bundle
    if server is None:
        return None
    # loaded only where mail is sent
    from bot.sending.smtp import MailBySmtp

    return MailBySmtp(server, lambda: make_ssl_context(str(bundle) if bundle else None), given.now)


def teams_settings(settings: Settings) -> TeamsSettings:
    return TeamsSettings(
        app_id=settings.app_id,
        app_secret=settings.app_secret,
        tenant_id=settings.tenant_id,
        allowed_tenants=frozenset(settings.allowed_tenants),
        authority_url=settings.authority_url,
        openid_metadata_url=settings.openid_metadata_url,
        token_issuer=settings.token_issuer,
        service_hosts=settings.service_hosts,
        local=settings.is_local,
    )
