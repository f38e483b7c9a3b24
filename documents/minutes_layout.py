"""How the record of a discussion is laid out in Word: its sections, and the columns of its tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from docx.document import Document as WordDocument

from discussions.record.parts import (
    Absence,
    ActionRow,
    Attendee,
    ChildDecisions,
    DecisionRow,
    Heading,
    ItemRecord,
    Line,
    Minutes,
    Passage,
    SafetyPlan,
)
from documents.word import (
    DETAIL,
    NOTICE,
    Bold,
    Column,
    Text,
    add_table,
    open_document,
    pack,
    set_running_heads,
    write,
)

LATE = " (entered later)"
DECISION_COLUMNS = (Column("Decision", 0.26), Column("Choice", 0.26), Column("Reason", 0.48))
SAFETY_COLUMNS = (Column("About", 0.32), Column("Agreed", 0.68))
ACTION_COLUMNS = (
    Column("No.", 0.06),
    Column("What is agreed", 0.34),
    Column("Owner", 0.17),
    Column("Due", 0.14),
    Column("Feedback", 0.14),
    Column("State", 0.15),
)
ATTENDEE_COLUMNS = (
    Column("Agency", 0.28),
    Column("Name and role", 0.32),
    Column("May decide for it", 0.16),
    Column("Came", 0.12),
    Column("Left", 0.12),
)
ABSENCE_COLUMNS = (Column("Agency", 0.28), Column("Who was asked", 0.24), Column("Answer", 0.2), Column("Reason", 0.28))
GAP_COLUMNS = (Column("Not answered", 0.5), Column("Reason given by the chair", 0.5))
LATE_COLUMNS = (Column("What", 0.5), Column("Entered by", 0.25), Column("When", 0.25))


def lay_out_minutes(minutes: Minutes) -> bytes:
    heading = minutes.heading
    document = open_document(f"Record {heading.reference}", minutes.made_at)
    word = "DRAFT" if heading.is_draft else "APPROVED"
    set_running_heads(document, f"Record {heading.reference}", heading.marking, word)
    add_heading(document, heading)
    add_decisions(document, minutes)
    add_safety_plans(document, minutes.safety_plans)
    add_actions(document, minutes)
    add_dates(document, minutes.dates)
    add_people(document, minutes)
    add_items(document, minutes.items)
    add_loose_ends(document, minutes)
    return pack(document)


def add_heading(document: WordDocument, heading: Heading) -> None:
    document.add_heading(f"Record of strategy discussion {heading.reference}", level=0)
    write(document.add_paragraph(style=NOTICE), f"{heading.marking}. {heading.status}")
    about = (
        Line("Kind", heading.kind),
        Line("Held", heading.held),
        Line("Form", heading.form),
        Line("Urgency", heading.urgency),
        Line("Window", heading.window),
        Line("Type of harm", heading.harm),
        *heading.children,
        Line("Chair", heading.chair),
        Line("Minute-taker", heading.minute_taker),
        Line("Quorum", heading.quorum),
        Line("Agenda and rules", heading.practice),
    )
    for line in about:
        write(document.add_paragraph(style=DETAIL), (Bold(line.label), f"\t{line.value}"))


def add_decisions(document: WordDocument, minutes: Minutes) -> None:
    document.add_heading("Decisions, child by child", level=1)
    for child in minutes.decisions:
        add_child_decisions(document, child)
    if minutes.decisions_in_words:
        document.add_heading("For all of them", level=2)
        add_lines(document, minutes.decisions_in_words)
    document.add_heading("Dissent at the table", level=2)
    add_lines(document, [minutes.dissent or Line("Does any agency disagree", "The question was not answered")])


def add_child_decisions(document: WordDocument, child: ChildDecisions) -> None:
    document.add_heading(child.child, level=2)
    if child.outcome is not None:
        write(document.add_paragraph(), (Bold("Outcome: "), child.outcome)).paragraph_format.keep_with_next = True
    if child.rows:
        add_table(document, DECISION_COLUMNS, [decision_cells(row) for row in child.rows])
    elif not child.in_words:
        say(document, "No decision was recorded for this child.")
    dissent = child.dissent or Line("Dissent", "None recorded for this child")
    add_lines(document, (*child.in_words, *child.remarks, dissent))


def decision_cells(row: DecisionRow) -> list[list[Text]]:
    return [[row.decision], [marked(row.choice, row.late)], [row.reason or "–"]]


def add_safety_plans(document: WordDocument, plans: Sequence[SafetyPlan]) -> None:
    document.add_heading("Interim safety plan", level=1)
    for plan in plans:
        document.add_heading(plan.child, level=2)
        if plan.lines:
            rows: list[list[list[Text]]] = [[[line.label], [marked(line.value, line.late)]] for line in plan.lines]
            add_table(document, SAFETY_COLUMNS, rows)
        else:
            say(document, "No interim safety plan was recorded for this child.")


def add_actions(document: WordDocument, minutes: Minutes) -> None:
    document.add_heading("Actions", level=1)
    for title, actions in (
        ("Immediate safety, within 24 hours", minutes.immediate_actions),
        ("Enquiry and medium term", minutes.enquiry_actions),
    ):
        document.add_heading(title, level=2)
        if actions:
            add_table(document, ACTION_COLUMNS, [action_cells(action) for action in actions])
        else:
            say(document, "None was agreed.")


def action_cells(action: ActionRow) -> list[list[Text]]:
    what: list[Text] = [action.wording]
    if action.child is not None:
        what.insert(0, (Bold(action.child),))
    if action.measure is not None:
        what.append((Bold("Done when: "), action.measure))
    if action.contingency is not None:
        what.append((Bold("If it can't be done: "), action.contingency))
    owner: list[Text] = [(Bold(action.owner),), action.agency]
    return [[str(action.number)], what, owner, [action.due], [action.feedback or "–"], [action.state]]


def add_dates(document: WordDocument, dates: Sequence[Line]) -> None:
    if dates:
        document.add_heading("What happens next", level=1)
        add_lines(document, dates)


def add_people(document: WordDocument, minutes: Minutes) -> None:
    document.add_heading("Who took part", level=1)
    say(document, minutes.heading.quorum)
    if minutes.attendees:
        add_table(document, ATTENDEE_COLUMNS, [attendee_cells(attendee) for attendee in minutes.attendees])
    if minutes.absences:
        document.add_heading("Asked and not there", level=2)
        add_table(document, ABSENCE_COLUMNS, [absence_cells(absence) for absence in minutes.absences])


def attendee_cells(attendee: Attendee) -> list[list[Text]]:
    may_decide = "Yes" if attendee.may_decide else "No"
    return [[attendee.agency], [attendee.who], [may_decide], [attendee.came], [attendee.left or "–"]]


def absence_cells(absence: Absence) -> list[list[Text]]:
    return [[absence.agency], [absence.who], [absence.answer], [absence.reason or "–"]]


def add_items(document: WordDocument, items: Sequence[ItemRecord]) -> None:
    document.add_heading("What was said, item by item", level=1)
    for item in items:
        document.add_heading(f"{item.number}. {item.title}", level=2)
        if item.elsewhere is not None:
            say(document, item.elsewhere)
        for passage in item.passages:
            add_passage(document, passage)
        if item.notes:
            document.add_heading("Notes", level=3)
            add_bullets(document, [marked(note.value, note.late) for note in item.notes])
        if item.is_empty and item.elsewhere is None:
            say(document, "Nothing was recorded under this item.")


def add_passage(document: WordDocument, passage: Passage) -> None:
    if passage.title is not None:
        document.add_heading(passage.title, level=3)
    add_lines(document, passage.lines)


def add_loose_ends(document: WordDocument, minutes: Minutes) -> None:
    """What a reader must know about the record itself: what is missing, came later, is held back, and who has it."""
    if minutes.gaps:
        document.add_heading("Not answered at the close", level=1)
        add_table(document, GAP_COLUMNS, [[[gap.what], [gap.reason]] for gap in minutes.gaps])
    if minutes.late:
        document.add_heading("Entered after the discussion or told by telephone", level=1)
        add_table(document, LATE_COLUMNS, [[[late.what], [late.who], [late.when]] for late in minutes.late])
    if minutes.held_back:
        document.add_heading("Held back from this copy", level=1)
        add_bullets(document, minutes.held_back)
    if minutes.distribution:
        document.add_heading("Who is to have this record", level=1)
        add_bullets(document, minutes.distribution)


def add_lines(document: WordDocument, lines: Iterable[Line]) -> None:
    for line in lines:
        write(document.add_paragraph(), (Bold(f"{line.label}: "), marked(line.value, line.late)))


def add_bullets(document: WordDocument, texts: Iterable[str]) -> None:
    for text in texts:
        write(document.add_paragraph(style="List Bullet"), text)


def say(document: WordDocument, sentence: str) -> None:
    write(document.add_paragraph(), sentence)


def marked(text: str, late: bool) -> str:
    return f"{text}{LATE}" if late else text
