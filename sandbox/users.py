"""The shape of a Slack user, filled from the few facts that a seed names. Decides no permission."""

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sandbox.shapes import JSON

# Slack's own bot is in every member list, and is no bot there: apps must know it by its id.
SLACKBOT = "USLACKBOT"

_FLAGS = ("is_admin", "is_owner", "is_primary_owner", "is_restricted", "is_ultra_restricted", "is_bot", "is_stranger")
_COLORS = ("9f69e7", "4bbe2e", "e7392d", "3c989f", "674b1b", "e96699", "5b89d5", "d58247")


class SeedError(ValueError):
    """A seed that the sandbox cannot make a workspace of; the message names the place and the reason."""


def user_shape(seed: JSON, *, team_id: str, at: datetime) -> JSON:
    """A user object as `users.info` answers it. `seed` needs `id` and `name`. Raises SeedError for its time zone."""
    real_name = seed.get("real_name") or seed["name"]
    flags = {flag: bool(seed.get(flag, False)) for flag in _FLAGS}
    return {
        "id": seed["id"],
        "team_id": seed.get("team_id", team_id),
        "name": seed["name"],
        "deleted": bool(seed.get("deleted", False)),
        "color": _COLORS[sum(map(ord, seed["id"])) % len(_COLORS)],
        "real_name": real_name,
        **_time_zone(seed, at),
        "profile": _profile(seed, real_name, team_id),
        **{flag: on for flag, on in flags.items() if on or flag != "is_stranger"},
        "is_app_user": False,
        "is_email_confirmed": bool(seed.get("email")),
        "updated": int(at.timestamp()),
        "locale": seed.get("locale", "en-US"),
    }


def _time_zone(seed: JSON, at: datetime) -> JSON:
    name = seed.get("tz", "Europe/London")
    try:
        local = at.astimezone(ZoneInfo(name))
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise SeedError(f"user {seed['id']}: {name!r} is not a time zone") from error
    offset = local.utcoffset()
    return {"tz": name, "tz_label": local.tzname() or name, "tz_offset": int(offset.total_seconds()) if offset else 0}


def _profile(seed: JSON, real_name: str, team_id: str) -> JSON:
    first, _, last = real_name.partition(" ")
    display = seed.get("display_name", seed["name"])
    profile = {
        "title": seed.get("title", ""),
        "phone": seed.get("phone", ""),
        "skype": "",
        "real_name": real_name,
        "real_name_normalized": real_name,
        "display_name": display,
        "display_name_normalized": display,
        "status_text": seed.get("status_text", ""),
        "status_emoji": seed.get("status_emoji", ""),
        "status_expiration": 0,
        "avatar_hash": "",
        "first_name": first,
        "last_name": last,
        "team": team_id,
    }
    if seed.get("email"):
        profile["email"] = seed["email"]
    if seed.get("bot_id"):
        profile |= {"bot_id": seed["bot_id"], "api_app_id": seed.get("api_app_id", "")}
    return profile
