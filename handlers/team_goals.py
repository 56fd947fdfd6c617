"""Team goals: `/advocacy goals`, the leader's form, and the manager's answer. The rules are in steps.team_goals."""

from handlers import home
from handlers.act import Act
from handlers.answering import Handler, answered
from handlers.house import House
from handlers.switchboard import Switchboard
from steps import team_goals
from views import inputs
from views import team_goals as view
from views.ids import Action, Callback
from views.text import Block

COMMAND = frozenset({"goals", "goal", "team goals"})
"""Words after `/advocacy` that lead here."""


def register(board: Switchboard, house: House) -> None:
    """Listen to the window, the two forms, and the one-click answers."""
    clicks: dict[Action, Handler] = {
        Action.GOALS: open_goals,
        Action.GOALS_SEND: send_chart,
        Action.GOAL_FORM: open_form,
        Action.GOAL_AGREE: agree,
        Action.GOAL_ANSWER: open_answer,
        Action.GOAL_ACCEPT: accept,
        Action.GOAL_WITHDRAW: withdraw,
    }
    for action, handler in clicks.items():
        board.action(action.value)(answered(house, handler))
    board.view(Callback.GOAL.value)(answered(house, save))
    board.view(Callback.GOAL_ANSWER.value)(answered(house, save_answer))


async def open_goals(act: Act) -> None:
    """This quarter's goals."""
    if not act.body.get("command"):
        await act.args.ack()
    await act.show(view.TITLE, lambda: _drawn(act))


async def _drawn(act: Act) -> Block:
    return view.overview(await act.read(team_goals.seen))


async def send_chart(act: Act) -> None:
    """The figures with a chart, as a direct message."""
    await act.args.ack()
    await act.run(team_goals.send_chart)
    await act.tell("You get it as a direct message from Everboard.")


async def open_form(act: Act) -> None:
    """A new goal, or one that is changed."""
    await act.args.ack()
    goal_id, _version = view.read_value(act.action.get("value") or "")

    async def make() -> Block:
        return view.form(*await act.read(team_goals.draft, goal_id or None))

    await act.show(view.TITLE, make)


async def save(act: Act) -> None:
    """A goal is proposed; the window below shows it."""
    quarter, goal_id, version = act.kept_as(view.kept_in)
    said = team_goals.Draft(
        quarter,
        act.typed_as(view.function_from),
        act.typed_as(inputs.person_of, "manager"),
        act.typed_as(view.numbers_from),
        act.typed_as(inputs.channel_of, "channel"),
    )
    await act.run(team_goals.propose, said, goal_id, version)
    await act.args.ack()
    await _redraw(act, act.view.get("previous_view_id"))


async def agree(act: Act) -> None:
    """The manager says yes."""
    await act.args.ack()
    await act.run(team_goals.agree, *act.value_as(view.read_value))
    await _after_click(act)


async def open_answer(act: Act) -> None:
    """The form for other figures."""
    await act.args.ack()
    goal_id, _version = act.value_as(view.read_value)

    async def make() -> Block:
        return view.answer_form(await act.read(team_goals.asked, goal_id))

    await act.show(view.OTHER_FIGURES, make)


async def save_answer(act: Act) -> None:
    """The manager names other figures."""
    _quarter, goal_id, version = act.kept_as(view.kept_in)
    await act.run(team_goals.answer, goal_id or "", version, act.typed_as(view.numbers_from))
    await act.args.ack()
    await _redraw(act, act.view.get("previous_view_id"))


async def accept(act: Act) -> None:
    """The leader takes the manager's figures."""
    await act.args.ack()
    await act.run(team_goals.accept, *act.value_as(view.read_value))
    await _after_click(act)


async def withdraw(act: Act) -> None:
    """The leader takes a goal back."""
    await act.args.ack()
    await act.run(team_goals.withdraw, *act.value_as(view.read_value))
    await _after_click(act)


async def _after_click(act: Act) -> None:
    is_window = act.view.get("type") == "modal"
    await _redraw(act, act.view_id if is_window else None)


async def _redraw(act: Act, window: str | None) -> None:
    """Show it in the window that is open, and in Home."""
    if window:
        await act.update(window, await _drawn(act))
    await home.redraw(act)
