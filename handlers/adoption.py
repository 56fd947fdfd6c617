"""Who takes part: `/advocacy adoption`. What may be told of whom is domain.adoption's."""

from handlers.act import Act
from handlers.answering import answered
from handlers.house import House
from handlers.switchboard import Switchboard
from steps import adoption
from views import adoption as view
from views import periods
from views.blocks import whole
from views.ids import Action
from views.text import Block

COMMAND = frozenset({"adoption", "participation"})
"""Words after `/advocacy` that lead here."""


def register(board: Switchboard, house: House) -> None:
    """Listen to the ways to the figures."""
    board.action(Action.ADOPTION.value)(answered(house, open_adoption))
    board.action(Action.ADOPTION_PERIOD.value)(answered(house, choose_period))
    board.action(Action.ADOPTION_SEND.value)(answered(house, send))


async def open_adoption(act: Act) -> None:
    """The last month."""
    if not act.body.get("command"):
        await act.args.ack()
    await act.show(view.TITLE, lambda: _drawn(act, periods.USUAL))


async def choose_period(act: Act) -> None:
    """The same for another number of days."""
    await act.args.ack()
    await act.update(act.view_id, await _drawn(act, act.choice_as(whole)))


async def send(act: Act) -> None:
    """The figures with a chart, as a direct message."""
    await act.args.ack()
    await act.run(adoption.send, act.view_as(view.days_in))
    await act.tell("You get it as a direct message from Everboard.")


async def _drawn(act: Act, days: int) -> Block:
    return view.overview(await act.read(adoption.seen, days), days)
