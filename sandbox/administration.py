"""What an administrator does in a workspace: people, channels and groups come, change and go; apps hear of it."""

from collections.abc import Iterable
from copy import deepcopy

from sandbox.apps import App
from sandbox.channels import Channel
from sandbox.connect import sides
from sandbox.events import send_event, tell_apps
from sandbox.posting import enter, go
from sandbox.quiet_hours import QuietHours, status_of
from sandbox.seeding import usergroup_shape
from sandbox.shapes import JSON
from sandbox.users import user_shape
from sandbox.workspace import Workspace


class Administration:
    """The deeds of one workspace's administrator. Users go by id, channels by id or name; KeyError for unknown ones."""

    def __init__(self, workspace: Workspace) -> None:
        self._ws = workspace

    def add_user(self, seed: JSON) -> JSON:
        """Somebody joins the workspace; `seed` is as in `World.from_dict`. Answers the user."""
        world = self._ws.world
        named = {**seed, "id": seed.get("id") or world.ids.new("U")}
        user = user_shape(named, team_id=world.team["id"], at=self._ws.clock.now())
        world.users[user["id"]] = user
        self._ws.stream.to_all({"type": "users"})
        tell_apps(self._ws, "team_join", {"type": "team_join", "user": deepcopy(user)})
        return user

    def change_user(self, user_id: str, **changes: object) -> JSON:
        """Change a person's flags (`deleted`, `is_restricted`, `tz`…) or, under `profile`, their profile."""
        user = self._ws.world.users[user_id]
        user["profile"] |= changes.pop("profile", {})
        user |= {**changes, "updated": self._ws.clock.seconds()}
        self._ws.stream.to_all({"type": "users"})
        event = {"type": "user_change", "user": deepcopy(user), "cache_ts": self._ws.clock.seconds()}
        tell_apps(self._ws, "user_change", event)
        return user

    def add_member(self, channel: str, user_id: str, *, inviter: str | None = None) -> None:
        """Put a user, person or bot, into a channel, as an invitation does."""
        found = self._channel(channel)
        if user_id not in found.members:
            enter(self._ws, found, user_id, inviter=inviter)

    def remove_member(self, channel: str, user_id: str) -> None:
        """Take a user, person or bot, out of a channel."""
        found = self._channel(channel)
        if user_id in found.members:
            go(self._ws, found, user_id)

    def create(self, name: str, *, is_private: bool = False, creator: str = "") -> Channel:
        """Make a channel, with its creator in it."""
        members = [creator] if creator else []
        created = self._ws.clock.seconds()
        channel = Channel(self._ws.world.ids.new("C"), name, created, creator, is_private=is_private, members=members)
        self._ws.world.channels[channel.id] = channel
        self._ws.stream.to_all({"type": "channels"})
        if not is_private:
            shape = {"id": channel.id, "name": name, "created": created, "creator": creator}
            tell_apps(self._ws, "channel_created", {"type": "channel_created", "channel": shape})
        return channel

    def set_quiet_hours(self, user_id: str, hours: QuietHours | None) -> None:
        """Say when a person does not want to be disturbed; None for never."""
        user, quiet = self._ws.world.users[user_id], self._ws.world.quiet_hours
        quiet.pop(user_id, None)
        if hours is not None:
            quiet[user_id] = hours
        status = status_of(hours, self._ws.clock.now(), user["tz"])
        event = {"type": "dnd_updated_user", "user": user_id, "dnd_status": status}
        tell_apps(self._ws, "dnd_updated_user", event)

    def archive(self, channel: str, *, by: str = "") -> None:
        """Close a channel: it can be read and no more."""
        self._set_archived(channel, True, by)

    def unarchive(self, channel: str, *, by: str = "") -> None:
        """Open a channel again."""
        self._set_archived(channel, False, by)

    def rename(self, channel: str, name: str) -> None:
        """Give a channel another name."""
        found = self._channel(channel)
        found.name = name
        shape = {
            "id": found.id,
            "is_channel": not found.is_private,
            "is_mpim": False,
            "name": name,
            "name_normalized": name,
            "created": found.created,
        }
        self._tell_of_channel(found, "rename", {"channel": shape})

    def set_group(self, handle: str, users: Iterable[str]) -> JSON:
        """Say who is in a user group, by its handle; a group that is not there is made. Answers the group."""
        world, members = self._ws.world, list(users)
        group = next((g for g in world.usergroups.values() if g["handle"] == handle), None)
        if group is None:
            group = usergroup_shape({"handle": handle}, [], world.ids, world.team["id"], self._ws.clock.now())
            world.usergroups[group["id"]] = group
        before = dict(group)
        group |= {"users": members, "user_count": len(members), "date_update": self._ws.clock.seconds()}
        tell_apps(self._ws, "subteam_members_changed", _members_changed(before, group))
        return group

    def revoke(self, app: App) -> None:
        """Take back an app's bot token; the app stays installed and hears of it."""
        app.revoked = True
        send_event(self._ws, app, "tokens_revoked", self._revoked(app))

    def restore(self, app: App) -> None:
        """Let a revoked token work again, as if the app had been installed anew; Slack tells no app of that."""
        app.revoked = False

    def _revoked(self, app: App) -> JSON:
        tokens = {"oauth": [], "bot": [app.bot_user_id]}
        return {"type": "tokens_revoked", "tokens": tokens, "event_ts": self._ws.clock.ts()}

    def uninstall(self, app: App) -> None:
        """Remove an app: its tokens work no more, and it hears of that."""
        app.installed = False
        send_event(self._ws, app, "tokens_revoked", self._revoked(app))
        gone = {"type": "app_uninstalled", "event_ts": self._ws.clock.ts()}
        send_event(self._ws, app, "app_uninstalled", gone)

    def _channel(self, name: str) -> Channel:
        found = self._ws.world.find_channel(name)
        if found is None:
            raise KeyError(name)
        return found

    def _set_archived(self, channel: str, archived: bool, by: str) -> None:
        found = self._channel(channel)
        for _, there in sides(self._ws, found):
            there.is_archived = archived
        what = {"channel": found.id, "user": by or found.creator}
        for side, there in sides(self._ws, found):
            Administration(side)._tell_of_channel(
                there, "archive" if archived else "unarchive", {**what, "is_moved": 0}
            )

    def _tell_of_channel(self, channel: Channel, what: str, details: JSON) -> None:
        """A private channel's events have another name, and reach only the apps that are in it."""
        self._ws.stream.to_all({"type": "channels"})
        name = f"{'group' if channel.is_private else 'channel'}_{what}"
        for app in self._ws.apps.values():
            if not channel.is_private or app.bot_user_id in channel.members:
                send_event(self._ws, app, name, {"type": name, **details, "event_ts": self._ws.clock.ts()})


def _members_changed(before: JSON, after: JSON) -> JSON:
    added = sorted(set(after["users"]) - set(before["users"]))
    removed = sorted(set(before["users"]) - set(after["users"]))
    return {
        "type": "subteam_members_changed",
        "subteam_id": after["id"],
        "team_id": after["team_id"],
        "date_previous_update": before["date_update"],
        "date_update": after["date_update"],
        "added_users": added,
        "added_users_count": len(added),
        "removed_users": removed,
        "removed_users_count": len(removed),
    }
