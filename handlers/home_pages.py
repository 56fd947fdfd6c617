"""Home's lists, page by page. What stands in them is up to steps.home_pages."""

from typing import Any

from domain.home_pages import Part
from handlers.act import Act
from handlers.answering import Handler, answered
from handlers.house import House
from handlers.switchboard import Switchboard
from steps import home_pages
from views import home_pages as view
from views.home_parts import TITLES
from views.ids import Action, Callback


def register(board: Switchboard, house: House) -> None:
    """Listen to the ways into a list and through it."""
    clicks: dict[Action, Handler] = {
        Action.HOME_LIST: open_list,
        Action.HOME_LIST_BACK: turn,
        Action.HOME_LIST_NEXT: turn,
    }
    for action, handler in clicks.items():
        board.action(action.value)(answered(house, handler))


async def open_list(act: Act) -> None:
    """The first page, in a window."""
    await act.args.ack()
    part, number = act.value_as(view.place_of)
    await act.show(TITLES[part], lambda: _drawn(act, part, number))


async def turn(act: Act) -> None:
    """Another page, in the same window."""
    await act.args.ack()
    await act.update(act.view_id, await _drawn(act, *act.value_as(view.place_of)))


async def redraw(act: Act) -> None:
    """After a click on a row: the page as it is by now. Does nothing where the click was elsewhere."""
    if act.view.get("callback_id") == Callback.HOME_LIST.value and act.body.get("type") == "block_actions":
        await act.update(act.view_id, await _drawn(act, *act.view_as(view.place_in)))


async def _drawn(act: Act, part: Part, number: int) -> dict[str, Any]:
    page = await act.read(home_pages.seen, part, number)
    return view.window(page, act.user_id, act.house.clock.now())
