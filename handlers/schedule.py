"""What is coming: `/advocacy schedule`, and moving or leaving out one coming nudge. The times are the plans'."""

from domain.nudges import Audience
from handlers.act import Act
from handlers.answering import answered
from handlers.house import House
from handlers.switchboard import Switchboard
from steps import nudge_shifts, schedule
from views import inputs
from views import schedule as view
from views.ids import Action, Callback
from views.text import Block

COMMAND = frozenset({"schedule", "calendar", "coming"})
"""Words after `/advocacy` that lead here."""


def register(board: Switchboard, house: House) -> None:
    """Listen to the way from Home, and to what is done with one nudge."""
    board.action(Action.SCHEDULE.value)(answered(house, open_calendar))
    board.action(Action.NUDGE_SHIFT.value)(answered(house, open_shift))
    board.action(Action.NUDGE_SKIP.value)(answered(house, skip))
    board.action(Action.NUDGE_UNSHIFT.value)(answered(house, undo))
    board.view(Callback.NUDGE_SHIFT.value)(answered(house, move))


async def open_calendar(act: Act) -> None:
    """The next four weeks."""
    if not act.body.get("command"):
        await act.args.ack()
    await act.show(view.TITLE, lambda: _drawn(act))


async def _drawn(act: Act) -> Block:
    return view.calendar(await act.read(schedule.seen))


async def open_shift(act: Act) -> None:
    """On which day instead?"""
    await act.args.ack()
    audience, day = act.value_as(view.read_value)

    async def make() -> Block:
        plan, proposed = await act.run(nudge_shifts.asked, audience, day)
        return view.shift_form(plan, day, proposed)

    await act.show("On another day", make)


async def move(act: Act) -> None:
    """It comes on another day; the calendar below shows it."""
    audience, day = act.read_as(view.read_value, act.meta.text("nudge"))
    await act.run(nudge_shifts.move, audience, day, act.typed_as(inputs.day_of, "to"))
    await act.args.ack()
    await _redraw(act, act.view.get("previous_view_id"))


async def skip(act: Act) -> None:
    """It does not come."""
    await act.args.ack()
    await act.run(nudge_shifts.skip, *act.value_as(view.read_value))
    await _redraw(act, act.view.get("id"))


async def undo(act: Act) -> None:
    """It comes as planned after all."""
    await act.args.ack()
    await act.run(nudge_shifts.undo, act.value_as(Audience))
    await _redraw(act, act.view.get("id"))


async def _redraw(act: Act, window: str | None) -> None:
    if window:
        await act.update(window, await _drawn(act))
