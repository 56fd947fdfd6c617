"""An installed app: what its manifest declares, and the secrets it was given. Does not deliver anything to it."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal, Self

from sandbox.manifests import (
    EVENT_SCOPES,
    Command,
    Declaration,
    ManifestError,
    Shortcut,
    Step,
    declaration_of,
    may_hear,
)
from sandbox.shapes import JSON

__all__ = ["EVENT_SCOPES", "App", "Command", "ManifestError", "Shortcut", "Step", "Transport"]

Transport = Literal["socket", "http"]


@dataclass
class App(Declaration):
    """One app, installed in one workspace: what its manifest declares, and what it was given there."""

    id: str
    bot_user_id: str
    bot_id: str
    bot_token: str = field(repr=False)
    app_token: str = field(repr=False)
    signing_secret: str = field(repr=False)
    verification_token: str = field(repr=False)
    client_id: str
    client_secret: str = field(repr=False)
    transport: Transport
    request_url: str | None
    channels: tuple[str, ...]
    installed: bool = True
    # The bot's token works no more, but the app is still installed.
    revoked: bool = False
    # Installed by a whole organisation, with one token for all its workspaces.
    org_wide: bool = False
    # What the next token is had for, where tokens end and are renewed.
    refresh_token: str = field(default="", repr=False)

    @classmethod
    def from_manifest(
        cls,
        manifest: JSON,
        *,
        transport: Transport | None = None,
        request_url: str | None = None,
        channels: Iterable[str] = (),
        optional_scopes: bool = True,
        app_id: str = "A0SANDBOX",
        bot_token: str | None = None,
        app_token: str | None = None,
        signing_secret: str | None = None,
    ) -> Self:
        """Install the app that a Slack manifest (as a dict) describes.

        `transport` defaults to what the manifest's `socket_mode_enabled` says; `request_url` is where an app over HTTP
        listens and goes before the manifest's own addresses; the bot joins `channels` (names or ids) at once;
        `optional_scopes` says whether whoever installed it granted `bot_optional`. Secrets are drawn unless given.
        Raises ManifestError.
        """
        declared = declaration_of(manifest, optional_scopes)
        return cls(
            **vars(declared),
            id=app_id,
            bot_user_id="U" + app_id[1:],
            bot_id="B" + app_id[1:],
            bot_token=bot_token or f"xoxb-{secrets.token_hex(16)}",
            app_token=app_token or f"xapp-1-{app_id}-{secrets.token_hex(16)}",
            signing_secret=signing_secret or secrets.token_hex(16),
            verification_token=secrets.token_hex(12),
            client_id=f"{int(app_id.encode().hex(), 16) % 10**10}.{secrets.randbelow(10**12)}",
            client_secret=secrets.token_hex(16),
            transport=transport or ("socket" if declared.socket_mode else "http"),
            request_url=request_url,
            channels=tuple(channels),
        )

    def elsewhere(self, number: int, scopes: frozenset[str]) -> Self:
        """The same app as another workspace has it: a bot and a token of its own, in no channel, these scopes."""
        return replace(
            self,
            bot_user_id=f"U{self.id[1:]}{number}",
            bot_id=f"B{self.id[1:]}{number}",
            bot_token=f"xoxb-{secrets.token_hex(16)}",
            refresh_token="",
            channels=(),
            scopes=scopes,
            events=frozenset(event for event in self.events if may_hear(event, scopes)),
            installed=True,
            revoked=False,
        )

    def url_for(self, kind: str, command: str | None = None) -> str | None:
        """Where a delivery of a kind (slash_commands, interactive, events_api) goes over HTTP."""
        if self.request_url:
            return self.request_url
        if kind == "slash_commands":
            return next((c.url for c in self.commands if c.command == command), None)
        return self.urls.get(kind)

    def listing(self, connected: bool) -> JSON:
        """The app as the page lists it."""
        return {
            "id": self.id,
            "name": self.name,
            "description": self.description,
            "bot_user_id": self.bot_user_id,
            "bot_id": self.bot_id,
            "home_tab": self.home_tab,
            "messages_tab": self.messages_tab,
            "connected": connected,
            "commands": [
                {"command": c.command, "description": c.description, "usage_hint": c.usage_hint} for c in self.commands
            ],
            "shortcuts": [
                {"type": s.type, "name": s.name, "callback_id": s.callback_id, "description": s.description}
                for s in self.shortcuts
            ],
            "steps": [
                {
                    "callback_id": s.callback_id,
                    "title": s.title,
                    "description": s.description,
                    "inputs": list(s.inputs),
                    "outputs": list(s.outputs),
                }
                for s in self.steps
            ],
        }
