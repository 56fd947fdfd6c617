"""What a person sees: the workspace, their conversations, messages, Home and open modals. Changes nothing."""

from aiohttp import web

from sandbox.apps import App
from sandbox.channels import Channel, is_reply
from sandbox.connect import is_elsewhere, open_views
from sandbox.page_api.asking import Asked, Malformed, queried
from sandbox.page_api.inspecting import call, calls
from sandbox.page_api.invitations import invitations
from sandbox.posting import may_see
from sandbox.shapes import JSON
from sandbox.users import SLACKBOT
from sandbox.workspace import Workspace

# What a page shows at once unless it asks for less.
MESSAGES_SHOWN = 200


# What the page shows of a user: with ten thousand people the rest would be most of the answer.
_LEAN = ("id", "name", "real_name", "tz", "deleted", "is_bot", "is_restricted", "is_ultra_restricted", "is_stranger")
_LEAN_PROFILE = ("real_name", "display_name", "title")


def boot(ws: Workspace, request: web.Request) -> JSON:
    """The workspace, its people, groups and apps, and the tour through it. With `lean`, users are cut short."""
    hints = ws.world.role_hints
    cut = _lean if "lean" in request.query else dict
    users = [
        {**cut(user), "role_hint": hints.get(uid, ""), **_from_elsewhere(ws, user)}
        for uid, user in ws.world.users.items()
        if uid != SLACKBOT
    ]
    groups = [{key: one[key] for key in ("id", "handle", "name", "users")} for one in ws.world.usergroups.values()]
    team = {key: ws.world.team[key] for key in ("id", "name", "domain")}
    apps = [_installed(ws, app) for app in ws.apps.values()]
    return {
        "team": team,
        "workspaces": [{key: one.world.team[key] for key in ("id", "name")} for one in ws.site.workspaces.values()],
        "users": users,
        "usergroups": groups,
        "apps": apps,
        "now": ws.clock.now().isoformat(),
        "began": min((channel.created for channel in ws.world.channels.values()), default=0),
        "tour": ws.world.tour,
    }


def _from_elsewhere(ws: Workspace, user: JSON) -> JSON:
    """The mark of somebody from the other side of a shared channel, and whose they are; nobody acts for them here."""
    if not is_elsewhere(ws, user):
        return {}
    return {"is_stranger": True, "elsewhere": ws.site.workspaces[user["team_id"]].world.team["name"]}


def _lean(user: JSON) -> JSON:
    profile = {key: user["profile"][key] for key in _LEAN_PROFILE if user["profile"].get(key)}
    return {**{key: user[key] for key in _LEAN if user.get(key)}, "profile": profile}


def _installed(ws: Workspace, app: App) -> JSON:
    writable = app.messages_tab and not app.messages_tab_read_only
    return {**app.listing(ws.transports[app.id].connected), "writable": writable}


def channels(ws: Workspace, request: web.Request) -> JSON:
    """Public channels, and the private ones and direct messages that the person is in."""
    asked = queried(ws, request)
    seen = [c for c in ws.world.channels.values() if may_see(ws, asked.user, c)]
    return {"channels": [_listed(channel, asked.user) for channel in seen]}


def _listed(channel: Channel, user: str) -> JSON:
    shown = {
        "id": channel.id,
        "name": channel.name,
        "is_im": channel.is_im,
        "is_private": channel.is_private,
        "is_archived": channel.is_archived,
        "is_member": user in channel.members,
        "shared_with": channel.shared_with,
        "topic": channel.topic,
        "num_members": len(channel.members),
        "unread": channel.unread_by(user) if user in channel.members else 0,
    }
    return {**shown, "user": channel.peer_of(user)} if channel.is_im else shown


def messages(ws: Workspace, request: web.Request) -> JSON:
    """A conversation or a thread, oldest first, with what only this person sees among it.

    The newest, or the last ones earlier than `before`, or the first ones later than `after`.
    """
    asked = queried(ws, request)
    channel = asked.channel()
    thread_ts, before, after = asked.optional("thread_ts"), asked.optional("before"), asked.optional("after")
    found = [*_common(channel, thread_ts), *_private(channel, asked.user, thread_ts)]
    wanted = (m for m in found if (before is None or m["ts"] < before) and (after is None or m["ts"] > after))
    found = sorted(wanted, key=lambda m: str(m["ts"]))
    limit = _limit(asked)
    shown = found[-limit:] if after is None else found[:limit]
    return {"messages": shown, "has_more": len(found) > limit}


def _limit(asked: Asked) -> int:
    text = asked.optional("limit")
    if text is None:
        return MESSAGES_SHOWN
    if not text.isdecimal() or int(text) == 0:
        raise Malformed("`limit` must be a whole number of at least 1")
    return int(text)


def _common(channel: Channel, thread_ts: str | None) -> list[JSON]:
    return list(channel.top_level() if thread_ts is None else channel.thread(thread_ts))


def _private(channel: Channel, user: str, thread_ts: str | None) -> list[JSON]:
    seen = channel.ephemerals.get(user, {}).values()
    if thread_ts is None:
        return [m for m in seen if not is_reply(m)]
    return [m for m in seen if m.get("thread_ts") == thread_ts]


def home(ws: Workspace, request: web.Request) -> JSON:
    """The person's Home tab of an app."""
    asked = queried(ws, request)
    return {"view": ws.world.views.home(asked.app().id, asked.user)}


def views(ws: Workspace, request: web.Request) -> JSON:
    """The person's open modals, the last one on top."""
    return {"views": open_views(ws, queried(ws, request).user)}


LOOKS = {
    "boot": boot,
    "channels": channels,
    "messages": messages,
    "home": home,
    "invitations": invitations,
    "views": views,
    "calls": calls,
    "call": call,
}
