"""`/advocacy nudges`: what is planned, coming and was sent, and changing it. The rules are in steps.nudge_plans."""

from typing import Any

from domain import permissions
from domain.moment import Moment
from domain.nudges import Audience
from domain.people import Actor
from handlers import nudges
from handlers.act import Act
from handlers.answering import Handler, answered
from handlers.house import House
from handlers.switchboard import Switchboard
from steps import nudge_effect, nudge_plans
from storage.guard import GuardedSession
from views import nudge_effect as effect_view
from views import nudge_plans as view
from views.blocks import whole
from views.ids import Action, Callback


def register(board: Switchboard, house: House) -> None:
    """Listen to the overview's buttons, and to the form of a plan."""
    clicks: dict[Action, Handler] = {
        Action.NUDGES: open_overview,
        Action.NUDGE_PLAN: open_form,
        Action.NUDGE_RUN: run_now,
        Action.NUDGES_PAUSE: pause,
        Action.NUDGES_RESUME: resume,
        Action.NUDGE_EFFECT: open_effect,
        Action.NUDGES_SENT: open_sent,
        Action.NUDGES_SENT_OLDER: turn_sent,
        Action.NUDGES_SENT_NEWER: turn_sent,
    }
    for action, handler in clicks.items():
        board.action(action.value)(answered(house, handler))
    board.view(Callback.NUDGE_PLAN.value)(answered(house, save))


async def open_overview(act: Act) -> None:
    """For whoever may change schedules everything, for all others what they want for themselves."""
    if not act.body.get("command"):
        await act.args.ack()

    async def make() -> dict[str, Any]:
        return await (_overview(act) if await act.read(_may_plan) else nudges.draw_mine(act))

    if act.view.get("type") == "modal":
        # In the place of the settings: two windows on top of it are needed for its own, and Slack has three.
        await act.update(act.view_id, await make())
    else:
        await act.show("Nudges", make)


def _may_plan(_session: GuardedSession, actor: Actor, _moment: Moment) -> bool:
    return permissions.may(actor, permissions.Action.EDIT_SCHEDULES)


async def _overview(act: Act, told: str = "") -> dict[str, Any]:
    return view.overview(await act.read(nudge_plans.overview), told)


async def open_form(act: Act) -> None:
    """When and where does this audience get its nudge?"""
    await act.args.ack()
    audience = act.value_as(Audience)

    async def make() -> dict[str, Any]:
        return view.form(audience, *await act.read(nudge_plans.form, audience))

    await act.show(f"Nudges: {audience.value}", make)


async def save(act: Act) -> None:
    """It holds from now on; the overview below shows it."""
    audience = act.kept_as(Audience)
    place, day, at, zone, is_on = act.typed_as(view.chosen_from, audience)
    await act.run(nudge_plans.save, audience, place, day, at, zone, is_on=is_on)
    await act.args.ack()
    below = act.view.get("previous_view_id")
    if below:
        await act.update(below, await _overview(act, f"Saved for {audience.value}."))


async def run_now(act: Act) -> None:
    """Send it today."""
    await act.args.ack()
    told = await act.run(nudge_plans.run_now, act.value_as(Audience))
    await act.update(act.view_id, await _overview(act, told))


async def pause(act: Act) -> None:
    """None for now."""
    await _switch(act, paused=True)


async def resume(act: Act) -> None:
    """Go on."""
    await _switch(act, paused=False)


async def _switch(act: Act, *, paused: bool) -> None:
    await act.args.ack()
    await act.run(nudge_plans.pause, paused=paused)
    await act.update(act.view_id, await _overview(act))


async def open_effect(act: Act) -> None:
    """What comes of it?"""
    await act.args.ack()

    async def make() -> dict[str, Any]:
        return effect_view.effect(await act.read(nudge_effect.effect))

    await act.show("What comes of it", make)


async def open_sent(act: Act) -> None:
    """What was sent, and why?"""
    await act.args.ack()
    await act.show("What was sent", lambda: _sent(act, 0))


async def turn_sent(act: Act) -> None:
    """Another page of it."""
    await act.args.ack()
    await act.update(act.view_id, await _sent(act, act.value_as(whole)))


async def _sent(act: Act, page: int) -> dict[str, Any]:
    past, more = await act.read(nudge_plans.sent, page)
    return view.sent(past, page, more=more)
