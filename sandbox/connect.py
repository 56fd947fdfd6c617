"""Slack Connect: one channel in several workspaces of a server. Decides who is known where, not who may do what.

Each workspace has the channel under the same id with a name and a privacy of its own; members, messages and who has
read how far are one and the same for all of them.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from sandbox.apps import App
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


def home_of(ws: "Workspace", user: str) -> "Workspace":
    """The workspace of this server that somebody belongs to, who is known in `ws`; that one where it has no other."""
    return ws.site.workspaces.get(ws.world.users[user]["team_id"], ws)


def to_person(ws: "Workspace", user: str, frame: JSON) -> None:
    """Tell the pages of somebody, who looks at them in their own workspace."""
    home_of(ws, user).stream.to_user(user, frame)


def app_behind(ws: "Workspace", channel: Channel, app_id: str) -> tuple["Workspace", App] | None:
    """The app that wrote a message, and the workspace through which it is in the conversation: this one first."""
    found = ((side, side.apps[app_id]) for side, _ in sides(ws, channel) if app_id in side.apps)
    return next(found, None)


def view_behind(ws: "Workspace", user: str, view_id: str) -> tuple["Workspace", JSON] | None:
    """A view that is open in front of somebody, and the workspace whose app opened it."""
    for side in _around(ws):
        found = side.world.views.find(view_id)
        if found is not None and found[0] == user:
            return side, found[1]
    return None


def open_views(ws: "Workspace", user: str) -> list[JSON]:
    """Somebody's open modals, the last one on top, whichever side's app they are of."""
    return next((stack for side in _around(ws) if (stack := side.world.views.stack(user))), [])


def drop_other_views(ws: "Workspace", user: str) -> None:
    """A new stack of modals takes the place of one that another workspace's app has open."""
    for side in _around(ws)[1:]:
        side.world.views.clear(user)


def _around(ws: "Workspace") -> list["Workspace"]:
    return [ws, *(other for other in ws.site.workspaces.values() if other is not ws)]


def seen_by_app(ws: "Workspace", user: str, bot: str) -> bool:
    """Whether somebody is in a shared channel that an app's bot can know of: to others they are a stranger."""
    return any(
        user in channel.members and (channel.kind == "public_channel" or bot in channel.members)
        for channel in ws.world.channels.values()
        if channel.shared_with
    )


def seen_from(ws: "Workspace", message: JSON) -> JSON:
    """A copy of a message for an app of this workspace: of the other side's files it has to ask `files.info`."""
    files = message.get("files")
    if not files or all(file["user_team"] == ws.world.team["id"] for file in files):
        return dict(message)
    return {**message, "files": [file if file["user_team"] == ws.world.team["id"] else _ask(file) for file in files]}


def _ask(file: JSON) -> JSON:
    what = {"mode": "file_access", "file_access": "check_file_info"}
    return {"id": file["id"], **what, "created": 0, "timestamp": 0, "user": ""}


def to_one(ws: "Workspace", channel: Channel, user: str, frame: JSON) -> None:
    """Tell the pages of one person, whichever side they are on."""
    for side, _ in sides(ws, channel):
        side.stream.to_user(user, frame)


def lists_change(ws: "Workspace", channel: Channel, what: str = "channels") -> None:
    """Tell every page of every side that a list of theirs is another."""
    for side, _ in sides(ws, channel):
        side.stream.to_all({"type": what})
