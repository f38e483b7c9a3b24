"""Until those who must know have heard: what came of an action, told, received, and followed where it can't be done."""

from __future__ import annotations

from asyncio import gather
from datetime import UTC, datetime

from discussions.agenda.facts import Fact
from discussions.ids import FactId
from discussions.needs import Means
from discussions.trail import Deed
from tests.scenarios.reading import buttons, text
from tests.scenarios.test_follow_up import CHAIR, OTHER, OWNER, agreed
from tests.scenarios.world import World

HEARER, LEAD = "Sam Okoro", "Joan Priest"
SAFETY = "action safety: Helen Marsh: see A at school by tomorrow 15:00 tell chair, Sam Okoro if not Kit Rowe rings 101"
ENQUIRY = "action Helen Marsh: send the report by tomorrow 15:00 tell chair, Sam Okoro"


async def test_done_is_received_by_each_and_only_then_is_it_quiet(world: World) -> None:
    await agreed(world, ENQUIRY)
    await world.chat(OWNER).say("done 1 sent at noon")
    await world.settle()

    for name in (CHAIR, HEARER):
        card = text(world.heard(name)[-1].card)
        assert "Please press Received" in card
        assert "Feedback outstanding: Priya Nair and Sam Okoro" in card
    shown = await world.chat(HEARER).press(world.heard(HEARER)[-1], "Received")
    assert "Received by Sam Okoro, Tue 24 Nov, 09:00" in text(shown.card)
    await world.settle()
    assert "Feedback outstanding: Priya Nair" in text(world.chat(CHAIR).view(world.heard(CHAIR)[-1]))

    await world.tick(hours=24)
    asked = text(world.heard(CHAIR)[-1].card)
    assert "✓ Done at 09:00" in asked
    listed = text((await world.chat(CHAIR).say("chaired actions feedback")).card)
    assert "1 action that has ended" in listed
    assert "1 has ended and is not heard by all yet" in listed
    received = await world.chat(CHAIR).say("received 1")
    assert "Feedback outstanding" not in text(received.card)

    before = {name: len(world.heard(name)) for name in (CHAIR, HEARER, OWNER)}
    for _ in range(10):
        await world.tick(hours=24)
    assert {name: len(world.heard(name)) for name in before} == before


async def test_my_actions_say_what_waits_to_be_received_and_lead_to_it(world: World) -> None:
    await agreed(world, ENQUIRY)
    await world.chat(OWNER).say("done 1 sent at noon")
    await world.settle()

    listed = await world.chat(HEARER).say("my actions")
    assert "1 to be received" in text(listed.card)
    assert "To be received by you" in text(listed.card)
    assert "Done, Tue 24 Nov, 09:00" in text(listed.card)
    row = next(title for title in buttons(listed.card) if "send the report" in title)
    opened = await world.chat(HEARER).press(listed.card, row)
    await world.chat(HEARER).press(opened.card, "Received")

    assert "You have no open actions" in text((await world.chat(HEARER).say("my actions")).card)
    await world.tick(hours=24)
    late = text((await world.chat(CHAIR).say("my actions")).card)
    assert "To be received by you · overdue" in late


async def test_who_has_not_heard_is_chased_and_whoever_chairs_learns_their_name(world: World) -> None:
    await agreed(world, ENQUIRY)
    await world.chat(OWNER).say("done 1 sent at noon")
    await world.settle()
    await world.chat(CHAIR).say("received 1")

    for _ in range(3):
        await world.tick(hours=24)

    told = text(world.heard(CHAIR)[-1].card)
    assert "Feedback outstanding: Sam Okoro" in told
    assert "You get this because not everybody who must hear what came of it has said that they have" in told
    by_telephone = await world.chat(CHAIR).say("received 1 Sam Okoro")
    assert "Sam Okoro, as Priya Nair wrote down, Fri 27 Nov, 09:00" in text(by_telephone.card)
    assert "Feedback outstanding" not in text(by_telephone.card)


async def test_telephone_and_desktop_at_once_are_one_press(world: World) -> None:
    await agreed(world, ENQUIRY)
    card = world.heard(OWNER)[-1]

    await gather(*(world.chat(OWNER).press(card, "Save as done", note="Sent") for _ in range(4)))
    await world.settle()
    heard = world.heard(CHAIR)[-1]
    await gather(*(world.chat(CHAIR).press(heard, "Received") for _ in range(4)))

    lines = world.look(lambda store: [one.why for one in store.trail.entries() if one.deed is Deed.ACTION_CHANGED])
    assert lines == ["done", "received"]


async def test_two_who_receive_it_at_the_same_moment_leave_nobody_outstanding(world: World) -> None:
    await agreed(world, ENQUIRY)
    await world.chat(OWNER).say("done 1 sent")
    await world.settle()

    await gather(*(world.chat(name).press(world.heard(name)[-1], "Received") for name in (CHAIR, HEARER)))

    unheard = world.look(lambda store: [one.unheard for one in store.actions.unheard_by("any", None)])
    assert unheard == []
    shown = text((await world.chat(OWNER).say("open SD-26-0412/1")).card)
    assert "Received by Priya Nair" in shown
    assert "Feedback outstanding" not in shown


async def test_a_press_by_somebody_else_is_refused_in_their_own_chat_alone(world: World) -> None:
    await agreed(world, ENQUIRY)
    await world.chat(OWNER).say("done 1 sent")
    await world.settle()
    before = len(world.heard(CHAIR))

    stranger = await world.chat(OTHER).press(world.heard(CHAIR)[-1], "Received")
    owner = await world.chat(OWNER).press(world.heard(CHAIR)[-1], "Received")

    assert "I can't find that action" in (stranger.sentence or "")
    assert "✓ Done at 09:00" in text(owner.card), "who said it has heard it"
    lines = world.look(lambda store: [one.why for one in store.trail.entries() if one.why == "received"])
    assert lines == []
    assert len(world.heard(CHAIR)) == before


async def test_what_cannot_be_done_becomes_the_contingency_by_one_press(world: World) -> None:
    await agreed(world, SAFETY)
    [asked] = [message for message in world.heard(OWNER) if "see A at school" in text(message.card)]
    blocked = await world.chat(OWNER).press(asked, "action.blocked", words="They have moved away", how="cannot")
    assert "▲ Can't be done" in text(blocked.card)
    await world.settle()

    told = world.heard(CHAIR)[-1]
    assert "What was agreed for this case is needed now." in text(told.card)
    assert "They have moved away" in text(told.card)
    made = await world.chat(CHAIR).press(told, "Make “if not done” an action")
    await world.settle()

    assert "Kit Rowe rings 101" in text(made.card)
    assert "Because this can't be done: action 1" in text(made.card)
    theirs = text(world.heard(OTHER)[-1].card)
    assert "● Can you take this on?" in theirs
    assert "Due Tuesday 24 November 2026, 11:00" in theirs
    again = await world.chat(CHAIR).say("contingency SD-26-0412/1")
    assert "SD-26-0412/2" in text(again.card)
    open_ones = world.look(lambda store: store.actions.of_chair(store.people.named(CHAIR)[0].id))
    assert [one.number for one in open_ones] == [2]


async def test_not_done_after_all_is_open_again_and_everybody_who_was_told_hears(world: World) -> None:
    await agreed(world, ENQUIRY)
    await world.chat(OWNER).press(world.heard(OWNER)[-1], "Save as done", note="Sent")
    await world.settle()
    await world.chat(HEARER).press(world.heard(HEARER)[-1], "Received")
    await world.settle()

    done = world.chat(OWNER).view(world.heard(OWNER)[-1])
    back = await world.chat(OWNER).press(done, "Open it again", again_reason="It came back undelivered")
    await world.settle()

    assert "○ Due by Wed 25 Nov, 15:00" in text(back.card)
    assert "It came back undelivered" in text(world.heard(HEARER)[-1].card)
    again = await world.chat(OWNER).say("done 1 sent anew")
    assert "Feedback outstanding: Priya Nair and Sam Okoro" in text(again.card)


async def test_the_chair_proposes_another_moment_and_the_owner_takes_it(world: World) -> None:
    await agreed(world, ENQUIRY)
    await world.chat(OWNER).say("more time 1 until 30/11/2026 10:00 because in court")
    await world.settle()

    offered = await world.chat(CHAIR).press(
        world.heard(CHAIR)[-1], "Propose it", offer_until="27/11/2026 10:00", offer_words="The conference is on Monday"
    )
    assert "The chair proposes Friday 27 November 2026, 10:00" in text(offered.card)
    await world.settle()
    card = world.heard(OWNER)[-1]
    assert "● The chair proposes another moment" in text(card.card)
    assert "The conference is on Monday" in text(card.card)
    taken = await world.chat(OWNER).press(card, "Take Fri 27 Nov, 10:00")

    assert "○ Due by Fri 27 Nov, 10:00" in text(taken.card)
    late = await world.chat(OWNER).press(card.card, "Take Fri 27 Nov, 10:00", message=card)
    assert "○ Due by Fri 27 Nov, 10:00" in text(late.card)


async def test_a_refusal_of_more_time_carries_its_reason_from_the_button(world: World) -> None:
    await agreed(world, ENQUIRY)
    await world.chat(OWNER).say("more time 1 until 30/11/2026 10:00 because in court")
    await world.settle()

    await world.chat(CHAIR).press(world.heard(CHAIR)[-1], "Refuse", refused_words="It must be read before Thursday")
    await world.settle()

    assert "It must be read before Thursday" in text(world.heard(OWNER)[-1].card)


async def test_replace_and_after_by_typed_words(world: World) -> None:
    await agreed(world, ENQUIRY)
    second = await world.chat(CHAIR).say("action Kit Rowe: read the report by 27/11/2026 15:00 tell chair")
    assert "read the report" in text(second.card)
    waits = await world.chat(OTHER).say("after 2 1")
    assert "Waits for action 1, due Wed 25 Nov, 15:00" in text(waits.card)
    ring = await world.chat(CHAIR).say("after 1 2")
    assert "neither could ever begin" in text(ring.card)

    made = await world.chat(CHAIR).say("replace SD-26-0412/1 Sam Okoro: send the report by tomorrow 12:00 tell chair")
    await world.settle()

    assert "It stands in the place of action 1, which has ended." in text(made.card)
    assert "In place of action 1, replaced by another action" in text(made.card)
    assert "○ Replaced by another action" in text(world.heard(OWNER)[-1].card)
    await world.chat(HEARER).say("done 3 sent")
    await world.settle()
    told = text(world.heard(OTHER)[-1].card)
    assert "● Action 3: done" in told


async def test_a_typed_action_says_itself_what_it_waits_for(world: World) -> None:
    await agreed(world, ENQUIRY)
    made = await world.chat(CHAIR).say("action Kit Rowe: read the report after 1 by 27/11/2026 15:00 tell chair")
    assert "read the report" in text(made.card)
    assert "after 1" not in text(made.card)
    assert "Waits for action 1" in text((await world.chat(CHAIR).say("open SD-26-0412/2")).card)
    await world.settle()

    await world.chat(OWNER).say("done 1 sent")
    await world.settle()

    assert "● Action 1: done" in text(world.heard(OTHER)[-1].card)


async def test_the_form_puts_another_in_its_place(world: World) -> None:
    await agreed(world, ENQUIRY)
    opened = await world.chat(CHAIR).say("open SD-26-0412/1")
    form = await world.chat(CHAIR).press(opened.card, "Replace it")
    assert "Another action in its place" in text(form.card)
    saved = await world.chat(CHAIR).press(form.card, "Save", wording="Send the whole report", measure="It has arrived")
    if "worth a look" in text(saved.card):
        saved = await world.chat(CHAIR).press(saved.card, "Save anyway", as_is="true")
    await world.settle()

    assert "Send the whole report" in text(saved.card)
    heard = [text(world.chat(OWNER).view(message)) for message in world.heard(OWNER)[-2:]]
    assert any("○ Replaced by another action" in card for card in heard)
    assert any("● Can you take this on?" in card for card in heard)


async def test_an_escalation_says_why_it_comes(world: World) -> None:
    await agreed(world, SAFETY)
    await world.install(LEAD, "Omar Haddad")

    for _ in range(40):
        await world.tick(hours=1)

    assert "You get this because it is late, and you are named as the lead above the chair." in text(
        world.heard(LEAD)[-1].card
    )
    duty = [text(message.card) for message in world.heard("Omar Haddad")]
    assert any("and you are on the duty desk." in card for card in duty)
    assert "Helen Marsh is not at work now: you are on duty." in duty[-1]
    chairs = [text(message.card) for message in world.heard(CHAIR)]
    assert any("You get this because it is late, and you chair, and no manager" in card for card in chairs)


async def test_before_the_conference_the_chair_has_one_card_with_all_that_is_open(world: World) -> None:
    await agreed(world, ENQUIRY)
    await world.chat(CHAIR).say("action Kit Rowe: read the report by 27/11/2026 15:00 tell chair")
    await world.run(decide)
    world.clock.move_to(datetime(2026, 12, 10, 7, 59, tzinfo=UTC))
    await world.tick()
    before = len(world.heard(CHAIR))

    await world.tick(minutes=1)

    told = [text(message.card) for message in world.heard(CHAIR)[before:]]
    [card] = [one for one in told if "still open" in one]
    assert "▲ 2 actions are still open" in card
    assert "Tuesday 15 December 2026" in card
    await world.tick(minutes=1)
    assert sum("still open" in text(message.card) for message in world.heard(CHAIR)) == 1


def decide(means: Means) -> None:
    discussion = means.store.discussions.by_reference("SD-26-0412")
    assert discussion is not None
    [child] = means.store.discussions.children(discussion.id)
    decided = Fact(
        FactId("f-s47"), discussion.id, 8, "decision.s47", child.id, 0, "yes", 1, means.practice.digest,
        discussion.chair, means.now,
    )  # fmt: skip
    means.store.facts.add(decided)
