"""auth.test, apps.connections.open, bots.info, team.info and the like: who an app is and how it connects."""

from sandbox.delivery.socket_mode import SocketMode
from sandbox.enterprise import enterprise_id
from sandbox.shapes import JSON
from sandbox.web_api.calling import Call, Method, SlackError


def auth_test(call: Call) -> JSON:
    """Who the token is."""
    team = call.ws.world.team
    organisation = {"enterprise_id": enterprise_id(team)} if enterprise_id(team) else {}
    return {
        "url": f"{call.ws.url}/",
        "team": team["name"],
        "user": call.ws.world.users[call.app.bot_user_id]["name"],
        "team_id": team["id"],
        "user_id": call.app.bot_user_id,
        "bot_id": call.app.bot_id,
        "is_enterprise_install": call.app.org_wide,
        **organisation,
    }


def connections_open(call: Call) -> JSON:
    """A WebSocket address that works once."""
    transport = call.ws.transports[call.app.id]
    if not isinstance(transport, SocketMode):
        raise SlackError("socket_mode_not_enabled")
    base = call.ws.url.replace("http://", "ws://", 1)
    return {"url": f"{base}/link/?ticket={transport.issue_ticket()}&app_id={call.app.id}"}


def bots_info(call: Call) -> JSON:
    """One bot of the workspace."""
    wanted = call.args.text("bot", call.app.bot_id)
    for app in call.ws.apps.values():
        if app.bot_id == wanted:
            icons = {f"image_{size}": f"{call.ws.url}/page/app.png" for size in (36, 48, 72)}
            return {
                "bot": {
                    "id": app.bot_id,
                    "deleted": False,
                    "name": app.name,
                    "updated": call.ws.world.users[app.bot_user_id]["updated"],
                    "app_id": app.id,
                    "user_id": app.bot_user_id,
                    "icons": icons,
                }
            }
    raise SlackError("bot_not_found")


def team_info(call: Call) -> JSON:
    """The workspace."""
    team = call.ws.world.team
    icon: JSON = {f"image_{size}": f"{call.ws.url}/page/team.png" for size in (34, 44, 68, 88, 102, 132)}
    icon["image_default"] = True
    return {"team": {"email_domain": "", "icon": icon, "url": f"{call.ws.url}/", **team}}


METHODS = (
    Method("auth.test", auth_test),
    Method("apps.connections.open", connections_open, caller="app"),
    Method("bots.info", bots_info, ("users:read",)),
    Method("team.info", team_info, ("team:read",)),
)
