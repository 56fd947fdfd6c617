"""Planning a pulse, and what its planner does while it runs. The rules are in steps.pulse_plans."""

from dataclasses import replace
from typing import Any

from domain.errors import RuleError
from domain.pulse_runs import Plan
from handlers import census
from handlers.act import Act
from handlers.answering import Handler, answered
from handlers.house import House
from handlers.switchboard import Switchboard
from steps import pulse_clock, pulse_plans
from views import pulse_plans as view
from views import pulse_standing
from views.blocks import notice
from views.ids import Action, Callback

LOST = "That plan can't be read any more. Please begin anew with /pulse."
UNSEEN = "Everboard can't see who is in one of these channels. Please invite it there: /invite @Everboard."
GONE = "There is no pulse at present. /pulse plans one, or shows what the last one said."

LARGE_PAGE = 999
"""Members asked for at a time: the most that Slack gives (limits are under 1,000). It waits three seconds."""


def register(board: Switchboard, house: House) -> None:
    """Listen to the plan's forms and to the buttons of the pulse that runs."""
    clicks: dict[Action, Handler] = {
        Action.PULSE_PLAN: open_form,
        Action.PULSE_STANDING: open_standing,
        Action.PULSE_PAUSE: pause,
        Action.PULSE_RESUME: resume,
        Action.PULSE_CALL_OFF: call_off,
    }
    for action, handler in clicks.items():
        board.action(action.value)(answered(house, handler))
    board.view(Callback.PULSE_PLAN.value)(answered(house, preview))
    board.view(Callback.PULSE_PREVIEW.value)(answered(house, start))


async def open_form(act: Act) -> None:
    """Who is asked, when, and how often?"""
    await act.args.ack()

    async def make() -> dict[str, Any]:
        last, today, smallest = await act.read(pulse_plans.defaults)
        return view.form(last, f"{today:%B %Y}", today, smallest)

    await act.show("Plan a pulse", make)


async def preview(act: Act) -> None:
    """What would it do? On top of the form, so that going back loses nothing."""
    today = await act.read(pulse_plans.today)
    plan = await _with_members(act, act.typed_as(view.plan_from, today))
    seen = await act.read(pulse_plans.preview, plan)
    await act.args.ack(response_action="push", view=view.preview(seen))


async def _with_members(act: Act, plan: Plan) -> Plan:
    """The plan with who is in its channels now. Raises RuleError at `channels` when Slack would not say."""
    found: dict[str, tuple[str, ...]] = {}
    for channel in plan.audience.channels:
        members = await census.members_of(act.args.client, channel, LARGE_PAGE)
        if members is None:
            raise RuleError(UNSEEN, {"channels": UNSEEN})
        found[channel] = tuple(sorted(members))
    return replace(plan, audience=replace(plan.audience, members=found))


async def start(act: Act) -> None:
    """Plan it; it opens by itself."""
    plan = act.view_as(view.plan_in)
    if plan is None:
        raise RuleError(LOST)
    await act.run(pulse_plans.start, await _with_members(act, plan))
    said = (
        "It is planned. People get it at their own time of day; /pulse shows how it stands, and lets you pause it or "
        "call it off."
    )
    # Closing it closes the plan below too, or it would be there to be planned once more.
    await act.args.ack(response_action="update", view={**notice("Pulse", said), "clear_on_close": True})
    while await act.house.db.run(act.installation.workspace_id, pulse_clock.begin, act.house.moment()):
        act.house.wake()
    act.house.wake()


async def open_standing(act: Act) -> None:
    """How does it stand?"""
    await act.args.ack()
    if act.view.get("type") == "modal":
        await act.update(act.view_id, await _standing(act))
    else:
        await act.show("Pulse", lambda: _standing(act))


async def _standing(act: Act, told: str = "") -> dict[str, Any]:
    found = await act.read(pulse_plans.standing)
    return notice("Pulse", told or GONE) if found is None else pulse_standing.standing(found, told)


async def pause(act: Act) -> None:
    """Send nothing more for now."""
    await _switch(act, paused=True)


async def resume(act: Act) -> None:
    """Go on."""
    await _switch(act, paused=False)


async def _switch(act: Act, *, paused: bool) -> None:
    await act.args.ack()
    await act.run(pulse_plans.pause, act.value, paused=paused)
    await act.update(act.view_id, await _standing(act))


async def call_off(act: Act) -> None:
    """End it without a result."""
    await act.args.ack()
    await act.run(pulse_plans.call_off, act.value)
    await act.update(act.view_id, await _standing(act, "It was called off. Nothing of it is kept."))
