"""A brother or sister comes into a booked discussion: who is proposed because of it, and how soon it must be."""

from __future__ import annotations

from tests.scenarios.reading import buttons, text
from tests.scenarios.test_moving import Since, booked, invitations, one, types
from tests.scenarios.world import World


async def test_the_siblings_school_is_proposed_and_asked_and_nobody_else_is_asked_again(world: World) -> None:
    await world.install("Grace Lindo")
    await booked(world)
    before = {asked.id for asked in invitations(world)}
    since = Since(world)

    shown = await types(world, "Sam Okoro", "add child SD-26-0412 CD 02/09/2017 at Hillside Primary School")
    assert "step 2 of 2" in shown
    assert "[Hillside Primary School" in shown
    shown = await types(world, "Sam Okoro", "yes")

    assert [child.letter for child in children(world)] == ["A", "B"]
    assert "Children: A, 7; B, 9" in shown
    added = [asked for asked in invitations(world) if asked.id not in before]
    assert "school" in {str(asked.agency) for asked in added}
    told = since.said()
    assert ("Grace Lindo", "You are asked to a meeting") in {(who, toast) for who, _, toast, _ in told}
    assert "Helen Marsh" not in {who for who, *_ in told}
    assert ("Priya Nair", "A meeting was changed") in {(who, toast) for who, _, toast, _ in told}
    assert one(world).schools == ("Hillside Primary School",)
    assert "CD" not in str(told)


def children(world: World) -> list[object]:
    id = one(world).id
    found: list[object] = world.look(lambda store: store.discussions.children(id))
    return found


async def test_an_injured_baby_makes_it_more_urgent_counted_from_the_decision(world: World) -> None:
    await world.install("Sam Okoro", "Priya Nair")
    lines = ("book", "SD-26-0412", "AB 14/05/2019", "physical, injury, U3", "tomorrow 4pm", "chair Priya Nair",
             "Helen Marsh, Tom Bexley", "next", "book it")  # fmt: skip
    await booked(world, *lines)
    first = one(world)
    world.clock.pass_by(hours=2)

    await types(world, "Sam Okoro", "add child SD-26-0412 EF 01/02/2026")
    shown = await types(world, "Sam Okoro", "yes")

    raised = one(world)
    assert (first.urgency, raised.urgency) == ("U3", "U2")
    assert raised.window_ends.isoformat() == "2026-11-25T09:00:00+00:00"
    assert "Later than Wed 25 Nov, 09:00, the latest start" in shown


async def test_a_twin_is_pointed_out_and_what_is_left_out_is_kept_with_its_reason(world: World) -> None:
    await booked(world)
    sam = world.chat("Sam Okoro")
    shown = await sam.press((await sam.say("change SD-26-0412")).card, "Add a child")
    refused = await sam.press(shown.card, "Next: whom to ask", children="14/05/2019")
    assert "It needs initials first" in text(refused.card)
    shown = await sam.press(
        refused.card, "Next: whom to ask", children="AB 14/05/2019", schools="Hillside Primary School"
    )
    assert "Child A has the same initials and birthday" in text(shown.card)
    assert "Add the child" in buttons(shown.card)
    keys = [field["id"] for field in fields_of(shown.card) if str(field["id"]).startswith("ask.")]
    left_out = dict.fromkeys(keys, "false")
    await sam.press(shown.card, "Add the child", left_out, without="in_writing")

    assert len(children(world)) == 2
    id = one(world).id
    kept = world.look(lambda store: store.discussions.proposals(id))
    assert ("declined", "in_writing") in {(row.outcome, row.reason) for row in kept}


def fields_of(part: object) -> list[dict[str, object]]:
    if isinstance(part, list):
        return [found for one in part for found in fields_of(one)]
    if not isinstance(part, dict):
        return []
    own = [part] if str(part.get("type", "")).startswith("Input.") else []
    return own + [found for value in part.values() for found in fields_of(value)]


async def test_once_it_has_begun_another_child_needs_its_own(world: World) -> None:
    await booked(world)
    await types(world, "Priya Nair", "start SD-26-0412")

    assert "Please book a discussion for this child." in await types(world, "Priya Nair", "add child SD-26-0412")
