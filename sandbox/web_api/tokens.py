"""Whose token a call bears, and whether the method takes it. Knows no scope."""

from sandbox.apps import App
from sandbox.web_api.calling import Method, SlackError
from sandbox.workspace import Workspace


def bearer(ws: Workspace, method: Method, token: str | None) -> App | None:
    """The app that calls; None for a method that anyone may call. Raises SlackError."""
    if method.caller == "anyone":
        return None
    if not token:
        raise SlackError("not_authed")
    app = ws.tokens.get(token) or _own(ws, token)
    if app is None:
        raise SlackError("invalid_auth")
    if not app.installed:
        raise SlackError("account_inactive")
    kind = "app" if token == app.app_token else "bot"
    if kind == "bot" and app.revoked:
        raise SlackError("token_revoked")
    if kind != method.caller:
        raise SlackError("not_allowed_token_type")
    return app


def _own(ws: Workspace, token: str) -> App | None:
    return next((app for app in ws.apps.values() if token in (app.bot_token, app.app_token)), None)
