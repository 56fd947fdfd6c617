"""What an owner answers when asked whether a profile is still right. The rules are in steps.freshness."""

from handlers.act import Act
from handlers.answering import Handler, answered
from handlers.house import House
from handlers.switchboard import Switchboard
from steps import freshness
from views import freshness as view
from views import inputs
from views.ids import Action, Callback


def register(board: Switchboard, house: House) -> None:
    """Listen to the answers and their forms."""
    clicks: dict[Action, Handler] = {
        Action.CHECK_CONFIRM: confirm,
        Action.CHECK_AGREED: agreed,
        Action.CHECK_CHANGED: open_changed,
        Action.CHECK_LEFT: open_left,
        Action.CHECK_PAUSE: open_pause,
        Action.CHECK_CONSENT: open_consent,
    }
    for action, handler in clicks.items():
        board.action(action.value)(answered(house, handler))
    forms: dict[Callback, Handler] = {
        Callback.CHECK_CHANGED: changed,
        Callback.CHECK_LEFT: left,
        Callback.CHECK_PAUSE: pause,
        Callback.CHECK_CONSENT: consent,
    }
    for callback, handler in forms.items():
        board.view(callback.value)(answered(house, handler))


async def confirm(act: Act) -> None:
    """Still right."""
    await act.args.ack()
    await act.run(freshness.confirm, act.value)


async def agreed(act: Act) -> None:
    """What they would do and agreed to still holds."""
    await act.args.ack()
    await act.run(freshness.agreed, act.value)


async def open_changed(act: Act) -> None:
    """What has changed?"""
    await act.args.ack()
    await act.read(freshness.check, act.value)
    await act.open(view.changed(act.value))


async def open_left(act: Act) -> None:
    """Who follows?"""
    await act.args.ack()
    await act.read(freshness.check, act.value)
    await act.open(view.left(act.value))


async def open_pause(act: Act) -> None:
    """Until when?"""
    await act.args.ack()
    await act.read(freshness.check, act.value)
    await act.open(view.pause(act.value))


async def open_consent(act: Act) -> None:
    """Do they agree again?"""
    await act.args.ack()
    await act.open(view.renew(act.action["value"], *await act.read(freshness.consent, act.action["value"])))


async def changed(act: Act) -> None:
    """The team hears of it."""
    await act.run(freshness.changed, act.kept, act.typed_as(inputs.text_of, "words"))
    await act.args.ack()


async def left(act: Act) -> None:
    """Nobody finds them any more."""
    follows, company = (act.typed_as(inputs.text_of, name) for name in ("follows", "company"))
    nominate = await act.run(freshness.left, act.kept, follows, company)
    await act.args.ack(response_action="update", view=view.thanked(nominate))


async def pause(act: Act) -> None:
    """Nobody asks them before that day."""
    await act.run(freshness.pause, act.kept, act.typed_as(view.pause_from))
    await act.args.ack()


async def consent(act: Act) -> None:
    """They agree again."""
    given, receipt = act.typed_as(view.renewed_from), f"submit:{act.view['id']}"
    await act.run(freshness.renewed, act.kept, given, receipt)
    await act.args.ack()
