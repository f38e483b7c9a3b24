"""Welcome, help, lists, notices, refusals and the general form, with one fictitious story in them."""

from __future__ import annotations

from cards.buttons import (
    DialogAnswer,
    DialogBack,
    DialogCancel,
    DialogSave,
    MarkDone,
    NeedMoreTime,
    OpenConsole,
    OpenItem,
    SaveAction,
    SaveItem,
)
from cards.form import form_card
from cards.help import Command, CommandGroup, help_card, unknown_text_card
from cards.lists import ActionLine, DiscussionLine, Standing, my_actions_card, my_discussions_card
from cards.notice import notice_card
from cards.parts import (
    Band,
    Bullet,
    Buttons,
    Choice,
    ChoiceInput,
    Figure,
    Figures,
    FormButton,
    Hidden,
    LabelledButton,
    Pair,
    Row,
    Text,
    TextInput,
    ToggleButton,
    ToggleInput,
    Tone,
    Words,
)
from cards.refusal import fault_card, refusal_card
from cards.render import Card, Summary
from cards.welcome import Ability, UnsafeNow, group_welcome_card, not_in_directory_card, welcome_card
from discussions.actions.mine import Section
from discussions.ids import ActionId, DiscussionId
from tests.cards.gallery import example

DISCUSSION = DiscussionId("0196a0d2-7d13-7cc0-9f5f-0b6d2f0a9a01")
ACTION = ActionId("0196a0d2-7d13-7cc0-9f5f-0b6d2f0a9a02")
UNSAFE_NOW = UnsafeNow(
    "Ring 999, or First Response on 0117\u00a0496\u00a00100.",
    "5 pm to 9 am and weekends: Emergency Duty Team 01632\u00a0960\u00a0100.",
)
DAYS = (
    Choice("Today, Tue 17 Nov", "2026-11-17"),
    Choice("Wed 18 Nov", "2026-11-18"),
    Choice("Fri 20 Nov", "2026-11-20"),
)
TIMES = (Choice("09:00", "09:00"), Choice("15:30", "15:30"))


@example(welcome_card, "welcome-chair")
def welcome_for_a_chair() -> Card:
    return welcome_card(
        [
            Ability("Book.", "I ask for what is needed, check who must be there, and ask them."),
            Ability("Chair.", "13 agenda items in any order. You see who is here, what is left and what is missing."),
            Ability("Follow up.", "Each action owner is reminded. You hear when an action is done, late or blocked."),
        ],
        may_book=True,
        may_chair=True,
        unsafe_now=UNSAFE_NOW,
    )


@example(welcome_card, "welcome-participant")
def welcome_for_a_participant() -> Card:
    answer = Ability("Answer.", "I tell you when you are asked to a meeting, and what was agreed for you.")
    return welcome_card([answer], may_book=False, unsafe_now=UNSAFE_NOW)


@example(group_welcome_card, "welcome-group")
def welcome_for_a_group() -> Card:
    return group_welcome_card(UNSAFE_NOW)


@example(not_in_directory_card, "stranger")
def somebody_unknown() -> Card:
    return not_in_directory_card("the safeguarding partnership's administrator.", UNSAFE_NOW)


@example(help_card, "help")
def help_for_a_chair() -> Card:
    return help_card(
        [
            CommandGroup(
                "Before a meeting",
                (Command("book", "books a strategy discussion"), Command("my discussions", "shows what is to come")),
            ),
            CommandGroup(
                "While people talk",
                (
                    Command("start SD-26-0412", "opens the chair's view"),
                    Command("note …", "keeps a line under the item that is open"),
                    Command("undo", "takes back the last thing you typed; the trail keeps it"),
                ),
            ),
        ],
        may_book=True,
        foot="I never act on words that I do not fully understand.",
    )


@example(unknown_text_card, "unknown-text")
def words_not_understood() -> Card:
    return unknown_text_card("bok a [discussion](http://x.example)", [Command("book", "books a strategy discussion")])


@example(unknown_text_card, "unknown-text-nothing-near")
def words_like_no_command() -> Card:
    return unknown_text_card("Wie spät ist es? " * 100, [])


@example(my_actions_card, "my-actions")
def my_actions() -> Card:
    lines = [
        ActionLine(ACTION, Standing.LATER, "Wed 18 Nov, 12:00", "Visit with the health visitor", "SD-26-0412"),
        ActionLine(
            ACTION, Standing.OVERDUE, "Since Mon 16 Nov, 12:00", "Send B's nursery attendance record", "SD-26-0398"
        ),
        ActionLine(ACTION, Standing.TODAY, "By 15:00", "Joint visit with the DC: see A alone at school", "SD-26-0412"),
    ]
    return my_actions_card(lines)


@example(my_actions_card, "my-actions-to-receive")
def my_actions_and_what_i_must_hear() -> Card:
    mine = ActionLine(ACTION, Standing.TODAY, "By 15:00", "See A alone at school", "SD-26-0412/3")
    ended = "Done, Mon 16 Nov, 12:00", "Send B's nursery attendance record", "SD-26-0398/2"
    cannot = "Can't be done, Tue 17 Nov, 09:10", "Ring the school nurse", "SD-26-0412/1"
    late = ActionLine(ACTION, Standing.OVERDUE, *ended, Section.TO_RECEIVE)
    return my_actions_card([mine, late, ActionLine(ACTION, Standing.LATER, *cannot, Section.TO_RECEIVE)])


@example(my_actions_card, "my-actions-second-page")
def my_many_actions() -> Card:
    wording = "“Ring the school, then the GP; write down what each of them says.” " * 20
    line = ActionLine(ACTION, Standing.OVERDUE, "Since Mon 16 Nov, 12:00", wording, "SD-26-0398")
    return my_actions_card([line] * 31, page=1)


@example(my_actions_card, "my-actions-none")
def no_actions() -> Card:
    return my_actions_card([])


@example(my_discussions_card, "my-discussions")
def my_discussions() -> Card:
    return my_discussions_card(
        [
            DiscussionLine(DISCUSSION, "Today", "11:00 to 12:00", "SD-26-0412", "You chair. 7 of 9 are coming.", "●"),
            DiscussionLine(DISCUSSION, "To come", "Wed 18 Nov, 09:30", "SD-26-0415", "You are asked to speak."),
            DiscussionLine(DISCUSSION, "Closed", "Mon 9 Nov", "SD-26-0398", "Minutes wait for the chair.", "✓"),
        ],
        may_book=True,
    )


@example(my_discussions_card, "my-discussions-none")
def no_discussions() -> Card:
    return my_discussions_card([], may_book=True)


@example(notice_card, "notice-done")
def done_at_last() -> Card:
    return notice_card(
        "✓ Done at 14:20",
        [
            Words("Joint visit with the DC: see A, 7, alone at school at 13:30. Ring the chair by 15:00."),
            Words("“A seen alone, 13:35 to 14:05. A wants to stay with the grandmother tonight.”", lead="You wrote:"),
            Text("The chair sees this now. There is nothing more to do."),
        ],
        tone=Tone.GOOD,
        lines=["Tuesday 17 November"],
        origin="From discussion SD-26-0412",
        summary=Summary.ACTION_UPDATED,
    )


@example(notice_card, "notice-nudge")
def due_today() -> Card:
    note = TextInput("note", "What was done and learnt?", multiline=True, max_length=1_000, required=True)
    when = Pair(ChoiceInput("day", "New day", DAYS), ChoiceInput("time", "Time", TIMES), narrow=True)
    done = LabelledButton("Save as done", MarkDone(ACTION, 3), primary=True)
    ask = LabelledButton("Ask the chair", NeedMoreTime(ACTION, 3), primary=True)
    late = Text("Until the chair agrees, it stays due at 15:00.", small=True)
    return notice_card(
        "● Due today by 15:00",
        [Words("Joint visit with the DC: see A, 7, alone at school at 13:30.", bold=True)],
        [[FormButton("Done", (note,), done, primary=True), FormButton("Need more time", (when, late), ask)]],
        tone=Tone.WARNING,
        lines=["Tuesday 17 November"],
        origin="From discussion SD-26-0412 on 17 Nov",
        summary=Summary.ACTION,
    )


@example(notice_card, "notice-plain")
def figures_and_rows() -> Card:
    return notice_card(
        "8 of 13 items are left",
        [
            Figures((Figure("34 of 60", "minutes used"), Figure("12:05", "end, 5 over"), Figure("8 of 13", "left"))),
            Band(Tone.EMPHASIS, "✓ Quorate: social care, police and health are here"),
            Text("Left: press one to open it", bold=True),
            Row("6 Each child's voice", OpenItem(DISCUSSION, 6), symbol="●", right="now", bold=True),
            Row("7 Other children and adults", OpenItem(DISCUSSION, 7), right="3 min"),
            Bullet("Done: 1, 2, 3, 4, 5", symbol="✓", small=True),
        ],
        [[LabelledButton("Open item 6", OpenItem(DISCUSSION, 6), primary=True)]],
        origin="SD-26-0412 · chair's view · 11:34",
        summary=Summary.MEETING_PROGRESS,
    )


@example(refusal_card, "refusal")
def not_your_action() -> Card:
    return refusal_card("Only the owner or the chair can answer for this action. Nothing was changed.")


@example(fault_card, "fault")
def our_own_fault() -> Card:
    return fault_card("7f3a-91")


@example(form_card, "form-booking-step")
def a_step_of_booking() -> Card:
    step = ("book", "who", 4)
    return form_card(
        "Book a discussion · step 3 of 7",
        "Who must be there",
        "3 proposed, each with a reason. Untick anyone who should not be there.",
        [
            Text("Needed for quorum", bold=True),
            ToggleInput("i1", "Children's social care: social worker, assessment team", True, "because they lead"),
            ToggleInput("i2", "Police: DS, child abuse team", True, "because every strategy discussion needs police"),
            ToggleInput("i3", "Health: named nurse", True),
            TextInput("more", "Anyone else? Role and agency", max_length=200),
        ],
        [
            [
                LabelledButton("Next: find a time", DialogAnswer(*step), primary=True),
                LabelledButton("Back", DialogBack(*step)),
            ],
            [
                LabelledButton("Save for later", DialogSave("book", 4)),
                LabelledButton("Cancel", DialogCancel("book", 4), way_out=True),
            ],
        ],
    )


@example(form_card, "form-refused")
def a_form_refused() -> Card:
    return form_card(
        None,
        "Add an action",
        None,
        [
            TextInput(
                "wording",
                "What will be done, and for whom",
                "School to monitor A and liaise as appropriate",
                multiline=True,
                max_length=1_000,
                hint="Such as: Ring the social worker by 09:30 on each day that A is absent.",
            ),
            ChoiceInput("owner", "Owner: one person", (Choice("DSL, A's primary school", "p5"),), "p5"),
            Pair(
                ChoiceInput("day", "Due day", DAYS, "2026-11-20"),
                ChoiceInput("time", "Time", TIMES, "15:30"),
                narrow=True,
            ),
        ],
        [
            [
                LabelledButton("Save", SaveAction(DISCUSSION, "", 2), primary=True),
                LabelledButton("Cancel", OpenConsole(DISCUSSION), way_out=True),
            ]
        ],
        error="“monitor” and “liaise” do not say what will be done.",
        foot="SD-26-0412 · item 12",
    )


@example(form_card, "form-item")
def an_item_for_one_child() -> Card:
    yes_no = (Choice("Yes", "yes"), Choice("No", "no"))
    return form_card(
        "SD-26-0412 · item 10 of 13 · child 1 of 3 · 5 min",
        "Decisions for A, 7",
        None,
        [
            ChoiceInput("s47", "s47 enquiry", (*yes_no, Choice("Already running", "running")), "yes", expanded=True),
            TextInput("s47_why", "Reason", "Reasonable cause to suspect.", multiline=True, max_length=1_000),
            Pair(ChoiceInput("medical", "Medical", yes_no), ChoiceInput("abe", "ABE interview", yes_no)),
            Buttons((ToggleButton("More decisions, or fewer", "more"),)),
            Hidden("more", (ChoiceInput("also", "Also decided for A", DAYS, "2026-11-17,2026-11-18", many=True),)),
        ],
        [
            [
                LabelledButton("Save, next: B", SaveItem(DISCUSSION, 10, "a", 0, "next", 7), primary=True),
                LabelledButton("Save", SaveItem(DISCUSSION, 10, "a", 0, "stay", 7)),
            ],
            [LabelledButton("Agenda", OpenConsole(DISCUSSION), way_out=True)],
        ],
        band=Band(
            Tone.EMPHASIS, None, ("Ask: What do you decide for A, and why? Does any agency see it differently?",)
        ),
        foot="You may leave gaps now. They are shown before you close.",
    )
