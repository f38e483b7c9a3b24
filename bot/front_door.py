"""One incoming thing, one room chosen: seen before? who is it? whose turn? then the answer, and its way back."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Protocol

from bot.arrivals import Doorway, Incoming, Kind, Place, PressAnswer
from bot.metrics import Counts, known_verb
from bot.patience import run_patiently
from bot.sending.post import Outcome, OutcomeKind
from bot.turn_taking import (
    SILENT,
    Reply,
    Strange,
    link_by_mail,
    note_said,
    refuse,
    say_fault,
    say_out_of_reach,
    take_turn,
)
from bot.turns import TurnLocks
from bot.whispering import say_in_own_chat, whispered
from cards.notice import notice_card
from cards.parts import Tone
from cards.render import Card
from discussions.needs import OutOfReach, Transactions
from discussions.refusals import Refusal

# Whoever presses sees an error after about five seconds; a message is delivered again after fifteen.
WAITS_WITH_A_PRESS_SECONDS = 3.0
WAITS_WITH_WORDS_SECONDS = 8.0
OPENED_BELOW = "Opened below, at the end of this chat."

log = logging.getLogger("chairside.front_door")


Whisper = Callable[[Place, str, Card], Awaitable[Outcome]]


class Roster(Protocol):
    """What Teams knows of a member: asked once for somebody whose account the directory does not hold yet."""

    async def mail_of(self, incoming: Incoming) -> str | None:
        """The member's UPN, if they are a member of our own tenant; else None."""


class FrontDoorOfChairside:
    """Fulfils bot.arrivals.FrontDoor. `wake_outbox` is called when a turn has left something to be sent."""

    def __init__(
        self,
        transactions: Transactions,
        roster: Roster,
        wake_outbox: Callable[[], None],
        public_url: str,
        counts: Counts,
        whisper: Whisper | None = None,
    ) -> None:
        """`whisper` shows a card to one member of a chat of several; None where that is not to be tried."""
        self._whisper = whisper
        self._transactions = transactions
        self._counts = counts
        self._roster = roster
        self._wake_outbox = wake_outbox
        self._public_url = public_url
        self._locks = TurnLocks()
        self._said: list[str] = []

    async def receive(self, incoming: Incoming, doorway: Doorway) -> PressAnswer | None:
        elapsed = stopwatch()
        async with self._locks.of(incoming.place.conversation):
            waited = elapsed()
            reply = await self._reply_to(incoming)
            answer = await self._deliver(reply, incoming, doorway)
        self._note_turn(incoming, waited, elapsed())
        return answer

    def _note_turn(self, incoming: Incoming, waited: float, took: float) -> None:
        """One line a turn: ids and codes alone."""
        self._counts.waited_for_turn(waited)
        self._counts.turn_taken(incoming.kind, took)
        ids = {"activity": incoming.activity, "conversation": incoming.place.conversation, "ms": round(took * 1000, 1)}
        if incoming.press is not None:
            self._counts.pressed(incoming.press.verb)
            log.info("a press", extra=ids | {"verb": known_verb(incoming.press.verb)})
        else:
            log.info("a turn", extra=ids | {"kind": incoming.kind.value})

    async def _reply_to(self, incoming: Incoming) -> Reply:
        try:
            return await self._take(incoming)
        except Refusal as refusal:
            return await self._refused(incoming, refusal)
        except OutOfReach as fault:
            return self._out_of_reach(incoming, fault)
        except Exception:
            return self._faulted(incoming)

    async def _take(self, incoming: Incoming) -> Reply:
        reply = await self._take_noting_said(incoming)
        if isinstance(reply, Strange):
            mail = await self._roster.mail_of(incoming) if reply.may_be_linked else None
            await self._transactions.run(link_by_mail, incoming, mail)
            reply = await self._transactions.run(take_turn, incoming, self._public_url, (), True)
        return SILENT if isinstance(reply, Strange) else reply

    async def _take_noting_said(self, incoming: Incoming) -> Reply | Strange:
        """Which earlier answers are known to have arrived is written down with it; each by one turn alone."""
        said, self._said = tuple(self._said), []
        patience = WAITS_WITH_A_PRESS_SECONDS if incoming.may_answer_in_place else WAITS_WITH_WORDS_SECONDS
        try:
            # may be done again: what was kept already is known by its key
            return await run_patiently(self._transactions, patience, take_turn, incoming, self._public_url, said)
        except BaseException:
            self._said += said
            raise

    async def _refused(self, incoming: Incoming, refusal: Refusal) -> Reply:
        self._counts.refused(refusal)
        log.info("a refusal", extra={"activity": incoming.activity, "refusal": type(refusal).__name__})
        try:
            return await self._transactions.run(refuse, incoming, self._public_url, refusal)
        except Refusal as second:
            return Reply(sentence=second.sentence)
        except OutOfReach:
            return Reply(sentence=refusal.sentence)
        except Exception:
            return self._faulted(incoming)

    def _faulted(self, incoming: Incoming) -> Reply:
        self._counts.faulted()
        # the activity's id finds the turn in the log; nothing of its content is written there
        log.exception("a turn failed", extra={"activity": incoming.activity, "kind": incoming.kind})
        return say_fault(incoming)

    def _out_of_reach(self, incoming: Incoming, fault: OutOfReach) -> Reply:
        self._counts.faulted()
        ids = {"activity": incoming.activity, "kind": incoming.kind, "is_in_doubt": fault.is_in_doubt}
        log.error("the database is out of reach", extra=ids)
        return say_out_of_reach(incoming, fault.is_in_doubt)

    async def _deliver(self, reply: Reply, incoming: Incoming, doorway: Doorway) -> PressAnswer | None:
        if reply.tells_others:
            self._wake_outbox()
        if reply.is_silent:
            return None
        if reply.is_private and await self._answers_privately(incoming):
            return None
        if reply.is_below:
            await self._say(reply, incoming, doorway)
            return PressAnswer(sentence=OPENED_BELOW)
        if incoming.kind is Kind.PRESS and incoming.may_answer_in_place:
            return PressAnswer(reply.card, reply.sentence)
        if not reply.was_said:
            await self._say(reply, incoming, doorway)
        return None

    async def _answers_privately(self, incoming: Incoming) -> bool:
        """False where they have to be sent to their own chat; then it is said there too, if this was tried."""
        if self._whisper is None:
            return False
        card = await self._transactions.run(whispered, incoming)
        outcome = await self._whisper(incoming.place, incoming.sender.address, card)
        if outcome.kind is OutcomeKind.SENT:
            return True
        await self._transactions.run(say_in_own_chat, incoming)
        self._wake_outbox()
        return False

    async def _say(self, reply: Reply, incoming: Incoming, doorway: Doorway) -> None:
        card = reply.card or notice_card(reply.sentence or "", tone=Tone.EMPHASIS)
        activity = None
        in_place = incoming.card if incoming.kind is Kind.PRESS and not (reply.leaves_card or reply.is_below) else None
        if in_place and await doorway.replace(in_place, card):
            activity = in_place
        else:
            activity = await doorway.say(card)
        if reply.key:
            self._said.append(reply.key)
        if reply.continued and reply.continued != activity:
            await doorway.replace(reply.continued, notice_card("○ Continued below"))
        if reply.about and activity:
            noted = (note_said, incoming.place.conversation, reply.about, activity)
            await run_patiently(self._transactions, WAITS_WITH_WORDS_SECONDS, *noted)


def stopwatch() -> Callable[[], float]:
    """Gives the seconds since now."""
    time = asyncio.get_running_loop().time
    started = time()
    return lambda: time() - started
