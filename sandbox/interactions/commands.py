"""A person types a command, picks a shortcut or opens an app's Home. Decides whom it reaches and what they read."""

from sandbox import payloads
from sandbox.apps import App, Shortcut
from sandbox.channels import Channel
from sandbox.delivery.exchange import Delivery, NotAcknowledged
from sandbox.events import send_event
from sandbox.posting import open_im
from sandbox.refusals import Refused
from sandbox.replies import BadReply, answer_to
from sandbox.response_urls import Reply
from sandbox.shapes import JSON
from sandbox.typed import as_command_text
from sandbox.workspace import Workspace


async def run_command(ws: Workspace, user: str, channel: Channel, name: str, text: str) -> None:
    """Send a slash command to its app and show what the acknowledgement says. Raises Refused."""
    app = next((app for app in ws.apps.values() if any(c.command == name for c in app.commands)), None)
    if app is None:
        raise Refused(
            f"{name} is not a valid command. In Slack, all messages that start with the “/” character "
            "are interpreted as commands."
        )
    command = next(c for c in app.commands if c.command == name)
    sent = as_command_text(text, ws.world, should_escape=command.should_escape)
    payload = payloads.command(ws, app, user, channel, f"{name} {sent}".strip())
    try:
        ack = await ws.deliver(app, Delivery("slash_commands", payload))
    except NotAcknowledged as error:
        why = 'with the error "dispatch_failed"' if error.reason == "http_error" else "because the app did not respond"
        raise Refused(f"{name} failed {why}") from None
    if ack:
        await ws.site.downloads.look([ack])
        try:
            answer_to(ws, Reply(app.id, user, channel.id, "commands"), ack)
        except BadReply as error:
            raise Refused(f'{name} failed with the error "{error}"') from None


async def run_global_shortcut(ws: Workspace, user: str, app: App, callback_id: str) -> None:
    """Send a global shortcut to its app. Raises Refused."""
    shortcut = _shortcut(app, "global", callback_id)
    await _send(ws, app, shortcut, payloads.global_shortcut(ws, app, user, callback_id))


async def run_message_shortcut(ws: Workspace, user: str, app: App, callback_id: str, at: tuple[Channel, JSON]) -> None:
    """Send a shortcut on a message (`at`: its conversation and itself) to its app. Raises Refused."""
    shortcut = _shortcut(app, "message", callback_id)
    await _send(ws, app, shortcut, payloads.message_shortcut(ws, app, user, callback_id, at))


def open_app(ws: Workspace, user: str, app: App, tab: str) -> Channel:
    """The person opens the app's Home or Messages tab: the app hears of it. Answers their direct message."""
    im = open_im(ws, user, app.bot_user_id)
    event: JSON = {"type": "app_home_opened", "user": user, "channel": im.id, "tab": tab, "event_ts": ws.clock.ts()}
    view = ws.world.views.home(app.id, user)
    if tab == "home" and view is not None:
        event["view"] = dict(view)
    send_event(ws, app, "app_home_opened", event)
    return im


def _shortcut(app: App, kind: str, callback_id: str) -> Shortcut:
    for shortcut in app.shortcuts:
        if shortcut.type == kind and shortcut.callback_id == callback_id:
            return shortcut
    raise Refused(f"{app.name} has no {kind} shortcut {callback_id!r}.")


async def _send(ws: Workspace, app: App, shortcut: Shortcut, payload: JSON) -> None:
    try:
        await ws.deliver(app, Delivery("interactive", payload))
    except NotAcknowledged:
        raise Refused(f"{shortcut.name} failed because {app.name} did not respond") from None
