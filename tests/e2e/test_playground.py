"""The whole way in a real chat client: help, booking, starting, recording actions, and marking them done."""

from __future__ import annotations

from collections import Counter

import pytest

from discussions.trail import Deed
from tests.e2e.chat import Card, Chat
from tests.e2e.stage import OpenChat, Service

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240)]

REFERENCE = "SD-26-0412"
CHAIR, MINUTE_TAKER = "01", "05"
VISIT = "see AB at school with DS Marsh"
REPORT = "send the injury photographs to the police"
SEEN, SENT = "Seen at 2 pm, no new marks", "Sent by secure mail"
CHAIRS_NOTE, TAKERS_NOTE = "Police will see AB first", "Grandmother can have AB tonight"


def test_a_chair_books_starts_records_and_finishes_in_a_real_client(service: Service, open_chat: OpenChat) -> None:
    priya = open_chat(CHAIR)
    priya.newest("I help you chair strategy discussions").shows("Book a discussion", "Ring 999")
    priya.ask("help", "start SD-26-0412").shows("Starts the discussion and opens your console")

    book(priya)
    start(priya)
    record_by_typing(priya)
    record_by_form(priya)
    mark_done(priya, VISIT, SEEN)
    mark_done(priya, REPORT, SENT)

    priya.ask("my actions", "You have no open actions")
    done = deeds(service)
    assert (done[Deed.BOOKED], done[Deed.STARTED], done[Deed.ACTION_MADE], done[Deed.ACTION_CHANGED]) == (1, 1, 2, 2)
    assert_the_log_tells_nothing(service)


def test_chair_and_minute_taker_work_side_by_side_in_two_clients(service: Service, open_chat: OpenChat) -> None:
    priya, ruth = open_chat(CHAIR), open_chat(MINUTE_TAKER)
    book(priya)
    ruth.newest(f"{REFERENCE} · initial · booked").shows("Minutes: Ruth Adeyemi")
    start(priya)

    ruth.ask(f"join {REFERENCE}", "minute-taker's view").shows("13 of 13")
    ruth.ask(f"note {TAKERS_NOTE}", f"{REFERENCE} · item 1 · noted").shows(TAKERS_NOTE)
    priya.ask(f"note {CHAIRS_NOTE}", f"{REFERENCE} · item 1 · noted").shows(CHAIRS_NOTE)
    for chat in (priya, ruth):
        chat.ask("item 1", "item 1 of 13").shows(TAKERS_NOTE, CHAIRS_NOTE)

    assert deeds(service)[Deed.JOINED] == 1
    assert_the_log_tells_nothing(service)


def book(chat: Chat) -> None:
    form = chat.ask("book", "step 1 of 7")
    form.write("Reference", REFERENCE)
    form.press("Next: children", "step 2 of 7")
    form.write("Children", "AB 31/02/2019")
    form.press("Next: concern", "Not saved: Child 1")
    form.write("Children", "AB 14/05/2019\nunborn 20/03/2027")
    form.press("Next: concern", "step 3 of 7")
    form.tick("Physical abuse")
    form.tick("Neglect")
    form.tick("U3 Planned")
    form.press("Next: day and time", "step 4 of 7")
    form.press_line("with Police, Health", "step 5 of 7")
    form.choose("Minute-taker", "Ruth Adeyemi")
    form.press("Next: who is asked", "step 6 of 7")
    ask_participants(form)
    form.press("Next", "step 7 of 7").shows("Planned: start by", "Ruth Adeyemi", "DS Helen Marsh")
    form.press("Book it", f"{REFERENCE} · initial · booked")


def ask_participants(form: Card) -> None:
    """Beside those proposed: by agency, then person; and by typing a name."""
    form.choose("Agency", "Police")
    form.press("Next", "Desk or person")
    form.choose("Desk or person", "DS Helen Marsh")
    form.press("Next", "You named")
    form.write("Or type names or desks, with commas", "Tom Bexley")
    form.press("Next", "Named doctor")


def start(chat: Chat) -> None:
    console = chat.ask(f"start {REFERENCE} now", "chair's view")
    console.shows("13 of 13", "Not quorate", "minutes used")


def record_by_typing(chat: Chat) -> None:
    written = chat.ask(f"action Priya Nair: {VISIT} by tomorrow 10am", f"{REFERENCE}/1 is written down")
    written.shows(VISIT, "Type undo to take it back.")


def record_by_form(chat: Chat) -> None:
    form = chat.ask("agenda", "chair's view")
    form.press("Add an action", "Write down an action")
    form.press("Save", "Please write what will be done.")
    form.write("What will be done, and for whom", REPORT)
    form.choose("Owner: one person or one desk", "Priya Nair")
    form.choose("Due day", 2)
    form.choose("Time", "15:00")
    form.press("Save", "Not saved yet: worth a look")
    form.press("Save anyway", f"{REFERENCE}/2")


def mark_done(chat: Chat, wording: str, note: str) -> None:
    action = chat.ask("my actions", "Press a line to open it.").press_line(wording, "Owner: you")
    action.press("Done")
    action.press("Save as done", "Please write a line, so that the others know the result.")
    action.write("What was done and learnt?", note)
    action.press("Save as done", "Done at").shows(note)


def deeds(service: Service) -> Counter[Deed]:
    """How often each thing is in the trail, which must be whole."""
    database = service.open_database()
    with database.transaction() as store:
        assert store.trail.is_unbroken()
        counted = Counter(entry.deed for entry in store.trail.entries())
    database.close()
    return counted


def assert_the_log_tells_nothing(service: Service) -> None:
    log = service.log.read_text()
    assert "Traceback" not in log
    for private in ("Nair", "Adeyemi", "14/05/2019", VISIT, REPORT, SEEN, SENT, CHAIRS_NOTE, TAKERS_NOTE):
        assert private not in log
