"""One invitation to share a channel (Slack Connect): who sent it to whom, and how far it has come. Decides nothing."""

from dataclasses import dataclass, field

# Slack lets an invitation lapse after these seconds: fourteen days.
LIFETIME = 14 * 24 * 3600


@dataclass
class Invitation:
    """`host` shares `channel`; the recipient is one person or bot of another workspace, by id or by address.

    Accepted by `guest` under a name of its own, it waits until both sides' administrators have approved it.
    """

    id: str
    host: str
    channel: str
    inviter: str
    created: int
    recipient: str = ""
    email: str = ""
    limited: bool = True
    guest: str = ""
    accepted_by: str = ""
    accepted: int = 0
    name: str = ""
    is_private: bool = False
    approved: dict[str, str] = field(default_factory=dict)
    declined_by: str = ""

    @property
    def expires(self) -> int:
        """When it lapses, in seconds since 1970 UTC."""
        return self.created + LIFETIME

    @property
    def status(self) -> str:
        """invited, accepted, approved (the channel is shared) or declined."""
        if self.declined_by:
            return "declined"
        if not self.guest:
            return "invited"
        return "approved" if {self.host, self.guest} <= self.approved.keys() else "accepted"

    def is_open(self, now: int) -> bool:
        """Whether something can still come of it; `now` in seconds since 1970 UTC."""
        return self.status in ("invited", "accepted") and now < self.expires
