"""A conversation: its members, its messages and who has read how far. Does not decide who may do what in it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from sandbox.shapes import JSON

# Messages of Slack's own that mark nothing as unread.
_NO_NEWS = {"channel_join", "channel_leave", "tombstone"}


@dataclass
class Channel:
    """A public or private channel, a direct message between two users (`is_im`), or one of several (`is_mpim`)."""

    id: str
    name: str
    created: int
    creator: str = ""
    topic: str = ""
    purpose: str = ""
    is_private: bool = False
    is_im: bool = False
    is_mpim: bool = False
    is_archived: bool = False
    is_general: bool = False
    # The other organisations' workspaces that see it as well (Slack Connect), by team id.
    shared_with: list[str] = field(default_factory=list)
    # The workspace that shared it first, where several on this server have it.
    host: str = ""
    members: list[str] = field(default_factory=list)
    messages: dict[str, JSON] = field(default_factory=dict)
    ephemerals: dict[str, dict[str, JSON]] = field(default_factory=dict)
    last_read: dict[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """Which of Slack's conversation types this is: im, mpim, private_channel or public_channel."""
        if self.is_im or self.is_mpim:
            return "im" if self.is_im else "mpim"
        return "private_channel" if self.is_private else "public_channel"

    @property
    def event_type(self) -> str:
        """The `channel_type` that events name: im, mpim, group or channel."""
        return {"im": "im", "mpim": "mpim", "private_channel": "group", "public_channel": "channel"}[self.kind]

    def peer_of(self, user: str) -> str:
        """The other one in a direct message; the user itself in a note to self."""
        return next((member for member in self.members if member != user), user)

    def top_level(self) -> Iterator[JSON]:
        """Messages that stand in the channel itself: no replies, but replies also sent to the channel."""
        for message in self.messages.values():
            if not is_reply(message) or message.get("subtype") == "thread_broadcast":
                yield message

    def thread(self, parent_ts: str) -> Iterator[JSON]:
        """The parent and its replies, oldest first."""
        for message in self.messages.values():
            if message["ts"] == parent_ts or message.get("thread_ts") == parent_ts:
                yield message

    def unread_by(self, user: str) -> int:
        """How many messages of others stand after the user's mark."""
        mark = self.last_read.get(user, "0")
        news = (m for m in self.top_level() if m["ts"] > mark and m.get("subtype") not in _NO_NEWS)
        return sum(1 for message in news if message.get("user") != user)


def is_reply(message: JSON) -> bool:
    """Whether a message answers another one in a thread."""
    return bool(message.get("thread_ts", message["ts"]) != message["ts"])


def channel_shape(channel: Channel, *, viewer: str, team_id: str, context: str) -> JSON:
    """A channel as `conversations.info` answers it to `viewer`. `context` is who set topic and purpose."""
    if channel.is_im:
        return _im_shape(channel, viewer, team_id)
    connected: JSON = {"connected_team_ids": list(channel.shared_with)} if channel.shared_with else {}
    if channel.host:
        connected["conversation_host_id"] = channel.host
    return {
        **connected,
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": not channel.is_private,
        "is_group": channel.is_private and not channel.is_mpim,
        "is_im": False,
        "is_mpim": channel.is_mpim,
        "is_private": channel.is_private,
        "is_archived": channel.is_archived,
        "is_general": channel.is_general,
        "is_shared": bool(channel.shared_with),
        "is_ext_shared": bool(channel.shared_with),
        "is_org_shared": False,
        "is_pending_ext_shared": False,
        "pending_shared": [],
        "context_team_id": team_id,
        "shared_team_ids": [team_id, *channel.shared_with],
        "created": channel.created,
        "updated": channel.created * 1000,
        "creator": channel.creator or context,
        "unlinked": 0,
        "is_member": viewer in channel.members,
        "topic": {"value": channel.topic, "creator": context, "last_set": channel.created},
        "purpose": {"value": channel.purpose, "creator": context, "last_set": channel.created},
        "previous_names": [],
    }


def _im_shape(channel: Channel, viewer: str, team_id: str) -> JSON:
    return {
        "id": channel.id,
        "created": channel.created,
        "is_im": True,
        "is_org_shared": False,
        "is_archived": channel.is_archived,
        "context_team_id": team_id,
        "user": channel.peer_of(viewer),
        "is_user_deleted": False,
        "priority": 0,
    }
