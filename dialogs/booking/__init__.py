"""The guided booking of a strategy discussion, in seven steps."""

from __future__ import annotations

from dialogs.booking.check import CHECK, book_it
from dialogs.booking.places import look
from dialogs.booking.what import CHILDREN, CONCERN, REFERENCE
from dialogs.booking.when import WHEN
from dialogs.booking.who import PARTICIPANTS, TABLE
from dialogs.engine import Dialog
from discussions.slots.taking import let_go

BOOKING = Dialog(
    name="booking",
    title="Book a discussion",
    version=2,
    steps=(REFERENCE, CHILDREN, CONCERN, WHEN, TABLE, PARTICIPANTS, CHECK),
    finish=book_it,
    again="book",
    on_turn=look,
    on_cancel=let_go,
)
