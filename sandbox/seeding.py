"""How user groups, channels and their first messages are read from a seed. Knows nothing of a running server."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sandbox.channels import Channel
from sandbox.clock import Ids, ts_at
from sandbox.shapes import JSON
from sandbox.users import SLACKBOT, SeedError

Lookup = Callable[[str], str]

# Seeded messages without a time stand this far apart, the last one a minute before the start.
_APART = timedelta(minutes=1)


def seeded_usergroups(seeds: list[JSON], user_id: Lookup, ids: Ids, team_id: str, at: datetime) -> dict[str, JSON]:
    """User groups as `usergroups.list` answers them, by id. Each seed has `handle`, `name` and `users`."""
    groups = {}
    for seed in seeds:
        group = usergroup_shape(seed, [user_id(name) for name in seed.get("users", [])], ids, team_id, at)
        groups[group["id"]] = group
    return groups


def usergroup_shape(seed: JSON, users: list[str], ids: Ids, team_id: str, at: datetime) -> JSON:
    """A user group as `usergroups.list` answers it. `seed` needs a `handle`; raises SeedError."""
    if not seed.get("handle"):
        raise SeedError(f"a user group needs a handle: {seed!r}")
    created = int(at.timestamp())
    return {
        "id": seed.get("id") or ids.new("S"),
        "team_id": team_id,
        "is_usergroup": True,
        "is_subteam": True,
        "name": seed.get("name", seed["handle"]),
        "description": seed.get("description", ""),
        "handle": seed["handle"],
        "is_external": False,
        "date_create": created,
        "date_update": created,
        "date_delete": 0,
        "auto_type": None,
        "created_by": users[0] if users else "",
        "updated_by": users[0] if users else "",
        "deleted_by": None,
        "prefs": {"channels": [], "groups": []},
        "users": users,
        "user_count": len(users),
    }


def seeded_channels(
    seeds: list[JSON], users: dict[str, JSON], user_id: Lookup, ids: Ids, at: datetime
) -> dict[str, Channel]:
    """Channels by id. `members` is a list of names or ids, or "all": every full member of the workspace."""
    channels: dict[str, Channel] = {}
    for seed in seeds:
        channel = _channel(seed, _members(seed, users, user_id), ids, at)
        if any(other.name == channel.name or other.id == channel.id for other in channels.values()):
            raise SeedError(f"two channels are called {channel.name} or have its id")
        channels[channel.id] = channel
        _say_all(channel, seed.get("messages", []), user_id, at)
    return channels


def _channel(seed: JSON, members: list[str], ids: Ids, at: datetime) -> Channel:
    if not seed.get("name"):
        raise SeedError(f"a channel needs a name: {seed!r}")
    return Channel(
        id=seed.get("id") or ids.new("C"),
        name=seed["name"],
        created=int(at.timestamp()),
        creator=members[0] if members else "",
        topic=seed.get("topic", ""),
        purpose=seed.get("purpose", ""),
        is_private=bool(seed.get("is_private", False)),
        is_archived=bool(seed.get("is_archived", False)),
        is_general=bool(seed.get("is_general", seed["name"] == "general")),
        members=members,
        shared_with=list(seed.get("shared_with", [])),
    )


def _members(seed: JSON, users: dict[str, JSON], user_id: Lookup) -> list[str]:
    named = seed.get("members", [])
    if named == "all":
        return [uid for uid, user in users.items() if is_person(user) and not (user["deleted"] or is_guest(user))]
    return [user_id(name) for name in named]


def seeded_tour(seeds: list[JSON], user_id: Lookup, channels: dict[str, Channel]) -> list[JSON]:
    """The steps of the page's tour, `as` and `channel` by id. Raises SeedError for somebody or a place not there."""
    ids = {channel.name: channel.id for channel in channels.values()} | {id_: id_ for id_ in channels}
    for step in seeds:
        if "channel" in step and step["channel"] not in ids:
            raise SeedError(f"the tour leads to {step['channel']!r}, but there is no such channel")
    found = [{**step, "as": user_id(step["as"])} if "as" in step else step for step in seeds]
    return [{**step, "channel": ids[step["channel"]]} if "channel" in step else step for step in found]


def is_person(user: JSON) -> bool:
    """Whether somebody sits behind this account."""
    return not user["is_bot"] and user["id"] != SLACKBOT


def is_guest(user: JSON) -> bool:
    """Whether someone is a guest here or belongs to another organisation: sees only the channels they are in."""
    return bool(user["is_restricted"] or user["is_ultra_restricted"] or user.get("is_stranger"))


def _say_all(channel: Channel, seeds: list[JSON], user_id: Lookup, at: datetime) -> None:
    for position, seed in enumerate(seeds):
        minutes = seed.get("minutes_ago")
        ago = timedelta(minutes=minutes) if minutes is not None else _APART * (len(seeds) - position)
        message = {
            "type": "message",
            "user": user_id(seed["user"]),
            "text": seed["text"],
            "ts": seed.get("ts") or ts_at(at - ago),
        }
        channel.messages[message["ts"]] = message
    channel.messages = dict(sorted(channel.messages.items()))
    last = next(reversed(channel.messages), "0")
    channel.last_read = dict.fromkeys(channel.members, last)
