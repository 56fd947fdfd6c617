"""Who is in the workspace, asked of Slack: everybody at the start, and who moved when a group or a channel changes.

Decides only what is asked; what follows from the answers is up to steps.people. What Slack would not tell is left
as it was: nobody loses a role because a list could not be read.
"""

import copy
from collections.abc import Mapping, Sequence
from functools import partial

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from domain.settings import ChannelRole
from handlers.act import Act
from handlers.answering import noted, patiently
from handlers.house import House, Installation
from handlers.switchboard import Switchboard
from steps import onboarding, people, pulse_members
from storage import outbox

PAGE = 200
"""What Slack advises for its lists."""

RESTS = 10
"""How often in a row Slack may ask for a rest in a list: each is as long as Slack says, mostly half a minute."""

log = structlog.get_logger(__name__)


def register(board: Switchboard, house: House) -> None:
    """Listen to what changes among people and channels."""
    board.event("team_join")(noted(house, member_changed))
    board.event("user_change")(noted(house, member_changed))
    board.event("subteam_members_changed")(noted(house, group_changed))
    board.event("member_joined_channel")(noted(house, somebody_moved))
    board.event("member_left_channel")(noted(house, somebody_moved))
    for what in ("archive", "unarchive", "rename"):
        board.event(f"channel_{what}")(noted(house, channel_changed))
        board.event(f"group_{what}")(noted(house, channel_changed))


async def member_changed(act: Act) -> None:
    """Somebody joined, left, or changed their name, address or time zone."""
    member = act.installation.judged(act.body["event"]["user"])
    await act.house.db.run(act.installation.workspace_id, people.keep_members, act.house.moment(), [member])


async def group_changed(act: Act) -> None:
    """A user group has other members now: functions and roles follow."""
    await count_groups(act.house, act.installation, act.args.client)


async def somebody_moved(act: Act) -> None:
    """Everybody in the team's channel may count as the team; and where Everboard was invited, it can post now."""
    event = act.body["event"]
    if event["user"] == act.installation.bot_user_id:
        await _release(act)
    in_use = await act.house.channels.in_use(patient(act.args.client), act.installation.workspace_id)
    if in_use[ChannelRole.ADVOCACY] == event["channel"]:
        await count_team(act.house, act.installation, act.args.client)
    await _welcome(act, in_use)


async def _welcome(act: Act, in_use: Mapping[ChannelRole, str | None]) -> None:
    """Somebody new in a channel that gets nudges is welcomed; who leaves it is not any more. A planned pulse asks
    whoever is in its channels."""
    event = act.body["event"]
    if event["user"] == act.installation.bot_user_id:
        return
    joined = event["type"] == "member_joined_channel"
    workspace, moment = act.installation.workspace_id, act.house.moment()
    await act.house.db.run(workspace, pulse_members.moved, moment, event["channel"], event["user"], joined=joined)
    if joined:
        await act.run(onboarding.joined, event["channel"], in_use)
    else:
        await act.run(onboarding.left, event["channel"])


async def channel_changed(act: Act) -> None:
    """A channel was archived, came back or has another name: what waits for one tries again."""
    await _release(act)


async def _release(act: Act) -> None:
    act.house.channels.forget(act.installation.workspace_id)
    await act.house.db.run(act.installation.workspace_id, outbox.release_held, act.house.moment())
    act.house.wake()


def patient(client: AsyncWebClient) -> AsyncWebClient:
    """The client that waits when Slack says "too fast": twenty pages of a list a minute are four thousand people."""
    mine = copy.copy(client)
    mine.retry_handlers = [AsyncRateLimitErrorRetryHandler(max_retry_count=RESTS)]
    return mine


async def take(house: House, installation: Installation, client: AsyncWebClient) -> int:
    """Ask Slack for everybody and keep the answer. Answers how many full members have no known function."""
    workspace, moment, client = installation.workspace_id, house.moment(), patient(client)
    listed: list[str] = []
    async for page in await client.users_list(limit=PAGE):
        members = [installation.judged(member) for member in page["members"]]
        listed += [member["id"] for member in members]
        keep = partial(house.db.run, workspace, people.keep_members, moment, members)
        await patiently(keep, "census")
    groups = await _groups(client)
    team = await patiently(lambda: _team(house, installation, client), "census")
    # Whoever mended a channel while Everboard was down caused an event that nobody heard.
    await patiently(lambda: house.db.run(workspace, outbox.release_held, moment), "census")
    await patiently(lambda: _count_asked(house, installation, client), "census")
    census = people.Census(listed, groups, team)
    return await patiently(lambda: house.db.run(workspace, people.conclude_census, moment, census), "census")


async def _count_asked(house: House, installation: Installation, client: AsyncWebClient) -> None:
    """Ask Slack who is in the channels of a planned pulse."""
    workspace = installation.workspace_id
    channels = await house.db.run(workspace, pulse_members.channels)
    found = {channel: await members_of(client, channel) for channel in channels}
    told = {channel: members for channel, members in found.items() if members is not None}
    if told:
        await house.db.run(workspace, pulse_members.counted, house.moment(), told)


async def count_team(house: House, installation: Installation, client: AsyncWebClient) -> None:
    """Ask Slack who is in the team's channel, and let them count as the team while nobody was given that role."""
    members = await _team(house, installation, patient(client))
    if members is not None:
        await house.db.run(installation.workspace_id, people.team_from_channel, house.moment(), members)


async def _team(house: House, installation: Installation, client: AsyncWebClient) -> list[str] | None:
    """Who is in the team's channel; None without such a channel, or when Slack does not say."""
    channel = (await house.channels.in_use(client, installation.workspace_id))[ChannelRole.ADVOCACY]
    return await members_of(client, channel) if channel else None


async def count_groups(house: House, installation: Installation, client: AsyncWebClient) -> None:
    """Ask Slack who is in which user group, and let functions and roles follow."""
    await house.db.run(installation.workspace_id, people.apply_groups, house.moment(), await _groups(patient(client)))


async def _groups(client: AsyncWebClient) -> people.Groups | None:
    members: dict[str, Sequence[str]] = {}
    handles: dict[str, str] = {}
    try:
        for group_id, handle, _name in await _listed_groups(client):
            handles[group_id] = handle
            answer = await client.usergroups_users_list(usergroup=group_id)
            members[group_id] = answer["users"]
    except SlackApiError as error:
        log.warning("user groups not readable", error=error.response.get("error"))
        return None
    return people.Groups(members, handles)


async def user_groups(client: AsyncWebClient) -> list[tuple[str, str, str]]:
    """Id, handle and name of the workspace's user groups; none where the plan has none."""
    try:
        return await _listed_groups(client)
    except SlackApiError as error:
        log.info("no user groups", error=error.response.get("error"))
        return []


async def _listed_groups(client: AsyncWebClient) -> list[tuple[str, str, str]]:
    answer = await client.usergroups_list()
    return [(group["id"], group["handle"], group["name"]) for group in answer["usergroups"]]


async def members_of(client: AsyncWebClient, channel: str, page_size: int = PAGE) -> list[str] | None:
    """Who is in a channel; None when Slack does not say. Large pages (999 at most) are for where somebody waits."""
    members: list[str] = []
    try:
        async for page in await client.conversations_members(channel=channel, limit=page_size):
            members += page["members"]
    except SlackApiError as error:
        log.warning("channel not readable", channel=channel, error=error.response.get("error"))
        return None
    return members
