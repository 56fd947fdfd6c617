"""The monthly digest: `/advocacy digest`, and sending it now. The rules are in steps.digest."""

from typing import Any

from handlers.act import Act
from handlers.answering import answered
from handlers.house import House
from handlers.switchboard import Switchboard
from steps import digest
from views import digest as view
from views import inputs
from views.blocks import notice
from views.ids import Action, Callback

COMMAND = frozenset({"digest"})
"""Words after `/advocacy` that lead here."""


def register(board: Switchboard, house: House) -> None:
    """Listen to the way to the preview, and to its sending."""
    board.action(Action.DIGEST.value)(answered(house, open_digest))
    board.view(Callback.DIGEST.value)(answered(house, send))


async def open_digest(act: Act) -> None:
    """What would it say?"""
    if not act.body.get("command"):
        await act.args.ack()

    async def make() -> dict[str, Any]:
        return view.preview(await act.read(digest.seen))

    await act.show(view.TITLE, make)


async def send(act: Act) -> None:
    """Send it now."""
    readers = await act.run(digest.send_now, act.typed_as(inputs.text_of, "words"))
    said = "It is on its way to one person." if readers == 1 else f"It is on its way to {readers} people."
    await act.args.ack(response_action="update", view=notice(view.TITLE, said))
    act.house.wake()
