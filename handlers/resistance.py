"""The resistance log: `/advocacy log`, its forms, and switching it on and off. The rules are in steps."""

from handlers import home
from handlers.act import Act
from handlers.answering import Handler, answered
from handlers.house import House
from handlers.switchboard import Switchboard
from steps import conversations, resistance
from views import inputs
from views import resistance as view
from views.ids import Action, Callback
from views.text import Block

COMMAND = frozenset({"log", "resistance", "resistance log", "conversations"})
"""Words after `/advocacy` that lead here."""


def register(board: Switchboard, house: House) -> None:
    """Listen to the window, its forms, and the buttons of entries."""
    clicks: dict[Action, Handler] = {
        Action.RESISTANCE: open_log,
        Action.RESISTANCE_ON: open_on,
        Action.RESISTANCE_OFF: open_off,
        Action.RESISTANCE_ADD: open_entry,
        Action.RESISTANCE_ENTRY: open_entry,
        Action.RESISTANCE_TALK: open_talk,
        Action.RESISTANCE_CLOSE: close,
        Action.RESISTANCE_REOPEN: reopen,
        Action.RESISTANCE_DELETE: delete,
    }
    for action, handler in clicks.items():
        board.action(action.value)(answered(house, handler))
    forms: dict[Callback, Handler] = {
        Callback.RESISTANCE_ON: switch_on,
        Callback.RESISTANCE_OFF: switch_off,
        Callback.RESISTANCE_ENTRY: save,
        Callback.RESISTANCE_TALK: note,
    }
    for callback, handler in forms.items():
        board.view(callback.value)(answered(house, handler))


async def open_log(act: Act) -> None:
    """The log, as far as this person may see it."""
    if not act.body.get("command"):
        await act.args.ack()
    await act.show(view.TITLE, lambda: _drawn(act))


async def _drawn(act: Act) -> Block:
    return view.overview(await act.run(resistance.seen))  # each look is written down


async def open_on(act: Act) -> None:
    """The notice, and who reads."""
    await act.args.ack()

    async def make() -> Block:
        return view.on_form(await act.read(resistance.switching), act.user_id)

    await act.show(view.ON_TITLE, make)


async def switch_on(act: Act) -> None:
    """It is on; the window below shows it."""
    what = act.typed_as(inputs.choices_of, "what")
    said = resistance.On(
        view.LOG in what,
        view.LIST in what,
        act.typed_as(inputs.people_of, "readers"),
        view.YES in act.typed_as(inputs.choices_of, "understood"),
    )
    await act.run(resistance.switch_on, said)
    await _saved(act)


async def open_off(act: Act) -> None:
    """What is switched off, and what becomes of the entries."""
    await act.args.ack()

    async def make() -> Block:
        return view.off_form(await act.read(resistance.switching))

    await act.show(view.OFF_TITLE, make)


async def switch_off(act: Act) -> None:
    """It is off."""
    what = act.typed_as(inputs.choices_of, "what")
    keep = act.typed_as(inputs.choice_of, "fate") == view.KEEP
    await act.run(resistance.switch_off, resistance.Off(view.LOG in what, view.LIST in what, keep))
    await _saved(act)


async def open_entry(act: Act) -> None:
    """A new entry, or one that is changed."""
    await act.args.ack()
    entry_id, _version = view.read_value(act.action.get("value") or "")

    async def make() -> Block:
        return view.entry_form(*await act.read(conversations.form, entry_id or None))

    await act.show(view.ENTRY_TITLE, make)


async def save(act: Act) -> None:
    """Keep it."""
    said = conversations.Written(
        act.typed_as(inputs.person_of, "person"),
        act.typed_as(view.element_from),
        act.typed_as(view.motive_from),
        act.typed_as(inputs.text_of, "need"),
        act.typed_as(inputs.text_of, "next_step"),
        act.typed_as(inputs.day_of, "next_on"),
        act.typed_as(inputs.choice_of, "coach"),
    )
    await act.run(conversations.save, said, *act.kept_as(view.kept_in))
    await _saved(act)


async def open_talk(act: Act) -> None:
    """The form of a conversation."""
    await act.args.ack()
    entry_id, _version = act.value_as(view.read_value)

    async def make() -> Block:
        return view.talk_form(await act.read(conversations.one, entry_id))

    await act.show(view.TALK_TITLE, make)


async def note(act: Act) -> None:
    """A conversation is noted."""
    entry_id, version = act.kept_as(view.kept_in)
    said = conversations.Talked(
        act.typed_as(inputs.text_of, "words"),
        act.typed_as(inputs.text_of, "next_step"),
        act.typed_as(inputs.day_of, "next_on"),
        view.YES in act.typed_as(inputs.choices_of, "closes"),
    )
    await act.run(conversations.note, entry_id or "", version, said)
    await _saved(act)


async def close(act: Act) -> None:
    """Nothing more is needed."""
    await act.args.ack()
    await act.run(conversations.close, *act.value_as(view.read_value))
    await _redraw(act, act.view.get("id"))


async def reopen(act: Act) -> None:
    """Something is needed after all."""
    await act.args.ack()
    await act.run(conversations.reopen, *act.value_as(view.read_value))
    await _redraw(act, act.view.get("id"))


async def delete(act: Act) -> None:
    """An entry goes."""
    await act.args.ack()
    await act.run(conversations.remove, *act.value_as(view.read_value))
    await _redraw(act, act.view.get("id"))


async def _saved(act: Act) -> None:
    await act.args.ack()
    await _redraw(act, act.view.get("previous_view_id"))


async def _redraw(act: Act, window: str | None) -> None:
    """Show it in the window that is open, and in Home."""
    if window:
        await act.update(window, await _drawn(act))
    await home.redraw(act)
