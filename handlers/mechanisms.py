"""Programs in Slack: `/advocacy programs`, one program, and its form. The rules are in steps.mechanisms."""

from typing import Any

from handlers.act import Act
from handlers.answering import Handler, answered
from handlers.house import House
from handlers.switchboard import Switchboard
from steps import mechanisms
from views import mechanisms as view
from views.blocks import whole
from views.ids import Action, Callback

COMMAND = frozenset({"programs", "programmes"})
"""Words after `/advocacy` that lead here."""


def register(board: Switchboard, house: House) -> None:
    """Listen to the list, to one program, and to its form."""
    clicks: dict[Action, Handler] = {
        Action.MECHANISMS: open_list,
        Action.MECHANISM: open_one,
        Action.MECHANISM_PAGE: turn_page,
        Action.MECHANISM_PAGE_BACK: turn_page,
        Action.MECHANISM_NEW: open_new,
        Action.MECHANISM_CHANGE: open_change,
        Action.MECHANISM_STOP: stop,
    }
    for action, handler in clicks.items():
        board.action(action.value)(answered(house, handler))
    board.view(Callback.MECHANISM_FORM.value)(answered(house, save))


async def open_list(act: Act) -> None:
    """What do customers belong to?"""
    if not act.body.get("command"):
        await act.args.ack()

    async def make() -> dict[str, Any]:
        return view.listed(await act.read(mechanisms.listed))

    await act.show(view.TITLE, make)


async def open_one(act: Act) -> None:
    """One program and who is in it."""
    await act.args.ack()

    async def make() -> dict[str, Any]:
        return await drawn(act, act.value)

    await act.show("Program", make)


async def drawn(act: Act, mechanism_id: str, page: int = 0) -> dict[str, Any]:
    """One program as it is now."""
    return view.opened(await act.read(mechanisms.opened, mechanism_id, page))


async def draw_below(act: Act, mechanism_id: str) -> None:
    """The program in the window below is shown as it is now, and the list where that lies below the program."""
    below, root = act.view.get("previous_view_id"), act.view.get("root_view_id")
    if below:
        await act.update(below, await drawn(act, mechanism_id))
    if root and root not in (below, act.view_id):
        await _draw_list(act, root)


async def redraw(act: Act, mechanism_id: str, page: int = 0) -> None:
    """The program in this very window is shown as it is now, and so is the list below."""
    await act.update(act.view_id, await drawn(act, mechanism_id, page))
    if below := act.view.get("previous_view_id"):
        await _draw_list(act, below)


async def _draw_list(act: Act, view_id: str) -> None:
    await act.update(view_id, view.listed(await act.read(mechanisms.listed)))


async def turn_page(act: Act) -> None:
    """Other members."""
    await act.args.ack()
    mechanism_id, _page = act.kept_as(view.place_of)
    await act.update(act.view_id, await drawn(act, mechanism_id, act.value_as(whole)))


async def open_new(act: Act) -> None:
    """A program to begin."""
    await act.args.ack()

    async def make() -> dict[str, Any]:
        return view.form(await act.read(mechanisms.begin))

    await act.show("Program", make)


async def open_change(act: Act) -> None:
    """One program's form."""
    await act.args.ack()

    async def make() -> dict[str, Any]:
        return view.form(await act.read(mechanisms.draft, act.value))

    await act.show("Program", make)


async def save(act: Act) -> None:
    """Begun or changed: a new one shows itself in the form's place, and what lies below is as it is now."""
    held = act.meta
    values = act.typed_as(view.values_from)
    if held.get("id"):
        made = await act.run(mechanisms.change, values, held.text("id"), held.number("version"))
        await act.args.ack()
        await draw_below(act, made.id)
        return
    made = await act.run(mechanisms.create, values, f"{act.view_id}:mechanism")
    await act.args.ack(response_action="update", view=await drawn(act, made.id))
    if below := act.view.get("previous_view_id"):
        await _draw_list(act, below)


async def stop(act: Act) -> None:
    """It is over (the button has asked whether they are sure)."""
    await act.args.ack()
    await act.run(mechanisms.stop, act.value)
    await redraw(act, act.value)
