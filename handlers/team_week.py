"""The advocacy team's week: `/advocacy week`, and posting it now. The rules are in steps.team_week."""

from typing import Any

from handlers.act import Act
from handlers.answering import answered
from handlers.house import House
from handlers.switchboard import Switchboard
from steps import team_week
from views import inputs
from views import team_week as view
from views.blocks import notice
from views.ids import Action, Callback

COMMAND = frozenset({"week"})
"""Words after `/advocacy` that lead here."""


def register(board: Switchboard, house: House) -> None:
    """Listen to the way to the preview, and to its posting."""
    board.action(Action.TEAM_WEEK.value)(answered(house, open_week))
    board.view(Callback.TEAM_WEEK.value)(answered(house, post))


async def open_week(act: Act) -> None:
    """What would it say?"""
    if not act.body.get("command"):
        await act.args.ack()

    async def make() -> dict[str, Any]:
        return view.preview(await act.read(team_week.seen), act.house.clock.now())

    await act.show(view.TITLE, make)


async def post(act: Act) -> None:
    """Post it now."""
    await act.run(team_week.send_now, act.typed_as(inputs.text_of, "words"))
    await act.args.ack(response_action="update", view=notice(view.TITLE, "It is on its way to the team's channel."))
    act.house.wake()
