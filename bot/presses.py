"""A typed button, its use-case, and the card that takes the pressed one's place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from bot.answers import (
    action_form,
    action_overview,
    actions,
    agenda,
    attention,
    booking,
    capacity,
    changing,
    chasing,
    closing,
    desk_slots,
    diary,
    digest,
    invitations,
    menu,
)
from bot.answers.action_form import IN_ITS_PLACE
from bot.showing import show
from bot.shown import Shown, Turn
from cards.again import again
from cards.buttons import (
    AcceptAction,
    AcceptHandOver,
    ActionButton,
    AddSlot,
    AgreeTime,
    AnswerInvitation,
    ApproveRecord,
    BookFullMeeting,
    BringBack,
    CancelDiscussion,
    ChangeButton,
    ChasingButton,
    CloseDiscussion,
    DeclineAction,
    DeclineHandOver,
    DialogAnswer,
    DialogBack,
    DialogButton,
    DialogCancel,
    DialogChoose,
    DialogGoTo,
    DialogResume,
    DialogSave,
    DiscussionButton,
    FetchCapacity,
    FetchChairedActions,
    FetchMinutes,
    GiveLink,
    HandOver,
    HeldByPhone,
    JoinDiscussion,
    KeepReasons,
    MarkDone,
    MendAction,
    MendForm,
    MendLine,
    MenuButton,
    NeedMoreTime,
    NudgeOwner,
    OfferPart,
    OfferTime,
    OpenAction,
    OpenActionForm,
    OpenAttendance,
    OpenBelow,
    OpenChanges,
    OpenCloseGate,
    OpenConsole,
    OpenDiscussion,
    OpenItem,
    OpenToRing,
    Pressed,
    ReadReport,
    Received,
    RecordAnswerFor,
    RecordReceived,
    RecordTold,
    RefuseTakeOver,
    RefuseTime,
    RemoveSlot,
    ReportBlocked,
    SaveAction,
    SaveAttendance,
    SaveItem,
    SaveLine,
    SavePlaces,
    SayBack,
    SetRhythm,
    ShowCapacity,
    ShowChairedActions,
    ShowDiary,
    ShowDigest,
    ShowHelp,
    ShowHistory,
    ShowMyActions,
    ShowMyDiscussions,
    ShowPreparation,
    SlotButton,
    SnoozeAction,
    StartBooking,
    StartContingency,
    StartDiscussion,
    StartEarly,
    TakeDuty,
    TakeOffer,
    TakeOver,
    TellDutyDesk,
    WithdrawLinks,
)
from cards.render import Card
from dialogs import engine
from dialogs.engine import Dialog, Given
from dialogs.forms import form_called
from discussions.ids import MessageId
from discussions.needs import KeptDialog
from discussions.post import Message, MessageKind
from discussions.refusals import AlreadyMoved, NotFound, Refusal, Stale

LOOKING = (
    ShowHelp,
    ShowMyActions,
    ShowMyDiscussions,
    ShowDiary,
    OpenDiscussion,
    OpenChanges,
    OpenConsole,
    OpenItem,
    OpenAttendance,
    OpenToRing,
    OpenActionForm,
    OpenCloseGate,
    OpenAction,
    OpenBelow,
    ShowChairedActions,
    ShowDigest,
    ShowHistory,
    ShowPreparation,
    # a link is good once, so each press asks for a new one
    FetchMinutes,
    FetchChairedActions,
)
LOOKING_VERBS = frozenset(kind.verb for kind in LOOKING)


def only_looks(verb: str) -> bool:
    """A press that only looks is answered afresh each time; all others are answered once."""
    return verb in LOOKING_VERBS


def answer(turn: Turn, pressed: Pressed) -> Shown:
    button, typed = pressed.button, pressed.inputs
    if isinstance(button, MenuButton):
        return menu_pressed(turn, button, typed)
    if isinstance(button, DialogButton):
        return dialog_pressed(turn, button, typed)
    if isinstance(button, DiscussionButton):
        return discussion_pressed(turn, button, typed)
    if isinstance(button, SlotButton):
        return desk_slots.pressed(turn, button, typed)
    if isinstance(button, ChasingButton):
        return chasing.pressed(turn, button, typed)
    if isinstance(button, ChangeButton):
        return changing.pressed(turn, button, typed)
    return action_pressed(turn, button, typed)


def menu_pressed(turn: Turn, button: MenuButton, typed: Mapping[str, str]) -> Shown:
    match button:
        case ShowHelp():
            return menu.help(turn)
        case ShowMyDiscussions(page):
            return menu.my_discussions(turn, page)
        case ShowDiary():
            return diary.show(turn, button, typed)
        case ShowMyActions(page):
            return menu.my_actions(turn, page)
        case StartBooking():
            return booking.start(turn)
        case ShowChairedActions():
            return action_overview.chaired(turn, button, typed)
        case FetchChairedActions():
            return action_overview.fetch(turn)
        case OpenBelow(kind, id):
            return Shown(show(turn, f"{kind}:{id}"), f"{kind}:{id}", is_a_look=True, is_below=True)
        case ShowCapacity() | FetchCapacity():
            return capacity.pressed(turn, button)
        case ShowDigest(id, page):
            return digest.show(turn, id, page)
        case SetRhythm():
            return attention.rhythm_pressed(turn, typed)
        case SayBack():
            return attention.back_typed(turn, "")
        case _:
            assert_never(button)


def discussion_pressed(turn: Turn, button: DiscussionButton, typed: Mapping[str, str]) -> Shown:
    match button:
        case AnswerInvitation(id, what, seen):
            return invitations.pressed(turn, id, what, typed, seen)
        case ReadReport(id, place):
            return invitations.report(turn, id, place)
        case OpenDiscussion(id):
            return booking.overview(turn, id)
        case BookFullMeeting(id):
            return booking.full_meeting(turn, id)
        case StartDiscussion(id):
            return agenda.start(turn, id)
        case StartEarly(id):
            return agenda.start(turn, id, though_early=True)
        case JoinDiscussion(id):
            return agenda.join(turn, id)
        case OpenConsole(id):
            return agenda.console(turn, id)
        case OpenItem(id, item, subject):
            return agenda.open_item(turn, id, item, subject)
        case SaveItem():
            return agenda.save_item(turn, button, typed)
        case OpenAttendance(id):
            return agenda.attendance(turn, id)
        case SaveAttendance(id):
            return agenda.save_attendance(turn, id, typed)
        case OpenCloseGate(id):
            return closing.gate(turn, id)
        case KeepReasons(id):
            return closing.keep(turn, id, typed)
        case CloseDiscussion(id, seen):
            return closing.close(turn, id, seen, typed)
        case ApproveRecord(id, seen):
            return closing.approve(turn, id, seen)
        case FetchMinutes(id):
            return closing.fetch(turn, id)
        case RecordAnswerFor():
            return actions.record_for(turn, button, typed)
        case _:
            assert_never(button)


def action_pressed(turn: Turn, button: ActionButton, typed: Mapping[str, str]) -> Shown:
    match button:
        case OpenActionForm(id, action, replaces):
            return actions.form(turn, id, action, replaces=replaces)
        case SaveAction(id, action, seen, replaces):
            return actions.save(turn, id, action, seen, typed, replaces=replaces)
        case MendForm():
            return action_form.mended(turn, button, typed)
        case MendAction():
            return actions.mended(turn, button, typed)
        case SaveLine() | MendLine():
            return actions.line_saved(turn, button, typed)
        case OpenAction(id):
            return actions.overview(turn, id)
        case ShowHistory(id):
            return action_overview.history(turn, id)
        case ShowPreparation(id):
            return action_overview.preparation(turn, id)
        case NudgeOwner(id):
            return action_overview.nudge(turn, id)
        case SnoozeAction(id):
            return attention.snooze_pressed(turn, id, typed)
        case WithdrawLinks(id):
            return action_overview.withdraw(turn, id)
        case _:
            return actions.answered(turn, button, typed)


def dialog_pressed(turn: Turn, button: DialogButton, typed: Mapping[str, str]) -> Shown:
    dialog = form_called(turn.means, button.dialog)
    kept = engine.find(turn.means, turn.who, dialog, button.dialog, button.seen)
    return booking.moved(turn, dialog_moved(turn, button, dialog, kept, typed))


def dialog_moved(
    turn: Turn, button: DialogButton, dialog: Dialog, kept: KeptDialog, typed: Mapping[str, str]
) -> engine.Moved:
    means, who = turn.means, turn.who
    match button:
        case DialogAnswer():
            return engine.answer(means, who, dialog, kept, Given(typed))
        case DialogBack():
            return engine.go_back(means, who, dialog, kept)
        case DialogSave():
            return engine.put_aside(means, who, dialog, kept)
        case DialogCancel():
            return engine.cancel(means, dialog, kept)
        case DialogResume():
            return engine.resume(means, who, dialog, kept, turn.conversation)
        case DialogGoTo(step=step):
            return engine.go_to(means, who, dialog, kept, step)
        case DialogChoose(step=step, choice=choice):
            return engine.choose(means, who, dialog, kept, step, choice, typed)
        case _:
            assert_never(button)


def answer_in_group(turn: Turn, pressed: Pressed) -> Shown:
    """Everybody sees a group's cards, so nothing personal is answered there."""
    if isinstance(pressed.button, ShowHelp):
        return menu.help_in_group(turn)
    return Shown(sentence="Please press this in our own chat: everyone here would see the answer.")


def show_again(turn: Turn, pressed: Pressed, refusal: Refusal) -> Card | None:
    """The pressed card as it stands now, with the refusal above it and everything typed back in its fields.

    None where there is nothing to show: then the sentence alone is the answer, and the pressed card stays.
    """
    about = about_of(pressed)
    if about is None or isinstance(refusal, NotFound):
        return None
    try:
        card = show(turn, about)
    except Refusal:
        return None
    moved_on = isinstance(refusal, AlreadyMoved | Stale)
    return again(card, refusal.sentence, {} if moved_on else pressed.inputs)


def about_of(pressed: Pressed) -> str | None:
    """What the pressed card is about, as bot.showing names it."""
    match pressed.button:
        case DialogAnswer(dialog) | DialogBack(dialog) | DialogSave(dialog) | DialogCancel(dialog):
            return f"dialog:{dialog}"
        case DialogResume(dialog) | DialogGoTo(dialog) | DialogChoose(dialog):
            return f"dialog:{dialog}"
        case GiveLink(discussion) | RecordTold(discussion):
            return f"{'link' if isinstance(pressed.button, GiveLink) else 'ring'}:{discussion}"
        case AnswerInvitation(invitation):
            return f"invitation:{invitation}"
        case CancelDiscussion(discussion) | OfferPart(discussion) | TellDutyDesk(discussion):
            return f"changes:{discussion}"
        case TakeOver(discussion, part) | RefuseTakeOver(discussion, part):
            return f"take over:{discussion}:{part}"
        case TakeDuty(discussion):
            return f"duty:{discussion}"
        case HeldByPhone(discussion):
            return f"not begun:{discussion}"
        case SaveItem(discussion, item, subject, form):
            return f"item:{discussion}:{item}:{subject}:{form}"
        case SaveAttendance(discussion):
            return f"attendance:{discussion}"
        case CloseDiscussion(discussion) | KeepReasons(discussion):
            return f"gate:{discussion}"
        case ApproveRecord(discussion):
            return f"record:{discussion}"
        case SaveAction(discussion, action, _, replaces):
            return f"action form:{discussion}:{action}{IN_ITS_PLACE if replaces else ''}"
        case RecordAnswerFor(subject=action):
            return f"action:{action}"
        case MendForm(discussion, action, replaces=replaces):
            return f"action form:{discussion}:{action}{IN_ITS_PLACE if replaces else ''}"
        case MendAction(action, day_only=day_only):
            return f"written:{int(day_only)}:{action}"
        case AcceptAction(action) | DeclineAction(action) | MarkDone(action) | NeedMoreTime(action):
            return f"action:{action}"
        case ReportBlocked(action) | HandOver(action) | AgreeTime(action) | RefuseTime(action):
            return f"action:{action}"
        case AcceptHandOver(action) | DeclineHandOver(action) | NudgeOwner(action) | SnoozeAction(action):
            return f"action:{action}"
        case OfferTime(action) | TakeOffer(action) | Received(action) | RecordReceived(action):
            return f"action:{action}"
        case AddSlot(desk):
            return f"slots:{desk}"
        case SavePlaces(slot) | RemoveSlot(slot):
            return f"slot:{slot}"
        case BringBack(action) | StartContingency(action) | WithdrawLinks(action):
            return f"action:{action}"
        case _:
            return None


def refresh_later(turn: Turn, about: str, activity: str) -> None:
    """An answered press changes the card in one client only; the stored message follows through the outbox."""
    means = turn.means
    shows = {"card": about, "activity": activity}
    key = f"refresh:{means.new_id()}"
    means.store.outbox.put(
        Message(
            MessageId(means.new_id()),
            MessageKind.REFRESH,
            shows,
            turn.who.id,
            turn.conversation,
            key,
            means.now,
            urgent=True,
            replaces_card=True,
        )
    )
