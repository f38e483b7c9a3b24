"""The story of those who answer without Teams: a discussion, and actions of people and a desk who have mail alone."""

from __future__ import annotations

from datetime import date, timedelta

from discussions.actions.action import Action
from discussions.actions.lint import NewAction
from discussions.actions.record import record_action
from discussions.booking.discussion import Child, Discussion, DiscussionKind, DiscussionState, Form
from discussions.ids import ChildId, DiscussionId
from discussions.needs import Means
from discussions.people import DeskId, Person, PersonId
from storage.practice_file import standard_practice
from tests.mail_server import MailServerInTests
from tests.scenarios.browser import Browser, codes_to, links_to
from tests.scenarios.people import person_id
from tests.scenarios.world import World

SD = DiscussionId("d-without-teams")
REFERENCE = "SD-26-0412"
CHAIR = person_id("Priya Nair")
GRACE, GRACES_MAIL = person_id("Grace Lindo"), "grace.lindo@school.example"
OFFICE, OFFICES_MAIL = DeskId("office"), "office@desk.example"
WORDING = "Keep A at school until the social worker phones about the bruise"
MEASURE = "The social worker has phoned"
CONTINGENCY = "Ring the duty team at 14:45"
SECRETS = ("bruise", "phoned", "Keep A", "Q.Z.", "2019", "14/05", "PHY", "hysical", "Grace", "Priya", "duty team")
"""What must stand in no mail, title, address or log."""


async def agree(world: World, *, owner: PersonId | None = GRACE, desk: DeskId | None = None) -> Action:
    """An action as the chair writes it down, due in five hours."""
    await world.run(keep_discussion)
    due = world.clock.now() + timedelta(hours=5)
    new = NewAction(SD, WORDING, owner, desk, due, child=ChildId("child-a"), measure=MEASURE, contingency=CONTINGENCY)
    made: Action = await world.run(lambda means: record_action(means, chair(means), new))
    return made


def chair(means: Means) -> Person:
    person = means.store.people.person(CHAIR)
    assert person is not None
    return person


def keep_discussion(means: Means) -> None:
    if means.store.discussions.discussion(SD) is None:
        child = Child(ChildId("child-a"), SD, "A", "Q.Z.", date(2019, 5, 14), None)
        means.store.discussions.add(discussion(means), (child,), ())


def discussion(means: Means) -> Discussion:
    now = means.now
    return Discussion(
        id=SD,
        reference=REFERENCE,
        kind=DiscussionKind.INITIAL,
        urgency="U2",
        harms=("PHY",),
        decided_at=now,
        window_ends=now,
        starts_at=now,
        form=Form.VIDEO,
        chair=CHAIR,
        booker=CHAIR,
        practice=standard_practice().digest,
        state=DiscussionState.STARTED,
        started_at=now,
    )


async def enter(world: World, server: MailServerInTests, browser: Browser, address: str) -> None:
    """From the link to the action's page, by the code that is mailed to the address."""
    await browser.open()
    await browser.press("Send me a code")
    await world.settle()
    await browser.press("Continue", code=codes_to(server, address)[-1])


async def mailed_link(world: World, server: MailServerInTests, address: str) -> str:
    await world.settle()
    return links_to(server, address)[-1]
