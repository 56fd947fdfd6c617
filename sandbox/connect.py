"""Slack Connect: one channel in several workspaces of a server. Decides who is known where, not who may do what.

Each workspace has the channel under the same id with a name and a privacy of its own; members, messages and who has
read how far are one and the same for all of them.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from sandbox.channels import Channel
from sandbox.shapes import JSON
from sandbox.users import SLACKBOT, SeedError

if TYPE_CHECKING:
    from sandbox.site import Site
    from sandbox.workspace import Workspace


def connect(site: "Site") -> None:
    """Put each channel that a seed shares into the other workspaces of this server as well. Raises SeedError.

    Where the other seed has a channel of that id, it is that side's name for it, and its members and messages count.
    """
    for ws in list(site.workspaces.values()):
        for channel in list(ws.world.channels.values()):
            for team in channel.shared_with:
                if team in site.workspaces:
                    _join(ws, channel, site.workspaces[team])
    for ws in site.workspaces.values():
        introduce(ws)


def _join(ws: "Workspace", channel: Channel, other: "Workspace") -> None:
    own, there = ws.world.team["id"], other.world.channels.get(channel.id)
    if there is not None and there.messages is channel.messages:
        return
    if there is None:
        if other.world.find_channel(channel.name) is not None:
            raise SeedError(f"{other.world.team['id']} has a channel {channel.name} already: give the shared one there")
        there = replace(channel, members=[])
        other.world.channels[channel.id] = there
    _merge(channel, there)
    teams = dict.fromkeys((own, *channel.shared_with, *there.shared_with))
    channel.host = there.host = channel.host or own
    there.shared_with = [team for team in teams if team != other.world.team["id"]]


def _merge(channel: Channel, there: Channel) -> None:
    """From now on both are the same but for what each side calls it."""
    channel.members.extend(one for one in there.members if one not in channel.members)
    both = sorted({**there.messages, **channel.messages}.items())
    channel.messages.clear()
    channel.messages.update(both)
    channel.last_read.update(there.last_read)
    there.members, there.messages = channel.members, channel.messages
    there.last_read, there.ephemerals = channel.last_read, channel.ephemerals


def sides(ws: "Workspace", channel: Channel) -> list[tuple["Workspace", Channel]]:
    """The conversation as each workspace has it that sees it, this one first."""
    found = [(ws, channel)]
    for team in channel.shared_with:
        other = ws.site.workspaces.get(team)
        if other is not None and channel.id in other.world.channels:
            found.append((other, other.world.channels[channel.id]))
    return found


def introduce(ws: "Workspace") -> None:
    """Everybody in this workspace's shared channels is known on their other sides, and the other way round."""
    for channel in ws.world.channels.values():
        everywhere = sides(ws, channel)
        if len(everywhere) > 1:
            for side, _ in everywhere:
                for other, _ in everywhere:
                    _make_known(side, other, channel)


def _make_known(side: "Workspace", other: "Workspace", channel: Channel) -> None:
    for user in channel.members:
        known = side.world.users.get(user)
        if known is None or user == SLACKBOT:
            continue
        there = other.world.users.setdefault(user, known)
        if there is not known and there["team_id"] != known["team_id"]:
            raise SeedError(f"two workspaces that share {channel.name} have somebody with the id {user}")


def is_elsewhere(ws: "Workspace", user: JSON) -> bool:
    """Whether somebody belongs to another workspace of this server, and is known here by a shared channel alone."""
    return user["team_id"] != ws.world.team["id"] and user["team_id"] in ws.site.workspaces


def seen_by_app(ws: "Workspace", user: str, bot: str) -> bool:
    """Whether somebody is in a shared channel that an app's bot can know of: to others they are a stranger."""
    return any(
        user in channel.members and (channel.kind == "public_channel" or bot in channel.members)
        for channel in ws.world.channels.values()
        if channel.shared_with
    )


def to_one(ws: "Workspace", channel: Channel, user: str, frame: JSON) -> None:
    """Tell the pages of one person, whichever side they are on."""
    for side, _ in sides(ws, channel):
        side.stream.to_user(user, frame)


def lists_change(ws: "Workspace", channel: Channel, what: str = "channels") -> None:
    """Tell every page of every side that a list of theirs is another."""
    for side, _ in sides(ws, channel):
        side.stream.to_all({"type": what})
