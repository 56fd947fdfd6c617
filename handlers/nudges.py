"""What people do with nudges: the buttons on them, and what they want for themselves. The rules are in
steps.nudge_answers.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from domain.messages import Rendered
from domain.nudge_answers import Said
from handlers.act import Act
from handlers.answering import Handler, answered
from handlers.house import House
from handlers.switchboard import Switchboard
from steps import nudge_answers
from views import nudges as view
from views.ids import Action


def register(board: Switchboard, house: House) -> None:
    """Listen to the buttons of nudges, and to those of one's own settings."""
    clicks: dict[Action, Handler] = {
        Action.NUDGE_DONE: _says(Said.DONE),
        Action.NUDGE_NOT_MINE: _says(Said.NOT_MINE),
        Action.NUDGE_SNOOZE: _says(Said.SNOOZE),
        Action.NUDGE_STOP: _says(Said.STOP),
        Action.NUDGE_UNDO: undo,
        Action.NUDGE_NAME_ME: name_me,
        Action.NUDGES_MINE: open_mine,
        Action.NUDGE_MY_SNOOZE: _wants(nudge_answers.snooze),
        Action.NUDGE_MY_STOP: _wants(nudge_answers.stop),
        Action.NUDGE_MY_AGAIN: _wants(nudge_answers.again),
    }
    for action, handler in clicks.items():
        board.action(action.value)(answered(house, handler))


def _says(said: Said) -> Handler:
    async def clicked(act: Act) -> None:
        await act.args.ack()
        now = await act.run(nudge_answers.answer, said, act.value)
        await _whisper(act, view.answered(now), in_place=False)

    clicked.__qualname__ = f"nudge {said.value}"
    return clicked


async def undo(act: Act) -> None:
    """The way back, in the place of what was said."""
    await act.args.ack()
    said, _, nudge_id = act.value.partition(":")
    now = await act.run(nudge_answers.undo, Said(said), nudge_id)
    await _whisper(act, view.undone(now), in_place=True)


async def name_me(act: Act) -> None:
    """May colleagues read my name?"""
    await act.args.ack()
    allowed = act.value == "yes"
    await act.run(nudge_answers.name_me, allowed=allowed)
    if act.view:
        await _redraw(act)
    else:
        await _whisper(act, view.named(allowed=allowed), in_place=True)


async def _whisper(act: Act, message: Rendered, *, in_place: bool) -> None:
    await act.args.respond(
        text=message.text, blocks=message.blocks, response_type="ephemeral", replace_original=in_place
    )


async def open_mine(act: Act) -> None:
    """What do I want of reminders?"""
    await act.args.ack()
    await act.show("Reminders", lambda: draw_mine(act))


async def draw_mine(act: Act) -> dict[str, Any]:
    """What this person wants now."""
    return view.mine(await act.read(nudge_answers.wishes))


def _wants(step: Callable[..., None]) -> Callable[[Act], Awaitable[None]]:
    async def clicked(act: Act) -> None:
        await act.args.ack()
        await act.run(step)
        await _redraw(act)

    clicked.__qualname__ = f"nudges {step.__name__}"
    return clicked


async def _redraw(act: Act) -> None:
    await act.update(act.view_id, await draw_mine(act))
