"""Which events an app is sent, in what wrapping, and how often they come again. Does not decide what happened."""

from collections.abc import Iterator, Sequence

from sandbox.apps import App
from sandbox.channels import Channel
from sandbox.connect import seen_from, sides
from sandbox.delivery.exchange import Delivery, NotAcknowledged
from sandbox.delivery_faults import OF_EVENTS
from sandbox.enterprise import enterprise_id
from sandbox.shapes import JSON
from sandbox.workspace import Workspace

_MESSAGE_EVENTS = {
    "channel": "message.channels",
    "group": "message.groups",
    "im": "message.im",
    "mpim": "message.mpim",
}


def send_event(ws: Workspace, app: App, subscription: str, event: JSON, *, origin: Workspace | None = None) -> None:
    """Send an event to an app that asked for it; what it did not subscribe to never reaches it.

    `origin` is where it happened, if not in the workspace through which the app gets it.
    """
    if subscription in app.events and _within_limits(ws, app):
        payload = _wrapped(ws, app, event, origin or ws)
        fault = ws.delivery_faults.take(event["type"], OF_EVENTS)
        if fault is not None and fault.mishap == "held":
            ws.held.setdefault(app.id, []).append(payload)
            return
        ws.spawn(_in_turn(ws, app, payload, again=fault is not None))


def _within_limits(ws: Workspace, app: App) -> bool:
    """Whether the app may have one more event this hour; else it is told, once a minute, that it missed some."""
    if ws.rates.takes_event(f"{ws.world.team['id']}/{app.id}"):
        return True
    minute = ws.clock.seconds() // 60 * 60
    if ws.limited_at.get(app.id) != minute:
        ws.limited_at[app.id] = minute
        ws.spawn(_redeliver(ws, app, _rate_limited(ws, app, minute)))
    return False


def _rate_limited(ws: Workspace, app: App, minute: int) -> JSON:
    return {
        "token": app.verification_token,
        "type": "app_rate_limited",
        "team_id": ws.world.team["id"],
        "minute_rate_limited": minute,
        "api_app_id": app.id,
    }


def tell_apps(ws: Workspace, subscription: str, event: JSON) -> None:
    """An event of the whole workspace, such as team_join, to every app that asked for it."""
    for app in ws.apps.values():
        send_event(ws, app, subscription, {"event_ts": ws.clock.ts(), **event})


def tell_of_message(ws: Workspace, channel: Channel, event: JSON) -> None:
    """A message event to the apps that are in the conversation, and app_mention to those whom the text names.

    None of them is told the message's metadata.
    """
    for side, there, app in _in_conversation(ws, channel, channel.members):
        subscription = _MESSAGE_EVENTS[there.event_type]
        mentions = not channel.is_im and "subtype" not in event and f"<@{app.bot_user_id}>" in event.get("text", "")
        if not (mentions or subscription in app.events):
            continue
        where = {"channel": channel.id, "channel_type": there.event_type}
        full = {"event_ts": event["ts"], **seen_from(side, event), **where}
        full.pop("metadata", None)
        send_event(side, app, subscription, full, origin=ws)
        if mentions:
            mention = {k: v for k, v in full.items() if k != "channel_type"}
            send_event(side, app, "app_mention", {**mention, "type": "app_mention"}, origin=ws)


def tell_of_member(ws: Workspace, channel: Channel, user: str, *, joined: bool, inviter: str | None = None) -> None:
    """member_joined_channel or member_left_channel, to the apps that are in the channel (or just left it)."""
    name = "member_joined_channel" if joined else "member_left_channel"
    event = {
        "type": name,
        "user": user,
        "channel": channel.id,
        "channel_type": "G" if channel.is_private else "C",
        "team": ws.world.team["id"],
        "event_ts": ws.clock.ts(),
    }
    if inviter:
        event["inviter"] = inviter
    tell_apps_in(ws, channel, name, event, also=user)


def tell_apps_in(ws: Workspace, channel: Channel, name: str, event: JSON, *, also: str = "") -> None:
    """An event of a conversation to the apps that are in it, on whichever side; `also` counts as being in it."""
    for side, _, app in _in_conversation(ws, channel, [*channel.members, also]):
        send_event(side, app, name, event, origin=ws)


def _in_conversation(
    ws: Workspace, channel: Channel, members: Sequence[str]
) -> Iterator[tuple[Workspace, Channel, App]]:
    """The apps whose bots are members. One that both sides have installed is told once, as Slack does."""
    told: set[str] = set()
    for side, there in sides(ws, channel):
        for app in side.apps.values():
            if app.bot_user_id in members and app.id not in told:
                told.add(app.id)
                yield side, there, app


def _wrapped(ws: Workspace, app: App, event: JSON, origin: Workspace) -> JSON:
    team, organisation = ws.world.team["id"], enterprise_id(ws.world.team)
    began = enterprise_id(origin.world.team)
    return {
        "token": app.verification_token,
        "team_id": origin.world.team["id"],
        **({"enterprise_id": began} if began else {}),
        "context_team_id": team,
        "context_enterprise_id": organisation,
        "api_app_id": app.id,
        "event": event,
        "type": "event_callback",
        "event_id": ws.world.ids.new("Ev"),
        "event_time": ws.clock.seconds(),
        "authorizations": [
            {
                "enterprise_id": organisation,
                "team_id": team,
                "user_id": app.bot_user_id,
                "is_bot": True,
                "is_enterprise_install": app.org_wide,
            }
        ],
        "is_ext_shared_channel": _is_shared(ws, event),
        "event_context": f"4-{ws.world.ids.new('ctx')}",
    }


def _is_shared(ws: Workspace, event: JSON) -> bool:
    """Whether an event happened in a conversation that another organisation is in as well."""
    place = event.get("channel") or event.get("item", {}).get("channel")
    channel = ws.world.channels.get(place) if isinstance(place, str) else None
    return channel is not None and bool(channel.shared_with)


async def _in_turn(ws: Workspace, app: App, payload: JSON, *, again: bool) -> None:
    """Send an event; `again` sends it a second time although it was acknowledged, as Slack may."""
    await _redeliver(ws, app, payload)
    if again:
        await _redeliver(ws, app, payload, retry=1, reason="timeout")
    for late in ws.held.pop(app.id, []):
        await _redeliver(ws, app, late)


def release_held(ws: Workspace) -> None:
    """Send now what was held back so that later events could pass it."""
    for app_id in list(ws.held):
        for payload in ws.held.pop(app_id):
            ws.spawn(_redeliver(ws, ws.apps[app_id], payload))


async def _redeliver(ws: Workspace, app: App, payload: JSON, *, retry: int = 0, reason: str = "") -> None:
    """Send until it is acknowledged: once, and again after each of the workspace's delays."""
    while True:
        try:
            await ws.deliver(app, Delivery("events_api", payload, retry, reason))
        except NotAcknowledged as error:
            if retry >= len(ws.retry_delays):
                return
            reason = error.reason
        else:
            return
        await ws.pause(ws.retry_delays[retry])
        retry += 1
