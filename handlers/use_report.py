"""How evenly customers are asked: `/advocacy load`. The figures are domain.use_report's."""

from domain.vocabulary import Activity
from handlers.act import Act
from handlers.answering import Handler, answered
from handlers.house import House
from handlers.sheets import Named, send_sheet
from handlers.switchboard import Switchboard
from steps import use_report
from views import periods
from views import use_report as view
from views.blocks import whole
from views.ids import Action
from views.text import Block

COMMAND = frozenset({"load", "uses", "burnout"})
"""Words after `/advocacy` that lead here."""


def register(board: Switchboard, house: House) -> None:
    """Listen to the ways to the figures."""
    clicks: dict[Action, Handler] = {
        Action.USE_REPORT: open_report,
        Action.USE_REPORT_PERIOD: choose_period,
        Action.USE_REPORT_ACTIVITY: choose_activity,
        Action.USE_REPORT_SEND: send,
        Action.USE_REPORT_FILE: send_rows,
    }
    for action, handler in clicks.items():
        board.action(action.value)(answered(house, handler))


async def open_report(act: Act) -> None:
    """The last month."""
    if not act.body.get("command"):
        await act.args.ack()
    await act.show(view.TITLE, lambda: _drawn(act, periods.USUAL, None))


async def _drawn(act: Act, days: int, activity: Activity | None) -> Block:
    return view.overview(await act.read(use_report.seen, days, activity), days)


async def choose_period(act: Act) -> None:
    """The same for another number of days."""
    _days, activity = act.view_as(view.chosen_in)
    await _again(act, act.choice_as(whole), activity)


async def choose_activity(act: Act) -> None:
    """The same for one activity, or all."""
    days, _activity = act.view_as(view.chosen_in)
    await _again(act, days, act.choice_as(view.activity_of))


async def _again(act: Act, days: int, activity: Activity | None) -> None:
    await act.args.ack()
    await act.update(act.view_id, await _drawn(act, days, activity))


async def send(act: Act) -> None:
    """The figures with a chart, as a direct message."""
    await act.args.ack()
    await act.run(use_report.send, *act.view_as(view.chosen_in))
    await act.tell("You get it as a direct message from Everboard.")


async def send_rows(act: Act) -> None:
    """The uses behind the figures, as a file."""
    await act.args.ack()
    await send_sheet(act, act.run(use_report.export, *act.view_as(view.chosen_in)), Named("uses.csv", "use", "uses"))
