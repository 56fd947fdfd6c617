"""The guide by which a leader sets Everboard up: put away, and brought back with `/advocacy setup`."""

from domain.setup import Part
from handlers import home, nudge_plans, pulse_plans, settings, targets, vocabulary
from handlers.act import Act
from handlers.answering import Handler, answered
from handlers.house import House
from handlers.switchboard import Switchboard
from steps import setup
from views import setup as view
from views.ids import Action

COMMAND = frozenset({"setup", "start", "guide"})
"""Words after `/advocacy` that lead here."""


def register(board: Switchboard, house: House) -> None:
    """Listen to the buttons of the guide."""
    board.action(Action.SETUP_GO.value)(answered(house, go))
    board.action(Action.SETUP_HIDE.value)(answered(house, hide))


async def go(act: Act) -> None:
    """Where this step is done."""
    await _WAYS[act.value_as(Part)](act)


_WAYS: dict[Part, Handler] = {
    Part.CHANNELS: settings.open_channels,
    Part.ROLES: settings.open_roles,
    Part.WORDS: vocabulary.open_words,
    Part.TARGETS: targets.open_targets,
    Part.PULSE: pulse_plans.open_form,
    Part.NUDGES: nudge_plans.open_overview,
}


async def hide(act: Act) -> None:
    """Home shows it no more."""
    await act.args.ack()
    found = await act.run(setup.show, shown=False)
    await home.redraw(act)
    await act.tell(view.told(found))


async def bring_back(act: Act) -> None:
    """Home shows it again, as long as anything is left to do."""
    found = await act.run(setup.show, shown=True)
    await home.redraw(act)
    await act.tell(view.told(found))
