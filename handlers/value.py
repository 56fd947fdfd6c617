"""What advocacy does for the business: `/advocacy value`. The figures are domain.value's."""

from dataclasses import replace
from typing import Any

from handlers.act import Act
from handlers.answering import Handler, answered
from handlers.house import House
from handlers.sheets import Named, send_sheet
from handlers.switchboard import Switchboard
from steps import value
from views import value as view
from views.ids import Action

COMMAND = frozenset({"value", "impact", "roi"})
"""Words after `/advocacy` that lead here."""


def register(board: Switchboard, house: House) -> None:
    """Listen to the ways to the figures."""
    clicks: dict[Action, Handler] = {
        Action.VALUE: open_value,
        **dict.fromkeys(view.MENUS, choose),
        Action.VALUE_SEND: send,
        Action.VALUE_FILE: send_rows,
    }
    for action, handler in clicks.items():
        board.action(action.value)(answered(house, handler))


async def open_value(act: Act) -> None:
    """This quarter's figures."""
    if not act.body.get("command"):
        await act.args.ack()
    await act.show(view.TITLE, lambda: _drawn(act, view.Chosen()))


async def _drawn(act: Act, chosen: view.Chosen) -> dict[str, Any]:
    found, choices = await act.read(value.seen, view.filters_of(chosen, await act.read(value.today)))
    return view.overview(found, chosen, choices)


async def choose(act: Act) -> None:
    """The same for another period, industry, region, product or activity."""
    await act.args.ack()
    name = view.MENUS[Action(act.action["action_id"])]
    chosen = replace(act.view_as(view.chosen_in), **{name: act.choice})
    await act.update(act.view_id, await _drawn(act, chosen))


async def send(act: Act) -> None:
    """The chart and the deals, as a direct message."""
    await act.args.ack()
    filters = view.filters_of(act.view_as(view.chosen_in), await act.read(value.today))
    await act.run(value.send, filters)
    await act.tell("You get it as a direct message from Everboard.")


async def send_rows(act: Act) -> None:
    """The deals behind the figures, as a file."""
    await act.args.ack()
    filters = view.filters_of(act.view_as(view.chosen_in), await act.read(value.today))
    await send_sheet(act, act.run(value.export, filters), Named("deals.csv", "deal", "deals"))
