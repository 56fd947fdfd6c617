"""Campaigns in Slack: from a gap to the form, the preview, the start, and a look at what it brings.

The rules are in steps.campaigns. Nominating through a campaign is handlers.nominations'.
"""

from typing import Any

from handlers.act import Act
from handlers.answering import Handler, answered
from handlers.house import House
from handlers.switchboard import Switchboard
from steps import campaigns
from views import campaigns as view
from views.ids import Action, Callback


def register(board: Switchboard, house: House) -> None:
    """Listen to the buttons and forms."""
    clicks: dict[Action, Handler] = {
        Action.CAMPAIGN_NEW: open_new,
        Action.CAMPAIGN: open_progress,
        Action.CAMPAIGN_PAUSE: pause,
        Action.CAMPAIGN_RESUME: resume,
        Action.CAMPAIGN_STOP: stop,
    }
    for action, handler in clicks.items():
        board.action(action.value)(answered(house, handler))
    board.view(Callback.CAMPAIGN_FORM.value)(answered(house, preview))
    board.view(Callback.CAMPAIGN_PREVIEW.value)(answered(house, start))


async def open_new(act: Act) -> None:
    """A gap is to be filled."""
    await act.args.ack()

    async def make() -> dict[str, Any]:
        return view.form(await act.read(campaigns.begin, act.value))

    await act.show(view.TITLE, make)


async def preview(act: Act) -> None:
    """Who would get it: laid upon the form, which stays as it was typed."""
    found = await act.read(campaigns.preview, act.typed_as(view.plan_from, act.kept))
    await act.args.ack(response_action="push", view=view.preview(found))


async def start(act: Act) -> None:
    """It was confirmed; the form below shows what it brings, too."""
    shown = view.progress(await act.run(campaigns.start, act.kept_as(view.plan_kept)))
    await act.args.ack(response_action="update", view=shown)
    below = act.view.get("previous_view_id")
    if below:
        await act.update(below, shown)


async def open_progress(act: Act) -> None:
    """What has it brought?"""
    await act.args.ack()

    async def make() -> dict[str, Any]:
        return view.progress(await act.read(campaigns.progress, act.value))

    await act.show(view.TITLE, make)


async def pause(act: Act) -> None:
    """Nobody else is told for now."""
    await act.args.ack()
    await act.update(act.view_id, view.progress(await act.run(campaigns.pause, act.value, paused=True)))


async def resume(act: Act) -> None:
    """It goes on."""
    await act.args.ack()
    await act.update(act.view_id, view.progress(await act.run(campaigns.pause, act.value, paused=False)))


async def stop(act: Act) -> None:
    """It ends by hand (the button has asked whether they are sure)."""
    await act.args.ack()
    await act.update(act.view_id, view.progress(await act.run(campaigns.stop, act.value)))
