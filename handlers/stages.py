"""What the stages of deals mean: the form in the settings. The rules are in steps.opportunities."""

from typing import Any

from handlers import settings
from handlers.act import Act
from handlers.answering import answered
from handlers.house import House
from handlers.switchboard import Switchboard
from steps import opportunities
from views import stages as view
from views.ids import Action, Callback


def register(board: Switchboard, house: House) -> None:
    """Listen to the form and the button that opens it."""
    board.action(Action.SETTING_STAGES.value)(answered(house, open_stages))
    board.view(Callback.SETTING_STAGES.value)(answered(house, save_stages))


async def open_stages(act: Act) -> None:
    """What does each stage mean?"""
    await act.args.ack()

    async def make() -> dict[str, Any]:
        return view.form(await act.read(opportunities.stages))

    await act.show(view.TITLE, make)


async def save_stages(act: Act) -> None:
    """Stages mean something else from now on, for the deals that are here, too."""
    await act.run(opportunities.set_stages, act.typed_as(view.chosen_from))
    await settings.saved(act)
