"""`/advocacy`: help, settings and what needs an admin's hand. The rules are in steps.settings and steps.people."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from domain.people import Role
from domain.settings import ChannelRole, Settings
from handlers import census, channels
from handlers.act import Act
from handlers.answering import Handler, answered
from handlers.house import House, Installation
from handlers.switchboard import Switchboard
from steps import people as people_steps
from steps import settings
from views import channels as channels_view
from views import roles as roles_view
from views import settings as view
from views import undelivered as undelivered_view
from views.ids import Action, Callback


def register(board: Switchboard, house: House) -> None:
    """Listen to the settings' buttons and forms."""
    clicks: dict[Action, Handler] = {
        Action.SETTINGS: open_overview,
        Action.SETTING_NUMBERS: open_numbers,
        Action.SETTING_KEPT: open_kept,
        Action.SETTING_CHANNELS: open_channels,
        Action.SETTING_ROLES: open_roles,
        Action.SETTING_GROUPS: open_groups,
        Action.DEAD_LETTERS: open_problems,
        Action.RETRY_DEAD: retry,
    }
    for action, handler in clicks.items():
        board.action(action.value)(answered(house, handler))
    forms: dict[Callback, Handler] = {
        Callback.SETTING_NUMBERS: save_numbers,
        Callback.SETTING_CHANNELS: save_channels,
        Callback.SETTING_ROLES: save_roles,
        Callback.SETTING_GROUPS: save_groups,
    }
    for callback, handler in forms.items():
        board.view(callback.value)(answered(house, handler))


async def open_overview(act: Act) -> None:
    """All settings at a glance."""
    if not act.body.get("command"):
        await act.args.ack()
    await act.show("Settings", lambda: _overview(act))


async def _overview(act: Act) -> dict[str, Any]:
    found, holders, may_edit = await act.read(settings.overview)
    seen = await channels.findings(act, found.channels)
    return view.overview(found, seen.in_use, holders, can_edit=may_edit, risks=seen.risks, troubles=seen.troubles)


Counting = Callable[[House, Installation, AsyncWebClient], Awaitable[None]]
Holders = Mapping[Role, Sequence[str]]
Draw = Callable[[Act, Settings, Holders], Awaitable[dict[str, Any]]]


def _opener(title: str, draw: Draw) -> Handler:
    async def opened(act: Act) -> None:
        await act.args.ack()

        async def make() -> dict[str, Any]:
            found, holders, _may = await act.read(settings.overview_for_editing)
            return await draw(act, found, holders)

        await act.show(title, make)

    return opened


async def _draw_numbers(_act: Act, found: Settings, _holders: Holders) -> dict[str, Any]:
    return view.numbers(found)


async def _draw_kept(_act: Act, found: Settings, _holders: Holders) -> dict[str, Any]:
    return view.kept(found)


async def _draw_channels(act: Act, found: Settings, _holders: Holders) -> dict[str, Any]:
    seen = await channels.findings(act, found.channels)
    return channels_view.channels(found, seen.in_use, seen.risks)


async def _draw_roles(_act: Act, _found: Settings, holders: Holders) -> dict[str, Any]:
    return roles_view.roles(holders)


async def _draw_groups(act: Act, found: Settings, _holders: Holders) -> dict[str, Any]:
    return roles_view.groups(await census.user_groups(act.args.client), found)


open_numbers = _opener("Numbers", _draw_numbers)
open_kept = _opener(view.KEPT_TITLE, _draw_kept)
open_channels = _opener("Channels", _draw_channels)
open_roles = _opener("Roles", _draw_roles)
open_groups = _opener("User groups", _draw_groups)


async def saved(act: Act) -> None:
    """Close the form; the overview below shows what changed."""
    await act.args.ack()
    await _redraw(act)


async def _redraw(act: Act) -> None:
    below = act.view.get("previous_view_id")
    if below:
        await act.update(below, await _overview(act))


async def _count(act: Act, counting: Counting) -> None:
    """Count people afresh, and show below who that makes the team: Slack's lists may take a while."""
    await counting(act.house, act.installation, act.args.client)
    await _redraw(act)


async def save_numbers(act: Act) -> None:
    """Numbers were changed."""
    await act.run(settings.set_numbers, act.typed_as(view.numbers_from))
    await saved(act)


async def save_channels(act: Act) -> None:
    """Channels were chosen; what waited for one is sent now."""
    chosen = act.typed_as(channels_view.channels_from)
    await act.run(settings.set_channels, chosen)
    await saved(act)
    if ChannelRole.ADVOCACY in chosen:
        await _count(act, census.count_team)


async def save_roles(act: Act) -> None:
    """Roles were given or taken."""
    await act.run(people_steps.set_roles, act.typed_as(roles_view.roles_from), act.view_as(roles_view.roles_shown))
    await saved(act)
    await _count(act, census.count_team)  # it may be the channel's members again


async def save_groups(act: Act) -> None:
    """User groups mean functions and roles: the people are counted afresh."""
    functions, roles = act.typed_as(roles_view.groups_from)
    await act.run(settings.set_groups, functions, roles)
    await saved(act)
    await _count(act, census.count_groups)


async def open_problems(act: Act) -> None:
    """Which messages could not be delivered?"""
    await act.args.ack()

    async def make() -> dict[str, Any]:
        return undelivered_view.problems(await act.read(settings.problems))

    await act.show("Undelivered", make)


async def retry(act: Act) -> None:
    """Try an undelivered message again."""
    await act.args.ack()
    await act.run(settings.retry, act.value)
    await act.update(act.view_id, undelivered_view.problems(await act.read(settings.problems)))
