"""What a Slack manifest says, read piece by piece. Refuses what could not be installed; installs nothing."""

from dataclasses import dataclass
from typing import Literal

from sandbox.shapes import JSON

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
    "file_shared": ("files:read",),
    "function_executed": (),
    "member_joined_channel": ("channels:read", "groups:read"),
    "member_left_channel": ("channels:read", "groups:read"),
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    "message.mpim": ("mpim:history",),
    "reaction_added": ("reactions:read",),
    "reaction_removed": ("reactions:read",),
    "shared_channel_invite_accepted": (),
    "shared_channel_invite_approved": (),
    "shared_channel_invite_declined": (),
    "shared_channel_invite_received": ("conversations.connect:read",),
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


@dataclass(frozen=True)
class Step:
    """A custom step for workflows. Parameters have `type`, `name`, `title`, `description` and `is_required`."""

    callback_id: str
    title: str
    description: str
    inputs: tuple[JSON, ...]
    outputs: tuple[JSON, ...]


@dataclass
class Declaration:
    """What a manifest declares, with the scopes that were granted and the events that will come."""

    name: str
    description: str
    display_name: str
    scopes: frozenset[str]
    events: frozenset[str]
    commands: tuple[Command, ...]
    shortcuts: tuple[Shortcut, ...]
    steps: tuple[Step, ...]
    home_tab: bool
    messages_tab: bool
    messages_tab_read_only: bool
    socket_mode: bool
    redirect_urls: tuple[str, ...]
    rotates_tokens: bool
    urls: JSON


def declaration_of(manifest: JSON, optional_granted: bool) -> Declaration:
    """Read a manifest. `optional_granted`: whether `bot_optional` was granted too. Raises ManifestError."""
    features, settings = manifest.get("features", {}), manifest.get("settings", {})
    name = _required(manifest, "display_information", "name")
    scopes, refused = _scopes_of(manifest, optional_granted)
    home = features.get("app_home", {})
    return Declaration(
        name=name,
        description=manifest["display_information"].get("description", ""),
        display_name=features.get("bot_user", {}).get("display_name", name),
        scopes=scopes,
        events=_events_of(settings, scopes, refused),
        commands=_commands_of(features),
        shortcuts=_shortcuts_of(features),
        steps=_steps_of(manifest),
        home_tab=bool(home.get("home_tab_enabled", False)),
        messages_tab=bool(home.get("messages_tab_enabled", False)),
        messages_tab_read_only=bool(home.get("messages_tab_read_only_enabled", False)),
        socket_mode=bool(settings.get("socket_mode_enabled")),
        redirect_urls=tuple(manifest.get("oauth_config", {}).get("redirect_urls", [])),
        rotates_tokens=bool(manifest.get("settings", {}).get("token_rotation_enabled", False)),
        urls=_urls_of(settings),
    )


def _required(manifest: JSON, section: str, key: str) -> str:
    """A value that must be there. Raises ManifestError."""
    value = manifest.get(section, {}).get(key)
    if not value:
        raise ManifestError(f"the manifest lacks {section}.{key}")
    return str(value)


def _scopes_of(manifest: JSON, optional_granted: bool) -> tuple[frozenset[str], frozenset[str]]:
    """What was granted, and what was not. `bot_optional` marks those of `bot` that may be refused."""
    declared = manifest.get("oauth_config", {}).get("scopes", {})
    optional = frozenset(declared.get("bot_optional", []))
    wanted = frozenset(declared.get("bot", [])) | optional
    refused = frozenset() if optional_granted else optional
    return wanted - refused, refused


def _events_of(settings: JSON, scopes: frozenset[str], refused: frozenset[str]) -> frozenset[str]:
    """The events that will be sent: all that are subscribed to, but those whose optional scope was refused."""
    subscribed = settings.get("event_subscriptions", {}).get("bot_events", [])
    sent = set()
    for event in subscribed:
        needed = EVENT_SCOPES.get(event)
        if needed is None:
            raise ManifestError(f"the sandbox does not know the event {event!r}")
        if may_hear(event, scopes):
            sent.add(event)
        elif not refused.intersection(needed):
            raise ManifestError(f"the event {event!r} needs the scope {' or '.join(needed)}")
    return frozenset(sent)


def may_hear(event: str, scopes: frozenset[str]) -> bool:
    """Whether these scopes suffice for an event."""
    needed = EVENT_SCOPES[event]
    return not needed or bool(scopes.intersection(needed))


def _commands_of(features: JSON) -> tuple[Command, ...]:
    """The slash commands."""
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


def _shortcuts_of(features: JSON) -> tuple[Shortcut, ...]:
    """The shortcuts."""
    return tuple(
        Shortcut(s["type"], s["name"], s["callback_id"], s.get("description", ""))
        for s in features.get("shortcuts", [])
    )


def _urls_of(settings: JSON) -> JSON:
    """Where deliveries go over HTTP, by kind."""
    return {
        "interactive": settings.get("interactivity", {}).get("request_url"),
        "suggestion": settings.get("interactivity", {}).get("message_menu_options_url"),
        "events_api": settings.get("event_subscriptions", {}).get("request_url"),
    }


def _steps_of(manifest: JSON) -> tuple[Step, ...]:
    """The steps that the app offers to workflows. Raises ManifestError where Slack would not take them."""
    settings, functions = manifest.get("settings", {}), manifest.get("functions", {})
    if functions and not settings.get("org_deploy_enabled"):
        raise ManifestError("the manifest has functions, which need settings.org_deploy_enabled")
    if functions and "function_executed" not in settings.get("event_subscriptions", {}).get("bot_events", []):
        raise ManifestError("the manifest has functions, and does not subscribe to the event 'function_executed'")
    return tuple(
        Step(
            callback_id=callback_id,
            title=found.get("title", callback_id),
            description=found.get("description", ""),
            inputs=_parameters(found.get("input_parameters", {})),
            outputs=_parameters(found.get("output_parameters", {})),
        )
        for callback_id, found in functions.items()
    )


def _parameters(declared: JSON) -> tuple[JSON, ...]:
    return tuple(
        {
            "type": found.get("type", "string"),
            "name": found.get("name", name),
            "description": found.get("description", ""),
            "title": found.get("title", name),
            "is_required": bool(found.get("is_required", False)),
        }
        for name, found in declared.items()
    )
