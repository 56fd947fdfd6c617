"""What is coming: `/advocacy schedule`. The times are those of the plans."""

from handlers.act import Act
from handlers.answering import answered
from handlers.house import House
from handlers.switchboard import Switchboard
from steps import schedule
from views import schedule as view
from views.ids import Action
from views.text import Block

COMMAND = frozenset({"schedule", "calendar", "coming"})
"""Words after `/advocacy` that lead here."""


def register(board: Switchboard, house: House) -> None:
    """Listen to the way from Home."""
    board.action(Action.SCHEDULE.value)(answered(house, open_calendar))


async def open_calendar(act: Act) -> None:
    """The next four weeks."""
    if not act.body.get("command"):
        await act.args.ack()

    async def make() -> Block:
        return view.calendar(await act.read(schedule.seen))

    await act.show(view.TITLE, make)
