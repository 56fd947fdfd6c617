"""Thanks by name: `/advocacy thanks`. The rules are in domain.credit."""

from datetime import date

from domain.value import Period
from handlers.act import Act
from handlers.answering import answered
from handlers.house import House
from handlers.switchboard import Switchboard
from steps import credit
from views import credit as view
from views import value
from views.ids import Action
from views.text import Block

COMMAND = frozenset({"thanks", "credit", "leaderboard", "badges"})
"""Words after `/advocacy` that lead here."""


def register(board: Switchboard, house: House) -> None:
    """Listen to the ways to the list, its period, and the wish not to be named."""
    board.action(Action.CREDIT.value)(answered(house, open_board))
    board.action(Action.CREDIT_PERIOD.value)(answered(house, choose_period))
    board.action(Action.CREDIT_NAME.value)(answered(house, name_me))


async def open_board(act: Act) -> None:
    """This quarter's."""
    if not act.body.get("command"):
        await act.args.ack()
    await act.show(view.TITLE, lambda: _drawn(act, view.USUAL))


async def _drawn(act: Act, chosen: str) -> Block:
    def period_of(today: date) -> Period:
        return value.period_of(chosen, today)

    return view.board(await act.read(credit.seen, period_of), chosen)


async def choose_period(act: Act) -> None:
    """The same for another period."""
    await act.args.ack()
    await act.update(act.view_id, await _drawn(act, act.choice))


async def name_me(act: Act) -> None:
    """One is named, or not, from now on."""
    await act.args.ack()
    await act.run(credit.name_me, named=act.value == "yes")
    await act.update(act.view_id, await _drawn(act, act.view_as(view.chosen_in)))
