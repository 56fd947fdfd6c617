"""oauth.v2.access: a code becomes a token. Decides what Slack answers; `oauth` installs."""

import base64
import binascii

from sandbox.apps import App
from sandbox.enterprise import enterprise_of
from sandbox.oauth import TOKEN_SECONDS, OAuth, OAuthRefused
from sandbox.shapes import JSON
from sandbox.web_api.calling import Arguments, SlackError
from sandbox.workspace import Workspace


def access(oauth: OAuth, args: Arguments, authorization: str) -> JSON:
    """oauth.v2.access, the client named by HTTP Basic or by arguments. Raises SlackError."""
    client = _basic(authorization) or (args.text("client_id"), args.text("client_secret"))
    try:
        match args.text("grant_type"):
            case "" | "authorization_code":
                grant, app = oauth.exchange(client, args.text("code"), args.text("redirect_uri"))
                return {**_token(grant.workspace, app), "authed_user": {"id": grant.user}}
            case "refresh_token":
                return _token(*oauth.renew(client, args.text("refresh_token")))
            case _:
                raise SlackError("invalid_grant_type")
    except OAuthRefused as refused:
        raise SlackError(str(refused)) from None


def _token(workspace: Workspace, app: App) -> JSON:
    team = workspace.world.team
    ending = {"refresh_token": app.refresh_token, "expires_in": TOKEN_SECONDS} if app.refresh_token else {}
    return {
        "app_id": app.id,
        "scope": ",".join(sorted(app.scopes)),
        "token_type": "bot",
        "access_token": app.bot_token,
        "bot_user_id": app.bot_user_id,
        "team": {"id": team["id"], "name": team["name"]},
        "enterprise": enterprise_of(team),
        "is_enterprise_install": False,
        **ending,
    }


def _basic(header: str) -> tuple[str, str] | None:
    kind, _, encoded = header.partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        client_id, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        raise SlackError("invalid_client_id") from None
    return client_id, secret
