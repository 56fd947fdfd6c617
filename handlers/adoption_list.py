"""Who by name has taken part: `/advocacy list`. Who may see it is decided in steps.resistance."""

from dataclasses import replace

from domain.adoption_list import Chosen, Which
from domain.people import Function
from handlers.act import Act
from handlers.answering import Handler, answered
from handlers.house import House
from handlers.switchboard import Switchboard
from steps import adoption_list
from views import adoption_list as view
from views.blocks import whole
from views.ids import Action
from views.text import Block

COMMAND = frozenset({"list", "adoption list", "who"})
"""Words after `/advocacy` that lead here."""


def register(board: Switchboard, house: House) -> None:
    """Listen to the ways to the list, its menus and its pages."""
    clicks: dict[Action, Handler] = {
        Action.ADOPTION_LIST: open_list,
        Action.ADOPTION_LIST_WHICH: choose_which,
        Action.ADOPTION_LIST_FUNCTION: choose_function,
        Action.ADOPTION_LIST_PAGE: turn,
        Action.ADOPTION_LIST_BACK: turn,
    }
    for action, handler in clicks.items():
        board.action(action.value)(answered(house, handler))


async def open_list(act: Act) -> None:
    """Who has not taken part yet."""
    if not act.body.get("command"):
        await act.args.ack()
    await act.show(view.TITLE, lambda: _drawn(act, Chosen()))


async def _drawn(act: Act, chosen: Chosen) -> Block:
    return view.listed(await act.run(adoption_list.page, chosen))  # each look is written down


def _chosen(act: Act) -> Chosen:
    return act.kept_as(view.chosen_in)


async def _show(act: Act, chosen: Chosen) -> None:
    await act.args.ack()
    await act.update(act.view_id, await _drawn(act, chosen))


async def choose_which(act: Act) -> None:
    """Others of the list."""
    await _show(act, replace(_chosen(act), which=act.choice_named(Which), page=0))


async def choose_function(act: Act) -> None:
    """Those of one function."""
    function = None if act.choice == view.ALL else act.choice_named(Function)
    await _show(act, replace(_chosen(act), function=function, page=0))


async def turn(act: Act) -> None:
    """Another page."""
    await _show(act, replace(_chosen(act), page=act.value_as(whole)))
