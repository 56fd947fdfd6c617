"""oauth.v2.access: a code becomes a token. Decides what Slack answers; `oauth` installs."""

import base64
import binascii

from sandbox.enterprise import enterprise_of
from sandbox.oauth import OAuth, OAuthRefused
from sandbox.shapes import JSON
from sandbox.web_api.calling import Arguments, SlackError


def access(oauth: OAuth, args: Arguments, authorization: str) -> JSON:
    """oauth.v2.access, the client named by HTTP Basic or by arguments. Raises SlackError."""
    if args.text("grant_type") not in ("", "authorization_code"):
        raise SlackError("invalid_grant_type")
    client = _basic(authorization) or (args.text("client_id"), args.text("client_secret"))
    try:
        grant, app = oauth.exchange(client, args.text("code"), args.text("redirect_uri"))
    except OAuthRefused as refused:
        raise SlackError(str(refused)) from None
    team = grant.workspace.world.team
    return {
        "app_id": app.id,
        "authed_user": {"id": grant.user},
        "scope": ",".join(sorted(app.scopes)),
        "token_type": "bot",
        "access_token": app.bot_token,
        "bot_user_id": app.bot_user_id,
        "team": {"id": team["id"], "name": team["name"]},
        "enterprise": enterprise_of(team),
        "is_enterprise_install": False,
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
