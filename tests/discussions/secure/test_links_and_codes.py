"""Links, codes and visits under every order of deeds: nobody is let in who holds no code that was mailed in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from discussions.actions.action import Action
from discussions.actions.answers import accept_hand_over, cannot, done, hand_over
from discussions.actions.record import cancel_action
from discussions.actions.refusals import NotYoursToDecide
from discussions.ids import ActionId, MessageId
from discussions.needs.secure import Ended, Purpose, SecureLink
from discussions.people import Person
from discussions.post import Message, MessageKind
from discussions.refusals import Missing, WrongAnswer
from discussions.secure.answering import Given, PageAnswer, PageClosed, answer
from discussions.secure.codes import Asked, Entered, ask_for_code, enter_code, make_code, visitor_of
from discussions.secure.links import (
    addressee_of,
    end_links_of_those_who_left,
    give_secure_link,
    is_shared,
    live_link,
    withdraw_links,
)
from discussions.secure.seeing import find_takers, look
from discussions.trail import Deed
from tests.discussions.actions.story import CHAIR, DISCUSSION, EVERYBODY, OTHER, OWNER, POLICE, TEN, Scene

SECRET, TOKEN = "the-secret-of-the-link", "the-token-of-the-visit"
TERMS = Scene().practice.secure_page
OWNERS_MAIL = "jo.smith@police.example"


def scene_with_mail(**mails: str) -> Scene:
    """Nobody has Teams; everybody has an address of their own."""
    scene = Scene()
    for one in EVERYBODY:
        mail = mails.get(one.id, f"{one.id}@people.example")
        scene.store.people.everybody[one.id] = replace(one, mail=mail)
        scene.store.conversations.remove(f"chat-{one.id}", TEN)
    return scene


def message(action: Action, kind: MessageKind = MessageKind.ACTION, to: Person = OWNER) -> Message:
    about = {"action": action.id, "discussion": action.discussion}
    return Message(MessageId(f"m-{kind}-{to.id}"), kind, about, to.id, None, "key", TEN)


def give(scene: Scene, action: Action, kind: MessageKind = MessageKind.ACTION, to: Person = OWNER) -> SecureLink:
    link = scene.do(give_secure_link, message(action, kind, to), to, SECRET)
    assert link is not None
    return link


def mail_code(scene: Scene, chance: int = 123_456) -> str:
    """Asks for one, and writes its mail as the outbox does."""
    assert scene.do(ask_for_code, SECRET) is Asked.SENT
    code = scene.do(make_code, scene.store.outbox.messages[-1], chance.to_bytes(32, "big"))
    assert code is not None
    return code


def visit(scene: Scene) -> None:
    assert scene.do(enter_code, SECRET, mail_code(scene), TOKEN) is Entered.OPENED


def of_link(scene: Scene, link: SecureLink) -> SecureLink:
    found = scene.store.secure_links.link(link.id)
    assert found is not None
    return found


def test_a_code_has_its_digits_and_comes_of_chance_alone() -> None:
    scene = scene_with_mail()
    give(scene, scene.record())

    assert [mail_code(scene, chance) for chance in (7, 10**6 + 42, 2**255)] == ["000007", "000042", "819968"]


def test_neither_secret_nor_code_nor_token_is_kept() -> None:
    scene = scene_with_mail()
    give(scene, scene.record())
    visit(scene)
    code = mail_code(scene)

    kept = f"{scene.store.secure_links}{scene.store.outbox.messages}{scene.store.trail.lines}"

    assert not [one for one in (SECRET, TOKEN, code) if one in kept]


@pytest.mark.parametrize("typed", ["123456", "123 456", " 123-456 ", "Your code is: 123 456"])
def test_a_code_may_be_typed_as_people_type(typed: str) -> None:
    scene = scene_with_mail()
    give(scene, scene.record())
    mail_code(scene)

    assert scene.do(enter_code, SECRET, typed, TOKEN) is Entered.OPENED


@pytest.mark.parametrize("typed", ["", "١٢٣٤٥٦", "123457", "1234567", "0123456", "\x00", "9" * 5000])
def test_whatever_else_is_typed_is_wrong(typed: str) -> None:
    scene = scene_with_mail()
    give(scene, scene.record())
    mail_code(scene)

    assert scene.do(enter_code, SECRET, typed, TOKEN) is Entered.WRONG


def test_a_link_serves_one_addressee_and_one_matter() -> None:
    scene = scene_with_mail()
    link = give(scene, scene.record())
    other = scene.record(wording="See A at home", owner=OTHER.id)
    visit(scene)

    seen = scene.do(look, SECRET, TOKEN)

    assert (seen.view.action.id, seen.reader.id, link.purpose) == (link.subject, OWNER.id, Purpose.ANSWER)
    assert seen.view.action.id != other.id
    assert scene.do(visitor_of, "another-secret", TOKEN) is None


def test_what_ends_the_matter_ends_its_links_but_not_those_for_hearing_of_it() -> None:
    scene = scene_with_mail()
    action = scene.record()
    link = give(scene, action)
    ended = scene.do(done, OWNER, action.id, action.version, "Seen")
    hear = scene.do(give_secure_link, message(ended, MessageKind.FEEDBACK, OTHER), OTHER, "to-hear")

    assert of_link(scene, link).ended_why is Ended.CLOSED
    assert hear is not None
    assert hear.purpose is Purpose.HEAR
    assert scene.do(live_link, "to-hear") is not None


def test_a_new_owner_ends_the_link_of_the_one_before_and_turns_them_out() -> None:
    scene = scene_with_mail()
    action = scene.record()
    link = give(scene, action)
    visit(scene)
    offered = scene.do(hand_over, OWNER, action.id, action.version, OTHER.id)
    assert of_link(scene, link).ended_at is None

    scene.do(accept_hand_over, OTHER, action.id, offered.version)

    assert of_link(scene, link).ended_why is Ended.MOVED
    with pytest.raises(PageClosed):
        scene.do(look, SECRET, TOKEN)


def test_whoever_leaves_the_directory_is_turned_out() -> None:
    scene = scene_with_mail()
    link = give(scene, scene.record())
    visit(scene)
    del scene.store.people.everybody[OWNER.id]

    assert scene.do(addressee_of, link) is None
    scene.do(end_links_of_those_who_left)

    assert of_link(scene, link).ended_why is Ended.LEFT
    assert scene.do(ask_for_code, SECRET) is Asked.NO_LINK
    assert scene.do(visitor_of, SECRET, TOKEN) is None


def test_only_the_chair_withdraws_and_is_in_the_trail() -> None:
    scene = scene_with_mail()
    action = scene.record()
    link = give(scene, action)
    with pytest.raises(NotYoursToDecide):
        scene.do(withdraw_links, OWNER, action.id)

    assert scene.do(withdraw_links, CHAIR, action.id) == 1
    assert scene.do(withdraw_links, CHAIR, action.id) == 0

    line = scene.store.trail.lines[-1]
    assert (line.deed, line.who, line.what) == (Deed.LINK_ENDED, CHAIR.id, action.id)
    assert line.why == "withdrawn by the chair"
    assert of_link(scene, link).ended_why is Ended.WITHDRAWN


def test_an_address_of_two_people_is_shared_and_an_answer_from_it_says_who_gave_it() -> None:
    scene = scene_with_mail(owner="team@police.example", deputy="team@police.example")
    action = scene.record()
    give(scene, action)
    visit(scene)
    who = scene.store.people.person(OWNER.id)
    assert who is not None
    assert scene.do(is_shared, who)
    with pytest.raises(Missing):
        scene.do(answer, SECRET, TOKEN, Given(PageAnswer.DONE, action.version, "Seen", name="12", role="DC"))

    after = scene.do(answer, SECRET, TOKEN, Given(PageAnswer.DONE, action.version, "Seen", name=" Ann  Lee", role="DC"))

    assert after.state_by is not None
    said = scene.store.people.person(after.state_by)
    assert said is not None
    assert (said.name, after.on_behalf, said.rights, said.account) == (
        "Ann Lee (DC, as said on the secure page)",
        True,
        frozenset(),
        None,
    )
    assert not scene.store.people.is_listed(said.id)


def test_it_is_handed_over_only_to_people_of_the_list_and_in_a_restricted_discussion_to_those_on_it() -> None:
    scene = scene_with_mail()
    action = scene.record()
    give(scene, action)
    visit(scene)
    open_to = scene.do(find_takers, SECRET, TOKEN, POLICE.id, None)
    known = scene.store.discussions.discussion(DISCUSSION)
    assert known is not None
    scene.store.discussions.save(replace(known, restricted=True))

    restricted_to = scene.do(find_takers, SECRET, TOKEN, POLICE.id, None)

    assert OWNER.id not in {one.id for _, one in open_to.people}
    assert {one.desk for _, one in restricted_to.people} == {"desk-police"}
    for forged in ("mailbox:desk-police", "nobody", "chair\x00"):
        with pytest.raises(WrongAnswer):
            scene.do(answer, SECRET, TOKEN, Given(PageAnswer.HAND_OVER, action.version, to=forged))


def test_that_it_cannot_be_done_ends_it_and_what_came_of_it_is_received_on_the_page() -> None:
    scene = scene_with_mail()
    action = scene.record()
    give(scene, action)
    visit(scene)
    after = scene.do(answer, SECRET, TOKEN, Given(PageAnswer.CANNOT, action.version, "They have moved"))
    assert (after.state.value, after.note) == ("cannot", "They have moved")
    hear = scene.do(give_secure_link, message(after, MessageKind.FEEDBACK, OTHER), OTHER, "to-hear")
    assert hear is not None
    scene.do(ask_for_code, "to-hear")
    code = scene.do(make_code, scene.store.outbox.messages[-1], bytes(32))
    assert scene.do(enter_code, "to-hear", str(code), "others-token") is Entered.OPENED
    assert scene.do(look, "to-hear", "others-token").offered == (PageAnswer.RECEIVED,)

    scene.do(answer, "to-hear", "others-token", Given(PageAnswer.RECEIVED, after.version))

    assert [receipt.whom for receipt in scene.store.actions.receipts(action.id)] == [OTHER.id]
    assert scene.do(look, "to-hear", "others-token").offered == ()


class Doors(RuleBasedStateMachine):
    """One link, one action, and everything that may happen to them."""

    @initialize()
    def begin(self) -> None:
        self.scene = scene_with_mail()
        self.action = self.scene.record(due_at=TEN + timedelta(days=60))
        self.link = give(self.scene, self.action)
        self.codes: list[tuple[str, datetime]] = []
        self.tries = 0
        self.opened: list[datetime] = []
        self.asked: list[datetime] = []
        self.is_over = False

    @property
    def lives(self) -> bool:
        return not self.is_over and self.scene.at < self.link.expires_at

    @rule(chance=st.integers(0, 2**256 - 1))
    def ask(self, chance: int) -> None:
        before = len(self.scene.store.outbox.messages)
        asked = self.scene.do(ask_for_code, SECRET)

        if asked is not Asked.SENT:
            assert not self.lives or len(self.asked) >= TERMS.codes_per_hour
            return
        assert self.lives
        self.asked.append(self.scene.at)
        [mail] = self.scene.store.outbox.messages[before:]
        assert (mail.kind, mail.recipient) == (MessageKind.PAGE_CODE, OWNER.id)
        code = self.scene.do(make_code, mail, chance.to_bytes(32, "big"))
        assert code is not None
        self.codes.append((code, self.scene.at))
        self.tries = 0

    @precondition(lambda self: self.codes)
    @rule(which=st.integers(0, 5))
    def enter(self, which: int) -> None:
        code, _ = self.codes[-1 - which % len(self.codes)]
        # by chance an older one may read the same
        newest, at = self.codes[-1]
        is_newest = code == newest
        is_in_time = self.scene.at < at + timedelta(minutes=TERMS.code_minutes)
        is_good = is_newest and is_in_time and self.tries < TERMS.code_tries
        entered = self.scene.do(enter_code, SECRET, code, f"token-{len(self.opened)}")

        assert (entered is Entered.OPENED) == (self.lives and is_good and bool(self.codes[-1][0]))
        if entered is Entered.OPENED:
            self.opened.append(self.scene.at)
            self.codes.append(("", at))
        elif entered is Entered.WRONG:
            self.tries += 1

    @rule(minutes=st.sampled_from([1, 9, 10, 29, 30, 61, 60 * 24 * 5]))
    def wait(self, minutes: int) -> None:
        self.scene.at += timedelta(minutes=minutes)

    @precondition(lambda self: not self.is_over)
    @rule(how=st.sampled_from(["done", "cancelled", "cannot", "withdrawn"]))
    def end(self, how: str) -> None:
        self.is_over, version = True, self.scene.action(ActionId(self.action.id)).version
        match how:
            case "done":
                self.scene.do(done, OWNER, self.action.id, version, "Seen")
            case "cancelled":
                self.scene.do(cancel_action, CHAIR, self.action.id, version, "Not needed")
            case "cannot":
                self.scene.do(cannot, OWNER, self.action.id, version, "They moved")
            case _:
                self.scene.do(withdraw_links, CHAIR, self.action.id)

    @invariant()
    def a_visit_lasts_half_an_hour_and_no_longer(self) -> None:
        for number, at in enumerate(getattr(self, "opened", [])):
            visitor = self.scene.do(visitor_of, SECRET, f"token-{number}")
            ends = at + timedelta(minutes=TERMS.visit_minutes)
            if self.scene.at >= ends:
                assert visitor is None
            elif not self.is_over:
                assert visitor is not None

    @invariant()
    def no_more_codes_than_allowed_come_in_any_two_hours(self) -> None:
        for at in getattr(self, "asked", []):
            within = [one for one in self.asked if at <= one < at + timedelta(hours=1)]
            assert len(within) <= 2 * TERMS.codes_per_hour


TestDoors = Doors.TestCase
TestDoors.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
