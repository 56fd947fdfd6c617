"""What is kept about whoever asks: `/advocacy about me`."""

from handlers.act import Act
from handlers.answering import answered
from handlers.house import House
from handlers.switchboard import Switchboard
from steps import about_me
from views import about_me as view
from views.ids import Action
from views.text import Block

COMMAND = frozenset({"about me", "about", "my data", "me"})
"""Words after `/advocacy` that lead here."""


def register(board: Switchboard, house: House) -> None:
    """Listen to the button in Home."""
    board.action(Action.ABOUT_ME.value)(answered(house, open_held))


async def open_held(act: Act) -> None:
    """All of it."""
    if not act.body.get("command"):
        await act.args.ack()

    async def make() -> Block:
        return view.held(await act.read(about_me.held))

    await act.show(view.TITLE, make)
