"""The bodies of what an app is sent when a person acts, key by key as Slack's. Decides no permission."""

from sandbox.apps import App
from sandbox.channels import Channel
from sandbox.connect import home_of
from sandbox.enterprise import enterprise_of
from sandbox.response_urls import Reply
from sandbox.shapes import JSON
from sandbox.workspace import Workspace


def acting(ws: Workspace, app: App, user: str) -> JSON:
    """What every interaction starts with: who acted, where, for which app."""
    team, person = ws.world.team, ws.world.users[user]
    return {
        "user": {"id": user, "username": person["name"], "name": person["name"], "team_id": person["team_id"]},
        "api_app_id": app.id,
        "token": app.verification_token,
        "team": {"id": team["id"], "domain": team["domain"]},
        "enterprise": enterprise_of(team),
        "is_enterprise_install": app.org_wide,
    }


def acting_in_view(ws: Workspace, app: App, user: str) -> JSON:
    """The same for a modal or Home: `team` is the person's own, and the view says where its app is installed.

    On a message `team` is where the app is, and only `user.team_id` says that somebody of the other side clicked.
    """
    team = home_of(ws, user).world.team
    return {
        **acting(ws, app, user),
        "team": {"id": team["id"], "domain": team["domain"]},
        "enterprise": enterprise_of(team),
    }


def command(ws: Workspace, app: App, user: str, channel: Channel, line: str) -> JSON:
    """A slash command's form. `line` is the command and, behind a space, its text."""
    name, _, text = line.partition(" ")
    reply = Reply(app.id, user, channel.id, "commands")
    return {
        "token": app.verification_token,
        "team_id": ws.world.team["id"],
        "team_domain": ws.world.team["domain"],
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": user,
        "user_name": ws.world.users[user]["name"],
        "command": name,
        "text": text,
        "api_app_id": app.id,
        "is_enterprise_install": "true" if app.org_wide else "false",
        **_organisation(ws),
        "response_url": response_url(ws, reply),
        "trigger_id": ws.triggers.issue(app.id, user),
    }


def _organisation(ws: Workspace) -> JSON:
    """What a command's form says of the organisation; nothing where there is none."""
    found = enterprise_of(ws.world.team)
    return {"enterprise_id": found["id"], "enterprise_name": found["name"]} if found else {}


def global_shortcut(ws: Workspace, app: App, user: str, callback_id: str) -> JSON:
    """A shortcut from the global menu."""
    return {
        "type": "shortcut",
        **_without(acting(ws, app, user), "name"),
        "action_ts": ws.clock.ts(),
        "callback_id": callback_id,
        "trigger_id": ws.triggers.issue(app.id, user),
    }


def _without(body: JSON, users_key: str) -> JSON:
    """Shortcuts say less of the person than clicks do, each in its own way, and nothing of the app."""
    person = {key: value for key, value in body["user"].items() if key != users_key}
    return {key: value for key, value in body.items() if key != "api_app_id"} | {"user": person}


def message_shortcut(ws: Workspace, app: App, user: str, callback_id: str, at: tuple[Channel, JSON]) -> JSON:
    """A shortcut on a message; `at` is its conversation and the message itself."""
    channel, message = at
    reply = Reply(app.id, user, channel.id, "app", message["ts"], message.get("thread_ts"))
    return {
        "type": "message_action",
        **_without(acting(ws, app, user), "username"),
        "action_ts": ws.clock.ts(),
        "callback_id": callback_id,
        "trigger_id": ws.triggers.issue(app.id, user),
        "response_url": response_url(ws, reply),
        "message_ts": message["ts"],
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "message": dict(message),
    }


def in_message(ws: Workspace, app: App, user: str, channel: Channel, message: JSON) -> JSON:
    """Where an action on a message happened, and how to answer it."""
    ephemeral = bool(message.get("is_ephemeral"))
    reply = Reply(app.id, user, channel.id, "actions", message["ts"], message.get("thread_ts"), ephemeral)
    container = {
        "type": "message",
        "message_ts": message["ts"],
        "channel_id": channel.id,
        "is_ephemeral": ephemeral,
    }
    if "thread_ts" in message:
        container["thread_ts"] = message["thread_ts"]
    return {
        "container": container,
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "response_url": response_url(ws, reply),
        # Of an ephemeral message Slack sends no more than that it was there.
        **({} if ephemeral else {"message": dict(message)}),
    }


def in_view(view: JSON) -> JSON:
    """Where an action in a modal or on a Home tab happened."""
    return {"container": {"type": "view", "view_id": view["id"]}, "view": dict(view)}


def channel_name(channel: Channel) -> str:
    """What Slack calls the conversation in a payload; private ones are not named."""
    return {"im": "directmessage", "private_channel": "privategroup"}.get(channel.kind, channel.name)


def response_url(ws: Workspace, reply: Reply) -> str:
    """A new address that answers this action."""
    return f"{ws.url}/{reply.kind}/{ws.world.team['id']}/{ws.response_urls.issue(reply)}"
