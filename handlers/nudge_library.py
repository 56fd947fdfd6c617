"""The texts of the nudges, seen, changed, added and tried in Slack. The rules are in steps.nudge_editing."""

from typing import Any

from domain.errors import RuleError
from domain.nudges import Audience
from domain.pulse import Element
from handlers.act import Act
from handlers.answering import Handler, answered
from handlers.house import House
from handlers.switchboard import Switchboard
from steps import nudge_editing
from views import inputs
from views import nudge_library as view
from views.ids import Action, Callback


def register(board: Switchboard, house: House) -> None:
    """Listen to the list's buttons, and to the form of a text."""
    clicks: dict[Action, Handler] = {
        Action.NUDGE_LIBRARY: open_shelf,
        Action.NUDGE_SHELF: turn,
        Action.NUDGE_ENTRY: open_entry,
        Action.NUDGE_ADD: open_new,
        Action.NUDGE_PREVIEW: try_out,
    }
    for action, handler in clicks.items():
        board.action(action.value)(answered(house, handler))
    board.view(Callback.NUDGE_ENTRY.value)(answered(house, save))


async def open_shelf(act: Act) -> None:
    """Which texts are there?"""
    await act.args.ack()
    await act.show("Texts", lambda: _shelf(act, Element.AWARENESS))


async def turn(act: Act) -> None:
    """Another element's texts."""
    await act.args.ack()
    element = act.choice_as(Element)
    await act.update(act.view_id, await _shelf(act, element))


async def _shelf(act: Act, element: Element) -> dict[str, Any]:
    return view.shelf(element, await act.read(nudge_editing.shelf, element))


async def open_entry(act: Act) -> None:
    """One of them."""
    await act.args.ack()

    async def make() -> dict[str, Any]:
        return view.entry(await act.read(nudge_editing.one, act.value))

    await act.show("Text", make)


async def open_new(act: Act) -> None:
    """One more."""
    await act.args.ack()
    element = act.value_as(Element)

    async def make() -> dict[str, Any]:
        await act.read(nudge_editing.check)
        return view.new(element)

    await act.show("A new text", make)


async def try_out(act: Act) -> None:
    """How would it read now? What is typed stays as it is."""
    await act.args.ack()
    try:
        tried = await act.read(nudge_editing.attempt, act.typed_as(inputs.text_of, "text"), act.value_as(Audience))
        words = view.reads(tried.text, tried.lacks)
    except RuleError as error:
        if "text" not in error.fields:
            raise
        words = view.refused(error.message)
    entry_id = act.view_as(view.id_of)
    if entry_id is None:
        drawn = view.new(act.view_as(view.element_of), words)
    else:
        drawn = view.entry(await act.read(nudge_editing.one, entry_id), words)
    await act.update(act.view_id, drawn)


async def save(act: Act) -> None:
    """The text holds from the next nudge on; the list below shows it."""
    entry_id = act.view_as(view.id_of)
    if entry_id is None:
        text, element, audiences, motive, button = act.typed_as(view.added_from)
        await act.run(nudge_editing.add, text, element, audiences, motive, button)
    else:
        text, is_off = act.typed_as(view.changed_from)
        await act.run(nudge_editing.change, entry_id, text, is_off=is_off)
        element = act.view_as(view.element_of)
    await act.args.ack()
    below = act.view.get("previous_view_id")
    if below:
        await act.update(below, await _shelf(act, element))
