"""A small workspace and a small app that the tests of the sandbox share."""

from copy import deepcopy
from typing import Any

SEED: dict[str, Any] = {
    "team": {"id": "T0TEST", "name": "Acme Corp", "domain": "acme"},
    "users": [
        {
            "id": "U0RITA",
            "name": "rita",
            "real_name": "Rita Reyes",
            "email": "rita@acme.test",
            "tz": "America/New_York",
        },
        {"id": "U0OMAR", "name": "omar", "real_name": "Omar Okafor", "email": "omar@acme.test", "is_admin": True},
        {"id": "U0GUS", "name": "gus", "real_name": "Gus Guest", "email": "gus@else.test", "is_ultra_restricted": True},
        {"id": "U0GONE", "name": "gone", "real_name": "Gone Girl", "deleted": True},
    ],
    "usergroups": [{"id": "S0TEAM", "handle": "advocacy", "name": "Advocacy team", "users": ["omar"]}],
    "channels": [
        {
            "id": "C0GENERAL",
            "name": "general",
            "members": "all",
            "messages": [
                {"user": "rita", "text": "Acme are delighted"},
                {"user": "omar", "text": "Great to hear"},
            ],
        },
        {"id": "C0ADVOCACY", "name": "advocacy", "members": ["omar"], "is_private": True},
        {"id": "C0OLD", "name": "old", "members": ["rita"], "is_archived": True},
        {"id": "C0EMPTY", "name": "empty"},
    ],
    "tour": [{"title": "Hello", "text": "Type /hello"}],
}

MANIFEST: dict[str, Any] = {
    "display_information": {"name": "Greeter", "description": "Says hello"},
    "features": {
        "bot_user": {"display_name": "Greeter"},
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
        "slash_commands": [{"command": "/hello", "description": "Says hello", "usage_hint": "NAME"}],
        "shortcuts": [
            {"type": "global", "name": "Say hello", "callback_id": "hello", "description": "Says hello"},
            {"type": "message", "name": "Answer", "callback_id": "answer", "description": "Answers a message"},
        ],
    },
    "oauth_config": {
        "scopes": {
            "bot": [
                "app_mentions:read",
                "channels:history",
                "channels:join",
                "channels:read",
                "chat:write",
                "commands",
                "groups:history",
                "groups:read",
                "im:history",
                "im:read",
                "im:write",
                "metadata.message:read",
                "team:read",
                "usergroups:read",
                "users:read",
                "users:read.email",
            ]
        }
    },
    "settings": {
        "event_subscriptions": {
            "bot_events": [
                "app_home_opened",
                "app_mention",
                "member_joined_channel",
                "message.channels",
                "message.im",
                "team_join",
                "user_change",
            ]
        },
        "interactivity": {"is_enabled": True},
        "socket_mode_enabled": True,
    },
}


def manifest(**changes: Any) -> dict[str, Any]:
    """A copy of the manifest; `scopes` replaces the bot's scopes, `events` its events."""
    copy = deepcopy(MANIFEST)
    if "scopes" in changes:
        copy["oauth_config"]["scopes"]["bot"] = changes["scopes"]
    if "events" in changes:
        copy["settings"]["event_subscriptions"]["bot_events"] = changes["events"]
    return copy
