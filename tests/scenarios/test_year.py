"""A whole year in one go: both clock changes, Easter, Christmas; every promise is kept or accounted for."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random

from bot.bank_holidays import EnglandBankHolidays
from discussions.actions.action import ActionState
from discussions.post import MessageKind
from tests.conftest import MakeUrl
from tests.mail_server import MailServerInTests
from tests.scenarios.world import World
from tests.scenarios.year.plans import plan_year
from tests.scenarios.year.reckoning import Books, everything_wrong, open_books
from tests.scenarios.year.running import Year
from tests.scenarios.year.town import make_town

FIRST = date(2027, 1, 4)
SHARE = 0.006
GRAIN = timedelta(minutes=5)
SEED = 20270104


async def test_in_a_whole_year_every_promise_is_kept_or_accounted_for(make_url: MakeUrl) -> None:
    async with (
        MailServerInTests() as mail,
        World(make_url(), at=datetime(2027, 1, 4, tzinfo=UTC), settings={"CHAIRSIDE_SMTP_URL": mail.url}) as world,
    ):
        year = Year(world, make_town(world.channel.tenant), GRAIN)
        held = list(plan_year(Random(SEED), FIRST, EnglandBankHolidays(), SHARE))
        await year.live(held)

        chairs = year.chairs_of(held)
        books = open_books(world.database)
        assert everything_wrong(books, chairs) == {}
        assert year.found == []
        assert len(books.actions) == sum(len(one.actions) for one in held)
        assert year.happened["done"] > len(books.actions) / 2
        assert world.look(lambda store: store.trail.is_unbroken())
        assert mail.mails
        assert_that_the_reckoning_sees(books, chairs)


def assert_that_the_reckoning_sees(books: Books, chairs: dict[str, str]) -> None:
    """A reckoning that finds nothing wrong must be one that would have found it."""
    nudge = next(
        m for m, _, _ in books.messages if m.kind is MessageKind.NUDGE and not m.urgent and m.id in books.sent_at
    )
    books.sent_at[nudge.id] = books.sent_at[nudge.id].replace(hour=2)
    books.by_promise[nudge.about["promise"]].clear()
    done = next(one for one in books.actions.values() if one.state is ActionState.DONE and one.feedback_to)
    books.changes[done.id].clear()
    books.messages = [one for one in books.messages if one[0].kind is not MessageKind.FEEDBACK]

    wrong = everything_wrong(books, chairs)
    assert {"broken promises", "disturbances", "not accounted for", "versions without trail"} <= set(wrong)
