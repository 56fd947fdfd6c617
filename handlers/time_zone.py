"""By which clock the workspace's reminders come, chosen in Slack. The rule is in domain.time_zones."""

from typing import Any

from slack_bolt.kwargs_injection.async_args import AsyncArgs

from domain import permissions
from domain.moment import Moment
from domain.people import Actor
from domain.time_zones import zones_like
from handlers import settings as settings_handlers
from handlers.act import Act
from handlers.answering import answered
from handlers.house import House
from handlers.switchboard import Switchboard
from steps import settings
from storage.guard import GuardedSession
from views import inputs
from views import time_zone as view
from views.ids import Action, Callback


def register(board: Switchboard, house: House) -> None:
    """Listen to the form and its type-ahead."""
    board.action(Action.SETTING_TIME_ZONE.value)(answered(house, open_form))
    board.options(Action.TIME_ZONE.value)(answered(house, suggest))
    board.action(Action.TIME_ZONE.value)(_ack)
    board.view(Callback.SETTING_TIME_ZONE.value)(answered(house, save))


async def _ack(args: AsyncArgs) -> None:
    await args.ack()


async def open_form(act: Act) -> None:
    """Which zone is it now?"""
    await act.args.ack()

    async def make() -> dict[str, Any]:
        found, _holders, _may = await act.read(settings.overview_for_editing)
        return view.time_zone(found.time_zone)

    await act.show("Time zone", make)


async def suggest(act: Act) -> None:
    """Zones that fit what was typed."""
    names = await act.read(_like, act.body.get("value") or "")
    await act.args.ack(options=view.zone_options(names))


def _like(_session: GuardedSession, actor: Actor, _moment: Moment, typed: str) -> list[str]:
    permissions.check(actor, permissions.Action.EDIT_SETTINGS)
    return zones_like(typed, inputs.OPTIONS)


async def save(act: Act) -> None:
    """Another zone was chosen."""
    await act.run(settings.set_time_zone, act.typed_as(view.time_zone_from))
    await settings_handlers.saved(act)
