"""What advocacy does for the business: `/advocacy value`. The figures are domain.value's."""

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
        Action.VALUE_PERIOD: choose_period,
        Action.VALUE_INDUSTRY: choose_industry,
        Action.VALUE_SEND: send,
        Action.VALUE_FILE: send_rows,
    }
    for action, handler in clicks.items():
        board.action(action.value)(answered(house, handler))


async def open_value(act: Act) -> None:
    """This quarter's figures."""
    if not act.body.get("command"):
        await act.args.ack()
    await act.show(view.TITLE, lambda: _drawn(act, view.USUAL, view.ALL))


async def _drawn(act: Act, chosen: str, industry: str) -> dict[str, Any]:
    filters = view.filters_of(chosen, industry, await act.read(value.today))
    found, industries = await act.read(value.seen, filters)
    return view.overview(found, chosen, industries)


async def choose_period(act: Act) -> None:
    """The same for another period."""
    await act.args.ack()
    _chosen, industry = view.chosen_in(act.view)
    await act.update(act.view["id"], await _drawn(act, act.action["selected_option"]["value"], industry))


async def choose_industry(act: Act) -> None:
    """The same for one industry, or all."""
    await act.args.ack()
    chosen, _industry = view.chosen_in(act.view)
    await act.update(act.view["id"], await _drawn(act, chosen, act.action["selected_option"]["value"]))


async def send(act: Act) -> None:
    """The chart and the deals, as a direct message."""
    await act.args.ack()
    filters = view.filters_of(*view.chosen_in(act.view), await act.read(value.today))
    await act.run(value.send, filters)
    await act.tell("You get it as a direct message from Everboard.")


async def send_rows(act: Act) -> None:
    """The deals behind the figures, as a file."""
    await act.args.ack()
    filters = view.filters_of(*view.chosen_in(act.view), await act.read(value.today))
    await send_sheet(act, act.run(value.export, filters), Named("deals.csv", "deal", "deals"))
