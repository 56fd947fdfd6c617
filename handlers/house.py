"""What every listener works with, made once in bot. Decides nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from domain.clock import Clock
from domain.moment import Moment
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Installation:
    """One workspace that this process serves."""

    workspace_id: str
    team_id: str
    enterprise_id: str
    bot_token: str
    bot_user_id: str
    bot_id: str
    name: str

    def judged(self, member: Mapping[str, Any]) -> dict[str, Any]:
        """A `user` object of Slack's that also says when its person belongs to another organisation's workspace."""
        elsewhere = bool(member.get("team_id")) and member["team_id"] != self.team_id and not self.enterprise_id
        return {**member, "is_stranger": bool(member.get("is_stranger")) or elsewhere}


@dataclass(slots=True)
class House:
    """The database, the clock, randomness, the doorbell of the delivery loop, and who is installed."""

    db: Database
    clock: Clock
    random_bits: Callable[[int], int]
    wake: Callable[[], None]
    installations: dict[tuple[str, str], Installation] = field(default_factory=dict)

    def moment(self) -> Moment:
        """Now, with fresh ids."""
        return Moment(self.clock.now(), self.random_bits)

    def installed(self, enterprise_id: str | None, team_id: str | None) -> Installation | None:
        """The installation that Slack speaks of; None for a workspace that is not ours."""
        return self.installations.get((enterprise_id or "", team_id or ""))
