"""Who is in the workspace, asked of Slack: at the start, daily, and when a group or a channel changes.

Decides only what is asked; what follows from the answers is up to steps.people.
"""

from collections.abc import Mapping
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from domain.moment import Moment
from domain.settings import DEFAULT_CHANNEL_NAMES, ChannelRole, Settings
from handlers.act import Act, answered
from handlers.house import House, Installation
from steps import people
from storage import outbox, settings
from storage import people as people_rows
from storage.guard import GuardedSession

PAGE = 200
"""What Slack advises for its lists."""

log = structlog.get_logger(__name__)


def register(app: AsyncApp, house: House) -> None:
    """Listen to what changes among people and channels."""
    app.event("team_join")(answered(house, member_changed))
    app.event("user_change")(answered(house, member_changed))
    app.event("subteam_members_changed")(answered(house, somebody_moved))
    app.event("member_joined_channel")(answered(house, somebody_moved))
    app.event("member_left_channel")(answered(house, somebody_moved))
    for what in ("archive", "unarchive", "rename"):
        app.event(f"channel_{what}")(answered(house, channel_changed))
        app.event(f"group_{what}")(answered(house, channel_changed))


async def member_changed(act: Act) -> None:
    """Somebody joined, left, or changed their name, address or time zone."""
    await act.house.db.run(
        act.installation.workspace_id, people_rows.keep_member, act.house.moment(), act.body["event"]["user"]
    )


async def somebody_moved(act: Act) -> None:
    """A group or the team's channel has other members now, or Everboard was invited to a channel."""
    await _release(act)
    await take(act.house, act.installation, act.args.client)


async def channel_changed(act: Act) -> None:
    """A channel was archived, came back or has another name: what waits for one tries again."""
    await _release(act)


async def _release(act: Act) -> None:
    await act.house.db.run(act.installation.workspace_id, outbox.release_held, act.house.moment())
    act.house.wake()


async def take(house: House, installation: Installation, client: AsyncWebClient) -> int:
    """Ask Slack for everybody and keep the answer. Answers how many full members have no known function."""
    workspace, moment = installation.workspace_id, house.moment()
    listed: list[str] = []
    async for page in await client.users_list(limit=PAGE):
        members: list[dict[str, Any]] = page["members"]
        listed += [member["id"] for member in members]
        await house.db.run(workspace, people.keep_members, moment, members)
    groups, handles = await _groups(client)
    team = await _team_channel(house, installation, client)
    return await house.db.run(workspace, people.conclude_census, moment, people.Census(listed, groups, handles, team))


async def _groups(client: AsyncWebClient) -> tuple[dict[str, list[str]], dict[str, str]]:
    groups: dict[str, list[str]] = {}
    handles: dict[str, str] = {}
    for group_id, handle, _name in await user_groups(client):
        handles[group_id] = handle
        answer = await client.usergroups_users_list(usergroup=group_id)
        groups[group_id] = answer["users"]
    return groups, handles


async def user_groups(client: AsyncWebClient) -> list[tuple[str, str, str]]:
    """Id, handle and name of the workspace's user groups; none where the plan has none."""
    try:
        answer = await client.usergroups_list()
    except SlackApiError as error:
        log.info("no user groups", error=error.response.get("error"))
        return []
    return [(group["id"], group["handle"], group["name"]) for group in answer["usergroups"]]


async def _team_channel(house: House, installation: Installation, client: AsyncWebClient) -> list[str]:
    found = await house.db.read(installation.workspace_id, _settings, house.moment())
    channel = (await channels_in_use(client, found))[ChannelRole.ADVOCACY]
    if channel is None:
        return []
    members: list[str] = []
    try:
        async for page in await client.conversations_members(channel=channel, limit=PAGE):
            members += page["members"]
    except SlackApiError as error:
        log.warning("team channel not readable", channel=channel, error=error.response.get("error"))
    return members


def _settings(session: GuardedSession, _moment: Moment) -> Settings:
    return settings.load(session)


async def channels_in_use(client: AsyncWebClient, found: Settings) -> Mapping[ChannelRole, str | None]:
    """Which channel serves each purpose now: the chosen one, else the one of the default name."""
    by_name: dict[str, str] = {}
    kinds = "public_channel,private_channel"
    async for page in await client.conversations_list(types=kinds, exclude_archived=True, limit=PAGE):
        by_name |= {channel["name"]: channel["id"] for channel in page["channels"]}
    return {role: found.channels.get(role) or by_name.get(DEFAULT_CHANNEL_NAMES[role]) for role in ChannelRole}
