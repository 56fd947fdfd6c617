"""How requests are answered: `/advocacy requests`. The figures are domain.request_report's."""

from dataclasses import replace

from domain.request_report import Wanted
from handlers.act import Act
from handlers.answering import Handler, answered
from handlers.house import House
from handlers.sheets import Named, send_sheet
from handlers.switchboard import Switchboard
from steps import request_report
from views import periods
from views import request_report as view
from views.blocks import whole
from views.ids import Action
from views.text import Block

COMMAND = frozenset({"requests", "request"})
"""Words after `/advocacy` that lead here."""


def register(board: Switchboard, house: House) -> None:
    """Listen to the ways to the figures."""
    clicks: dict[Action, Handler] = {
        Action.REQUEST_REPORT: open_report,
        Action.REQUEST_REPORT_PERIOD: choose_period,
        Action.REQUEST_REPORT_ACTIVITY: choose_activity,
        Action.REQUEST_REPORT_FUNCTION: choose_function,
        Action.REQUEST_REPORT_SEND: send,
        Action.REQUEST_REPORT_FILE: send_rows,
    }
    for action, handler in clicks.items():
        board.action(action.value)(answered(house, handler))


async def open_report(act: Act) -> None:
    """The last month."""
    if not act.body.get("command"):
        await act.args.ack()
    await act.show(view.TITLE, lambda: _drawn(act, periods.USUAL, Wanted()))


async def _drawn(act: Act, days: int, wanted: Wanted) -> Block:
    return view.overview(await act.read(request_report.seen, days, wanted), days)


async def choose_period(act: Act) -> None:
    """The same for another number of days."""
    _days, wanted = act.view_as(view.chosen_in)
    await _again(act, act.read_as(whole, act.choice), wanted)


async def choose_activity(act: Act) -> None:
    """The same for one activity, or all."""
    days, wanted = act.view_as(view.chosen_in)
    await _again(act, days, replace(wanted, activity=act.read_as(view.wanted_of, act.choice, view.ALL).activity))


async def choose_function(act: Act) -> None:
    """The same for those who have one function, or all."""
    days, wanted = act.view_as(view.chosen_in)
    await _again(
        act,
        days,
        replace(wanted, function=act.read_as(lambda said: view.wanted_of(view.ALL, said), act.choice).function),
    )


async def _again(act: Act, days: int, wanted: Wanted) -> None:
    await act.args.ack()
    await act.update(act.view_id, await _drawn(act, days, wanted))


async def send(act: Act) -> None:
    """The chart and the newest requests, as a direct message."""
    await act.args.ack()
    await act.run(request_report.send, *act.view_as(view.chosen_in))
    await act.tell("You get it as a direct message from Everboard.")


async def send_rows(act: Act) -> None:
    """The requests behind the figures, as a file."""
    await act.args.ack()
    named = Named("requests.csv", "request", "requests")
    await send_sheet(act, act.run(request_report.export, *act.view_as(view.chosen_in)), named)
