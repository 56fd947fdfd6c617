"""Installing an app into a workspace with OAuth: who allowed what, and the code that stands for it. Shows no page."""

import secrets
from dataclasses import dataclass

from sandbox.apps import App
from sandbox.site import Site
from sandbox.workspace import Workspace

# Slack's own figure, in monotonic seconds.
CODE_SECONDS = 600.0

TOKEN_SECONDS = 43_200
"""How long a token is good that is renewed, Slack's own figure. The sandbox takes it until it is renewed."""


class OAuthRefused(ValueError):
    """Slack's answer to a request that leads to no installation; the message is its error."""


@dataclass
class Grant:
    """What a person allowed: an app, in a workspace, with scopes; told to the app at `redirect_uri`."""

    app: App
    workspace: Workspace
    user: str
    scopes: frozenset[str]
    redirect_uri: str
    asked_uri: str
    made: float
    used: bool = False


class OAuth:
    """The codes of one site."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._grants: dict[str, Grant] = {}

    def app(self, client_id: str) -> App:
        """The app behind a client id. Raises OAuthRefused."""
        found = self._site.apps.get(client_id)
        if found is None:
            raise OAuthRefused("invalid_client_id")
        return found

    def redirect(self, app: App, asked: str) -> str:
        """Where the person is sent back to; it must begin with one of the app's own. Raises OAuthRefused."""
        if not app.redirect_urls or (asked and not any(asked.startswith(own) for own in app.redirect_urls)):
            raise OAuthRefused("bad_redirect_uri")
        return asked or app.redirect_urls[0]

    def scopes(self, app: App, asked: str) -> frozenset[str]:
        """The bot's scopes that are asked for: some of the manifest's. Raises OAuthRefused."""
        wanted = frozenset(part for part in asked.replace(",", " ").split() if part)
        if not wanted:
            raise OAuthRefused("no_scopes")
        if not wanted <= app.scopes:
            raise OAuthRefused("invalid_scope")
        return wanted

    def allow(self, grant: Grant) -> str:
        """A code for a grant."""
        code = f"{secrets.randbelow(10**10)}.{secrets.randbelow(10**10)}.{secrets.token_hex(32)}"
        self._grants[code] = grant
        return code

    def exchange(self, client: tuple[str, str], code: str, redirect_uri: str) -> tuple[Grant, App]:
        """Install what a code stands for, once. Answers the grant and the installation. Raises OAuthRefused."""
        app = self.app(client[0])
        if not secrets.compare_digest(client[1].encode(), app.client_secret.encode()):
            raise OAuthRefused("bad_client_secret")
        grant = self._grants.get(code)
        if grant is None or grant.app.id != app.id or self._site.monotonic() - grant.made > CODE_SECONDS:
            raise OAuthRefused("invalid_code")
        if grant.used:
            raise OAuthRefused("code_already_used")
        if redirect_uri != grant.asked_uri:
            raise OAuthRefused("bad_redirect_uri")
        grant.used = True
        installed = install(grant.workspace, app, grant.scopes)
        if app.rotates_tokens:
            rotate(installed)
        return grant, installed

    def renew(self, client: tuple[str, str], refresh_token: str) -> tuple[Workspace, App]:
        """A new token for an installation, in the place of the one that ends. Raises OAuthRefused."""
        app = self.app(client[0])
        if not secrets.compare_digest(client[1].encode(), app.client_secret.encode()):
            raise OAuthRefused("bad_client_secret")
        for workspace in self._site.workspaces.values():
            known = workspace.apps.get(app.id)
            if known is not None and known.installed and refresh_token and known.refresh_token == refresh_token:
                rotate(known)
                return workspace, known
        raise OAuthRefused("invalid_refresh_token")


def rotate(app: App) -> None:
    """Give an installation a token that ends, and what the next one is had for; the earlier ones are no good."""
    app.bot_token = f"xoxe.xoxb-1-{secrets.token_hex(16)}"
    app.refresh_token = f"xoxe-1-{secrets.token_hex(16)}"


def install(workspace: Workspace, app: App, scopes: frozenset[str]) -> App:
    """Put an app into a workspace, or give the installation that is there the scopes that were granted now."""
    known = workspace.apps.get(app.id)
    if known is not None and known.installed:
        known.scopes |= scopes
        known.revoked = False
        return known
    number = list(workspace.site.workspaces.values()).index(workspace)
    installed = app.elsewhere(number, scopes)
    workspace.install(installed)
    workspace.stream.to_all({"type": "users"})
    return installed
