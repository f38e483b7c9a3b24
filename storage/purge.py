"""Purging: what is needed no more is deleted or blanked; the trail and the ledger stay."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Table, and_, bindparam, exists, or_, select

from discussions.actions.action import ActionState
from discussions.booking.discussion import DiscussionState
from discussions.ids import DiscussionId
from discussions.trail import Deed, Entry
from storage.columns import is_secret, row_id
from storage.database import Database
from storage.rows import Transaction
from storage.tables import (
    absence,
    action,
    attendance,
    child,
    current_discussion,
    dialog,
    discussion,
    fact,
    invitation,
    link,
    meeting,
    message_about,
    outbox,
    page_visit,
    proposal,
    report,
    report_file,
    rest,
    secure_link,
    slot,
    snooze,
    spent,
    taking,
    turn,
)
from storage.trail import TrailInSql

KEEP_ANSWERS = timedelta(days=1)
KEEP_DIALOGS = timedelta(days=30)
# A day's grace, so that a second press can still be told that the link was used.
KEEP_LINKS = timedelta(days=1)
# As long as the trail may be asked about: which mail a link came with, and what ended it.
KEEP_SECURE_LINKS = timedelta(days=90)
# The longest window that sending is counted over.
KEEP_SPENT = timedelta(hours=1)
# A year, and the time to look back on it.
KEEP_MESSAGES = timedelta(days=400)
# The working copy of a record; the record itself is filed in the authority's case system.
KEEP_RECORDS = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Purged:
    """How many of each went; `discussions` were blanked, all others deleted."""

    answers: int
    dialogs: int
    links: int
    messages: int
    discussions: int


def purge(database: Database, now: datetime, keep_records: timedelta = KEEP_RECORDS) -> Purged:
    """Content goes `keep_records` after approval; of a cancelled discussion, after the day it was booked for. A
    discussion with an action still open waits for the action's end, and until all who must hear of it have."""
    passing = purge_passing(database, now)
    with database.begin() as tx:
        messages = _delete_messages(tx, now - KEEP_MESSAGES)
        _delete(tx, absence, absence.c.until < now - KEEP_MESSAGES)
        _delete_slots(tx, now - KEEP_MESSAGES)
        old = tx.do(_OLD, before=now - keep_records).column()
    for id in old:
        # One transaction each: nobody waits long, and what was done stays done.
        with database.begin() as tx:
            _blank_discussion(tx, id, now)
    return replace(passing, messages=messages, discussions=len(old))


def purge_passing(database: Database, now: datetime) -> Purged:
    """What was only ever kept for a while: answers, abandoned forms, links. The running service does this by itself."""
    with database.begin() as tx:
        answers = _delete(tx, turn, turn.c.at < now - KEEP_ANSWERS)
        dialogs = _delete(tx, dialog, dialog.c.updated_at < now - KEEP_DIALOGS)
        links = _delete(tx, link, or_(link.c.used_at < now - KEEP_LINKS, link.c.expires_at < now - KEEP_LINKS))
        _delete(tx, snooze, snooze.c.until < now - KEEP_LINKS)
        _delete(tx, secure_link, secure_link.c.expires_at < now - KEEP_SECURE_LINKS)
        _delete(tx, page_visit, page_visit.c.ends_at < now)
        _delete(tx, spent, spent.c.at < now - KEEP_SPENT)
        _delete(tx, rest, rest.c.until < now)
        _delete(tx, taking, taking.c.until < now)
    return Purged(answers, dialogs, links, messages=0, discussions=0)


def _delete(tx: Transaction, table: Table, which: Any) -> int:
    return int(tx.connection.execute(table.delete().where(which)).rowcount)


def _delete_messages(tx: Transaction, before: datetime) -> int:
    ended = and_(outbox.c.ended_at.is_not(None), outbox.c.ended_at < before)
    _delete(tx, message_about, message_about.c.message.in_(select(outbox.c.id).where(ended)))
    return _delete(tx, outbox, ended)


def _delete_slots(tx: Transaction, before: datetime) -> None:
    _delete(tx, taking, taking.c.slot.in_(select(slot.c.id).where(slot.c.starts_at < before)))
    _delete(tx, slot, slot.c.starts_at < before)


_OPEN = [state.value for state in ActionState if state.is_open]
_HAS_OPEN_ACTION = exists().where(
    action.c.discussion == discussion.c.id, or_(action.c.state.in_(_OPEN), action.c.unheard)
)
_OLD = select(discussion.c.id).where(
    discussion.c.purged_at.is_(None),
    or_(
        and_(discussion.c.state == DiscussionState.APPROVED.value, discussion.c.approved_at <= bindparam("before")),
        and_(discussion.c.state == DiscussionState.CANCELLED.value, discussion.c.starts_at <= bindparam("before")),
    ),
    ~_HAS_OPEN_ACTION,
)


def _blank_discussion(tx: Transaction, id: DiscussionId, now: datetime) -> None:
    for table in (fact, current_discussion, report, report_file):
        _delete(tx, table, table.c.discussion == id)
    _blank(tx, discussion, discussion.c.id == id)
    for table in (child, invitation, attendance, proposal, action, taking):
        _blank(tx, table, table.c.discussion == id)
    _delete(tx, meeting, meeting.c.discussion == id)
    tx.connection.execute(discussion.update().where(discussion.c.id == id).values(purged_at=now))
    trail = TrailInSql(tx)
    trail.write(Entry(Deed.PURGED, now, None, discussion=id))
    trail.append_waiting()


def _blank(tx: Transaction, table: Table, which: Any) -> None:
    """Takes every secret out of the rows; what must not be empty is sealed as an empty word or list."""
    gone = [c.name for c in table.c if c.nullable and (is_secret(c) or c.info.get("fingerprint"))]
    values: dict[str, Any] = dict.fromkeys(gone)
    if "version" in table.c:
        # So that nobody who still holds the content can save it back.
        values["version"] = table.c.version + 1
    tx.connection.execute(table.update().where(which).values(values))
    for column in (c for c in table.c if is_secret(c) and not c.nullable):
        empty = column.info["codec"].write(()) if column.info["codec"] else ""
        for id in tx.connection.execute(select(row_id(table)).where(which)).scalars().all():
            sealed = tx.keyring.seal(empty, table.name, column.name, id)
            tx.connection.execute(table.update().where(row_id(table) == id).values({column.name: sealed}))
