"""The words people can type: what each is called, what it does, where it works, and how a line is read."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from bot.arrivals import PlaceKind
from cards.help import Command as HelpLine
from cards.help import CommandGroup
from discussions.people import Right


class Word(StrEnum):
    """Every command, by the name the manifest lists it under."""

    HELP = "help"
    BOOK = "book"
    CARRY_ON = "carry on"
    MY_DISCUSSIONS = "my discussions"
    MY_ACTIONS = "my actions"
    DIARY = "diary"
    OPEN = "open"
    FULL_MEETING = "full meeting"
    URGENCY = "urgency"
    CHANGE = "change"
    MOVE = "move"
    CANCEL_DISCUSSION = "cancel discussion"
    ADD_CHILD = "add child"
    TAKE_OVER = "take over"
    NOT_TAKING_OVER = "not taking over"
    COMING = "coming"
    NOT_COMING = "not coming"
    DEPUTY = "deputy"
    INFORMATION = "information"
    NO_RECORD = "no record"
    ANSWER_FOR = "answer for"
    REPORTS = "reports"
    LINK = "link"
    RING = "ring"
    MISSING = "missing"
    BRING = "bring"
    START = "start"
    JOIN = "join"
    AGENDA = "agenda"
    ITEM = "item"
    HERE = "here"
    LEFT = "left"
    NOTE = "note"
    DECISION = "decision"
    ACTION = "action"
    MEND = "mend"
    ADJOURN = "adjourn"
    UNDO = "undo"
    CHECK = "check"
    CLOSE = "close"
    APPROVE = "approve"
    MINUTES = "minutes"
    ACCEPT = "accept"
    DECLINE = "decline"
    DONE = "done"
    MORE_TIME = "more time"
    BLOCKED = "blocked"
    HAND_OVER = "hand over"
    AGREE = "agree"
    REFUSE = "refuse"
    CANCEL_ACTION = "cancel action"
    CANNOT = "cannot"
    PROPOSE = "propose"
    RECEIVED = "received"
    NOT_DONE = "not done"
    CONTINGENCY = "contingency"
    REPLACE = "replace"
    AFTER = "after"
    CHAIRED_ACTIONS = "chaired actions"
    NUDGE = "nudge"
    WITHDRAW_LINKS = "withdraw links"
    HISTORY = "history"
    SNOOZE = "snooze"
    DIGEST = "digest"
    AWAY = "away"
    BACK_AT_WORK = "back at work"
    PREPARE = "prepare"
    SLOTS = "slots"
    ADD_SLOT = "slots add"
    REMOVE_SLOT = "slots remove"
    RESERVE_SLOT = "slots reserve"
    CAPACITY = "capacity"
    PROGRESS = "progress"
    BACK = "back"
    SAVE = "save for later"
    CANCEL = "cancel"


class Group(StrEnum):
    MINE = "Always"
    BOOKING = "Booking"
    MEETING = "In the discussion"
    ACTIONS = "Actions"
    SLOTS = "Slots"
    CHAT = "In this chat"
    FORM = "In a form"


@dataclass(frozen=True, slots=True)
class Known:
    """`pattern` is how it is typed, for help; `says` what it does. `right` or `also`: shown only to people who may."""

    word: Word
    group: Group
    pattern: str
    says: str
    aliases: tuple[str, ...] = ()
    right: Right | None = None
    in_groups: bool = False
    also: Right | None = None


KNOWN: tuple[Known, ...] = (
    Known(
        Word.HELP, Group.MINE, "help", "Shows what you can do here.",
        ("hi", "hello", "hey", "hiya", "good morning", "good afternoon", "good evening", "?", "menu",
         "what can you do"),
        in_groups=True,
    ),
    Known(Word.MY_DISCUSSIONS, Group.MINE, "my discussions", "Lists the discussions you are on.", ("discussions",)),
    Known(Word.MY_ACTIONS, Group.MINE, "my actions",
          "Lists your open actions and what waits to be received by you, overdue first.", ("actions",)),
    Known(Word.DIARY, Group.MINE, "diary police tomorrow",
          "Shows the discussions of today, of a day, or of the week; of one agency if you name it.", ("calendar",)),
    Known(Word.DIGEST, Group.MINE, "digest weekly",
          "Sets how often your list of the morning comes: daily, weekly, overdue, or at 09:30.", ("my digest",)),
    Known(Word.AWAY, Group.MINE, "away until 04/12",
          "Notes that you are on leave; whoever stands in gets your reminders. Or one of yours: away Kim Lee until …",
          ("on leave", "i'm away")),
    Known(Word.BACK_AT_WORK, Group.MINE, "back at work", "Says that you are back, and shows what is open.",
          ("i'm back", "im back", "i am back")),
    Known(Word.OPEN, Group.MINE, "open SD-26-0412", "Shows a discussion: time, who is asked, the answers.", ("show",)),
    Known(Word.BOOK, Group.BOOKING, "book", "Books a strategy discussion, step by step.",
          ("book a discussion", "new discussion", "book discussion"), Right.BOOK),
    Known(Word.CARRY_ON, Group.BOOKING, "carry on", "Goes on with a form you saved.", ("resume",), Right.BOOK),
    Known(Word.FULL_MEETING, Group.BOOKING, "full meeting SD-26-0412",
          "Books the meeting that must follow a telephone discussion.", (), Right.BOOK),
    Known(Word.URGENCY, Group.BOOKING, "urgency SD-26-0412 U1",
          "Makes it more urgent; less urgent only by a manager: urgency SD-26-0412 U3 because …", (), Right.BOOK),
    Known(Word.CHANGE, Group.BOOKING, "change SD-26-0412", "Shows how to move it, cancel it or hand it over."),
    Known(Word.MOVE, Group.BOOKING, "move SD-26-0412 to tomorrow 10am because …",
          "Moves a discussion; everybody is asked again. Its latest start stays.", ("reschedule", "postpone")),
    Known(Word.CANCEL_DISCUSSION, Group.BOOKING, "cancel discussion SD-26-0412 threshold not met",
          "Cancels it, with the reason; everybody who is asked is told.", ("call off",), Right.CHAIR),
    Known(Word.ADD_CHILD, Group.BOOKING, "add child SD-26-0412 CD 02/09/2021",
          "Adds a brother or sister, and asks whom to ask because of it.", ("add a child",)),
    Known(Word.TAKE_OVER, Group.BOOKING, "take over SD-26-0412",
          "Takes the chair or the booking that is handed to you. To hand one over: hand over SD-26-0412 to Kim Lee."),
    Known(Word.NOT_TAKING_OVER, Group.BOOKING, "not taking over SD-26-0412 I am on leave",
          "Says that you don't; it stays as it is.", ("can't take over", "cant take over")),
    Known(Word.COMING, Group.BOOKING, "coming SD-26-0412", "Says that you come. Asked to one alone: coming is enough.",
          ("accept invitation", "i'm coming", "im coming", "i am coming")),
    Known(Word.NOT_COMING, Group.BOOKING, "not coming SD-26-0412 report by email at noon",
          "Says that you can't, and how your information reaches the meeting.", ("can't come", "cant come")),
    Known(Word.DEPUTY, Group.BOOKING, "deputy SD-26-0412 Kim Lee, DC, may decide", "Says who comes in your place.",
          ("sending", "send a deputy")),
    Known(Word.INFORMATION, Group.BOOKING, "information SD-26-0412 last seen in May, all well",
          "Sends what your agency knows; nobody of yours comes. Only chair and minute-taker read it.",
          ("information only", "info only")),
    Known(Word.NO_RECORD, Group.BOOKING, "no record SD-26-0412", "Says that your agency holds nothing on this.",
          ("no record held", "nothing held")),
    Known(Word.ANSWER_FOR, Group.BOOKING, "answer for SD-26-0412 Tom Bexley: coming",
          "Records what somebody told you by telephone."),
    Known(Word.REPORTS, Group.BOOKING, "reports SD-26-0412", "Shows what agencies sent before the meeting.",
          ("read reports",)),
    Known(Word.LINK, Group.BOOKING, "link SD-26-0412 https://…", "Says how to join; all who are asked are told."),
    Known(Word.RING, Group.BOOKING, "ring SD-26-0412", "Shows who has not answered, with their numbers.",
          ("who to ring", "whom to ring")),
    Known(Word.BRING, Group.BOOKING, "bring SD-26-0412", "Shows what your agency should bring, and who comes.",
          ("what to bring",)),
    Known(Word.MISSING, Group.BOOKING, "missing SD-26-0412", "Shows core agencies from which nobody comes.",
          (), Right.CHAIR),
    Known(Word.START, Group.MEETING, "start SD-26-0412",
          "Starts the discussion and opens your console; before its day, type now behind it.", (), Right.CHAIR),
    Known(Word.JOIN, Group.MEETING, "join SD-26-0412", "Opens the console beside the chair, to take minutes."),
    Known(Word.AGENDA, Group.MEETING, "agenda", "Shows the console: what is left, who is here.", ("console",)),
    Known(Word.ITEM, Group.MEETING, "item 9", "Opens an agenda item; item 10 B opens it for child B."),
    Known(Word.HERE, Group.MEETING, "here Helen Marsh", "Marks that somebody is here.", ("arrived",)),
    Known(Word.LEFT, Group.MEETING, "left Helen Marsh", "Marks that somebody has left."),
    Known(Word.NOTE, Group.MEETING, "note …", "Writes a note into the open item."),
    Known(Word.DECISION, Group.MEETING, "decision …", "Writes down a decision in words."),
    Known(Word.ACTION, Group.MEETING, "action Helen Marsh: see A at school by today 15:00 tell chair",
          "Writes down an action: owner, what, by when, whom to tell. With safety: before it, for what can't wait; "
          "after 2 in it, for what waits for action 2."),
    Known(Word.MEND, Group.MEETING, "mend 1", "Mends the action as that press would; words go behind it."),
    Known(Word.ADJOURN, Group.MEETING, "adjourn to tomorrow 10am",
          "Sets a new time for what goes on now, once every child has an interim safety plan.", (), Right.CHAIR),
    Known(Word.UNDO, Group.MEETING, "undo", "Takes back the last thing you captured; the trail keeps it."),
    Known(Word.CHECK, Group.MEETING, "check", "Lists what is missing before you close.", ("check and close",)),
    Known(Word.CLOSE, Group.MEETING, "close", "Closes the discussion, after the check.", (), Right.CHAIR),
    Known(Word.APPROVE, Group.MEETING, "approve SD-26-0412", "Approves the record.", (), Right.CHAIR),
    Known(Word.MINUTES, Group.MEETING, "minutes SD-26-0412", "Gives you a link to the record, good once.", ("record",)),
    Known(Word.ACCEPT, Group.ACTIONS, "accept 3", "Accepts action 3 (or SD-26-0412/3)."),
    Known(Word.DECLINE, Group.ACTIONS, "decline 3 not our service", "Declines it, with a reason."),
    Known(Word.DONE, Group.ACTIONS, "done 3 seen at school", "Says that it is done, with a line on what came of it."),
    Known(Word.MORE_TIME, Group.ACTIONS, "more time 3 until tomorrow 10am because …", "Asks the chair for more time.",
          ("need more time",)),
    Known(Word.BLOCKED, Group.ACTIONS, "blocked 3 no answer at the door", "Tells the chair what is in the way."),
    Known(Word.HAND_OVER, Group.ACTIONS, "hand over 3 to Kim Lee", "Asks somebody else to take it; they must accept."),
    Known(Word.AGREE, Group.ACTIONS, "agree 3", "Agrees to the time asked for, or takes what is handed to you."),
    Known(Word.REFUSE, Group.ACTIONS, "refuse 3 the visit can't wait",
          "Says no to the time asked for, or to what is handed to you, with your reason."),
    Known(Word.CANCEL_ACTION, Group.ACTIONS, "cancel action 3 no longer needed", "Cancels an action.", (), Right.CHAIR),
    Known(Word.CANNOT, Group.ACTIONS, "cannot 3 they have moved away",
          "Says that it can't be done at all: it ends, and what was agreed for that case begins.", ("can't be done",)),
    Known(Word.RECEIVED, Group.ACTIONS, "received 3", "Says that you have heard what came of it.", ("got it",)),
    Known(Word.NOT_DONE, Group.ACTIONS, "not done 3 the visit fell through",
          "Opens an action again that was marked done, or as one that can't be done.", ("reopen",)),
    Known(Word.AFTER, Group.ACTIONS, "after 3 2", "Says that action 3 waits for action 2; after 3 nothing ends that."),
    Known(Word.PROPOSE, Group.ACTIONS, "propose 3 until Friday 10am because …",
          "Proposes another moment than the owner asked for.", (), Right.CHAIR),
    Known(Word.REPLACE, Group.ACTIONS, "replace 3 Helen Marsh: see A at home by today 18:00 tell chair",
          "Puts another action in its place; the old one ends.", (), Right.MINUTE),
    Known(Word.CONTINGENCY, Group.ACTIONS, "contingency 3",
          "Makes what was agreed for “if not done” an action.", (), Right.CHAIR),
    Known(Word.CHAIRED_ACTIONS, Group.ACTIONS, "chaired actions overdue",
          "Lists the open actions of all discussions you chair.", ("actions i chair", "open actions"), Right.CHAIR),
    Known(Word.NUDGE, Group.ACTIONS, "nudge 3", "Reminds the owner of action 3 now.", ("remind", "chase"), Right.CHAIR),
    Known(Word.SNOOZE, Group.ACTIONS, "snooze 3 until tomorrow 9am",
          "Puts off your own reminders; not past its due moment, and never for immediate safety.", ("remind me",)),
    Known(Word.WITHDRAW_LINKS, Group.ACTIONS, "withdraw links 3",
          "Ends the secure links mailed about action 3, for example when a mail went astray.",
          ("withdraw link",), Right.CHAIR),
    Known(Word.HISTORY, Group.ACTIONS, "history 3", "Shows who was told of action 3, when, and what they answered.",
          ("who was told",)),
    Known(Word.PREPARE, Group.ACTIONS, "prepare 3", "Shows what to read before you see or interview the child.",
          ("prep",)),
    Known(Word.SLOTS, Group.SLOTS, "slots", "Shows when your desk can come: free, taken, kept for urgent ones.",
          ("my slots",), Right.LEAD, also=Right.ADMINISTER),
    Known(Word.ADD_SLOT, Group.SLOTS, "slots add Thu 14:00 60 min x2", "Adds a slot, here with two places.",
          ("add slot", "add a slot"), Right.LEAD, also=Right.ADMINISTER),
    Known(Word.REMOVE_SLOT, Group.SLOTS, "slots remove Thu 14:00",
          "Removes it; where it is taken, you are asked first, and whoever booked is told.",
          ("remove slot",), Right.LEAD, also=Right.ADMINISTER),
    Known(Word.RESERVE_SLOT, Group.SLOTS, "slots reserve Thu 14:00 1",
          "Keeps so many of its places for urgent discussions.", ("reserve slot",), Right.LEAD, also=Right.ADMINISTER),
    Known(Word.CAPACITY, Group.SLOTS, "capacity 01/11/2026 to 30/11/2026",
          "Shows what was needed of agencies and what they had, and which windows were missed; alone: four weeks.",
          ("capacity report",), Right.OVERSEE, also=Right.ADMINISTER),
    Known(Word.PROGRESS, Group.CHAT, "progress SD-26-0412", "Shows the item and the time in this chat, no details.",
          in_groups=True),
    Known(Word.BACK, Group.FORM, "back", "One step back."),
    Known(Word.SAVE, Group.FORM, "save for later", "Puts the form aside; nothing is lost.", ("save",)),
    Known(Word.CANCEL, Group.FORM, "cancel", "Stops, and keeps nothing.", ("stop", "quit")),
)  # fmt: skip

BY_PHRASE = {phrase: known for known in KNOWN for phrase in (known.word.value, *known.aliases)}
PHRASES = sorted(BY_PHRASE, key=len, reverse=True)
MAY_TAKE_WORDS = (Word.SLOTS, Word.CHECK, Word.CLOSE, Word.BACK_AT_WORK)
TAKES_WORDS = frozenset(
    known.word for known in KNOWN if known.pattern != known.word.value or known.word in MAY_TAKE_WORDS
)


RESERVED = frozenset(
    {Word.HELP, Word.BOOK, Word.CARRY_ON, Word.MY_DISCUSSIONS, Word.MY_ACTIONS, Word.DIARY, Word.OPEN, Word.START}
    | {Word.JOIN, Word.AGENDA, Word.NOTE, Word.DECISION, Word.ACTION, Word.UNDO, Word.BACK, Word.SAVE, Word.CANCEL}
)
"""These win over an open form; the other words may well be an answer to it."""
ALONE = frozenset({Word.DIARY, Word.SLOTS, Word.CAPACITY, Word.COMING, Word.NO_RECORD})
"""These win where nothing else stands in the line; every word does with a reference behind it."""
WITH_REFERENCE = re.compile(r"[a-z]{2,4}-\d{2}-\d{3,6}\b", re.IGNORECASE)


CANCELS = (
    (re.compile(r"cancel\s+(?=[a-z]{2,4}-\d{2}-\d{3,6}(?!\S))", re.IGNORECASE), Word.CANCEL_DISCUSSION),
    (re.compile(r"cancel\s+(?=(?:[a-z]{2,4}-\d{2}-\d{3,6}/)?\d+(?!\S))", re.IGNORECASE), Word.CANCEL_ACTION),
)
"""Alone, cancel leaves a form; with what is to be cancelled behind it, it says which word is meant."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A line that begins with a command. `rest` is what stands behind it, as typed."""

    word: Word
    rest: str


def read_command(text: str) -> Typed | None:
    """None if the line begins with no command. Case, punctuation at the end and a slash in front are ignored."""
    line = text.strip().removeprefix("/").strip()
    plain = re.sub(r"[\s!.?,]+$", "", line) or line
    lowered = " ".join(plain.casefold().replace("’", "'").split())
    if lowered in BY_PHRASE:
        return Typed(BY_PHRASE[lowered].word, "")
    for cancels, word in CANCELS:
        if match := cancels.match(line):
            return Typed(word, line[match.end() :].strip())
    for phrase in PHRASES:
        if BY_PHRASE[phrase].word not in TAKES_WORDS:
            continue
        match = re.match(rf"{re.escape(phrase)}(?:\s*[:,]\s*|\s+)(?=\S)", line.replace("’", "'"), re.IGNORECASE)
        if match:
            return Typed(BY_PHRASE[phrase].word, line[match.end() :].strip())
    return None


def wins_over_form(typed: Typed) -> bool:
    if typed.word in RESERVED or WITH_REFERENCE.match(typed.rest):
        return True
    return typed.word in ALONE and not typed.rest


def known_to(rights: Collection[Right], place: PlaceKind) -> Sequence[Known]:
    """What can be typed here with these rights; lines that need another one are left out."""
    here = [known for known in KNOWN if place is PlaceKind.PERSONAL or known.in_groups]
    return [known for known in here if known.right is None or known.right in rights or known.also in rights]


def help_groups(rights: Collection[Right], place: PlaceKind) -> tuple[CommandGroup, ...]:
    known = known_to(rights, place)
    groups = []
    for group in Group:
        lines = tuple(HelpLine(one.pattern, one.says) for one in known if one.group is group)
        if lines:
            groups.append(CommandGroup(group.value, lines))
    return tuple(groups)


def nearest(text: str, rights: Collection[Right], place: PlaceKind) -> tuple[HelpLine, ...]:
    """At most three commands that look like what was typed."""
    known = {phrase: one for one in known_to(rights, place) for phrase in (one.word.value, *one.aliases)}
    start = " ".join(text.casefold().split())[:20]
    close = get_close_matches(start, list(known), n=3, cutoff=0.55) or get_close_matches(
        start.split(" ")[0], list(known), n=3, cutoff=0.6
    )
    found = list(dict.fromkeys(known[phrase] for phrase in close))
    return tuple(HelpLine(one.pattern, one.says) for one in found)
