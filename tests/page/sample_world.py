"""The workspace of the page's tests, and the manifest of their sample app. Data only."""

from typing import Any

JSON = dict[str, Any]

SEED: JSON = {
    "team": {"name": "Northwind"},
    "users": [
        {
            "id": "U0ROSA",
            "name": "rosa",
            "real_name": "Rosa Marín",
            "title": "Account Executive",
            "role_hint": "Sales rep",
            "tz": "Europe/Madrid",
        },
        {
            "id": "U0AMIR",
            "name": "amir",
            "real_name": "Amir Haddad",
            "title": "Advocacy Manager",
            "role_hint": "Advocacy team",
            "tz": "America/New_York",
        },
        {
            "id": "U0LENA",
            "name": "lena",
            "real_name": "Lena Vogt",
            "title": "VP Marketing",
            "role_hint": "Program leader",
            "tz": "Europe/Berlin",
        },
        {
            "id": "U0NOOR",
            "name": "noor",
            "real_name": "Noor Khan",
            "title": "Support Engineer",
            "role_hint": "Anyone",
            "tz": "Asia/Karachi",
        },
        {"id": "U0GUS", "name": "gus", "real_name": "Gus Grant", "title": "Agency", "is_restricted": True},
    ],
    "channels": [
        {
            "name": "general",
            "topic": "Company-wide news",
            "members": "all",
            "messages": [
                {
                    "user": "lena",
                    "text": "Welcome to *Northwind*, everyone. Read the <https://example.com/guide|guide> first.",
                    "minutes_ago": 1500,
                },
                {
                    "user": "noor",
                    "text": "Good morning! :wave: Two things:\n> a _quiet_ launch\n> and `make demo` works",
                    "minutes_ago": 61,
                },
                {
                    "user": "noor",
                    "text": "<@U0AMIR> could you look at <#C0ADVOCACY>? 5 &lt; 6 &amp; 7 &gt; 6",
                    "minutes_ago": 60,
                },
                {"user": "amir", "text": "شكرا جزيلا، سأفعل ذلك اليوم", "minutes_ago": 40},
            ],
        },
        {
            "id": "C0ADVOCACY",
            "name": "advocacy",
            "topic": "Nominations and requests",
            "members": ["amir", "lena"],
            "is_private": True,
        },
        {"id": "C0RANDOM", "name": "random", "members": ["lena", "noor"]},
        {"name": "old-launch", "members": ["rosa"], "is_archived": True},
    ],
    "tour": [
        {
            "title": "Nominate",
            "as": "rosa",
            "channel": "general",
            "say": "/nominate Ada @ Acme, because",
            "text": "Press *Enter*.",
        },
        {"title": "Review", "as": "amir", "channel": "advocacy", "text": "See what came."},
        {"title": "Look around", "as": "rosa", "tab": "home", "text": "The Home tab."},
    ],
}

MANIFEST: JSON = {
    "display_information": {"name": "Sampler", "description": "Finds people who speak for us"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
        "bot_user": {"display_name": "sampler"},
        "slash_commands": [
            {"command": "/nominate", "description": "Put a customer forward", "usage_hint": "[name @ company, why]"},
            {"command": "/noise", "description": "Make some noise"},
            {"command": "/silent", "description": "Never answers"},
            {"command": "/everything", "description": "A form with one field of each kind"},
            {"command": "/charts", "description": "Charts and tables"},
            {"command": "/advocates", "description": "Look up who could speak for us"},
        ],
        "shortcuts": [
            {
                "type": "global",
                "name": "Nominate a customer",
                "callback_id": "nominate_anywhere",
                "description": "Opens the form",
            },
            {
                "type": "message",
                "name": "Nominate from this",
                "callback_id": "nominate_message",
                "description": "Uses the message",
            },
        ],
    },
    "oauth_config": {"scopes": {"bot": ["commands", "chat:write", "im:history", "channels:history", "users:read"]}},
    "settings": {
        "socket_mode_enabled": True,
        "event_subscriptions": {"bot_events": ["app_home_opened", "message.im"]},
        "interactivity": {"is_enabled": True},
    },
}
