"""An installed app: what its manifest declares, and the secrets it was given. Does not deliver anything to it."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, Self

from sandbox.shapes import JSON

Transport = Literal["socket", "http"]

# The scope that must be granted before Slack sends an event. Where several are named, one is enough.
EVENT_SCOPES: dict[str, tuple[str, ...]] = {
    "app_home_opened": (),
    "app_mention": ("app_mentions:read",),
    "app_uninstalled": (),
    "channel_created": ("channels:read",),
    "channel_archive": ("channels:read",),
    "channel_rename": ("channels:read",),
    "channel_unarchive": ("channels:read",),
    "dnd_updated_user": ("dnd:read",),
    "group_archive": ("groups:read",),
    "group_rename": ("groups:read",),
    "group_unarchive": ("groups:read",),
    "function_executed": (),
    "member_joined_channel": ("channels:read", "groups:read"),
    "member_left_channel": ("channels:read", "groups:read"),
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    "reaction_added": ("reactions:read",),
    "reaction_removed": ("reactions:read",),
    "subteam_members_changed": ("usergroups:read",),
    "team_join": ("users:read",),
    "tokens_revoked": (),
    "user_change": ("users:read",),
}


class ManifestError(ValueError):
    """A manifest that cannot be installed; the message names the place."""


@dataclass(frozen=True)
class Command:
    """A slash command, with its slash."""

    command: str
    description: str = ""
    usage_hint: str = ""
    should_escape: bool = False
    url: str | None = None


@dataclass(frozen=True)
class Shortcut:
    """A shortcut in the global menu or on a message."""

    type: Literal["global", "message"]
    name: str
    callback_id: str
    description: str = ""


@dataclass
class App:
    """One app, installed in one workspace. Made with `App.from_manifest`."""

    id: str
    name: str
    description: str
    bot_user_id: str
    bot_id: str
    bot_token: str = field(repr=False)
    app_token: str = field(repr=False)
    signing_secret: str = field(repr=False)
    verification_token: str = field(repr=False)
    transport: Transport
    request_url: str | None
    channels: tuple[str, ...]
    scopes: frozenset[str]
    events: frozenset[str]
    commands: tuple[Command, ...]
    shortcuts: tuple[Shortcut, ...]
    home_tab: bool
    messages_tab: bool
    messages_tab_read_only: bool
    display_name: str
    urls: JSON = field(default_factory=dict)
    installed: bool = True
    # The bot's token works no more, but the app is still installed.
    revoked: bool = False

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
        features, settings = manifest.get("features", {}), manifest.get("settings", {})
        name = _required(manifest, "display_information", "name")
        scopes, refused = _scopes(manifest, optional_scopes)
        home = features.get("app_home", {})
        return cls(
            id=app_id,
            name=name,
            description=manifest["display_information"].get("description", ""),
            display_name=features.get("bot_user", {}).get("display_name", name),
            bot_user_id="U" + app_id[1:],
            bot_id="B" + app_id[1:],
            bot_token=bot_token or f"xoxb-{secrets.token_hex(16)}",
            app_token=app_token or f"xapp-1-{app_id}-{secrets.token_hex(16)}",
            signing_secret=signing_secret or secrets.token_hex(16),
            verification_token=secrets.token_hex(12),
            transport=transport or ("socket" if settings.get("socket_mode_enabled") else "http"),
            request_url=request_url,
            channels=tuple(channels),
            scopes=scopes,
            events=_events(settings, scopes, refused),
            commands=_commands(features),
            shortcuts=_shortcuts(features),
            home_tab=bool(home.get("home_tab_enabled", False)),
            messages_tab=bool(home.get("messages_tab_enabled", False)),
            messages_tab_read_only=bool(home.get("messages_tab_read_only_enabled", False)),
            urls=_urls(settings),
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
        }


def _required(manifest: JSON, section: str, key: str) -> str:
    value = manifest.get(section, {}).get(key)
    if not value:
        raise ManifestError(f"the manifest lacks {section}.{key}")
    return str(value)


def _scopes(manifest: JSON, optional_granted: bool) -> tuple[frozenset[str], frozenset[str]]:
    """What was granted, and what was not. `bot_optional` marks those of `bot` that may be refused."""
    declared = manifest.get("oauth_config", {}).get("scopes", {})
    optional = frozenset(declared.get("bot_optional", []))
    wanted = frozenset(declared.get("bot", [])) | optional
    refused = frozenset() if optional_granted else optional
    return wanted - refused, refused


def _events(settings: JSON, scopes: frozenset[str], refused: frozenset[str]) -> frozenset[str]:
    """The events that will be sent: all that are subscribed to, but those whose optional scope was refused."""
    subscribed = settings.get("event_subscriptions", {}).get("bot_events", [])
    sent = set()
    for event in subscribed:
        needed = EVENT_SCOPES.get(event)
        if needed is None:
            raise ManifestError(f"the sandbox does not know the event {event!r}")
        if not needed or scopes.intersection(needed):
            sent.add(event)
        elif not refused.intersection(needed):
            raise ManifestError(f"the event {event!r} needs the scope {' or '.join(needed)}")
    return frozenset(sent)


def _commands(features: JSON) -> tuple[Command, ...]:
    return tuple(
        Command(
            command=c["command"],
            description=c.get("description", ""),
            usage_hint=c.get("usage_hint", ""),
            should_escape=bool(c.get("should_escape", False)),
            url=c.get("url"),
        )
        for c in features.get("slash_commands", [])
    )


def _shortcuts(features: JSON) -> tuple[Shortcut, ...]:
    return tuple(
        Shortcut(s["type"], s["name"], s["callback_id"], s.get("description", ""))
        for s in features.get("shortcuts", [])
    )


def _urls(settings: JSON) -> JSON:
    return {
        "interactive": settings.get("interactivity", {}).get("request_url"),
        "suggestion": settings.get("interactivity", {}).get("message_menu_options_url"),
        "events_api": settings.get("event_subscriptions", {}).get("request_url"),
    }
