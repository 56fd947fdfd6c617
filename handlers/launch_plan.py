"""The launch plan: `/advocacy plan`, its forms, and the owners' one-click answers. The rules are in steps."""

from collections.abc import Callable

from domain.launch_plan import Phase
from handlers import home
from handlers.act import Act
from handlers.answering import Handler, answered
from handlers.house import House
from handlers.switchboard import Switchboard
from steps import launch_plan, launch_tasks
from views import inputs
from views import launch_plan as view
from views.ids import Action, Callback
from views.text import Block

COMMAND = frozenset({"plan", "launch plan", "launch"})
"""Words after `/advocacy` that lead here."""


def register(board: Switchboard, house: House) -> None:
    """Listen to the window, its forms, and the buttons of tasks."""
    clicks: dict[Action, Handler] = {
        Action.PLAN: open_plan,
        Action.PLAN_BEGIN: open_begin,
        Action.PLAN_END: end,
        Action.PLAN_ADD: open_task,
        Action.PLAN_TASK: open_task,
        Action.PLAN_DAY: open_day,
        Action.PLAN_DONE: clicked(launch_tasks.finish),
        Action.PLAN_REOPEN: clicked(launch_tasks.reopen),
        Action.PLAN_LEAVE_OUT: clicked(launch_tasks.leave_out),
    }
    for action, handler in clicks.items():
        board.action(action.value)(answered(house, handler))
    board.view(Callback.PLAN_BEGIN.value)(answered(house, begin))
    board.view(Callback.PLAN_TASK.value)(answered(house, save_task))
    board.view(Callback.PLAN_DAY.value)(answered(house, save_day))


async def open_plan(act: Act) -> None:
    """The plan that runs."""
    if not act.body.get("command"):
        await act.args.ack()
    await act.show(view.TITLE, lambda: _drawn(act))


async def _drawn(act: Act) -> Block:
    return view.overview(await act.read(launch_plan.seen))


async def open_begin(act: Act) -> None:
    """The form of a new plan."""
    await act.args.ack()

    async def make() -> Block:
        return view.begin_form(await act.read(launch_plan.beginning))

    await act.show(view.BEGIN_TITLE, make)


async def begin(act: Act) -> None:
    """A plan begins; the window below shows it."""
    await act.run(launch_plan.begin, launch_plan.Begun(*act.typed_as(view.begun_from)))
    await act.args.ack()
    await _redraw(act, act.view.get("previous_view_id"))


async def end(act: Act) -> None:
    """The plan ends."""
    await act.args.ack()
    await act.run(launch_plan.end, act.value)
    await _after_click(act)


async def open_task(act: Act) -> None:
    """A new task, or one that is changed."""
    await act.args.ack()
    task_id, _version = view.read_value(act.action.get("value") or "")

    async def make() -> Block:
        return view.task_form(*await act.read(launch_tasks.form, task_id or None))

    await act.show(view.TASK_TITLE, make)


async def save_task(act: Act) -> None:
    """Keep it."""
    said = launch_tasks.Written(
        act.named(Phase, act.typed_as(inputs.choice_of, "phase") or Phase.ANNOUNCE.name),
        act.typed_as(inputs.text_of, "title"),
        act.typed_as(inputs.person_of, "owner"),
        act.typed_as(inputs.day_of, "due"),
        act.typed_as(inputs.channel_of, "channel"),
        act.typed_as(inputs.text_of, "words"),
    )
    await act.run(launch_tasks.save, said, *act.kept_as(view.kept_in))
    await act.args.ack()
    await _redraw(act, act.view.get("previous_view_id"))


async def open_day(act: Act) -> None:
    """The form for another day."""
    await act.args.ack()
    task_id, _version = act.value_as(view.read_value)

    async def make() -> Block:
        return view.day_form(*await act.read(launch_tasks.asked_day, task_id))

    await act.show(view.DAY_TITLE, make)


async def save_day(act: Act) -> None:
    """It is done on another day."""
    task_id, version = act.kept_as(view.kept_in)
    await act.run(launch_tasks.move, task_id or "", version, act.typed_as(inputs.day_of, "day"))
    await act.args.ack()
    await _redraw(act, act.view.get("previous_view_id"))


def clicked(step: Callable[..., None]) -> Handler:
    """The listener for a button that needs no form."""

    async def handler(act: Act) -> None:
        await act.args.ack()
        await act.run(step, *act.value_as(view.read_value))
        await _after_click(act)

    return handler


async def _after_click(act: Act) -> None:
    is_window = act.view.get("type") == "modal"
    await _redraw(act, act.view_id if is_window else None)


async def _redraw(act: Act, window: str | None) -> None:
    """Show it in the window that is open, and in Home."""
    if window:
        await act.update(window, await _drawn(act))
    await home.redraw(act)
